"""Seats of the pooled licences that agents need while they dial.

As `flexports.engine.simpy_engine.seats`.
"""

from __future__ import annotations

from flexports.engine.compiled.layout import NOBODY
from flexports.engine.compiled.loop.calls import log_work
from flexports.engine.compiled.loop.compiling import part
from flexports.engine.compiled.loop.rows import (
    FloorAtWork,
    agent_at,
    free_seats_in,
    listed,
    put_free_seats,
    team_at,
)
from flexports.engine.compiled.loop.wants import LET_IN, push, turn_over

# Of an agent who is locked out.
WAITS_FOR_SEAT, IS_LET_IN = 1, 2


@part
def take_seats(floor: FloorAtWork, agent: int) -> bool:
    """Sign an agent on, unless he is; False if there is no seat."""
    row = agent_at(floor, agent)
    team = team_at(floor, row.team)
    if row.seated or team.seats == team.seats_end:
        return True
    for place in range(team.seats, team.seats_end):
        if free_seats_in(floor, listed(floor, place)) == 0:
            return False
    for place in range(team.seats, team.seats_end):
        pool = listed(floor, place)
        put_free_seats(floor, pool, free_seats_in(floor, pool) - 1)
    row.seated = 1
    return True


@part
def be_locked_out(floor: FloorAtWork, agent: int) -> None:
    """An agent who would dial finds no seat."""
    row = agent_at(floor, agent)
    row.locked_out = WAITS_FOR_SEAT
    row.locked_out_since_s = floor.now_s
    row.next_locked_out = NOBODY
    row.prev_locked_out = floor.locked_out_last
    if floor.locked_out_last == NOBODY:
        floor.locked_out_first = agent
    else:
        agent_at(floor, floor.locked_out_last).next_locked_out = agent
    floor.locked_out_last = agent


@part
def no_longer_locked_out(floor: FloorAtWork, agent: int, now_s: float) -> None:
    """Note that an agent is no longer locked out, if he was."""
    row = agent_at(floor, agent)
    if not row.locked_out:
        return
    if row.locked_out == WAITS_FOR_SEAT:
        _leave_queue(floor, agent)
    row.locked_out = 0
    since_s = row.locked_out_since_s
    log_work(floor, agent, floor.code_of_locked_out, since_s, max(since_s, now_s))


@part
def _leave_queue(floor: FloorAtWork, agent: int) -> None:
    row = agent_at(floor, agent)
    if row.prev_locked_out == NOBODY:
        floor.locked_out_first = row.next_locked_out
    else:
        agent_at(floor, row.prev_locked_out).next_locked_out = row.next_locked_out
    if row.next_locked_out == NOBODY:
        floor.locked_out_last = row.prev_locked_out
    else:
        agent_at(floor, row.next_locked_out).prev_locked_out = row.prev_locked_out


@part
def sign_off(floor: FloorAtWork, agent: int) -> None:
    """An agent leaves his seats; those whom that lets in do so before what was pushed earlier."""
    if not floor.has_seats:
        return
    row = agent_at(floor, agent)
    no_longer_locked_out(floor, agent, floor.now_s)
    if not row.seated:
        return
    row.seated = 0
    team = team_at(floor, row.team)
    for place in range(team.seats, team.seats_end):
        pool = listed(floor, place)
        put_free_seats(floor, pool, free_seats_in(floor, pool) + 1)
    bottom = floor.top
    other = floor.locked_out_first
    while other != NOBODY:
        after = agent_at(floor, other).next_locked_out
        if take_seats(floor, other):
            _leave_queue(floor, other)
            agent_at(floor, other).locked_out = IS_LET_IN
            push(floor, LET_IN, other)
        other = after
    turn_over(floor, bottom)
