"""The page of one day: what came of it, and every event."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from flexports.study.simulate import SimulatedDay
from flexports.table.events import Event, clock_text, events_of
from flexports.table.grid import Column, Grid
from flexports.table.numbers import ports_text
from flexports.table.page import Page, Text

Span = tuple[float, float]
"""Seconds from opening."""


def day_page(day: SimulatedDay, span: Span | None = None) -> Page:
    """Return the page of a day.

    Parameters
    ----------
    day : SimulatedDay
    span : pair of float, optional
        Show only the events of this time, in seconds from opening.
    """
    return Page([summary(day), _grid(day, span)])


def summary(day: SimulatedDay) -> Text:
    """Say what came of a day."""
    calls = day.outcomes.calls
    own_lines = [number for number, line in enumerate(day.plan.lines) if line.own_lines is not None]
    on_ports = ~np.isin(calls["source"], own_lines)
    offered = on_ports & ~np.isnan(calls["offered_s"])
    held = ~np.isnan(calls["port_from_s"])
    trial = day.trial
    return Text(
        f"{trial.floor.name}, day {day.day} of seed {trial.seed}, with {ports_text(day.ports)}: "
        f"{len(calls):,} calls and dials, of which {int(offered.sum()):,} wanted a port and "
        f"{int((offered & ~held).sum()):,} found none.",
        role="answer",
    )


def _grid(day: SimulatedDay, span: Span | None) -> Grid:
    events = events_of(day)
    busy = list(accumulate(event.ports for event in events))
    shown = [at for at, event in enumerate(events) if _inside(event, span)]
    told = [events[at] for at in shown]
    return Grid(
        [
            Column("time", _times(told, day), align="left"),
            Column("what happened", [event.what for event in told], align="left"),
            Column("source", [event.source for event in told], align="left"),
            Column("call", ["" if event.call is None else str(event.call) for event in told]),
            Column("agent", [event.agent for event in told], align="left"),
            Column("ports\nbusy", [str(busy[at]) for at in shown]),
        ]
    )


def _inside(event: Event, span: Span | None) -> bool:
    return span is None or span[0] <= event.time_s <= span[1]


def _times(events: Sequence[Event], day: SimulatedDay) -> Sequence[str]:
    opens_s = day.trial.floor.day.opens_s
    return [clock_text(opens_s + event.time_s) for event in events]
