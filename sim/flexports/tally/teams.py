"""What the agents of each group spent one day's staffed time on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from flexports.engine.outcomes import Table
from flexports.flows import LOCKED_OUT, Plan
from flexports.tally.frame import Frame
from flexports.tally.moments import Moments
from flexports.ticks import IntArray, clipped, to_ticks


def team_moments(plan: Plan, work: Table, frame: Frame) -> tuple[Moments, ...]:
    """Each group's time by activity, in its shifts.

    Notes
    -----
    Staffed time is that of the shifts within the span, whether or not somebody stays for longer. An
    agent who finishes the call in hand after his shift, or after closing, does so outside of it;
    the shares of staffed time leave that out, and so add up to one. Who is locked out of dialing is
    not idle, though he may take callers.
    """
    agent, activity = work["agent"], work["activity"].astype(np.int64)
    begins, ends = to_ticks(work["from_s"]), to_ticks(work["to_s"])
    moments = []
    for team, observed in zip(plan.teams, frame.teams, strict=True):
        first, beyond = np.searchsorted(agent, [team.first, team.first + team.count])
        own = slice(int(first), int(beyond))
        cells = activity[own], len(plan.activities)
        spent = _spent(begins[own], ends[own], *cells, observed.shifts)
        by_name = dict(zip(plan.activities, spent.tolist(), strict=True))
        busy = [by_name.get(name, 0) for name in observed.activities]
        locked_out, staffed = by_name.get(LOCKED_OUT, 0), observed.staffed_ticks
        idle = staffed - sum(busy) - locked_out
        moments.append(Moments.of_day(observed.layout, [*busy, idle, locked_out, staffed]))
    return tuple(moments)


def _spent(
    begins: IntArray,
    ends: IntArray,
    activity: IntArray,
    activities: int,
    shifts: Sequence[tuple[int, int]],
) -> IntArray:
    """Time in the shifts by activity."""
    spent = np.zeros(activities, dtype=np.int64)
    for shift in shifts:
        np.add.at(spent, activity, clipped(ends, shift) - clipped(begins, shift))
    return spent
