"""Lead response (web form; ELF, ResponseLoop): the system rings an agent, who dials the lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from flexports.floor import Floor
from flexports.floor.keys import LawField, ProfileField, Share, key
from flexports.floor.source import Surroundings
from flexports.flows import (
    DIALING,
    NO_ACTION,
    NO_CONTACT,
    RINGING,
    STALE,
    AskForAgent,
    Branch,
    End,
    Reach,
    ReleasePort,
    Steps,
    Work,
)
from flexports.laws import Coin, Constant, Exponential
from flexports.problems import Problem
from flexports.sources.answered import AnsweredByAgents
from flexports.sources.arriving import AtARate
from flexports.sources.blocked import LOSE, RETRY, WAIT, Reaction
from flexports.sources.kind import Drawn, Need, PortUse
from flexports.units import format_rate

_RING = Constant(4.0)
_DIAL = Exponential(20.0)
_STALE_AFTER = Constant(1800.0)


@dataclass(frozen=True, kw_only=True)
class LeadResponse(AnsweredByAgents, AtARate):
    """Leads from a web form: the system takes a port and rings an agent, who dials the lead.

    Half of them are reached, by default. Leads do not hang up: one that has found no agent (or no
    port, where they wait for one) within `stale_after` is given up. The automatic response acts on
    the leads of agents with the licence `elf` only; leads belong to agents in equal parts.
    """

    kind: Literal["lead-response"] = "lead-response"

    rate: Annotated[
        ProfileField, key("Leads that arrive, a Poisson stream.", example='"6 per hour"')
    ]
    ring: Annotated[LawField, key("From the ring to an agent's picking up.", example='"4 s"')] = (
        _RING
    )
    dial: Annotated[
        LawField,
        key(
            "The agent dials the lead; it rings.",
            example='{ distribution = "exponential", mean = "20 s" }',
        ),
    ] = _DIAL
    contact: Annotated[Share, key("Share of dials that reach the lead.", example="0.5")] = 0.5
    stale_after: Annotated[
        LawField, key("How long a lead is worth a call.", example='"30 min"')
    ] = _STALE_AFTER
    when_blocked: Annotated[
        str,
        Reaction(
            WAIT,
            LOSE,
            RETRY,
            skip="that is to lose the lead; write 'lose'",
            by_hand="no agent knows of the lead yet",
        ),
        key("A lead that finds no port waits for one, is lost, or comes back.", example='"wait"'),
    ] = WAIT

    def flow(self) -> Steps:
        """One lead."""
        return (
            Branch("elf", ((End(NO_ACTION),), self.on_a_port(self._response(), "stale_after"))),
        )

    def _response(self) -> Steps:
        return (
            AskForAgent("stale_after", (ReleasePort(), End(STALE)), since_began=True),
            Work(RINGING, "ring"),
            Reach(),
            Work(DIALING, "dial"),
            Branch("contact", ((ReleasePort(), End(NO_CONTACT)), self.conversation())),
        )

    def draws_on(self, floor: Floor) -> Mapping[str, Drawn]:
        """What is drawn for each lead; whose it is depends on who has the licence."""
        return {**self.draws(), "elf": Coin(self._share_of_elf(floor))}

    def draws(self) -> Mapping[str, Drawn]:
        """What is drawn for each lead."""
        return {
            **super().draws(),
            "ring": self.ring,
            "dial": self.dial,
            "contact": Coin(self.contact),
            "stale_after": self.stale_after,
        }

    def _share_of_elf(self, floor: Floor) -> float:
        groups = [floor.group(name) for name in self.agents]
        with_elf = sum(group.count for group in groups if "elf" in group.licences)
        return with_elf / sum(group.count for group in groups)

    def problems(self, floor: Surroundings) -> Iterator[Problem]:
        """No agent with the licence means no action at all."""
        yield from super().problems(floor)
        if not any("elf" in group.licences for group in floor.agents if group.name in self.agents):
            rule = "are groups without the licence 'elf', so that no lead would get an action"
            yield Problem("agents", list(self.agents), rule, "add 'elf' to a group's licences")

    def uses(self, floor: Floor) -> Iterator[PortUse]:
        """Leads at the busiest rate of the day."""
        rate = max(self.rate.between(floor.day.opens_s, floor.day.length_s)[1])
        held_s = self.ring.expected_s + self.dial.expected_s + self.contact * self.talk.expected_s
        acted_on = self._share_of_elf(floor)
        yield PortUse(
            Need.CALLERS,
            rate * acted_on * held_s,
            f"{format_rate(rate)} x {100 * acted_on:.3g} % acted on x {held_s:.4g} s a lead",
        )
        if self.record:
            talk_s = self.contact * self.talk.expected_s
            yield PortUse(
                Need.RECORDINGS,
                rate * acted_on * talk_s * self.record,
                f"{format_rate(rate)} x {acted_on:.3g} x {self.record:g} x {talk_s:.4g} s a talk",
            )
