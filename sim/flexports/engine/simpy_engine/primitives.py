"""The steps of a flow, each as a short generator that lets simulated time pass.

A primitive takes the floor at work, the call and the step. It yields what the call waits for, and
returns None to go on with the next step, or the steps to go through instead of the rest.
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
            rest = yield from PRIMITIVES[type(step)](floor, call, step)
            if rest is not None:
                break


def _begin(floor: FloorAtWork, call: Call) -> Generator[simpy.Event, Any, None]:
    """Let all that ends at this instant end, before the call begins something."""
    if call.at_an_end and floor.clock.busy_instant:
        yield floor.clock.beginning()
    call.at_an_end = False


def take_port(floor: FloorAtWork, call: Call, step: TakePort) -> Passing:
    """Take a port, or be blocked."""
    yield from _begin(floor, call)
    call.offered_s = floor.clock.now
    if not floor.ports.take(call.line):
        return step.blocked
    call.port_from_s = call.offered_s
    return None


def release_port(floor: FloorAtWork, call: Call, step: ReleasePort) -> Passing:
    """Give the port back."""
    call.port_to_s = floor.clock.now
    floor.ports.release(call.line)
    return None
    yield


def delay(floor: FloorAtWork, call: Call, step: Delay) -> Passing:
    """Let time pass."""
    yield floor.clock.after(call.drawn(step.duration))
    call.at_an_end = True
    return None


def branch(floor: FloorAtWork, call: Call, step: Branch) -> Passing:
    """Go on by the way that the tape says."""
    return step.ways[int(call.drawn(step.draw))]
    yield


def ask_for_agent(floor: FloorAtWork, call: Call, step: AskForAgent) -> Passing:
    """Be answered by an idle agent, or hold until one is free or patience is spent."""
    yield from _begin(floor, call)
    call.asked_s = call.held_to_s = floor.clock.now
    call.agent = floor.agents.longest_idle(call.line.asks)
    if call.agent is None:
        hold = floor.agents.join(call)
        if step.patience is not None:
            patience = floor.clock.after(call.drawn(step.patience))
            patience.callbacks.append(hold.give_up)
        answered = yield hold
        call.held_to_s = floor.clock.now
        if not answered:
            call.at_an_end = True
            return step.abandoned
    call.handled_by = call.agent
    return None


def talk(floor: FloorAtWork, call: Call, step: Talk) -> Passing:
    """Speak, and record it if that is wanted and a port is free."""
    if step.record is not None and call.drawn(step.record):
        yield from _begin(floor, call)
        call.recorded = RECORDED if floor.ports.take_for_recording() else MISSED
    call.answered_s = floor.clock.now
    yield from _busy(floor, call, TALKING, step.duration)
    call.talk_to_s = floor.clock.now
    if call.recorded == RECORDED:
        floor.ports.release_from_recording()
    return None


def work(floor: FloorAtWork, call: Call, step: Work) -> Passing:
    """Keep the call's agent busy."""
    yield from _busy(floor, call, step.activity, step.duration)
    return None


def _busy(
    floor: FloorAtWork, call: Call, activity: str, duration: str
) -> Generator[simpy.Event, Any, None]:
    duration_s = call.drawn(duration)
    floor.log_work(call.handled_by, activity, floor.clock.now + duration_s)
    yield floor.clock.after(duration_s)
    call.at_an_end = True


def start(floor: FloorAtWork, call: Call, step: Start) -> Passing:
    """Let the call go on by itself; its agent is free."""
    call.agent = None
    floor.clock.process(go_through(floor, call, step.flow))
    return None
    yield


def end(floor: FloorAtWork, call: Call, step: End) -> Passing:
    """Note how the call ended."""
    floor.log_call(call, step.outcome)
    return None
    yield


PRIMITIVES: dict[type, Callable[[FloorAtWork, Call, Any], Passing]] = {
    TakePort: take_port,
    ReleasePort: release_port,
    Delay: delay,
    Branch: branch,
    AskForAgent: ask_for_agent,
    Talk: talk,
    Work: work,
    Start: start,
    End: end,
}
