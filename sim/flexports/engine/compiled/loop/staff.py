"""The agents' day: shifts, callers, dials.

As `flexports.engine.simpy_engine.staff`.
"""

from __future__ import annotations

from flexports.engine.compiled.codes import BROKEN, MORE_CALLS, MORE_DRAWS
from flexports.engine.compiled.layout import NOBODY
from flexports.engine.compiled.loop.agents import agent_node, be_busy, be_idle, next_caller
from flexports.engine.compiled.loop.calls import ANSWERED, begins, has_room, new_call
from flexports.engine.compiled.loop.compiling import part
from flexports.engine.compiled.loop.primitives import is_taken_by
from flexports.engine.compiled.loop.rows import (
    FloorAtWork,
    agent_at,
    base_of,
    roll_at,
    shift_at,
    team_at,
    value_at,
)
from flexports.engine.compiled.loop.seats import (
    be_locked_out,
    no_longer_locked_out,
    sign_off,
    take_seats,
)
from flexports.engine.compiled.loop.wants import (
    DIAL,
    FREE,
    LOOK,
    OFF_DUTY,
    SERVE,
    push,
    turn_over,
    want,
)
from flexports.engine.compiled.loop.wheel import ARRIVES, ENDS, busy_instant, look_last, set_down
from flexports.tape import next_place, place

# What an agent's event means.
LOOKS_FOR_WORK, HAS_PAUSED, LOOKS_AFTER_PAUSE, COMES_ON_DUTY = 0, 1, 2, 3


@part
def _looks_last(floor: FloorAtWork, agent: int, resume: int) -> bool:
    """Whether an agent goes on only when all else of this instant is done."""
    if not busy_instant(floor):
        return False
    agent_at(floor, agent).resume = resume
    look_last(floor, agent_node(floor, agent))
    return True


@part
def be_free(floor: FloorAtWork, agent: int) -> int:
    """An agent has nothing in hand: he looks for work when all else of this instant is done."""
    return NOBODY if _looks_last(floor, agent, LOOKS_FOR_WORK) else look(floor, agent)


@part
def look(floor: FloorAtWork, agent: int) -> int:
    """An agent finds something to do, or is idle; return the call that he starts, or NOBODY."""
    row = agent_at(floor, agent)
    team = team_at(floor, row.team)
    if team.has_shifts and not _is_on_duty(floor, row.team):
        push(floor, OFF_DUTY, agent)
        sign_off(floor, agent)
        return NOBODY
    call = next_caller(floor, row.team)
    if call != NOBODY:
        is_taken_by(floor, call, agent)
        push(floor, SERVE, call)
        sign_off(floor, agent)
        return NOBODY
    if not _may_dial(floor, agent):
        be_idle(floor, agent)
        return NOBODY
    if team.pause == NOBODY:
        return dial(floor, agent)
    _pause(floor, agent)
    return NOBODY


@part
def _pause(floor: FloorAtWork, agent: int) -> None:
    """An agent pauses before his next call."""
    if not _has_draws(floor, agent):
        push(floor, LOOK, agent)
        return
    row = agent_at(floor, agent)
    be_idle(floor, agent)
    pause_s = value_at(floor, base_of(floor, team_at(floor, row.team).pause) + row.draws)
    row.resume = HAS_PAUSED
    _is_back_at(floor, agent, floor.now_s + pause_s, ENDS)


@part
def _is_back_at(floor: FloorAtWork, agent: int, time_s: float, place: int) -> None:
    if not time_s >= floor.now_s:
        want(floor, BROKEN, agent)
        return
    set_down(floor, agent_node(floor, agent), time_s, place)


@part
def serve(floor: FloorAtWork, call: int) -> None:
    """An agent takes a caller from the queue."""
    begins(floor, call, ANSWERED)


@part
def _is_on_duty(floor: FloorAtWork, team: int) -> bool:
    return _on_duty_from(floor, team) == floor.now_s


@part
def _on_duty_from(floor: FloorAtWork, number: int) -> float:
    """When a team is on duty next, now or later; -1 if not again today (`Team.on_duty_from`)."""
    team, now_s = team_at(floor, number), floor.now_s
    for shift in range(team.shifts, team.shifts_end):
        hours = shift_at(floor, shift)
        if now_s < hours.to_s or hours.to_s >= floor.closing_s:
            return max(hours.from_s, now_s)
    return -1.0


