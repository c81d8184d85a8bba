"""The steps of a flow, as the loop performs them.

Each does what the primitive of the same name does in `flexports.engine.simpy_engine.primitives`,
which tells why. A primitive takes the floor, the call and the step, and returns the step to go on
with; WAITS if something has to happen first, which is then set down; or STOPPED for want of
something (`wants`), with nothing done.
"""

from __future__ import annotations

from flexports.engine.compiled.codes import (
    ASK_FOR_AGENT,
    BLANK,
    BRANCH,
    BROKEN,
    DELAY,
    END,
    END_OF_ALL,
    MORE_ATTEMPTS,
    OVER,
    REACH,
    RELEASE_PORT,
    RETRY,
    START,
    TAKE_PORT,
    TALK,
    WORK,
)
from flexports.engine.compiled.layout import NOBODY
from flexports.engine.compiled.loop.agents import be_busy, join, longest_idle
from flexports.engine.compiled.loop.calls import (
    BACK,
    GO_ON,
    PATIENCE_ENDED,
    PORT_PATIENCE_ENDED,
    RECORDED_TALK_ENDED,
    begins,
    drawn,
    drawn_anew,
    drawn_or_0,
    happens_at,
    leave,
    log_call,
    log_work,
)
from flexports.engine.compiled.loop.compiling import part
from flexports.engine.compiled.loop.memory import either
from flexports.engine.compiled.loop.ports import (
    has_taken,
    release,
    take,
    take_for_recording,
)
from flexports.engine.compiled.loop.ports import join as join_for_port
from flexports.engine.compiled.loop.rows import FloorAtWork, call_at, line_at, listed, step_at
from flexports.engine.compiled.loop.seats import sign_off
from flexports.engine.compiled.loop.wants import FREE, GO_THROUGH, NEXT_OF_USER, push, want
from flexports.engine.compiled.loop.wheel import busy_instant
from flexports.engine.outcomes import MISSED, RECORDED

_RECORDED, _MISSED = int(RECORDED), int(MISSED)

WAITS = -1
STOPPED = -2


@part
def go_through(floor: FloorAtWork, call: int, op: int) -> int:  # noqa: PLR0912  one branch a primitive
    """Take a call through its steps, until it has to wait or is over.

    `op` is the operation of its next step, if that is known; below 0 if not.

    Return the agent who is free when it is over, and goes on before all else; or NOBODY.
    """
    row = call_at(floor, call)
    pc = row.pc
    if op < 0:
        op = step_at(floor, pc).op
    while True:
        if op == WORK:
            pc = work(floor, call, pc)
        elif op == BRANCH:
            pc = branch(floor, call, pc)
        elif op == TAKE_PORT:
            pc = take_port(floor, call, pc)
        elif op == START:
            pc = start(floor, call, pc)
        elif op == DELAY:
            pc = delay(floor, call, pc)
        elif op == RELEASE_PORT:
            pc = release_port(floor, call, pc)
        elif op == END_OF_ALL:
            end(floor, call, pc)
            return over(floor, call)
        elif op == END:
            pc = end(floor, call, pc)
        elif op == BLANK:
            pc += 1
        elif op == OVER:
            return over(floor, call)
        elif op == TALK:
            pc = talk(floor, call, pc)
        elif op == ASK_FOR_AGENT:
            pc = ask_for_agent(floor, call, pc)
        elif op == REACH:
            pc = reach(floor, call, pc)
        elif op == RETRY:
            pc = retry(floor, call, pc)
        else:
            pc = wait_for_port(floor, call, pc)
        if pc < 0:
            return NOBODY
        op = step_at(floor, pc).op


@part
def _has_to_wait_its_turn(floor: FloorAtWork, call: int, pc: int) -> bool:
    """Whether a call that is about to begin something waits for all that ends at this instant."""
    row = call_at(floor, call)
    if not row.at_an_end:
        return False
    row.at_an_end = 0
    if not busy_instant(floor):
        return False
    row.pc = pc
    begins(floor, call, GO_ON)
    return True


