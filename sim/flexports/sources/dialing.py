"""What a dial goes through, whether agents dial from a list or call by call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from flexports.floor import Floor, Group, SharesOfOne
from flexports.floor.keys import LawField, Names, Share, key
from flexports.floor.source import Records, Surroundings
from flexports.flows import BY_HAND as LEAVING_BY_HAND
from flexports.flows import (
    CONVERSATION,
    DIALING,
    LEFT_BY_HAND,
    MESSAGE,
    NO_ANSWER,
    SKIPPED,
    Branch,
    Delay,
    End,
    ReleasePort,
    Start,
    Steps,
    TakePort,
    Talk,
    Work,
)
from flexports.laws import Choice, Coin, Constant, Exponential, Lognormal
from flexports.problems import Problem
from flexports.sources.blocked import BY_HAND, SKIP, Reaction
from flexports.sources.kind import Drawn, Kind, Need, PortUse, wrapping_up


@dataclass(frozen=True, kw_only=True)
class Outcomes(SharesOfOne):
    """How dials end. The shares add up to 1."""

    voicemail: Annotated[Share, key("A message is due.", example="0.40")]
    conversation: Annotated[Share, key("Somebody answers.", example="0.17")] = 0.0
    no_answer: Annotated[Share, key("Nobody answers.", alias="no-answer", example="0.43")] = 0.0


_DIAL = Exponential(20.0)
_OUTCOMES = Outcomes(voicemail=0.40, conversation=0.17, no_answer=0.43)
_MESSAGE = Lognormal(30.0, 0.2)
_TALK = Lognormal(122.0, 1.0)
_WRAP_UP = Constant(20.0)


@dataclass(frozen=True, kw_only=True)
class Dialing(Records, Kind):
    """A kind of which agents start the calls.

    Dial and ring; then nobody answers, or a message is due, or the agent has a conversation and
    wraps up after it. The agent hands a message to a port and goes on at once. If there is no port
    he leaves it by hand, or skips it.

    A group with `dialer-tab` and without `dialer` works the same list by hand: it dials more slowly
    and leaves every message in person.
    """

    agents: Annotated[
        Names,
        key("Groups that dial.", example='"sales"', unset="the only group"),
    ] = ()
    dial: Annotated[
        LawField,
        key("Dial and ring.", example='{ distribution = "exponential", mean = "20 s" }'),
    ] = _DIAL
    dial_by_hand: Annotated[
        LawField | None,
        key(
            "Dial and ring of agents without the dialer.",
            example='{ distribution = "exponential", mean = "35 s" }',
            unset="as the dial",
        ),
    ] = None
    outcomes: Annotated[
        Outcomes,
        key(
            "How dials end; the shares add up to 1.",
            example="{ voicemail = 0.40, conversation = 0.17, no-answer = 0.43 }",
        ),
    ] = _OUTCOMES
    message: Annotated[
        LawField,
        key(
            "An automated message; a port is held.",
            example='{ distribution = "lognormal", mean = "30 s", cv = 0.2 }',
        ),
    ] = _MESSAGE
    by_hand: Annotated[
        LawField | None,
        key(
            "A message that the agent leaves in person.",
            example='{ distribution = "lognormal", mean = "45 s", cv = 0.3 }',
            unset="as the message",
        ),
    ] = None
    talk: Annotated[
        LawField,
        key(
            "A conversation.",
            example='{ distribution = "lognormal", mean = "122 s", cv = 1.0 }',
        ),
    ] = _TALK
    wrap_up: Annotated[
        LawField, key("The agent's work after a conversation.", example='"20 s"')
    ] = _WRAP_UP
    when_blocked: Annotated[
        str,
        Reaction(
            BY_HAND,
            SKIP,
            wait="the answering machine does not wait with its recording",
            retry="the answering machine does not wait with its recording",
            lose="the message is the floor's own",
        ),
        key("A message that finds no port is left by hand, or not at all.", example='"by-hand"'),
    ] = BY_HAND

    def flow(self) -> Steps:
        """One dial."""
        return Work(DIALING, "dial"), self._outcome(self._voicemail())

    def flow_of(self, group: Group) -> Steps:
        """One dial, by agents of this group."""
        if "dialer" in group.licences:
            return self.flow()
        dial = "dial" if self.dial_by_hand is None else "dial_by_hand"
        return Work(DIALING, dial), self._outcome(self._in_person())

    def _outcome(self, voicemail: Steps) -> Branch:
        conversation = (
            Talk("talk", record="record" if self.record else None),
            *wrapping_up(self.wrap_up),
            End(CONVERSATION),
        )
        return Branch("outcome", (voicemail, conversation, (End(NO_ANSWER),)))

    def _voicemail(self) -> Steps:
        blocked = (End(SKIPPED, lost=True),) if self.when_blocked == SKIP else self._in_person()
        message = (Delay("message"), ReleasePort(), End(MESSAGE))
        return TakePort(blocked), Start(message)

    def _in_person(self) -> Steps:
        message = "message" if self.by_hand is None else "by_hand"
        return Work(LEAVING_BY_HAND, message), End(LEFT_BY_HAND)

    def draws(self) -> Mapping[str, Drawn]:
        """What is drawn for each dial."""
        outcomes = self.outcomes
        drawn: dict[str, Drawn] = {
            "dial": self.dial,
            "outcome": Choice((outcomes.voicemail, outcomes.conversation, outcomes.no_answer)),
            "message": self.message,
            "talk": self.talk,
            "wrap_up": self.wrap_up,
        }
        if self.dial_by_hand is not None:
            drawn["dial_by_hand"] = self.dial_by_hand
        if self.by_hand is not None:
            drawn["by_hand"] = self.by_hand
        return drawn | {"record": Coin(self.record)} if self.record else drawn

    def uses(self, floor: Floor) -> Iterator[PortUse]:
        """Messages, and recordings of conversations."""
        agents, outcomes = self._agents_on(floor), self.outcomes
        dial_s = self.cycle_s
        message_s = self.message.expected_s
        with_dialer = sum(
            floor.group(name).count
            for name in self.agents
            if "dialer" in floor.group(name).licences
        )
        yield PortUse(
            Need.MESSAGES,
            with_dialer * outcomes.voicemail * message_s / dial_s,
            f"{with_dialer} agents x {outcomes.voicemail:g} messages a dial"
            f" x {message_s:.4g} s a message / {dial_s:.4g} s a dial",
        )
        if self.record:
            talk_s = self.talk.expected_s
            yield PortUse(
                Need.RECORDINGS,
                agents * outcomes.conversation * self.record * talk_s / dial_s,
                f"{agents} agents x {outcomes.conversation * self.record:.3g} recordings a dial"
                f" x {talk_s:.4g} s a talk / {dial_s:.4g} s a dial",
            )

    def problems(self, floor: Surroundings) -> Iterator[Problem]:
        """A dial that takes no time would never let the clock go on."""
        for name in ("dial", "dial_by_hand"):
            law = getattr(self, name)
            if law is not None and law.expected_s == 0:
                remedy = "write how long dial and ring last, '20 s'"
                yield Problem(name, "0 s", "takes no time", remedy)

    @property
    def cycle_s(self) -> float:
        """The mean time from one dial to the next, if no port is short."""
        handled_s = self.talk.expected_s + self.wrap_up.expected_s
        return self.dial.expected_s + self.outcomes.conversation * handled_s

    def expected_calls(self, floor: Floor, opens_s: float, length_s: float) -> float:
        """How many dials if agents do nothing else."""
        return self._agents_on(floor) * length_s / self.cycle_s

    def _agents_on(self, floor: Floor) -> int:
        return sum(floor.group(name).count for name in self.dials_for)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that dial."""
        return self.agents

    @property
    def wants_group(self) -> bool:
        """It cannot do without agents."""
        return True

    @property
    def dials_for(self) -> tuple[str, ...]:
        """The groups whose free agents dial."""
        return self.agents

    @property
    def licences_needed(self) -> tuple[str, ...]:
        """What its agents must hold."""
        return ("dialer-tab",)

    def with_groups(self, names: tuple[str, ...]) -> Dialing:
        """Return the source with these groups if it names none."""
        return self if self.agents else replace(self, agents=names)
