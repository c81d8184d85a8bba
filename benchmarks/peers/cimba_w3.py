"""The floor of `dialing-floor.toml` in Cimba, by scheduled events: the fastest form found.

Agents are alike, so it does not tell them apart. A caller's end of patience is an event of his own;
it does nothing if he was answered.
"""

# mypy: disable-error-code="import-not-found,misc,untyped-decorator,assignment"
from __future__ import annotations

import cimba as cb
from cimba import random

from measuring import Run
from peers.cimba_run import prepared

AGENTS = 50
CLOSING_S = 28800.0
PLACES = 64
"""More than there are ports: he who gave up keeps his place until it is come to."""


class Caller(cb.Model):
    """A place in the queue."""

    floor: cb.Ref[W3]
    waits: bool = False
    arrived_s: float = 0.0
    until_s: float = 0.0

    @cb.event
    def gives_up(self) -> None:
        """His patience ends, unless it was that of another who had the place before."""
        if self.waits and self.until_s == cb.now():
            self.waits = False
            self.floor.abandoned += 1
            self.floor.busy -= 1
            self.floor.hold_s += cb.now() - self.arrived_s


class W3(cb.Model):
    """The floor."""

    ports: cb.Param[int] = 20
    busy: int = 0
    callers: list[Caller]
    first: int = 0
    last: int = 0
    dials: cb.Output[int] = 0
    messages: cb.Output[int] = 0
    by_hand: cb.Output[int] = 0
    inbound: cb.Output[int] = 0
    blocked: cb.Output[int] = 0
    abandoned: cb.Output[int] = 0
    hold_s: cb.Output[float] = 0.0

    def __init__(self) -> None:
        self.callers = [Caller() for _ in range(PLACES)]
        for caller in self.callers:
            caller.floor = self

    @cb.on_start
    def opens(self) -> None:
        """All agents dial."""
        for _ in range(AGENTS):
            self.dials += 1
            cb.schedule(self.dialed, random.exponential(30.0))
        cb.schedule(self.rings, random.exponential(18.0))

    @cb.event
    def dialed(self) -> None:
        """A dial ends."""
        if random.uniform(0.0, 1.0) >= 0.4:
            cb.schedule(self.agent_is_free, random.exponential(20.0))
            return
        self.messages += 1
        if self.busy < self.ports:
            self.busy += 1
            cb.schedule(self.message_is_over, random.exponential(40.0))
            self.go_on()
        else:
            self.by_hand += 1
            cb.schedule(self.agent_is_free, random.exponential(40.0))

    @cb.event
    def message_is_over(self) -> None:
        """A port is free."""
        self.busy -= 1

    @cb.event
    def agent_is_free(self) -> None:
        """A conversation, or a message by hand, is over."""
        self.go_on()

    @cb.event
    def call_is_over(self) -> None:
        """Port and agent are free."""
        self.busy -= 1
        self.go_on()

    @cb.function
    def go_on(self) -> None:
        """An agent answers who waits, else dials."""
        while self.first != self.last:
            caller = self.callers[self.first % PLACES]
            self.first += 1
            if caller.waits:
                caller.waits = False
                self.hold_s += cb.now() - caller.arrived_s
                cb.schedule(self.call_is_over, random.exponential(240.0))
                return
        if cb.now() < CLOSING_S:
            self.dials += 1
            cb.schedule(self.dialed, random.exponential(30.0))

    @cb.event
    def rings(self) -> None:
        """An inbound call."""
        if cb.now() >= CLOSING_S:
            return
        cb.schedule(self.rings, random.exponential(18.0))
        self.inbound += 1
        if self.busy >= self.ports:
            self.blocked += 1
            return
        self.busy += 1
        caller = self.callers[self.last % PLACES]
        self.last += 1
        patience_s = random.exponential(120.0)
        caller.waits = True
        caller.arrived_s = cb.now()
        caller.until_s = cb.now() + patience_s
        cb.schedule(caller.gives_up, patience_s)


def w3(seed: int, days: int) -> Run:
    """Prepare days."""
    return prepared(W3(), seed, days, COUNTS)


COUNTS = ("dials", "messages", "by_hand", "inbound", "blocked", "abandoned")
