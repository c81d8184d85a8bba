"""When agents are on duty."""

from typing import Any

from flexports.keys import ClockS, Value, value_of
from flexports.units import format_clock

Shift = tuple[float, float]

_CLOCK = value_of(ClockS)
_EXAMPLE = '[["09:00", "12:00"], ["13:00", "17:00"]]'


class Shifts(Value[tuple[Shift, ...]]):
    """A list of spells, each from one time of day to a later one, in order and apart."""

    def read(self, value: object) -> tuple[Shift, ...]:
        """Return the spells in seconds after midnight."""
        if not isinstance(value, list | tuple):
            raise ValueError(f"is not a list of shifts; write {_EXAMPLE}")
        return tuple(_shift(one) for one in value)

    def check(self, value: tuple[Shift, ...]) -> None:
        """Refuse spells that end before they begin or do not follow one another."""
        end_s = -1.0
        for from_s, to_s in value:
            if to_s <= from_s:
                times = f"from {format_clock(from_s)} to {format_clock(to_s)}"
                raise ValueError(
                    f"has a shift {times}; write the earlier time first, "
                    "and a shift past midnight as two, from 00:00 and to 24:00"
                )
            if from_s <= end_s:
                start, end = format_clock(from_s), format_clock(end_s)
                raise ValueError(
                    f"has a shift from {start} that does not begin after {end}; "
                    "write the shifts in order, apart, or as one"
                )
            end_s = to_s

    def show(self, value: tuple[Shift, ...]) -> object:
        """Return the spells as text."""
        return [[format_clock(from_s), format_clock(to_s)] for from_s, to_s in value]

    def schema(self) -> dict[str, Any]:
        """Return the schema of a list of pairs."""
        pair = {"type": "array", "items": _CLOCK.schema(), "minItems": 2, "maxItems": 2}
        return {"type": "array", "items": pair}


def _shift(value: object) -> Shift:
    if not isinstance(value, list | tuple) or len(value) != 2:  # noqa: PLR2004
        raise ValueError(f"has {value!r}, which is no pair of times; write {_EXAMPLE}")
    from_s, to_s = (_CLOCK.read(one) if isinstance(one, str) else one for one in value)
    _CLOCK.check(from_s)
    _CLOCK.check(to_s)
    return from_s, to_s