@part
def go_off_duty(floor: FloorAtWork, agent: int) -> None:
    """An agent, signed off, goes until his next shift."""
    back_s = _on_duty_from(floor, agent_at(floor, agent).team)
    if back_s >= 0.0:
        agent_at(floor, agent).resume = COMES_ON_DUTY
        set_down(floor, agent_node(floor, agent), back_s, ARRIVES)


@part
def has_paused(floor: FloorAtWork, agent: int) -> int:
    """An agent's pause is over."""
    if _looks_last(floor, agent, LOOKS_AFTER_PAUSE):
        return NOBODY
    return dial_after_pause(floor, agent)


@part
def dial_after_pause(floor: FloorAtWork, agent: int) -> int:
    """Nothing else came of an agent's pause: he makes a call, or stays idle after closing."""
    if floor.now_s >= floor.closing_s:
        return NOBODY
    be_busy(floor, agent)
    return dial(floor, agent)


@part
def _may_dial(floor: FloorAtWork, agent: int) -> bool:
    """Whether an agent dials now: his team does, the floor is open, and he has his seats."""
    team = team_at(floor, agent_at(floor, agent).team)
    if team.dials == NOBODY or floor.now_s >= floor.closing_s:
        return False
    if take_seats(floor, agent):
        return True
    be_locked_out(floor, agent)
    return False


@part
def dial(floor: FloorAtWork, agent: int) -> int:
    """An agent starts his next call."""
    if not has_room(floor):
        push(floor, DIAL, agent)
        want(floor, MORE_CALLS, 0)
        return NOBODY
    if not _has_draws(floor, agent):
        push(floor, DIAL, agent)
        return NOBODY
    row = agent_at(floor, agent)
    team = team_at(floor, row.team)
    number = row.dials * team.dialers + row.number
    call = new_call(floor, team.dials, number, row.draws, team.flow)
    row.dials += 1
    row.draws = _next_place(row.draws, roll_at(floor, team.roll).starters)
    is_taken_by(floor, call, agent)
    return call


@part
def _has_draws(floor: FloorAtWork, agent: int) -> bool:
    """Whether the draws of his next call are there; if not, they are wanted."""
    row = agent_at(floor, agent)
    roll = team_at(floor, row.team).roll
    if row.draws < roll_at(floor, roll).size:
        return True
    want(floor, MORE_DRAWS, roll)
    return False


@part
def has_drawn(floor: FloorAtWork, number: int, index: int) -> bool:
    """Whether the draws of a starter's call are there; if not, they are wanted."""
    roll = roll_at(floor, number)
    roll.needed = max(roll.needed, index + 1)
    if index < roll.length:
        return True
    want(floor, MORE_DRAWS, number)
    return False


_place, _next_place = part(place), part(next_place)


@part
def place_in_roll(floor: FloorAtWork, roll: int, index: int, starter: int) -> int:
    """Where the draws of a starter's call stand."""
    return _place(index, starter, roll_at(floor, roll).starters)


@part
def first_draws(floor: FloorAtWork, agent: int) -> int:
    """Where the draws of an agent's first call stand, if he makes any."""
    row = agent_at(floor, agent)
    team = team_at(floor, row.team)
    return NOBODY if team.dials == NOBODY else place_in_roll(floor, team.roll, 0, row.place)


@part
def note_draws(floor: FloorAtWork, agent: int) -> None:
    """Note how many draws an agent has come to, so that the next day has as many at once."""
    row = agent_at(floor, agent)
    team = team_at(floor, row.team)
    if team.dials != NOBODY:
        roll = roll_at(floor, team.roll)
        roll.needed = max(roll.needed, row.dials + (team.pause != NOBODY))


@part
def is_let_in(floor: FloorAtWork, agent: int) -> None:
    """An agent who was locked out has a seat, and dials."""
    no_longer_locked_out(floor, agent, floor.now_s)
    be_busy(floor, agent)
    push(floor, FREE, agent)


@part
def shift_ends(floor: FloorAtWork, number: int) -> None:
    """Who is idle goes, and is let in nowhere; who is busy finishes what he has in hand."""
    bottom = floor.top
    while team_at(floor, number).first != NOBODY:
        agent = team_at(floor, number).first
        be_busy(floor, agent)
        no_longer_locked_out(floor, agent, floor.now_s)
        push(floor, FREE, agent)
    turn_over(floor, bottom)  # the longest idle first
