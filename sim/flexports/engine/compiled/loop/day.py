"""One day on one port count after another, as one loop over events."""

from __future__ import annotations

from flexports.engine.compiled.codes import (
    ARRIVALS,
    BROKEN,
    CLOSING,
    MORE_CALLS,
    MORE_ROWS,
    NOTHING,
    SHIFT_ENDS,
)
from flexports.engine.compiled.layout import NOBODY
from flexports.engine.compiled.loop.agents import leave_queue, send_away
from flexports.engine.compiled.loop.calls import (
    ANSWERED,
    BACK,
    FOUND_PORT,
    GAVE_UP,
    GAVE_UP_FOR_PORT,
    GO_ON,
    OF_NO_CALL,
    PATIENCE_ENDED,
    PORT_PATIENCE_ENDED,
    RECORDED_TALK_ENDED,
    happens_at,
    has_room,
    new_call,
    next_attempt,
)
from flexports.engine.compiled.loop.compiling import part, whole
from flexports.engine.compiled.loop.counting import close_books, open_books
from flexports.engine.compiled.loop.filling import fill_columns
from flexports.engine.compiled.loop.ports import FLEX_PORTS, has_taken, release_from_recording
from flexports.engine.compiled.loop.ports import leave_queue as leave_port_queue
from flexports.engine.compiled.loop.primitives import go_through
from flexports.engine.compiled.loop.rows import (
    FloorAtWork,
    agent_at,
    arrival_call,
    arrival_line,
    arrival_s,
    base_of,
    call_at,
    item_at,
    line_at,
    node_at,
    pool_at,
    ports_of,
    put_free_seats,
    seats_in,
    shift_at,
    step_at,
    team_at,
    user_at,
    value_at,
)
from flexports.engine.compiled.loop.seats import no_longer_locked_out
from flexports.engine.compiled.loop.staff import (
    HAS_PAUSED,
    LOOKS_AFTER_PAUSE,
    LOOKS_FOR_WORK,
    be_free,
    dial,
    dial_after_pause,
    first_draws,
    go_off_duty,
    has_drawn,
    has_paused,
    is_let_in,
    look,
    note_draws,
    place_in_roll,
    serve,
    shift_ends,
)
from flexports.engine.compiled.loop.wants import (
    ARRIVE,
    CALL_OF_USER,
    DIAL,
    FREE,
    GO_THROUGH,
    LET_IN,
    LOOK,
    NEXT_ARRIVAL,
    NEXT_OF_USER,
    OFF_DUTY,
    SERVE,
    SHIFTS,
    push,
    want,
)
from flexports.engine.compiled.loop.wheel import (
    ARRIVES,
    ENDS,
    NOWHERE,
    busy_instant,
    next_event,
    set_back,
    set_down,
)


@whole
def run(floor: FloorAtWork) -> int:
    """Run the day on each port count; stop for want of something, else return NOTHING.

    Called again with what it wanted, it goes on where it was. Where there are columns to be filled
    it does that, and nothing else.
    """
    if floor.to_fill:
        fill_columns(floor)
        return NOTHING
    while floor.run < floor.of_runs:
        if not floor.under_way:
            _open(floor, ports_of(floor, floor.run))
            floor.under_way = 1
        floor.wants = NOTHING
        _go_on(floor)
        if floor.wants != NOTHING:
            return floor.wants
        _close_for_good(floor)
        floor.under_way = 0
        floor.run += 1
    return NOTHING


@part
def _go_on(floor: FloorAtWork) -> None:
    """Do what there is to do, one thing after another, until the day is over."""
    free = NOBODY  # an agent who stands, as it were, on the top of the stack
    while _may_go_on(floor):
        call, happens = NOBODY, GO_ON
        if free != NOBODY:
            call, free = be_free(floor, free), NOBODY
        elif floor.top:
            floor.top -= 1
            item = item_at(floor, floor.top)
            if item.what == FREE:
                free = item.who
            else:
                call = _do(floor, item.what, item.who)
        else:
            node = next_event(floor)
            if node == NOBODY:
                return
            happens = node_at(floor, node).happens
            call = _call_of(floor, node) if happens >= 0 else _happen(floor, node, happens)
        if call != NOBODY:
            free = go_through(floor, call, happens)
    if free != NOBODY:
        push(floor, FREE, free)


