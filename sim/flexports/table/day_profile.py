"""A sweep by interval of the day: blocking from opening to closing, and the worst interval."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from flexports.estimates import Estimate, IntervalEstimate
from flexports.study.results import Sweep
from flexports.table.grid import WIDTH, Column, Grid, evenly
from flexports.table.numbers import interval_text, value_text
from flexports.table.page import Page, Part, Text
from flexports.units import format_clock, format_duration

_MOST_COUNTS = 6


def day_profile(sweep: Sweep) -> Page:
    """Return the page of a sweep by interval.

    Parameters
    ----------
    sweep : Sweep
        Counted by interval (`by_s`).
    """
    counts = [sweep.ports[place] for place in evenly(len(sweep.ports), _MOST_COUNTS)]
    parts: list[Part] = []
    for source in (one.source for one in sweep.worst_intervals[counts[0]]):
        parts += _profile(sweep, counts, source).folded(WIDTH)
    parts += _worst(sweep, counts).folded(WIDTH)
    return Page([*parts, *_notes(sweep)])


def _profile(sweep: Sweep, counts: Sequence[int], source: str) -> Grid:
    by_ports = {ports: _blocking(sweep.by_interval[ports], source) for ports in counts}
    starts = [_clock(sweep, each) for each in by_ports[counts[0]]]
    columns = [Column("from", starts)]
    for ports in counts:
        texts = [value_text(each) for each in by_ports[ports]]
        columns.append(Column(f"{ports} ports", texts))
    return Grid(columns, title=f"{source}: blocking by time of day")


def _worst(sweep: Sweep, counts: Sequence[int]) -> Grid:
    rows = [(ports, each) for ports in counts for each in sweep.worst_intervals[ports]]
    return Grid(
        [
            Column("ports", [str(ports) for ports, _ in rows]),
            Column("source", [each.source for _, each in rows], align="left"),
            Column("worst from", [_clock(sweep, each) for _, each in rows]),
            Column("blocking", [value_text(each) for _, each in rows]),
            Column(f"{100 * sweep.confidence:g} % sure", [_between(each) for _, each in rows]),
        ],
        title="The worst interval of the day",
    )


def _between(estimate: Estimate) -> str:
    return "" if math.isnan(estimate.value) else interval_text(estimate)


def _blocking(estimates: Sequence[IntervalEstimate], source: str) -> Sequence[IntervalEstimate]:
    return [one for one in estimates if (one.source, one.metric) == (source, "blocking")]


def _clock(sweep: Sweep, estimate: IntervalEstimate) -> str:
    if math.isnan(estimate.from_s):
        return "never"
    return format_clock((sweep.trial.floor.day.opens_s + estimate.from_s) % 86400.0)


def _notes(sweep: Sweep) -> Iterator[Text]:
    by = "" if sweep.trial.by_s is None else format_duration(sweep.trial.by_s)
    yield Text(
        f"{sweep.days} days, seed {sweep.trial.seed}, by {by}. The worst interval is chosen by "
        "looking; its limits allow for that: they hold for all intervals of the day at once.",
        role="note",
    )
