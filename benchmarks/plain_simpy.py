"""The floor of `dialing-floor.toml` as a SimPy user writes it by hand, for comparison.

It holds nothing that this one floor does not need: no records, no tape, no rule for equal times.
It counts what it takes for blocking, abandonment and mean hold, and draws as it goes.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Generator
from typing import Any

import simpy

Process = Generator[simpy.Event, Any, None]

CLOSING_S = 8 * 3600.0
AGENTS = 50
PORTS = 20


class Floor:
    """One day, run when it is made."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.env = simpy.Environment()
        self.ports = simpy.Resource(self.env, capacity=PORTS)
        self.waiting: deque[Any] = deque()
        self.seen: Counter[str] = Counter()
        self.hold_s = 0.0
        for _ in range(AGENTS):
            self.env.process(self.agent())
        self.env.process(self.arrivals())
        self.env.run()

    def lasting(self, mean_s: float) -> simpy.Event:
        """Some time passes, exponential."""
        return self.env.timeout(self.random.expovariate(1 / mean_s))

    def agent(self) -> Process:
        """Answers who waits, else dials."""
        while True:
            if self.waiting:
                answer = self.waiting.popleft()
                answer.succeed()
                yield answer.over
            elif self.env.now >= CLOSING_S:
                return
            else:
                yield from self.dial()

    def dial(self) -> Process:
        """A dial, and the message or the conversation after it."""
        self.seen["dials"] += 1
        yield self.lasting(30)
        if self.random.random() >= 0.4:
            yield self.lasting(20)
            return
        self.seen["messages"] += 1
        if self.ports.count < PORTS:
            self.env.process(self.message())
        else:
            self.seen["by hand"] += 1
            yield self.lasting(40)

    def message(self) -> Process:
        """A message plays on a port."""
        with self.ports.request() as port:
            yield port
            yield self.lasting(40)

    def arrivals(self) -> Process:
        """Inbound calls until closing."""
        while True:
            yield self.lasting(3600 / 200)
            if self.env.now >= CLOSING_S:
                return
            self.env.process(self.call())

    def call(self) -> Process:
        """One inbound call."""
        self.seen["inbound"] += 1
        if self.ports.count >= PORTS:
            self.seen["blocked"] += 1
            return
        with self.ports.request() as port:
            yield port
            arrived_s = self.env.now
            answer: Any = self.env.event()
            answer.over = self.env.event()
            self.waiting.append(answer)
            yield answer | self.lasting(120)
            self.hold_s += self.env.now - arrived_s
            if not answer.triggered:
                self.waiting.remove(answer)
                self.seen["abandoned"] += 1
                return
            yield self.lasting(240)
            answer.over.succeed()