@part
def take_port(floor: FloorAtWork, call: int, pc: int) -> int:
    """Take a port, or be blocked."""
    if _has_to_wait_its_turn(floor, call, pc):
        return WAITS
    row = call_at(floor, call)
    row.offered_s = row.counts_at_s = floor.now_s
    if not take(floor, row.line):
        return step_at(floor, pc).other
    has_taken(floor, call)
    return pc + 1


@part
def wait_for_port(floor: FloorAtWork, call: int, pc: int) -> int:
    """Queue for a port."""
    row, step = call_at(floor, call), step_at(floor, pc)
    row.pc = pc
    join_for_port(floor, call)
    if step.draw != NOBODY:
        until_s = row.first_s + drawn(floor, call, step.base)
        happens_at(floor, call, PORT_PATIENCE_ENDED, max(until_s, floor.now_s))
    return WAITS


@part
def retry(floor: FloorAtWork, call: int, pc: int) -> int:
    """Come back later, unless the tape, the attempts or closing say no."""
    row, step = call_at(floor, call), step_at(floor, pc)
    if step.most != NOBODY and row.tries >= step.most:
        return pc + 1
    if row.tries > floor.attempts:
        row.pc = pc
        push(floor, GO_THROUGH, call)
        want(floor, MORE_ATTEMPTS, row.tries)
        return STOPPED
    if not drawn_anew(floor, call, step.draw):
        return pc + 1
    back_s = floor.now_s + drawn_anew(floor, call, step.second)
    if back_s >= floor.closing_s:
        return pc + 1
    log_call(floor, call, floor.code_of_retries)
    happens_at(floor, call, BACK, back_s)
    return WAITS


@part
def release_port(floor: FloorAtWork, call: int, pc: int) -> int:
    """Give the port back."""
    release(floor, call)
    return pc + 1


@part
def delay(floor: FloorAtWork, call: int, pc: int) -> int:
    """Let time pass."""
    over_s = floor.now_s + drawn(floor, call, step_at(floor, pc).base)
    return _ends_at(floor, call, pc, over_s)


@part
def _ends_at(floor: FloorAtWork, call: int, pc: int, over_s: float) -> int:
    """A step ends at a time; what is the call's own affair after it is done ahead.

    Nobody else can tell that it has ended before that has ended, too: so these are one event, if
    nothing else happens at the very instant between them, of which the order would have to be kept.
    """
    row = call_at(floor, call)
    goes_ahead = step_at(floor, pc).continuous and over_s > floor.now_s
    pc += 1
    while goes_ahead:
        step = step_at(floor, pc)
        if step.alone:
            until_s = over_s + drawn_or_0(floor, call, pc)
            if not until_s >= over_s:
                break
            row.answered_s = either(step.talks, over_s, row.answered_s)
            row.talk_to_s = either(step.talks, until_s, row.talk_to_s)
            if step.op != DELAY and not (floor.keeps_rows and step.op == BLANK):
                log_work(floor, row.agent, step.code, over_s, until_s)
            over_s = until_s
            pc += 1
        elif step.op == BRANCH:
            way = _way(floor, call, pc)
            if way == NOBODY:
                break
            pc = way
        elif step.op == REACH:
            row.reached_s = over_s
            pc += 1
        else:
            break
    row.pc = pc
    row.at_an_end = 1
    happens_at(floor, call, step_at(floor, pc).op, over_s)
    return WAITS


@part
def _way(floor: FloorAtWork, call: int, pc: int) -> int:
    """The first step of the way that the tape says, or NOBODY if there is no such way."""
    step = step_at(floor, pc)
    way = int(drawn(floor, call, step.base))
    return listed(floor, step.other + way) if 0 <= way < step.most else NOBODY


@part
def branch(floor: FloorAtWork, call: int, pc: int) -> int:
    """Go on by the way that the tape says."""
    way = _way(floor, call, pc)
    if way == NOBODY:
        want(floor, BROKEN, call)
        return STOPPED
    return way


