"""Readings of how days and moments differ: variances and laws, which no table tells."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from flexports.tally import Tally
from validation.agreement import Simulated, ratio_over_days
from validation.readings import Days


@dataclass(frozen=True)
class BusyVariance:
    """The variance over time of the number of busy ports, about a mean that is known."""

    mean: float

    def of(self, days: Days, ports: int) -> Simulated:
        """Read it off days on a port count."""
        tallies = [tallies[ports] for tallies in days.by_day]
        above = [float(tally.busy.ticks @ self._squares(tally)) for tally in tallies]
        return ratio_over_days(above, [float(tally.busy.ticks.sum()) for tally in tallies])

    def _squares(self, tally: Tally) -> np.ndarray:
        return (np.arange(len(tally.busy.ticks)) - self.mean) ** 2


@dataclass(frozen=True)
class OfferedProduct:
    """The variance of the calls a day of a source, or the covariance of two: about known means."""

    sources: tuple[str, str]
    means: tuple[float, float]

    def of(self, days: Days, ports: int) -> Simulated:
        """Read it off days on a port count."""
        about = zip(self.sources, self.means, strict=True)
        from_mean = [np.array(_offered(days, ports, name)) - mean for name, mean in about]
        return ratio_over_days(math.prod(from_mean).tolist(), [1.0] * len(days.by_day))


@dataclass(frozen=True)
class DaysWithAtMost:
    """The share of the days on which a source has so many calls or fewer."""

    source: str
    calls: int

    def of(self, days: Days, ports: int) -> Simulated:
        """Read it off days on a port count."""
        such = [float(calls <= self.calls) for calls in _offered(days, ports, self.source)]
        return ratio_over_days(such, [1.0] * len(such))


def _offered(days: Days, ports: int, source: str) -> list[int]:
    tallies = [tallies[ports] for tallies in days.by_day]
    number = [each.name for each in tallies[0].frame.sources].index(source)
    return [tally.sources[number].sum("offered") for tally in tallies]
