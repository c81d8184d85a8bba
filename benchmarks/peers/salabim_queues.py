"""The two queues in salabim, without its monitors."""

# mypy: disable-error-code="import-not-found,import-untyped,misc"
from __future__ import annotations

import random
from collections import Counter
from collections.abc import Generator
from typing import Any

import salabim

from peers.facts import HOUR_S, Loss, Queue

Process = Generator[Any, Any, None]


class Floor:
    """What all calls of one run share."""

    def __init__(
        self,
        facts: Loss | Queue,
        seed: int,
        call: type[Call],
        *,
        places: int,
        lasting_s: float,
        patience_s: float = 0.0,
    ) -> None:
        self.facts = facts
        self.lasting_s, self.patience_s = lasting_s, patience_s
        self.random = random.Random(seed)
        self.seen: Counter[str] = Counter()
        self.env = salabim.Environment(trace=False, yieldless=False)
        self.places = salabim.Resource(capacity=places, monitor=False, env=self.env)
        self.call = call
        Arrivals(floor=self, env=self.env)

    def run(self, hours: int) -> Counter[str]:
        """Run it."""
        self.env.run(till=hours * HOUR_S)
        return self.seen

    @property
    def counts(self) -> bool:
        """Whether the warm-up is over."""
        return bool(self.env.now() >= self.facts.warm_up_s)


class Arrivals(salabim.Component):
    """Calls arrive."""

    def setup(self, floor: Floor) -> None:
        """Remember the floor."""
        self.floor = floor

    def process(self) -> Process:
        """One after another."""
        while True:
            yield self.hold(self.floor.random.expovariate(self.floor.facts.rate_per_s))
            self.floor.call(floor=self.floor)


class Call(salabim.Component):
    """One call."""

    def setup(self, floor: Floor) -> None:
        """Remember the floor."""
        self.floor = floor


class LossCall(Call):
    """A call that takes a port or is lost."""

    def process(self) -> Process:
        """Take a port, if there is one, for a while."""
        floor, counts = self.floor, self.floor.counts
        floor.seen["offered"] += counts
        if floor.places.available_quantity() < 1:
            floor.seen["blocked"] += counts
            return
        yield self.request(floor.places)
        yield self.hold(floor.random.expovariate(1 / floor.lasting_s))


class QueueCall(Call):
    """A caller who waits for an agent."""

    def process(self) -> Process:
        """Wait, and talk."""
        floor, counts = self.floor, self.floor.counts
        floor.seen["asked"] += counts
        patience_s = floor.random.expovariate(1 / floor.patience_s)
        yield self.request(floor.places, fail_delay=patience_s)
        if self.failed():
            floor.seen["abandoned"] += counts
        else:
            yield self.hold(floor.random.expovariate(1 / floor.lasting_s))


def loss(facts: Loss, seed: int, hours: int) -> Counter[str]:
    """Calls that take a port or are lost, for some hours."""
    floor = Floor(facts, seed, LossCall, places=facts.ports, lasting_s=facts.call_s)
    return floor.run(hours)


def queue(facts: Queue, seed: int, hours: int) -> Counter[str]:
    """Callers who wait for agents, for some hours."""
    floor = Floor(
        facts,
        seed,
        QueueCall,
        places=facts.agents,
        lasting_s=facts.talk_s,
        patience_s=facts.patience_s,
    )
    return floor.run(hours)
