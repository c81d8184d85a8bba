"""Kinds of which calls arrive by themselves, some days more and some days fewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from flexports.floor import Floor, Profile
from flexports.floor.keys import key
from flexports.floor.parts import DayCv
from flexports.sources.kind import Kind
from flexports.tape import FloatArray, Pen


@dataclass(frozen=True, kw_only=True)
class Arriving(Kind):
    """A kind with a rate that may differ from day to day."""

    day_cv: Annotated[
        DayCv, key("How its days differ: spread of a factor on its rate.", example="0.1")
    ] = 0.0


@dataclass(frozen=True, kw_only=True)
class AtARate(Arriving):
    """A kind of which calls arrive as one Poisson stream, at rates by time of day."""

    if TYPE_CHECKING:
        rate: Profile  # each kind declares the key itself, in its own place and words

    def arrivals_s(self, pen: Pen, opens_s: float, length_s: float) -> FloatArray:
        """When calls arrive."""
        return pen.poisson("arrivals", *self.rate.between(opens_s, length_s), length_s, self.day_cv)

    def poisson_rate_per_s(self, opens_s: float, length_s: float) -> float | None:
        """The rate, if it is the same all day."""
        rates = self.rate.between(opens_s, length_s)[1]
        return rates[0] if len(rates) == 1 and not self.day_cv else None

    def expected_calls(self, floor: Floor, opens_s: float, length_s: float) -> float:
        """How many calls arrive."""
        return self.rate.expected(opens_s, length_s)
