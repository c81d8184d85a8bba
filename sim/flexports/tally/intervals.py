"""A day told by intervals: what was offered in each, and how the ports were used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import add
from typing import Any

import numpy as np

from flexports.tally.busy import BusyPath
from flexports.tally.calls import SourceDay
from flexports.tally.frame import Frame
from flexports.tally.moments import Layout, Moments
from flexports.tally.quantities import PORTS_BY_INTERVAL, SOURCE_BY_INTERVAL
from flexports.ticks import BoolArray, IntArray, to_ticks


@dataclass(frozen=True)
class IntervalTally:
    """Sums over days for each interval of the day; the intervals are those of the tally's frame.

    An attempt belongs to the interval in which it was offered, with its whole outcome, wherever
    that came. Adding is exact, as with all of a tally.

    Attributes
    ----------
    sources : tuple of tuple of Moments
        Of each source, its daily quantities `flexports.tally.quantities.SOURCE_BY_INTERVAL` in each
        interval.
    ports : tuple of Moments
        Daily quantities `flexports.tally.quantities.PORTS_BY_INTERVAL` in each interval.
    """

    sources: tuple[tuple[Moments, ...], ...]
    ports: tuple[Moments, ...]

    def __add__(self, other: IntervalTally) -> IntervalTally:
        pairs = zip(self.sources, other.sources, strict=True)
        return IntervalTally(
            tuple(tuple(map(add, one, another)) for one, another in pairs),
            tuple(map(add, self.ports, other.ports)),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and dicts."""
        return {
            "sources": [[each.to_dict() for each in source] for source in self.sources],
            "ports": [each.to_dict() for each in self.ports],
        }

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> IntervalTally:
        """Undo `to_dict`."""
        return cls(
            tuple(_saved(SOURCE_BY_INTERVAL, source) for source in saved["sources"]),
            _saved(PORTS_BY_INTERVAL, saved["ports"]),
        )


def tally_intervals(days: Sequence[SourceDay], path: BusyPath, frame: Frame) -> IntervalTally:
    """Count one day by the intervals of its frame."""
    edges = np.array(frame.edges, dtype=np.int64)
    ports = [path.busy_ticks_between(edges), path.full_ticks_between(frame.ports, edges)]
    return IntervalTally(
        tuple(_source_moments(day, frame) for day in days),
        _each_interval(PORTS_BY_INTERVAL, ports),
    )


def _source_moments(day: SourceDay, frame: Frame) -> tuple[Moments, ...]:
    intervals = len(frame.edges_s) - 1
    # Attempts outside of the span fall into the first or last interval; none of them is counted.
    places = np.array(frame.edges_s[1:-1]).searchsorted(day.when_s, side="right")

    def counts(rows: BoolArray) -> IntArray:
        return np.bincount(places[rows], minlength=intervals)

    none = np.zeros(intervals, dtype=np.int64)
    offered, blocked = none, none
    if day.source.wants_port:
        offered, blocked = counts(day.offered), counts(day.blocked)
    asked, answered, in_time, held = none, none, none, none.copy()
    if day.source.wants_agent:
        asked, answered, in_time = counts(day.asked), counts(day.answered), counts(day.in_time)
        np.add.at(held, places[day.asked], to_ticks(day.held_s[day.asked]))
    by_name = [offered, blocked, asked, answered, asked - answered, in_time, held]
    return _each_interval(SOURCE_BY_INTERVAL, by_name)


def _each_interval(layout: Layout, quantities: Sequence[IntArray]) -> tuple[Moments, ...]:
    columns = zip(*(values.tolist() for values in quantities), strict=True)
    return tuple(Moments.of_day(layout, column) for column in columns)


def _saved(layout: Layout, saved: Sequence[Mapping[str, Any]]) -> tuple[Moments, ...]:
    return tuple(Moments.from_dict(layout, each) for each in saved)
