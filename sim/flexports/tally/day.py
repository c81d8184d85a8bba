"""Reduce one day to its counts and sums."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from flexports.engine.outcomes import DayOutcomes, Table
from flexports.flows import Plan
from flexports.tally.busy import BusyTime, Legs
from flexports.tally.calls import SourceDay
from flexports.tally.frame import PORTS, Frame, frame_of
from flexports.tally.merging import Tally
from flexports.tally.moments import Moments
from flexports.tally.ticks import IntArray, clipped, to_ticks


def tally_day(
    plan: Plan,
    outcomes: DayOutcomes,
    ports: int,
    *,
    warm_up_s: float = 0.0,
    within_s: float = 20.0,
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

    Returns
    -------
    Tally

    Raises
    ------
    ValueError
        If the warm-up does not end before closing.

    Notes
    -----
    An attempt counts if it was offered within [warm-up, closing), and one that wanted no port if
    it began then; it counts with its whole outcome, even where that came after closing. Dials count
    by the time at which they began. The time for which ports and agents were busy is clipped to
    the span, whenever the call was offered.
    """
    frame = frame_of(plan, ports, warm_up_s, within_s)
    days = [
        SourceDay(plan, frame, number, calls)
        for number, calls in enumerate(_by_source(outcomes.calls, len(frame.sources)))
    ]
    legs = Legs.of_all([day.legs for day in days])
    busy = BusyTime.of_day(legs, frame.span)
    return Tally(
        frame,
        1,
        tuple(day.moments() for day in days),
        tuple(day.holds() for day in days),
        _port_moments(busy, legs, frame),
        _team_moments(plan, outcomes.work, frame),
        busy,
    )


def _by_source(calls: Table, sources: int) -> Iterator[Table]:
    """The rows of each source, which stand together; each column in one piece, for speed."""
    values = np.asfortranarray(calls.values)
    source = values[:, calls.columns.index("source")]
    bounds = np.searchsorted(source, np.arange(sources + 1)).tolist()
    for first, last in pairwise(bounds):
        yield Table(calls.columns, values[first:last])


def _port_moments(busy: BusyTime, legs: Legs, frame: Frame) -> Moments:
    begun = legs.begun_in(frame.span)
    full_ticks = busy.full_ticks(frame.ports)
    quantities = [busy.busy_ticks, busy.peak, full_ticks, len(begun), begun.ticks]
    return Moments.of_day(PORTS, quantities)


def _team_moments(plan: Plan, work: Table, frame: Frame) -> tuple[Moments, ...]:
    spent = _time_spent(plan, work, frame)
    moments = []
    for team, observed, by_activity in zip(plan.teams, frame.teams, spent, strict=True):
        own = [
            int(by_activity[plan.activities.index(activity)]) if activity in plan.activities else 0
            for activity in observed.activities
        ]
        staffed = team.count * frame.span_ticks
        moments.append(Moments.of_day(observed.layout, [*own, staffed - sum(own), staffed]))
    return tuple(moments)


def _time_spent(plan: Plan, work: Table, frame: Frame) -> IntArray:
    """Time within the span by team and activity."""
    firsts = [team.first for team in plan.teams]
    team = np.searchsorted(firsts, work["agent"], side="right") - 1
    cell = team * len(plan.activities) + work["activity"].astype(np.int64)
    begins, ends = (clipped(to_ticks(work[side]), frame.span) for side in ("from_s", "to_s"))
    spent = np.zeros(len(plan.teams) * len(plan.activities), dtype=np.int64)
    np.add.at(spent, cell, ends - begins)
    return spent.reshape(len(plan.teams), len(plan.activities))