@part
def ask_for_agent(floor: FloorAtWork, call: int, pc: int) -> int:
    """Be answered by an idle agent, or hold for one."""
    if _has_to_wait_its_turn(floor, call, pc):
        return WAITS
    row = call_at(floor, call)
    row.asked_s = row.held_to_s = floor.now_s
    agent = longest_idle(floor, row.line)
    if agent == NOBODY:
        return _hold(floor, call, pc)
    is_taken_by(floor, call, agent)
    be_busy(floor, agent)
    if not floor.has_seats:
        return pc + 1
    row.pc = pc + 1
    push(floor, GO_THROUGH, call)
    sign_off(floor, agent)
    return WAITS


@part
def _hold(floor: FloorAtWork, call: int, pc: int) -> int:
    """Wait until an agent answers or patience is spent."""
    row, step, now_s = call_at(floor, call), step_at(floor, pc), floor.now_s
    if now_s >= floor.closing_s and line_at(floor, row.line).unserved:
        return step.other
    row.pc = pc
    join(floor, call)
    if step.draw != NOBODY:
        since_s = row.first_s if step.flag else now_s
        until_s = since_s + drawn(floor, call, step.base)
        happens_at(floor, call, PATIENCE_ENDED, max(until_s, now_s))
    return WAITS


@part
def is_taken_by(floor: FloorAtWork, call: int, agent: int) -> None:
    """An agent dials or answers the call, and is with it until he is free again."""
    row = call_at(floor, call)
    row.with_agent = agent
    row.agent = agent


@part
def reach(floor: FloorAtWork, call: int, pc: int) -> int:
    """Note the time."""
    call_at(floor, call).reached_s = floor.now_s
    return pc + 1


@part
def talk(floor: FloorAtWork, call: int, pc: int) -> int:
    """Speak, and record it if that is wanted and a port is free."""
    if _has_to_wait_its_turn(floor, call, pc):
        return WAITS
    row, step, now_s = call_at(floor, call), step_at(floor, pc), floor.now_s
    row.answered_s = now_s
    row.talk_to_s = now_s + drawn(floor, call, step.base)
    log_work(floor, row.agent, step.code, now_s, row.talk_to_s)
    if step.second != NOBODY and drawn(floor, call, step.second_base):
        if take_for_recording(floor):
            row.recorded = _RECORDED
            row.pc = pc + 1
            happens_at(floor, call, RECORDED_TALK_ENDED, row.talk_to_s)
            return WAITS
        row.recorded = _MISSED
    return _ends_at(floor, call, pc, row.talk_to_s)


@part
def work(floor: FloorAtWork, call: int, pc: int) -> int:
    """Keep the call's agent busy."""
    step, now_s = step_at(floor, pc), floor.now_s
    over_s = now_s + drawn(floor, call, step.base)
    log_work(floor, call_at(floor, call).agent, step.code, now_s, over_s)
    return _ends_at(floor, call, pc, over_s)


@part
def start(floor: FloorAtWork, call: int, pc: int) -> int:
    """Let the call go on by itself; who was with it is free when it has set off."""
    agent = _let_go(floor, call)
    if agent != NOBODY:
        push(floor, FREE, agent)
    return step_at(floor, pc).other


@part
def end(floor: FloorAtWork, call: int, pc: int) -> int:
    """Note how the call ended."""
    log_call(floor, call, step_at(floor, pc).code)
    return pc + 1


@part
def over(floor: FloorAtWork, call: int) -> int:
    """The call has gone through its steps; return the agent who was with it, or NOBODY."""
    agent = _let_go(floor, call)
    leave(floor, call)
    return agent


@part
def _let_go(floor: FloorAtWork, call: int) -> int:
    """Whoever started the call goes on, but first who is with it: he is returned, or NOBODY."""
    row = call_at(floor, call)
    if row.user != NOBODY:
        push(floor, NEXT_OF_USER, row.user)
        row.user = NOBODY
    agent = row.with_agent
    row.with_agent = NOBODY
    return agent
