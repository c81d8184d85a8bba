"""The floor of `dialing-floor.toml` in Cimba, by processes: its usual form."""

# mypy: disable-error-code="import-not-found,misc,untyped-decorator,assignment"
from __future__ import annotations

import cimba as cb
from cimba import random

from measuring import Run
from peers.cimba_run import prepared
from peers.cimba_w3 import AGENTS, CLOSING_S, COUNTS


class Message(cb.Model):
    """A message that plays on a port."""

    floor: cb.Ref[W3]

    @cb.process
    def plays(self) -> None:
        """For a while."""
        cb.hold(random.exponential(40.0))
        self.floor.busy -= 1


class Call(cb.Model):
    """An inbound call that has a port."""

    floor: cb.Ref[W3]
    arrived_s: float = 0.0
    waits: bool = True

    @cb.process
    def holds(self) -> None:
        """Until the caller is answered or gives up."""
        cb.hold(random.exponential(120.0))
        if self.waits:
            self.waits = False
            self.floor.abandoned += 1
            self.floor.busy -= 1
            self.floor.hold_s += cb.now() - self.arrived_s


class W3(cb.Model):
    """The floor."""

    ports: cb.Param[int] = 20
    busy: int = 0
    waiting: cb.Store[Call]
    dials: cb.Output[int] = 0
    messages: cb.Output[int] = 0
    by_hand: cb.Output[int] = 0
    inbound: cb.Output[int] = 0
    blocked: cb.Output[int] = 0
    abandoned: cb.Output[int] = 0
    hold_s: cb.Output[float] = 0.0

    @cb.process(copies=AGENTS)
    def agent(self) -> None:
        """Answers who waits, else dials."""
        while True:
            if self.waiting.length() > 0:
                call = self.waiting.get()
                if call.waits:
                    call.waits = False
                    self.hold_s += cb.now() - call.arrived_s
                    cb.hold(random.exponential(240.0))
                    self.busy -= 1
            elif cb.now() >= CLOSING_S:
                return
            else:
                self.dial()

    @cb.function
    def dial(self) -> None:
        """A dial, and the message or the conversation after it."""
        self.dials += 1
        cb.hold(random.exponential(30.0))
        if random.uniform(0.0, 1.0) >= 0.4:
            cb.hold(random.exponential(20.0))
            return
        self.messages += 1
        if self.busy < self.ports:
            self.busy += 1
            cb.spawn(Message, floor=self)
        else:
            self.by_hand += 1
            cb.hold(random.exponential(40.0))

    @cb.process
    def arrivals(self) -> None:
        """Inbound calls until closing."""
        while True:
            cb.hold(random.exponential(18.0))
            if cb.now() >= CLOSING_S:
                return
            self.inbound += 1
            if self.busy >= self.ports:
                self.blocked += 1
            else:
                self.busy += 1
                call = cb.spawn(Call, floor=self, arrived_s=cb.now(), waits=True)
                self.waiting.put(call)


def w3(seed: int, days: int) -> Run:
    """Prepare days."""
    return prepared(W3(), seed, days, COUNTS)