@part
def _may_go_on(floor: FloorAtWork) -> bool:
    """Whether nothing is wanted, room for what one event tells included.

    That is at most a row for each step and, of a shift's end, a spell of each agent.
    """
    if floor.wants != NOTHING:
        return False
    if floor.keeps_rows:
        rows_left = floor.of_rows - floor.rows_told
        spells_left = floor.of_spells - floor.spells_told
        if min(rows_left, spells_left) < floor.of_steps + floor.of_agents:
            want(floor, MORE_ROWS, 0)
            return False
    return True


# ---- The day


@part
def _open(floor: FloorAtWork, ports: int) -> None:
    """All are in their places; what begins with the day is set down, in its order."""
    set_back(floor)
    _clear(floor, ports)
    open_books(floor, ports)
    set_down(floor, CLOSING, floor.closing_s, ENDS)
    # What is pushed last is done first: arrivals, users, ends of shifts, agents.
    for agent in range(floor.of_agents - 1, -1, -1):
        push(floor, FREE, agent)
    push(floor, SHIFTS, 0)
    for user in range(floor.of_users - 1, -1, -1):
        push(floor, NEXT_OF_USER, user)
    push(floor, NEXT_ARRIVAL, 0)


@part
def _clear(floor: FloorAtWork, ports: int) -> None:
    """Nobody is busy and nothing is under way."""
    floor.free_call = NOBODY
    floor.calls_made = floor.joined = floor.holding = floor.arrived = floor.top = 0
    floor.rows_told = floor.spells_told = 0
    floor.locked_out_first = floor.locked_out_last = NOBODY
    for node in range(floor.first_call):
        node_at(floor, node).where = NOWHERE
        node_at(floor, node).happens = OF_NO_CALL
    for number in range(floor.of_pools):
        pool = pool_at(floor, number)
        pool.free = ports if number == FLEX_PORTS else pool.size
        pool.waiting = pool.joined = 0
    for number in range(floor.of_lines):
        line = line_at(floor, number)
        line.held = 0
        line.first = line.last = line.first_for_port = line.last_for_port = NOBODY
    for number in range(floor.of_teams):
        team_at(floor, number).first = team_at(floor, number).last = NOBODY
    for number in range(floor.of_seats):
        put_free_seats(floor, number, seats_in(floor, number))
    for number in range(floor.of_agents):
        agent = agent_at(floor, number)
        agent.dials = agent.idle = agent.seated = agent.locked_out = 0
        agent.draws = first_draws(floor, number)
    for number in range(floor.of_users):
        user_at(floor, number).made = 0


@part
def _set_down_shifts(floor: FloorAtWork) -> None:
    for shift in range(floor.of_shifts):
        to_s = shift_at(floor, shift).to_s
        if to_s < floor.closing_s:
            set_down(floor, SHIFT_ENDS + shift, to_s, ENDS)


@part
def _close(floor: FloorAtWork) -> None:
    """Send those away who hold for agents that are no longer there."""
    for line in range(floor.of_lines):
        if line_at(floor, line).unserved:
            send_away(floor, line)


@part
def _close_for_good(floor: FloorAtWork) -> None:
    """The day is over, also for those who were locked out to its end."""
    for agent in range(floor.of_agents):
        no_longer_locked_out(floor, agent, floor.closing_s)
        note_draws(floor, agent)
    close_books(floor)


# ---- What happens, and what is to be done


@part
def _call_of(floor: FloorAtWork, node: int) -> int:
    """The call that has this place in the event list."""
    return node - floor.first_call


@part
def _happen(floor: FloorAtWork, node: int, happens: int) -> int:
    """An event: something of a call, an agent or a user, an arrival, an end of a shift, closing.

    Return the call that goes on, or NOBODY.
    """
    if node >= floor.first_call:
        return _go_on_with_call(floor, _call_of(floor, node), happens)
    if node == ARRIVALS:
        return _arrive(floor)
    if node >= floor.first_user:
        return _call_of_user(floor, node - floor.first_user)
    if node >= floor.first_agent:
        return _go_on_with_agent(floor, node - floor.first_agent)
    if node == CLOSING:
        _close(floor)
    else:
        shift_ends(floor, shift_at(floor, node - SHIFT_ENDS).team)
    return NOBODY


@part
def _do(floor: FloorAtWork, what: int, who: int) -> int:
    """What was pushed; return the call that goes on, or NOBODY."""
    if what == GO_THROUGH:
        return who
    if what == DIAL:
        return dial(floor, who)
    if what == LOOK:
        return look(floor, who)
    if what == ARRIVE:
        return _arrive(floor)
    if what == CALL_OF_USER:
        return _call_of_user(floor, who)
    if what == SERVE:
        serve(floor, who)
    elif what == NEXT_ARRIVAL:
        _next_arrival(floor)
    elif what == OFF_DUTY:
        go_off_duty(floor, who)
    elif what == LET_IN:
        is_let_in(floor, who)
    elif what == NEXT_OF_USER:
        _next_of_user(floor, who)
    else:
        _set_down_shifts(floor)
    return NOBODY


