"""The steps of a flow, as SimPy performs them.

A primitive takes the floor at work, the call and the step, and returns what comes of it: None to go
on with the next step; a moment to wait for before that; the steps to go through instead of the
rest; or, if there is more to it, a generator that lets time pass and returns None or steps.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeAlias

import simpy

from flexports.engine.outcomes import MISSED, RECORDED
from flexports.engine.simpy_engine.call import Call
from flexports.engine.simpy_engine.clock import Moment
from flexports.engine.simpy_engine.floor_at_work import FloorAtWork
from flexports.engine.simpy_engine.waiting import Wait
from flexports.flows import (
    RETRIES,
    TALKING,
    AskForAgent,
    Branch,
    Delay,
    End,
    Reach,
    ReleasePort,
    Retry,
    Start,
    Steps,
    TakePort,
    Talk,
    WaitForPort,
    Work,
)

Passage: TypeAlias = Generator[simpy.Event, Any, None]
"""Time passes."""
Then: TypeAlias = Steps | None
"""The steps to go through instead of the rest; or None, to go on."""


def go_through(
    floor: FloorAtWork, call: Call, steps: Steps
) -> Generator[simpy.Event, Any, int | None]:
    """Take a call through its steps; return who is free when it is over, or None.

    Of a call that goes on by itself that is nobody: whoever is with it then is not free.
    """
    while True:
        for step in steps:
            perform, begins = PRIMITIVES[type(step)]
            if begins and call.at_an_end:
                call.at_an_end = False
                if floor.clock.busy_instant:
                    yield floor.clock.beginning()
            then = perform(floor, call, step)
            if then.__class__ is Moment:
                yield then
                call.at_an_end = True
            elif then is not None:
                others = then if isinstance(then, tuple) else (yield from then)
                if others is not None:
                    steps = others
                    break
        else:
            goes_on = steps and isinstance(steps[-1], Start)
            return None if goes_on else call.with_agent


def take_port(floor: FloorAtWork, call: Call, step: TakePort) -> Then:
    """Take a port, or be blocked."""
    call.offered_s = floor.clock.now_s
    if not floor.pools[call.source].take(call.line):
        return step.blocked
    call.port_from_s = call.offered_s
    return None


def wait_for_port(
    floor: FloorAtWork, call: Call, step: WaitForPort
) -> Generator[simpy.Event, Any, Then]:
    """Queue for a port."""
    wait = floor.pools[call.source].join(call)
    if step.deadline is not None:
        _give_up_at(floor, wait, call.first_s + call.drawn(step.deadline))
    found = yield wait
    if not found:
        call.gave_up_s = floor.clock.now_s
        call.at_an_end = True
        return step.gone
    call.port_from_s = floor.clock.now_s
    return None


def _give_up_at(floor: FloorAtWork, wait: Wait[Any], time_s: float) -> None:
    wait.until(floor.clock.end_at(max(time_s, floor.clock.now_s)))


def retry(floor: FloorAtWork, call: Call, step: Retry) -> Generator[simpy.Event, Any, Then] | None:
    """Come back later, unless the tape, the attempts or closing say no."""
    if step.attempts is not None and call.attempt >= step.attempts:
        return None
    if not call.drawn_anew(step.again):
        return None
    back = floor.clock.now_s + call.drawn_anew(step.delay)
    return None if back >= floor.closing_s else _come_back(floor, call, back)


def _come_back(floor: FloorAtWork, call: Call, back_s: float) -> Generator[simpy.Event, Any, Then]:
    """End this attempt, and go through the whole flow again later."""
    floor.log_call(call, RETRIES)
    yield floor.clock.end_at(back_s)
    call.begin_again(back_s)
    call.at_an_end = True
    return call.flow


def release_port(floor: FloorAtWork, call: Call, step: ReleasePort) -> None:
    """Give the port back."""
    call.port_to_s = floor.clock.now_s
    floor.pools[call.source].release(call.line)


def delay(floor: FloorAtWork, call: Call, step: Delay) -> Moment:
    """Let time pass."""
    return floor.clock.after(call.drawn(step.duration))


def branch(floor: FloorAtWork, call: Call, step: Branch) -> Then:
    """Go on by the way that the tape says."""
    way = call.drawn(step.draw)
    if not 0 <= way < len(step.ways):
        raise ValueError("a draw is no number, or out of range")
    return step.ways[int(way)]


def ask_for_agent(
    floor: FloorAtWork, call: Call, step: AskForAgent
) -> Generator[simpy.Event, Any, Then] | None:
    """Be answered by an idle agent, or hold for one."""
    call.asked_s = call.held_to_s = floor.clock.now_s
    agent = floor.agents.longest_idle(call.line.asks)
    if agent is None:
        return _hold(floor, call, step)
    floor.on_answer(agent)
    call.is_taken_by(agent)
    return None


def _hold(floor: FloorAtWork, call: Call, step: AskForAgent) -> Generator[simpy.Event, Any, Then]:
    """Wait until an agent answers or patience is spent."""
    if floor.is_over_for(call.source):
        return step.abandoned
    hold = floor.agents.join(call)
    if step.patience is not None:
        since_s = call.first_s if step.since_began else floor.clock.now_s
        _give_up_at(floor, hold, since_s + call.drawn(step.patience))
    answered_by = yield hold
    call.held_to_s = floor.clock.now_s
    if answered_by is None:
        call.at_an_end = True
        return step.abandoned
    call.is_taken_by(answered_by)
    return None


def reach(floor: FloorAtWork, call: Call, step: Reach) -> None:
    """Note the time."""
    call.reached_s = floor.clock.now_s


def talk(floor: FloorAtWork, call: Call, step: Talk) -> Moment | Generator[simpy.Event, Any, Then]:
    """Speak, and record it if that is wanted and a port is free."""
    call.answered_s = floor.clock.now_s
    over = floor.work_ends(call, TALKING, call.drawn(step.duration))
    call.talk_to_s = over.time_s
    if step.record is None or not call.drawn(step.record):
        return over
    if not floor.flex_ports.take_for_recording():
        call.recorded = MISSED
        return over
    call.recorded = RECORDED
    return _recorded(floor, call, over)


def _recorded(floor: FloorAtWork, call: Call, over: Moment) -> Generator[simpy.Event, Any, Then]:
    """Give back the port of the recording when the talk is over."""
    yield over
    call.at_an_end = True
    floor.flex_ports.release_from_recording()
    return None


def work(floor: FloorAtWork, call: Call, step: Work) -> Moment:
    """Keep the call's agent busy."""
    return floor.work_ends(call, step.activity, call.drawn(step.duration))


