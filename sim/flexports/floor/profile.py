"""How often something happens, by time of day."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

from flexports.floor.clock import spells_within
from flexports.keys import ClockS, PositiveRatePerS, RatePerS, Value, value_of
from flexports.problems import InputError, Problem
from flexports.units import DAY_S, format_clock, format_rate

EXAMPLE = '[{ from = "09:00", rate = "12 per hour" }]'

_RATE = value_of(RatePerS)
_POSITIVE_RATE = value_of(PositiveRatePerS)
_CLOCK = value_of(ClockS)


@dataclass(frozen=True)
class Profile:
    """A rate that is constant between times of day, the same every day.

    Parameters
    ----------
    from_s : tuple of float
        Seconds after midnight from which each rate holds, rising. Before the first the rate is 0.
    rates_per_s : tuple of float
        The rates.

    Examples
    --------
    >>> morning = Profile((9 * 3600.0, 11 * 3600.0), (0.01, 0.02))
    >>> morning.between(opens_s=10 * 3600.0, length_s=7200.0)
    ((0.0, 3600.0), (0.01, 0.02))
    """

    from_s: tuple[float, ...]
    rates_per_s: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse times that do not rise and rates that are all 0."""
        if not self.from_s or len(self.from_s) != len(self.rates_per_s):
            raise InputError(Problem("Profile", self, "has no rate for each time", "give both"))
        for place, (earlier, later) in enumerate(pairwise(self.from_s), start=1):
            if not later > earlier:
                rule = f"does not come after '{format_clock(earlier)}'"
                remedy = "write the times in order, each once"
                raise InputError(Problem(f"[{place}].from", format_clock(later), rule, remedy))
        for rate in self.rates_per_s:
            _RATE.check(rate)
        if not any(self.rates_per_s):
            raise ValueError("is 0 all day; write a rate above 0, or leave out the source")

    @classmethod
    def constant(cls, per_s: float) -> "Profile":
        """Return the profile of one rate at all times."""
        return cls((0.0,), (per_s,))

    @property
    def is_constant(self) -> bool:
        """Whether one rate holds at all times."""
        return self.from_s[0] == 0 and len(set(self.rates_per_s)) == 1

    def at(self, clock_s: float) -> float:
        """Return the rate per second at a time of day, or of a later day."""
        place = bisect_right(self.from_s, clock_s % DAY_S)
        return self.rates_per_s[place - 1] if place else 0.0

    def between(
        self, opens_s: float, length_s: float
    ) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return the starts, in seconds from opening, and the rates from opening to closing.

        The first start is 0; each rate holds to the next start, the last one to closing.
        """
        starts, rates = [0.0], [self.at(opens_s)]
        if not self.is_constant:
            midnights = range(int(opens_s // DAY_S), int((opens_s + length_s) // DAY_S) + 1)
            for midnight in midnights:
                for change_s in (0.0, *self.from_s):
                    start_s = midnight * DAY_S + change_s - opens_s
                    rate = self.at(change_s)
                    if starts[-1] < start_s < length_s and rate != rates[-1]:
                        starts.append(start_s)
                        rates.append(rate)
        return tuple(starts), tuple(rates)

    def never_in_force(self, opens_s: float, length_s: float) -> tuple[int, ...]:
        """Return the places of the rates above 0 that only hold while the floor is closed."""
        ends_s = (*self.from_s[1:], DAY_S)
        spells = zip(self.from_s, ends_s, strict=True)
        return tuple(
            place
            for place, spell in enumerate(spells)
            if self.rates_per_s[place] and not spells_within((spell,), opens_s, length_s)
        )

    def expected(self, opens_s: float, length_s: float) -> float:
        """Return the expected number of events from opening to closing."""
        starts, rates = self.between(opens_s, length_s)
        ends = (*starts[1:], length_s)
        return sum(
            rate * (end - start) for start, end, rate in zip(starts, ends, rates, strict=True)
        )


class ProfileValue(Value[Profile]):
    """A rate, or a list of rates by time of day."""

    def read(self, value: object) -> Profile:
        """Return the profile for a rate as text or for a list of tables."""
        if not isinstance(value, list):
            rate = _POSITIVE_RATE.read(value)
            _POSITIVE_RATE.check(rate)
            return Profile.constant(rate)
        problems: list[Problem] = []
        pieces = [_piece(number, one, problems) for number, one in enumerate(value)]
        if not value:
            problems.append(Problem("", value, "is an empty list", f"write {EXAMPLE}"))
        if problems:
            raise InputError(problems)
        return Profile(tuple(piece[0] for piece in pieces), tuple(piece[1] for piece in pieces))

    def check(self, value: Profile) -> None:
        """Refuse what is not a profile; a profile has checked itself."""
        if not isinstance(value, Profile):
            raise ValueError("is not a Profile; give Profile.constant(per_s)")

    def show(self, value: Profile) -> object:
        """Return a rate as text, or the list of tables."""
        if value.is_constant:
            return format_rate(value.rates_per_s[0])
        return [
            {"from": format_clock(from_s), "rate": format_rate(rate)}
            for from_s, rate in zip(value.from_s, value.rates_per_s, strict=True)
        ]

    def schema(self) -> dict[str, Any]:
        """Return the schema of either form."""
        piece = {
            "type": "object",
            "properties": {"from": _CLOCK.schema(), "rate": _RATE.schema()},
            "required": ["from", "rate"],
            "additionalProperties": False,
        }
        pieces = {"type": "array", "minItems": 1, "items": piece}
        return {"anyOf": [_POSITIVE_RATE.schema(), pieces]}


def _piece(number: int, table: object, problems: list[Problem]) -> tuple[float, float]:
    if not isinstance(table, Mapping) or set(table) != {"from", "rate"}:
        problems.append(
            Problem(f"[{number}]", table, "is not a table of from and rate", f"write {EXAMPLE}")
        )
        return 0.0, 0.0
    from_s = _value(f"[{number}].from", _CLOCK, table["from"], problems)
    return from_s, _value(f"[{number}].rate", _RATE, table["rate"], problems)


def _value(place: str, mark: Value[float], text: object, problems: list[Problem]) -> float:
    try:
        value = mark.read(text)
        mark.check(value)
    except ValueError as error:
        rule, _, remedy = str(error).partition("; ")
        problems.append(Problem(place, text, rule, remedy))
        return 0.0
    return value


#: A rate in a file: ``"18 per hour"``, or a list of rates with the times from which they hold.
ProfileField = Annotated[Profile, ProfileValue()]