@part
def _go_on_with_call(floor: FloorAtWork, call: int, happens: int) -> int:
    """What a call waited for has happened; return it if it goes on."""
    row, now_s = call_at(floor, call), floor.now_s
    if happens == RECORDED_TALK_ENDED:
        row.at_an_end = 1
        release_from_recording(floor, call)
    elif happens == ANSWERED:
        row.held_to_s = now_s
        row.pc += 1
    elif happens == PATIENCE_ENDED:
        leave_queue(floor, call)
        happens_at(floor, call, GAVE_UP, now_s)
        return NOBODY
    elif happens == GAVE_UP:
        row.held_to_s = now_s
        row.at_an_end = 1
        row.pc = step_at(floor, row.pc).other
    elif happens == BACK:
        next_attempt(floor, call)
        row.at_an_end = 1
    elif happens == FOUND_PORT:
        has_taken(floor, call)
        row.pc += 1
    elif happens == PORT_PATIENCE_ENDED:
        leave_port_queue(floor, call)
        happens_at(floor, call, GAVE_UP_FOR_PORT, now_s)
        return NOBODY
    elif happens == GAVE_UP_FOR_PORT:
        row.gave_up_s = now_s
        row.at_an_end = 1
        row.pc = step_at(floor, row.pc).other
    return call


@part
def _go_on_with_agent(floor: FloorAtWork, agent: int) -> int:
    """What an agent waited for has happened; return the call that he starts, or NOBODY."""
    resume = agent_at(floor, agent).resume
    if resume == LOOKS_FOR_WORK:
        return look(floor, agent)
    if resume == HAS_PAUSED:
        return has_paused(floor, agent)
    if resume == LOOKS_AFTER_PAUSE:
        return dial_after_pause(floor, agent)
    push(floor, FREE, agent)  # he comes on duty
    return NOBODY


# ---- Arrivals, and users who start calls


@part
def _next_arrival(floor: FloorAtWork) -> None:
    """Set down the next arrival of the tape, unless it is here already."""
    if floor.arrived == floor.of_arrivals_s:
        return
    time_s = arrival_s(floor, floor.arrived)
    if time_s > floor.now_s or busy_instant(floor):
        set_down(floor, ARRIVALS, time_s, ARRIVES)
    else:
        push(floor, ARRIVE, 0)


@part
def _arrive(floor: FloorAtWork) -> int:
    """A call arrives; return it."""
    if not has_room(floor):
        push(floor, ARRIVE, 0)
        want(floor, MORE_CALLS, 0)
        return NOBODY
    line = arrival_line(floor, floor.arrived)
    number = arrival_call(floor, floor.arrived)
    floor.arrived += 1
    call = new_call(floor, line, number, number, line_at(floor, line).flow)
    push(floor, NEXT_ARRIVAL, 0)
    return call


@part
def _next_of_user(floor: FloorAtWork, number: int) -> None:
    """A user pauses before his next call."""
    user = user_at(floor, number)
    line = line_at(floor, user.line)
    if not has_drawn(floor, line.roll, user.made):
        push(floor, NEXT_OF_USER, number)
        return
    if line.pause == NOBODY:
        push(floor, CALL_OF_USER, number)
        return
    draws = place_in_roll(floor, line.roll, user.made, user.place)
    until_s = floor.now_s + value_at(floor, base_of(floor, line.pause) + draws)
    if until_s >= floor.now_s:
        set_down(floor, floor.first_user + number, until_s, ENDS)
    else:
        want(floor, BROKEN, number)


@part
def _call_of_user(floor: FloorAtWork, number: int) -> int:
    """A user starts a call, unless it is too late; return it."""
    user = user_at(floor, number)
    if floor.now_s >= floor.closing_s:
        return NOBODY
    if not has_room(floor):
        push(floor, CALL_OF_USER, number)
        want(floor, MORE_CALLS, 0)
        return NOBODY
    line = line_at(floor, user.line)
    draws = place_in_roll(floor, line.roll, user.made, user.place)
    call = new_call(floor, user.line, user.made * line.users + user.place, draws, line.flow)
    user.made += 1
    call_at(floor, call).user = number
    call_at(floor, call).at_an_end = 1
    return call
