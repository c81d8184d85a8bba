"""Calls: how one begins, what the tape holds for it, and what is noted of it when it is over."""

from __future__ import annotations

from math import nan

from flexports.engine.compiled.codes import BROKEN
from flexports.engine.compiled.layout import NOBODY
from flexports.engine.compiled.loop.compiling import part
from flexports.engine.compiled.loop.counting import NOT_RECORDED, count_call, count_work
from flexports.engine.compiled.loop.rows import (
    FloorAtWork,
    base_anew_at,
    blank_call_at,
    call_at,
    copy_call,
    node_at,
    row_at,
    spell_at,
    step_at,
    value_at,
)
from flexports.engine.compiled.loop.wants import want
from flexports.engine.compiled.loop.wheel import ENDS, begin, set_down

# What a call's event means, if not that something of its own has ended and it goes on with the
# next step: then it is the operation of that.
GO_ON = -1  # with its next step, which begins now that all that ends has ended
RECORDED_TALK_ENDED = -2
PATIENCE_ENDED, PORT_PATIENCE_ENDED = -3, -4
GAVE_UP, GAVE_UP_FOR_PORT = -5, -6
ANSWERED, FOUND_PORT = -7, -8
BACK = -9
OF_NO_CALL = -10


@part
def new_call(floor: FloorAtWork, line: int, number: int, draws: int, flow: int) -> int:
    """A call begins now; there must be room for one (`has_room`)."""
    call = floor.free_call
    if call == NOBODY:
        call = floor.calls_made
        floor.calls_made += 1
    else:
        floor.free_call = call_at(floor, call).next
    row = call_at(floor, call)
    copy_call(blank_call_at(floor, 0), row)
    row.number = number
    row.first_s = row.began_s = row.counts_at_s = floor.now_s
    row.line = line
    row.draws = draws
    row.flow = row.pc = flow
    return call


@part
def next_attempt(floor: FloorAtWork, call: int) -> None:
    """The call begins anew: nothing has happened yet in this attempt."""
    row = call_at(floor, call)
    row.tries += 1
    row.began_s = row.counts_at_s = floor.now_s
    row.offered_s = nan
    row.gave_up_s = nan
    row.port_from_s = nan
    row.port_to_s = nan
    row.asked_s = nan
    row.held_to_s = nan
    row.reached_s = nan
    row.answered_s = nan
    row.talk_to_s = nan
    row.recorded = NOT_RECORDED
    row.pc = row.flow


@part
def has_room(floor: FloorAtWork) -> bool:
    """Whether there is room for one more call."""
    return floor.free_call != NOBODY or floor.calls_made < floor.of_calls


@part
def leave(floor: FloorAtWork, call: int) -> None:
    """The call is over, and its place free for another."""
    call_at(floor, call).next = floor.free_call
    floor.free_call = call


@part
def drawn(floor: FloorAtWork, call: int, base: int) -> float:
    """What the tape holds for this call, of the attribute whose values begin at `base`."""
    return value_at(floor, base + call_at(floor, call).draws)


@part
def drawn_or_0(floor: FloorAtWork, call: int, pc: int) -> float:
    """The same for the draw of a step, or 0 if that is a blank."""
    step = step_at(floor, pc)
    return value_at(floor, step.base + (call_at(floor, call).draws & step.no_blank))


@part
def drawn_anew(floor: FloorAtWork, call: int, draw: int) -> float:
    """What the tape holds for this attempt."""
    row = call_at(floor, call)
    return value_at(floor, base_anew_at(floor, draw * floor.attempts + row.tries - 1) + row.draws)


@part
def node_of(floor: FloorAtWork, call: int) -> int:
    """Its place in the event list."""
    return floor.first_call + call


@part
def happens_at(floor: FloorAtWork, call: int, happens: int, time_s: float) -> None:
    """Something of the call's own ends at a time."""
    if not time_s >= floor.now_s:
        want(floor, BROKEN, call)
        return
    node_at(floor, node_of(floor, call)).happens = happens
    set_down(floor, node_of(floor, call), time_s, ENDS)


@part
def begins(floor: FloorAtWork, call: int, happens: int) -> None:
    """The call goes on once all that ends at this instant has ended."""
    node_at(floor, node_of(floor, call)).happens = happens
    begin(floor, node_of(floor, call))


@part
def log_call(floor: FloorAtWork, call: int, outcome: int) -> None:
    """Note an attempt that is over."""
    call_at(floor, call).outcome = outcome
    if not floor.keeps_rows:
        count_call(floor, call)
        return
    row, told = call_at(floor, call), row_at(floor, floor.rows_told)
    floor.rows_told += 1
    told.source = row.line
    told.call = row.number
    told.attempt = row.tries
    told.first_s = row.first_s
    told.began_s = row.began_s
    told.offered_s = row.offered_s
    told.gave_up_s = row.gave_up_s
    told.outcome = row.outcome
    told.port_from_s = row.port_from_s
    told.port_to_s = row.port_to_s
    told.asked_s = row.asked_s
    told.held_to_s = row.held_to_s
    told.reached_s = row.reached_s
    told.answered_s = row.answered_s
    told.talk_to_s = row.talk_to_s
    told.agent = row.agent
    told.recorded = row.recorded


@part
def log_work(floor: FloorAtWork, agent: int, activity: int, from_s: float, to_s: float) -> None:
    """Note what an agent is or was busy with."""
    if not floor.keeps_rows:
        count_work(floor, agent, activity, from_s, to_s)
        return
    told = spell_at(floor, floor.spells_told)
    floor.spells_told += 1
    told.agent = agent
    told.activity = activity
    told.from_s = from_s
    told.to_s = to_s
