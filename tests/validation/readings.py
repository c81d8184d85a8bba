"""How the number that a case names is read off simulated days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from flexports.estimates import estimate
from flexports.study.blocks import Trial
from flexports.study.results import Sweep
from flexports.tally import TICKS_PER_S, Tallies, Tally, merged
from validation.agreement import CONFIDENCE, USUAL, Simulated, ratio_over_days


@dataclass(frozen=True)
class Days:
    """Independent days of one floor, on some port counts."""

    trial: Trial
    by_day: Sequence[Tallies]

    @cached_property
    def sweep(self) -> Sweep:
        """The estimates of the package, at the level of the battery."""
        return Sweep(self.trial, merged(self.by_day), CONFIDENCE)

    @cached_property
    def _usual(self) -> dict[tuple[int, str, str], float]:
        return {
            (ports, each.source, each.metric): each.half_width
            for ports, tally in self.sweep.tallies.items()
            for each in estimate(tally, confidence=USUAL)
        }

    def estimated(self, ports: int, source: str, metric: str) -> Simulated:
        """One metric of the tables."""
        strict = self.sweep.estimate(ports, source, metric)
        usual = self._usual[ports, source, metric]
        return Simulated(strict.value, strict.low, strict.high, usual)


class Reading(Protocol):
    """Reads one number."""

    def of(self, days: Days, ports: int) -> Simulated:
        """Read it off days on a port count."""
        ...


@dataclass(frozen=True)
class Metric:
    """A metric of the tables, in the unit of the case."""

    source: str
    metric: str
    scale: float = 1.0
    rest: bool = False
    """Whether the case tells the rest of the share: of the recordings, those that take place."""

    def of(self, days: Days, ports: int) -> Simulated:
        """Read it off days on a port count."""
        read = days.estimated(ports, self.source, self.metric)
        scaled = Simulated(
            *(self.scale * each for each in (read.value, read.low, read.high, read.usual))
        )
        if not self.rest:
            return scaled
        return Simulated(1 - scaled.value, 1 - scaled.high, 1 - scaled.low, scaled.usual)


@dataclass(frozen=True)
class Ratio:
    """One count or time of a source over another, across days.

    Beside the quantities of a tally, `waited` is those who were not answered at once, `recorded`
    the recordings made, `hold_s` the time held by all, and `span_s` the time observed.
    """

    source: str
    above: str
    below: str
    scale: float = 1.0

    def of(self, days: Days, ports: int) -> Simulated:
        """Read it off days on a port count."""
        tallies = [tallies[ports] for tallies in days.by_day]
        above = [self.scale * _quantity(tally, self.source, self.above) for tally in tallies]
        below = [_quantity(tally, self.source, self.below) for tally in tallies]
        return ratio_over_days(above, below)


def _quantity(tally: Tally, source: str, name: str) -> float:
    number = [each.name for each in tally.frame.sources].index(source)
    sums, holds = tally.sources[number], tally.holds[number]
    match name:
        case "day":
            return 1.0
        case "span_s":
            return tally.frame.span_ticks / TICKS_PER_S
        case "hold_s":
            return sums.sum("hold_ticks") / TICKS_PER_S
        case "recorded":
            return float(sums.sum("recordings") - sums.sum("missed"))
        case "waited":
            assert holds is not None
            return float(sums.sum("asked") - int(holds.counts[0]))
        case _:
            return float(sums.sum(name))
