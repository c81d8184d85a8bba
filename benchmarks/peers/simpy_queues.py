"""The two queues in SimPy."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Generator
from typing import Any

import simpy

from peers.facts import HOUR_S, Loss, Queue

Process = Generator[simpy.Event, Any, None]


class LossFloor:
    """Calls that take a port or are lost, for some hours."""

    def __init__(self, facts: Loss, seed: int, hours: int) -> None:
        self.facts = facts
        self.random = random.Random(seed)
        self.env = simpy.Environment()
        self.ports = simpy.Resource(self.env, capacity=facts.ports)
        self.seen: Counter[str] = Counter(offered=0, blocked=0)
        self.env.process(self.arrivals())
        self.env.run(until=hours * HOUR_S)

    def arrivals(self) -> Process:
        """Calls arrive."""
        while True:
            yield self.env.timeout(self.random.expovariate(self.facts.rate_per_s))
            self.count("offered")
            if self.ports.count < self.facts.ports:
                self.env.process(self.call())
            else:
                self.count("blocked")

    def call(self) -> Process:
        """One call on a port."""
        with self.ports.request() as port:
            yield port
            yield self.env.timeout(self.random.expovariate(1 / self.facts.call_s))

    def count(self, what: str) -> None:
        """Count it if the warm-up is over."""
        if self.env.now >= self.facts.warm_up_s:
            self.seen[what] += 1


class QueueFloor:
    """Callers who wait for agents, for some hours."""

    def __init__(self, facts: Queue, seed: int, hours: int) -> None:
        self.facts = facts
        self.random = random.Random(seed)
        self.env = simpy.Environment()
        self.agents = simpy.Resource(self.env, capacity=facts.agents)
        self.seen: Counter[str] = Counter(asked=0, abandoned=0)
        self.env.process(self.arrivals())
        self.env.run(until=hours * HOUR_S)

    def arrivals(self) -> Process:
        """Callers arrive."""
        while True:
            yield self.env.timeout(self.random.expovariate(self.facts.rate_per_s))
            self.env.process(self.call())

    def call(self) -> Process:
        """One call."""
        counts = self.env.now >= self.facts.warm_up_s
        self.seen["asked"] += counts
        with self.agents.request() as agent:
            patience = self.env.timeout(self.random.expovariate(1 / self.facts.patience_s))
            yield agent | patience
            if not agent.triggered:
                self.seen["abandoned"] += counts
                return
            yield self.env.timeout(self.random.expovariate(1 / self.facts.talk_s))
