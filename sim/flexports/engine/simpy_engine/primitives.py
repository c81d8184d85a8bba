"""The steps of a flow, as SimPy performs them.

A primitive takes the floor at work, the call and the step. One that takes time is a generator that
yields what the call waits for; one that is done at once is a plain function. Either returns None to
go on with the next step, or the steps to go through instead of the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeAlias

import simpy

from flexports.engine.outcomes import MISSED, RECORDED
from flexports.engine.simpy_engine.call import Call
from flexports.engine.simpy_engine.floor_at_work import FloorAtWork
from flexports.flows import (
    TALKING,
    AskForAgent,
    Branch,
    Delay,
    End,
    ReleasePort,
    Start,
    Steps,
    TakePort,
    Talk,
    Work,
)

Passing: TypeAlias = Generator[simpy.Event, Any, Steps | None]
"""Time passes; then None to go on, or the steps to go through instead."""


def go_through(floor: FloorAtWork, call: Call, steps: Steps) -> Generator[simpy.Event, Any, None]:
    """Take a call through its steps."""
    rest: Steps | None = steps
    while rest is not None:
        for step in rest:
            kind = type(step)
            if kind in AT_ONCE:
                rest = AT_ONCE[kind](floor, call, step)
            else:
                rest = yield from IN_TIME[kind](floor, call, step)
            if rest is not None:
                break


def take_port(floor: FloorAtWork, call: Call, step: TakePort) -> Passing:
    """Take a port, or be blocked."""
    if call.at_an_end and floor.clock.busy_instant:
        yield floor.clock.beginning()
    call.offered_s = floor.clock.now_s
    if not floor.ports.take(call.line):
        return step.blocked
    call.port_from_s = call.offered_s
    return None


def release_port(floor: FloorAtWork, call: Call, step: ReleasePort) -> Steps | None:
    """Give the port back."""
    call.port_to_s = floor.clock.now_s
    floor.ports.release(call.line)
    return None


def delay(floor: FloorAtWork, call: Call, step: Delay) -> Passing:
    """Let time pass."""
    yield floor.clock.after(call.drawn(step.duration))
    call.at_an_end = True
    return None


def branch(floor: FloorAtWork, call: Call, step: Branch) -> Steps | None:
    """Go on by the way that the tape says."""
    return step.ways[int(call.drawn(step.draw))]


def ask_for_agent(floor: FloorAtWork, call: Call, step: AskForAgent) -> Passing:
    """Be answered by an idle agent, or hold until one is free or patience is spent."""
    if call.at_an_end and floor.clock.busy_instant:
        yield floor.clock.beginning()
    call.asked_s = call.held_to_s = floor.clock.now_s
    call.agent = floor.agents.longest_idle(call.line.asks)
    if call.agent is None:
        hold = floor.agents.join(call)
        if step.patience is not None:
            patience = floor.clock.after(call.drawn(step.patience))
            patience.callbacks.append(hold.give_up)
        answered = yield hold
        call.held_to_s = floor.clock.now_s
        if not answered:
            call.at_an_end = True
            return step.abandoned
    call.handled_by = call.agent
    return None


def talk(floor: FloorAtWork, call: Call, step: Talk) -> Passing:
    """Speak, and record it if that is wanted and a port is free."""
    if step.record is not None and call.drawn(step.record):
        if call.at_an_end and floor.clock.busy_instant:
            yield floor.clock.beginning()
        call.recorded = RECORDED if floor.ports.take_for_recording() else MISSED
    call.answered_s = floor.clock.now_s
    yield floor.work_ends(call, TALKING, call.drawn(step.duration))
    call.at_an_end = True
    call.talk_to_s = floor.clock.now_s
    if call.recorded == RECORDED:
        floor.ports.release_from_recording()
    return None


def work(floor: FloorAtWork, call: Call, step: Work) -> Passing:
    """Keep the call's agent busy."""
    yield floor.work_ends(call, step.activity, call.drawn(step.duration))
    call.at_an_end = True
    return None


def start(floor: FloorAtWork, call: Call, step: Start) -> Steps | None:
    """Let the call go on by itself; its agent is free."""
    call.agent = None
    floor.clock.set_off(go_through(floor, call, step.flow))
    return None


def end(floor: FloorAtWork, call: Call, step: End) -> Steps | None:
    """Note how the call ended."""
    floor.log_call(call, step.outcome)
    return None


AT_ONCE: dict[type, Callable[[FloorAtWork, Call, Any], Steps | None]] = {
    ReleasePort: release_port,
    Branch: branch,
    Start: start,
    End: end,
}
IN_TIME: dict[type, Callable[[FloorAtWork, Call, Any], Passing]] = {
    TakePort: take_port,
    Delay: delay,
    AskForAgent: ask_for_agent,
    Talk: talk,
    Work: work,
}
