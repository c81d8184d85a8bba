"""Calls that take a port or are lost, in Cimba, by scheduled events."""

# mypy: disable-error-code="import-not-found,misc,untyped-decorator,assignment"
from __future__ import annotations

import cimba as cb
from cimba import random

from measuring import Run
from peers.cimba_run import prepared
from peers.facts import HOUR_S, Loss


class LossFloor(cb.Model):
    """The floor."""

    ports: cb.Param[int]
    gap_s: cb.Param[float]
    call_s: cb.Param[float]
    warm_up_s: cb.Param[float]
    closing_s: cb.Param[float]
    busy: int = 0
    offered: cb.Output[int] = 0
    blocked: cb.Output[int] = 0

    @cb.on_start
    def opens(self) -> None:
        """Calls begin to arrive."""
        cb.schedule(self.arrives, random.exponential(self.gap_s))

    @cb.event
    def arrives(self) -> None:
        """A call."""
        if cb.now() >= self.closing_s:
            return
        cb.schedule(self.arrives, random.exponential(self.gap_s))
        counts = cb.now() >= self.warm_up_s
        self.offered += counts
        if self.busy < self.ports:
            self.busy += 1
            cb.schedule(self.leaves, random.exponential(self.call_s))
        else:
            self.blocked += counts

    @cb.event
    def leaves(self) -> None:
        """A port is free."""
        self.busy -= 1


def loss(facts: Loss, seed: int, days: int, hours_a_day: int) -> Run:
    """Prepare days of `loss-floor.toml`."""
    model = LossFloor()
    model.ports = facts.ports
    model.gap_s = 1 / facts.rate_per_s
    model.call_s = facts.call_s
    model.warm_up_s = facts.warm_up_s
    model.closing_s = hours_a_day * HOUR_S
    return prepared(model, seed, days, ("offered", "blocked"))
