"""Reduce one day to its counts and sums."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from flexports.engine.outcomes import DayOutcomes, Table
from flexports.flows import Plan
from flexports.tally.busy import BusyPath, BusyTime, Legs, full_spells_begun
from flexports.tally.calls import SourceDay
from flexports.tally.frame import Frame, frame_of
from flexports.tally.intervals import tally_intervals
from flexports.tally.merging import Tally
from flexports.tally.moments import Moments
from flexports.tally.quantities import PORTS
from flexports.tally.teams import team_moments


def tally_day(
    plan: Plan,
    outcomes: DayOutcomes,
    ports: int,
    *,
    warm_up_s: float = 0.0,
    within_s: float = 20.0,
    by_s: float | None = None,
    controls: tuple[str, ...] = (),
) -> Tally:
    """Count and sum one day on one port count.

    Parameters
    ----------
    plan : Plan
        What the engine ran.
    outcomes : DayOutcomes
        What it returned.
    ports : int
        The port count, for the time with no port free; for an unlimited pool, a number that is
        never reached.
    warm_up_s : float
        The span observed begins here and ends at closing.
    within_s : float
        The time of the service level.
    by_s : float, optional
        Count by intervals of this length too, from opening.
    controls : tuple of str
        Of the frame; what they were on the day, `flexports.tally.controls` adds.

    Returns
    -------
    Tally

    Raises
    ------
    ValueError
        If the warm-up does not end before closing, or an interval is no length of time.

    Notes
    -----
    An attempt counts if it was offered within [warm-up, closing), and one that wanted no port if
    it began then; it counts with its whole outcome, even where that came after closing. What comes
    of a call in more than one attempt counts by the first of them. Dials count by the time at which
    they began. The time for which ports and agents were busy is clipped to the span, whenever the
    call was offered. A spell with no port free counts if it began in the span, up to closing.
    """
    frame = frame_of(plan, ports, warm_up_s, within_s, by_s=by_s, controls=controls)
    days = [
        SourceDay(plan, frame, number, calls)
        for number, calls in enumerate(_by_source(outcomes.calls, len(frame.sources)))
    ]
    legs = Legs.of_all([day.port_legs for day in days])
    path = BusyPath.of(legs, frame.span)
    busy = BusyTime.of_path(path)
    sources = tuple(day.moments() for day in days)
    return Tally(
        frame,
        1,
        sources,
        tuple(day.durations() for day in days),
        _port_moments(busy, path, legs, frame),
        team_moments(plan, outcomes.work, frame),
        busy,
        _failures(days, sources, frame),
        None if by_s is None else tally_intervals(days, path, frame),
    )


def _by_source(calls: Table, sources: int) -> Iterator[Table]:
    """The rows of each source, which stand together; each column in one piece, for speed."""
    values = np.asfortranarray(calls.values)
    source = values[:, calls.columns.index("source")]
    bounds = np.searchsorted(source, np.arange(sources + 1)).tolist()
    for first, last in pairwise(bounds):
        yield Table(calls.columns, values[first:last])


def _port_moments(busy: BusyTime, path: BusyPath, legs: Legs, frame: Frame) -> Moments:
    begun = legs.begun_in(frame.span)
    spells = full_spells_begun(path, legs, frame.ports)
    full_ticks = busy.full_ticks(frame.ports)
    quantities = [busy.busy_ticks, busy.peak, full_ticks, len(begun), begun.ticks]
    return Moments.of_day(PORTS, [*quantities, len(spells), spells.ticks])


def _failures(days: list[SourceDay], sources: tuple[Moments, ...], frame: Frame) -> Moments:
    went_wrong = zip(days, sources, strict=True)
    counts = [count for day, moments in went_wrong for count in day.failures(moments)]
    return Moments.of_day(frame.failures_layout, counts)
