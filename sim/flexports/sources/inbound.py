"""Inbound calls: a toll-free ACD route, or an IVR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from flexports.floor import Floor
from flexports.floor.keys import LawField, ProfileField, Share, key
from flexports.flows import SELF_SERVED, Branch, Delay, End, ReleasePort, Steps
from flexports.laws import Coin
from flexports.sources.answered import Callers
from flexports.sources.arriving import AtARate
from flexports.sources.blocked import LOSE, RETRY, Reaction
from flexports.sources.kind import Drawn, Need, PortUse
from flexports.units import format_rate


@dataclass(frozen=True, kw_only=True)
class Inbound(Callers, AtARate):
    """Calls that arrive on a toll-free ACD route or an IVR.

    A call takes a port when it arrives, hears the IVR if there is one, and then, for a share
    `to_agent`, holds for an agent and talks to him. The port is held from arrival to the end of
    talk; a call that finds none hears the busy tone.
    """

    kind: Literal["inbound"] = "inbound"
    in_new_floor = True

    rate: Annotated[
        ProfileField, key("Calls that arrive, a Poisson stream.", example='"18 per hour"')
    ]
    ivr: Annotated[
        LawField | None,
        key(
            "What the IVR says before anything else.",
            example='{ distribution = "lognormal", mean = "25 s", cv = 0.5 }',
            unset="no IVR",
        ),
    ] = None
    to_agent: Annotated[
        Share, key("Share of calls that want an agent; the IVR serves the rest.", example="1.0")
    ] = 1.0
    when_blocked: Annotated[
        str,
        Reaction(
            LOSE,
            RETRY,
            wait="a caller who finds no port hears the busy tone, and has no line to wait on",
            skip="the call is the caller's",
            by_hand="no agent is with the call yet",
        ),
        key("A call that finds no port hears the busy tone, or calls again.", example='"lose"'),
    ] = LOSE

    def flow(self) -> Steps:
        """One call."""
        ivr = () if self.ivr is None else (Delay("ivr"),)
        return self.on_a_port((*ivr, *self._after_the_ivr()))

    def _after_the_ivr(self) -> Steps:
        hang_up = (ReleasePort(), End(SELF_SERVED))
        if self.to_agent == 0:
            return hang_up
        if self.to_agent == 1:
            return self.reach_an_agent()
        return (Branch("to_agent", (hang_up, self.reach_an_agent())),)

    def draws(self) -> Mapping[str, Drawn]:
        """What is drawn for each call."""
        drawn = {**super().draws(), "to_agent": Coin(self.to_agent)}
        return drawn if self.ivr is None else drawn | {"ivr": self.ivr}

    def uses(self, floor: Floor) -> Iterator[PortUse]:
        """Calls at the busiest rate of the day, and recordings of their talks."""
        rate = max(self.rate.between(floor.day.opens_s, floor.day.length_s)[1])
        ivr_s = 0.0 if self.ivr is None else self.ivr.expected_s
        talk_s = self.to_agent * self.talk.expected_s
        yield PortUse(
            Need.CALLERS,
            rate * (ivr_s + talk_s),
            f"{format_rate(rate)} x {ivr_s + talk_s:.4g} s a call",
        )
        if self.record and self.to_agent:
            yield PortUse(
                Need.RECORDINGS,
                rate * talk_s * self.record,
                f"{format_rate(rate)} x {self.record:g} x {talk_s:.4g} s a talk",
            )

    @property
    def wants_group(self) -> bool:
        """An IVR that serves everybody needs no agent."""
        return self.to_agent > 0

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that answer."""
        return self.agents if self.to_agent > 0 else ()
