"""What a study returns: estimates by port count, as a tidy table, a picture, and an HTML view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flexports.estimates import (
    Estimate,
    IntervalEstimate,
    estimate,
    estimate_by_interval,
    worst_intervals,
)
from flexports.estimates.differences import Difference, differences
from flexports.estimates.intervals import Certainty
from flexports.study.blocks import Trial
from flexports.study.costs import METRIC, SOURCE, monthly_cost, monthly_difference
from flexports.tally import Tallies, Tally

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("ports", "source", "metric", "unit", "value", "low", "high", "days")
CONFIDENCE = 0.95


class Shown:
    """A result that shows itself: as a table in a notebook, and as a picture."""

    @property
    def table(self) -> pd.DataFrame:
        """The tidy table: a row for each port count, source and metric."""
        raise NotImplementedError

    def plot(self, ax: Any = None) -> Any:
        """Draw the result; see `flexports.plot`.

        Parameters
        ----------
        ax : matplotlib Axes or sequence of two Axes, optional
            Where to draw; a new figure, if left out.

        Returns
        -------
        The axes drawn on.
        """
        # By name, because pictures are made of results and not results of pictures.
        return import_module("flexports.plot").plot(self, ax)

    def _repr_html_(self) -> str:
        return str(import_module("flexports.table").html(self))


@dataclass(frozen=True, repr=False)
class Sweep(Shown):
    """Every metric for each port count, all on the same traffic.

    Attributes
    ----------
    trial : Trial
        Floor, seed and engine: with the days, all that reproduces it.
    tallies : mapping of int to Tally
        By port count, ascending.
    confidence : float
        Of every interval.
    """

    trial: Trial
    tallies: Tallies = field(repr=False)
    confidence: float = CONFIDENCE

    def __repr__(self) -> str:
        """Return one line: the floor, the counts and the days."""
        counts = ", ".join(map(str, self.ports))
        return f"<Sweep of {self.trial.floor.name}: ports {counts}; {self.days} days>"

    @property
    def ports(self) -> Sequence[int]:
        """The port counts, ascending."""
        return tuple(self.tallies)

    @property
    def days(self) -> int:
        """How many days were run on each port count; the most, if they differ."""
        return max(tally.days for tally in self.tallies.values())

    @property
    def fewest_days(self) -> int:
        """The fewest days that a port count has."""
        return min(tally.days for tally in self.tallies.values())

    def days_of(self, ports: int) -> int:
        """How many days a port count has."""
        return self.tallies[ports].days

    @cached_property
    def estimates(self) -> Mapping[int, Sequence[Estimate]]:
        """All estimates, by port count."""
        return {
            ports: [*self._estimates(ports, tally), *self._cost(tally)]
            for ports, tally in self.tallies.items()
        }

    def _estimates(self, ports: int, tally: Tally) -> Sequence[Estimate]:
        known = self.trial.known.means(ports)
        return estimate(tally, confidence=self.confidence, known=known)

    def _cost(self, tally: Tally) -> Iterator[Estimate]:
        floor = self.trial.floor
        if floor.prices is not None:
            yield monthly_cost(floor, floor.prices, tally, self.confidence)

    @property
    def cheapest(self) -> int | None:
        """The port count that costs least a month, rent and failures together; None without prices.

        By the estimates alone: neighbours may cost as little within their intervals.
        """
        if self.trial.floor.prices is None:
            return None
        return min(self.ports, key=lambda ports: self.estimate(ports, SOURCE, METRIC).value)

    @property
    def has_cheapest_inside(self) -> bool:
        """Whether counts on both sides of the cheapest were tried: beyond the last, cost may fall.

        Fewer ports than one there are none.
        """
        cheapest = self.cheapest
        return cheapest is not None and cheapest in {1, *self.ports[1:]} - {self.ports[-1]}

    def estimate(self, ports: int, source: str, metric: str) -> Estimate:
        """Return one estimate.

        Raises
        ------
        KeyError
            If there is none.
        """
        return self._by_name[ports, source, metric]

    @cached_property
    def _by_name(self) -> Mapping[tuple[int, str, str], Estimate]:
        return {
            (ports, each.source, each.metric): each
            for ports, estimates in self.estimates.items()
            for each in estimates
        }

    def differences(self, against: int | None = None) -> Sequence[Difference]:
        """How each port count differs from another, on the same days.

        Parameters
        ----------
        against : int, optional
            The count to compare with; by default, each with the next smaller one.

        Returns
        -------
        sequence of Difference
            Of every metric that is a share of calls or of time, a mean, or a load, and of the cost
            a month; what the controls explain is not taken out.

        Raises
        ------
        ValueError
            If the counts were not run on the same days together, or `against` is none of them.
        """
        if against is not None and against not in self.tallies:
            raise ValueError(f"{against} is none of the port counts {list(self.ports)}")
        pairs = [
            (count, lower if against is None else against)
            for lower, count in zip((0, *self.ports), self.ports, strict=False)
        ]
        return [
            each
            for pair in pairs
            if pair[1] not in (0, pair[0])
            for each in self._differences(pair)
        ]

    def difference(self, ports: int, against: int, source: str, metric: str) -> Difference:
        """How one metric of a port count differs from that of another, on the same days.

        Raises
        ------
        KeyError
            If there is none.
        ValueError
            If the two were not run on the same days together.
        """
        for each in self._differences((ports, against)):
            if (each.source, each.metric) == (source, metric):
                return each
        raise KeyError((ports, against, source, metric))

    def _differences(self, pair: tuple[int, int]) -> Iterator[Difference]:
        tallies = self.tallies.among(pair)
        yield from differences(tallies, pair[1], self.estimates, self.confidence)
        floor = self.trial.floor
        if floor.prices is not None:
            sure = Certainty(self.confidence, tallies.days)
            yield monthly_difference(floor, floor.prices, tallies, pair, sure)

    @cached_property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The rows of the tidy table, with `COLUMNS`."""
        return [
            dict(zip(COLUMNS, (ports, *_cells(each), self.days_of(ports)), strict=True))
            for ports, estimates in self.estimates.items()
            for each in estimates
        ]

    @cached_property
    def by_interval(self) -> Mapping[int, Sequence[IntervalEstimate]]:
        """Estimates by interval of the day, by port count.

        Raises
        ------
        ValueError
            If the days were not counted by interval (`by_s`).
        """
        return {
            ports: estimate_by_interval(tally, confidence=self.confidence)
            for ports, tally in self.tallies.items()
        }

    @cached_property
    def worst_intervals(self) -> Mapping[int, Sequence[IntervalEstimate]]:
        """The worst interval of the day of each source, by port count.

        Raises
        ------
        ValueError
            If the days were not counted by interval (`by_s`).
        """
        return {
            ports: worst_intervals(tally, confidence=self.confidence)
            for ports, tally in self.tallies.items()
        }

    @property
    def table_by_interval(self) -> pd.DataFrame:
        """The tidy table by interval: the usual columns, and `from_s`, seconds from opening."""
        import pandas as pd

        rows = [
            (ports, *_cells(each), self.days_of(ports), each.from_s)
            for found in (self.by_interval, self.worst_intervals)
            for ports, estimates in found.items()
            for each in estimates
        ]
        return pd.DataFrame(rows, columns=[*COLUMNS, "from_s"])

    @property
    def table(self) -> pd.DataFrame:
        """The tidy table: `ports, source, metric, unit, value, low, high, days`."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(COLUMNS))


def _cells(one: Estimate | IntervalEstimate) -> tuple[str, str, str, float, float, float]:
    return one.source, one.metric, one.unit, one.value, one.low, one.high
