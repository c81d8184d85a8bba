"""The figures of each port count, as texts: what the slider shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flexports.estimates import Estimate
from flexports.plot.curves import lines_of_their_own
from flexports.plot.style import looks
from flexports.report.material import Material
from flexports.report.svg import variable_of
from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.study.costs import SOURCE as COST
from flexports.table.answer import count_text
from flexports.table.change_words import change_text
from flexports.table.costs import with_unit
from flexports.table.numbers import interval_text, ports_text
from flexports.table.wording import plain_metric

_OF_SOURCES = (
    "blocking",
    "lost",
    "abandonment",
    "hold_mean",
    "hold_p90",
    "service_level",
    "missed_recordings",
    "by_hand",
    "port_wait_mean",
)
_OF_PORTS = ("busy_mean", "time_congestion")
_WIDEST = 400
"""Of more counts from the first to the last the slider counts places, not ports."""


@dataclass(frozen=True)
class Row:
    """One figure: which, and where it stands.

    Attributes
    ----------
    source, metric : str
    label : str
        In plain words.
    """

    source: str
    metric: str
    label: str


@dataclass(frozen=True)
class Group:
    """The figures of one source, with its colour."""

    name: str
    colour: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Count:
    """What there is to say of one port count."""

    ports: str
    label: str
    status: str
    text: str
    fewer: str
    more: str
    values: Sequence[str]
    intervals: Sequence[str]


class Figures:
    """The figures of a report.

    Parameters
    ----------
    material : Material
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self._sweep = material.sweep
        self.groups = [group for group in self._all_groups() if group.rows]
        self._rows = [row for group in self.groups for row in group.rows]
        self.counts = [self._count(ports) for ports in material.counts]

    @property
    def slider(self) -> Mapping[str, int]:
        """Its ends and where it stands."""
        counts, centre = list(self._material.counts), self._material.centre
        if self._in_places:
            return {"first": 0, "last": len(counts) - 1, "now": counts.index(centre)}
        return {"first": counts[0], "last": counts[-1], "now": centre}

    @property
    def now(self) -> Count:
        """The count that the page begins with."""
        return self.counts[list(self._material.counts).index(self._material.centre)]

    @property
    def data(self) -> Mapping[str, Any]:
        """What the page's script looks up: texts alone."""
        counts = list(self._material.counts)
        if self._in_places:
            at = {str(place): place for place in range(len(counts))}
        else:
            every = range(counts[0], counts[-1] + 1)
            at = {str(each): _nearest(counts, each) for each in every}
        return {"at": at, "counts": [vars(each) for each in self.counts]}

    @property
    def _in_places(self) -> bool:
        counts = self._material.counts
        return counts[-1] - counts[0] > _WIDEST

    def _all_groups(self) -> Sequence[Group]:
        look = looks([source.name for source in self._material.floor.sources])
        of_sources = [
            Group(name, variable_of(of.colour), self._rows_of(name, _OF_SOURCES))
            for name, of in look.items()
        ]
        pool = Group("all ports", "currentColor", self._rows_of("ports", _OF_PORTS))
        cost = Group("cost", "currentColor", self._rows_of(COST, (COST_PER_MONTH,)))
        return [*of_sources, pool, cost]

    def _rows_of(self, source: str, metrics: Sequence[str]) -> Sequence[Row]:
        floor = self._material.floor
        has = {
            each.metric
            for each in self._sweep.estimates[self._material.centre]
            if each.source == source
        }
        if not has & {"retries", "port_wait_mean"}:
            has.discard("lost")  # who finds no port is lost then: blocking says it
        own_lines = source in lines_of_their_own(self._sweep)
        return [
            Row(source, metric, plain_metric(floor, metric, own_lines=own_lines))
            for metric in metrics
            if metric in has
        ]

    def _count(self, ports: int) -> Count:
        found = [self._sweep.estimate(ports, row.source, row.metric) for row in self._rows]
        status = self._status(ports)
        return Count(
            ports=f"{ports:,}",
            label=f"{ports_text(ports)}, {status}",
            status=status,
            text=count_text(self._material.size, ports),
            fewer=self.change(ports, -1),
            more=self.change(ports, 1),
            values=[with_unit(each) for each in found],
            intervals=[between(each) for each in found],
        )

    def _status(self, ports: int) -> str:
        verdict = self._material.size.verdict_on(ports)
        if verdict.meets_all:
            return "meets all targets"
        return "misses a target" if verdict.is_certain else "not decided"

    def change(self, ports: int, by: int) -> str:
        """Say what the next count below or above changes; nothing if it was not run."""
        counts = list(self._material.counts)
        place = counts.index(ports) + by
        if not 0 <= place < len(counts):
            return "" if counts[0] > 1 or by > 0 else "There is no smaller count."
        other = counts[place]
        differences = self._material.differences(other, ports)
        if not differences:
            return ""
        told = change_text(self._material.floor, differences)
        return f"With {other:,} instead of {ports:,}: {told[:1].lower()}{told[1:]}"


def between(estimate: Estimate) -> str:
    """Return the interval; nothing where there is no value."""
    return "" if math.isnan(estimate.value) else interval_text(estimate)


def _nearest(counts: Sequence[int], wanted: int) -> int:
    return min(range(len(counts)), key=lambda place: abs(counts[place] - wanted))
