"""The broadcast (JabberDog): a campaign dials a list, and who presses 1 wants a live agent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from flexports.floor import Floor
from flexports.floor.clock import first_time, hours_of
from flexports.floor.keys import ClockS, Count, LawField, PositiveRatePerS, Share, key
from flexports.floor.source import Surroundings
from flexports.flows import Steps
from flexports.laws import Coin, Constant
from flexports.problems import Problem
from flexports.sources.answered import Callers
from flexports.sources.arriving import Arriving, too_many
from flexports.sources.blocked import LOSE, RETRY, Reaction
from flexports.sources.kind import Need, PortUse
from flexports.tape import FloatArray, Pen
from flexports.units import format_clock, format_rate

_MESSAGE = Constant(20.0)


@dataclass(frozen=True, kw_only=True)
class Broadcast(Callers, Arriving):
    """A campaign (JabberDog) that dials a list; who presses 1 wants a live agent.

    It dials at a pace, on lines of its own; a share answers and hears the message; after it a share
    presses 1. The press takes a port and holds for an agent; the port is held
    from the press to the end of talk. A press that finds no port hears an apology.

    Calls are counted from the press: who does not press 1 never wants a port.
    """

    kind: Literal["broadcast"] = "broadcast"

    pace: Annotated[PositiveRatePerS, key("Attempts, a Poisson stream.", example='"600 per hour"')]
    starts_s: Annotated[
        ClockS | None,
        key("When the campaign starts.", alias="starts", example='"10:00"', unset="at opening"),
    ] = None
    numbers: Annotated[
        Count | None,
        key("How many numbers it dials.", alias="list", example="2000", unset="endless"),
    ] = None
    answers: Annotated[Share, key("Share of attempts that are answered.", example="0.35")] = 0.35
    message: Annotated[LawField, key("What is heard before the press.", example='"20 s"')] = (
        _MESSAGE
    )
    press_1: Annotated[Share, key("Share of those who answer that press 1.", example="0.02")] = 0.02
    when_blocked: Annotated[
        str,
        Reaction(
            LOSE,
            RETRY,
            wait="who pressed 1 hears the apology, and has no line to wait on",
            skip="the call is with the person already",
            by_hand="no agent is with the call yet",
        ),
        key("A press that finds no port hears an apology, or calls back.", example='"lose"'),
    ] = LOSE

    def flow(self) -> Steps:
        """One press."""
        return self.on_a_port(self.reach_an_agent())

    def arrivals_s(self, pen: Pen, opens_s: float, length_s: float) -> FloatArray:
        """When 1 is pressed: the message after an attempt that was made before closing."""
        attempts = self._attempts_s(pen, opens_s, length_s)
        size = len(attempts)
        answered = pen.draw("answers", Coin(self.answers), size)
        pressed = pen.draw("press_1", Coin(self.press_1), size)
        message_s = pen.draw("message", self.message, size)
        return np.sort((attempts + message_s)[(answered == 1) & (pressed == 1)])

    def _attempts_s(self, pen: Pen, opens_s: float, length_s: float) -> FloatArray:
        starts, rates = ([0.0], [self.pace])
        from_s = self._from_s(opens_s, length_s)
        if from_s:
            starts, rates = [0.0, from_s], [0.0, self.pace]
        return pen.poisson("attempts", starts, rates, length_s, self.day_cv)[: self.numbers]

    def _from_s(self, opens_s: float, length_s: float) -> float:
        if self.starts_s is None:
            return 0.0
        from_s = first_time(self.starts_s, opens_s, length_s)
        return max(0.0, self.starts_s - opens_s) if from_s is None else from_s

    def problems(self, floor: Surroundings) -> Iterator[Problem]:
        """A pace that nothing could be drawn for."""
        yield from super().problems(floor)
        attempts = self.pace * floor.day.length_s
        yield from too_many("pace", self.pace, attempts, floor.day)

    def doubts(self, floor: Surroundings) -> Iterator[Problem]:
        """A campaign that starts while the floor is closed."""
        yield from super().doubts(floor)
        day, starts_s = floor.day, self.starts_s
        if starts_s is None or first_time(starts_s, day.opens_s, day.length_s) is not None:
            return
        comes = "it starts at opening" if starts_s < day.opens_s else "it never starts"
        rule = f"is outside the opening hours, {hours_of(day.opens_s, day.length_s)}: {comes}"
        remedy = "write a time within them, or leave it out to start at opening"
        yield Problem("starts", format_clock(starts_s), rule, remedy)

    @property
    def is_steady_from_opening(self) -> bool:
        """Nobody can press before the first message is over."""
        return self.message.expected_s == 0

    def poisson_rate_per_s(self, opens_s: float, length_s: float) -> float | None:
        """The rate of presses, if the campaign lasts all day."""
        if self.numbers is not None or self._from_s(opens_s, length_s) or self.day_cv:
            return None
        return self.pace * self.answers * self.press_1

    def expected_calls(self, floor: Floor, opens_s: float, length_s: float) -> float:
        """How many presses."""
        attempts = self.pace * max(0.0, length_s - self._from_s(opens_s, length_s))
        if self.numbers is not None:
            attempts = min(attempts, self.numbers)
        return attempts * self.answers * self.press_1

    def uses(self, floor: Floor) -> Iterator[PortUse]:
        """Presses while the campaign lasts, and recordings of their talks."""
        presses = self.pace * self.answers * self.press_1
        talk_s = self.talk.expected_s
        arithmetic = (
            f"{format_rate(self.pace)} x {self.answers:g} answered x {self.press_1:g} press 1"
            f" x {talk_s:.4g} s a talk"
        )
        yield PortUse(Need.CALLERS, presses * talk_s, arithmetic)
        if self.record:
            yield PortUse(
                Need.RECORDINGS, presses * talk_s * self.record, f"{arithmetic} x {self.record:g}"
            )
