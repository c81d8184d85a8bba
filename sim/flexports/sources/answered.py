"""What callers who reach an agent go through, whichever source they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from flexports.floor.keys import LawField, key
from flexports.floor.source import Holds, Records, WantsAgent
from flexports.flows import (
    ABANDONED,
    ANSWERED,
    AskForAgent,
    End,
    ReleasePort,
    Steps,
    Talk,
)
from flexports.laws import Coin, Constant, Lognormal
from flexports.sources.blocked import MeetsBusyPorts
from flexports.sources.kind import Drawn, wrapping_up

_TALK = Lognormal(191.0, 1.4)
_WRAP_UP = Constant(25.0)


@dataclass(frozen=True, kw_only=True)
class AnsweredByAgents(WantsAgent, Records, MeetsBusyPorts):
    """A kind of which calls hold a port while they queue for an agent and talk to him."""

    talk: Annotated[
        LawField,
        key(
            "Agent and caller speak; the port is held.",
            example='{ distribution = "lognormal", mean = "191 s", cv = 1.4 }',
        ),
    ] = _TALK
    wrap_up: Annotated[
        LawField, key("The agent's work after it; the port is free.", example='"25 s"')
    ] = _WRAP_UP

    def conversation(self) -> Steps:
        """Talk, give the port back, wrap up."""
        return (
            Talk("talk", record="record" if self.record else None),
            ReleasePort(),
            *wrapping_up(self.wrap_up),
            End(ANSWERED),
        )

    def draws(self) -> Mapping[str, Drawn]:
        """What is drawn for each call that wants an agent."""
        drawn: dict[str, Drawn] = {"talk": self.talk, "wrap_up": self.wrap_up}
        drawn.update(self.draws_of_retries())
        if self.record:
            drawn["record"] = Coin(self.record)
        return drawn

    @property
    def licences_needed(self) -> tuple[str, ...]:
        """What agents who answer must hold."""
        return ("agent-login",)


@dataclass(frozen=True, kw_only=True)
class Callers(Holds, AnsweredByAgents):
    """A kind of which callers hold for an agent."""

    def reach_an_agent(self) -> Steps:
        """Hold for an agent, and talk."""
        patience = None if self.patience is None else "patience"
        hang_up = (ReleasePort(), End(ABANDONED))
        return AskForAgent(patience, hang_up), *self.conversation()

    def draws(self) -> Mapping[str, Drawn]:
        """What is drawn for each call that wants an agent."""
        drawn = super().draws()
        return drawn if self.patience is None else {**drawn, "patience": self.patience}
