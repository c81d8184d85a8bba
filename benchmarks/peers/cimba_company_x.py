"""Company X (`models/company-x.toml`) in Cimba, by scheduled events."""

# mypy: disable-error-code="import-not-found,misc,untyped-decorator,assignment"
from __future__ import annotations

from collections.abc import Sequence

import cimba as cb
from cimba import random

from measuring import Run
from peers.cimba_run import prepared
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

MESSAGE_M, MESSAGE_S = MESSAGE
TALK_M, TALK_S = TALK


class CompanyX(cb.Model):
    """The floor."""

    ports: cb.Param[int] = 8
    busy: int = 0
    messages: cb.Output[int] = 0
    blocked: cb.Output[int] = 0

    @cb.on_start
    def opens(self) -> None:
        """All agents dial."""
        for _ in range(AGENTS):
            cb.schedule(self.dialed, random.exponential(DIAL_S))

    @cb.event
    def dialed(self) -> None:
        """A dial ends."""
        chance = random.uniform(0.0, 1.0)
        if chance < VOICEMAIL:
            self.voicemail()
        elif chance < VOICEMAIL + CONVERSATION:
            talk_s = random.lognormal(TALK_M, TALK_S)
            cb.schedule(self.agent_is_free, talk_s + WRAP_UP_S)
        else:
            self.go_on()

    @cb.function
    def voicemail(self) -> None:
        """A message on a port, or by hand."""
        self.messages += 1
        message_s = random.lognormal(MESSAGE_M, MESSAGE_S)
        if self.busy < self.ports:
            self.busy += 1
            cb.schedule(self.message_is_over, message_s)
            self.go_on()
        else:
            self.blocked += 1
            cb.schedule(self.agent_is_free, message_s)

    @cb.event
    def message_is_over(self) -> None:
        """A port is free."""
        self.busy -= 1

    @cb.event
    def agent_is_free(self) -> None:
        """A conversation, or a message by hand, is over."""
        self.go_on()

    @cb.function
    def go_on(self) -> None:
        """The agent dials again, until closing."""
        if cb.now() < CLOSING_S:
            cb.schedule(self.dialed, random.exponential(DIAL_S))


def company_x(seed: int, days: int, ports: Sequence[int]) -> Run:
    """Prepare days on several port counts."""
    model = CompanyX()
    model.ports = cb.sweep(*ports)
    return prepared(model, seed, days, ("messages", "blocked"))