def start(floor: FloorAtWork, call: Call, step: Start) -> None:
    """Let the call go on by itself; its agent is free when it has set off."""
    agent, call.with_agent = call.with_agent, None
    floor.clock.set_off(_by_itself(floor, call, step.flow))
    if agent is not None:
        floor.let_go(agent)


def _by_itself(floor: FloorAtWork, call: Call, steps: Steps) -> Passage:
    """Take a call through its steps, and let the agent go who is with it in the end."""
    agent = yield from go_through(floor, call, steps)
    if agent is not None:
        floor.let_go(agent)


def end(floor: FloorAtWork, call: Call, step: End) -> None:
    """Note how the call ended."""
    floor.log_call(call, step.outcome)


PRIMITIVES: dict[type, tuple[Callable[[FloorAtWork, Call, Any], Any], bool]] = {
    TakePort: (take_port, True),
    WaitForPort: (wait_for_port, False),
    Retry: (retry, False),
    ReleasePort: (release_port, False),
    Delay: (delay, False),
    Branch: (branch, False),
    AskForAgent: (ask_for_agent, True),
    Reach: (reach, False),
    Talk: (talk, True),
    Work: (work, False),
    Start: (start, False),
    End: (end, False),
}
"""Each step's primitive, and whether it begins something.

If it does, it waits for all that ends at the same instant.
"""
