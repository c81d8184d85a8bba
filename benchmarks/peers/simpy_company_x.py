"""Company X (`models/company-x.toml`) in SimPy."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Generator
from typing import Any

import simpy

from peers.company_x import (
    AGENTS,
    CLOSING_S,
    CONVERSATION,
    DIAL_S,
    MESSAGE,
    TALK,
    VOICEMAIL,
    WRAP_UP_S,
)

Process = Generator[simpy.Event, Any, None]


class CompanyX:
    """One day, run when it is made."""

    def __init__(self, seed: int, ports: int) -> None:
        self.random = random.Random(seed)
        self.env = simpy.Environment()
        self.ports = simpy.Resource(self.env, capacity=ports)
        self.seen: Counter[str] = Counter(messages=0, blocked=0)
        for _ in range(AGENTS):
            self.env.process(self.agent())
        self.env.run()

    def agent(self) -> Process:
        """Dials until closing."""
        while self.env.now < CLOSING_S:
            yield self.env.timeout(self.random.expovariate(1 / DIAL_S))
            chance = self.random.random()
            if chance < VOICEMAIL:
                yield from self.voicemail()
            elif chance < VOICEMAIL + CONVERSATION:
                yield self.env.timeout(self.random.lognormvariate(*TALK))
                yield self.env.timeout(WRAP_UP_S)

    def voicemail(self) -> Process:
        """A message on a port, or by hand."""
        self.seen["messages"] += 1
        if self.ports.count < self.ports.capacity:
            self.env.process(self.message())
        else:
            self.seen["blocked"] += 1
            yield self.env.timeout(self.random.lognormvariate(*MESSAGE))

    def message(self) -> Process:
        """A message plays on a port."""
        with self.ports.request() as port:
            yield port
            yield self.env.timeout(self.random.lognormvariate(*MESSAGE))
