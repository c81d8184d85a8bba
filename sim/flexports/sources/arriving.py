"""Kinds of which calls arrive by themselves, some days more and some days fewer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from flexports.floor import Day, Floor, Profile
from flexports.floor.clock import hours_of
from flexports.floor.keys import key
from flexports.floor.parts import DayCv
from flexports.floor.source import Surroundings
from flexports.problems import Problem
from flexports.sources.kind import Kind
from flexports.tape import FloatArray, Pen
from flexports.units import format_clock, format_duration, format_rate


@dataclass(frozen=True, kw_only=True)
class Arriving(Kind):
    """A kind with a rate that may differ from day to day."""

    day_cv: Annotated[
        DayCv, key("How its days differ: spread of a factor on its rate.", example="0.1")
    ] = 0.0


MOST_ARRIVALS = 20_000_000
"""In a day; each takes some 100 bytes."""


def too_many(key: str, per_s: float, arrivals: float, day: Day) -> Iterator[Problem]:
    """Yield a problem if a rate brings more in a day than memory holds."""
    if arrivals > MOST_ARRIVALS:
        rule = f"brings {arrivals:,.0f} in a day of {format_duration(day.length_s)}"
        remedy = f"write a rate or a day that brings {MOST_ARRIVALS:,} or fewer"
        yield Problem(key, format_rate(per_s), rule, remedy)


def too_many_at(rate: Profile, day: Day) -> Iterator[Problem]:
    """Yield the same of a rate by time of day."""
    arrivals = rate.expected(day.opens_s, day.length_s)
    yield from too_many("rate", max(rate.rates_per_s), arrivals, day)


def rates_never_in_force(rate: Profile, day: Day) -> Iterator[Problem]:
    """Yield a problem for each rate above 0 that only holds while the floor is closed."""
    for place in rate.never_in_force(day.opens_s, day.length_s):
        yield Problem(
            f"rate[{place}]",
            format_rate(rate.rates_per_s[place]),
            f"from {format_clock(rate.from_s[place])} is outside the opening hours,"
            f" {hours_of(day.opens_s, day.length_s)}, and has no effect",
            "leave it out, or change day.opens and day.length",
        )


@dataclass(frozen=True, kw_only=True)
class AtARate(Arriving):
    """A kind of which calls arrive as one Poisson stream, at rates by time of day."""

    if TYPE_CHECKING:
        rate: Profile  # each kind declares the key itself, in its own place and words

    def arrivals_s(self, pen: Pen, opens_s: float, length_s: float) -> FloatArray:
        """When calls arrive."""
        return pen.poisson("arrivals", *self.rate.between(opens_s, length_s), length_s, self.day_cv)

    def problems(self, floor: Surroundings) -> Iterator[Problem]:
        """A rate that nothing could be drawn for."""
        yield from super().problems(floor)
        yield from too_many_at(self.rate, floor.day)

    def doubts(self, floor: Surroundings) -> Iterator[Problem]:
        """A rate that only holds while the floor is closed."""
        yield from super().doubts(floor)
        yield from rates_never_in_force(self.rate, floor.day)

    def poisson_rate_per_s(self, opens_s: float, length_s: float) -> float | None:
        """The rate, if it is the same all day."""
        rates = self.rate.between(opens_s, length_s)[1]
        return rates[0] if len(rates) == 1 and not self.day_cv else None

    def expected_calls(self, floor: Floor, opens_s: float, length_s: float) -> float:
        """How many calls arrive."""
        return self.rate.expected(opens_s, length_s)
