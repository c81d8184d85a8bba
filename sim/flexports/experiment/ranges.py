"""A factor that may be anything between two ends."""

import math
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from flexports.keys import Keyed, Value, key
from flexports.problems import InputError, Problem

#: What lies between the ends of a range is written with so many significant digits.
_DIGITS = 6
_LARGEST = 1e15
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?"
_MEASURE = re.compile(rf"\s*(?P<number>{_NUMBER})\s*(?P<unit>[A-Za-z%][A-Za-z% ]*?)\s*", re.ASCII)
_LONGEST_TEXT = 60


@dataclass(frozen=True)
class End:
    """One end: a number, and the unit that follows it if it is text."""

    number: float
    unit: str = ""
    is_whole: bool = False

    def __str__(self) -> str:
        """Return it as a file has it."""
        return f"'{_plain(self.number)} {self.unit}'" if self.unit else _plain(self.number)


class EndValue(Value[End]):
    """A plain number, or a number with a unit."""

    def read(self, value: object) -> End:
        """Return the end."""
        if isinstance(value, str):
            return _measured(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError("is no end of a range; write a number, or '12 per hour' with a unit")
        if not -_LARGEST <= value <= _LARGEST:  # NaN is neither
            raise ValueError("is not a number of a usual size; write a number such as 10")
        return End(float(value), is_whole=isinstance(value, int))

    def check(self, value: End) -> None:
        """Refuse what is no end."""
        if not isinstance(value, End):
            raise ValueError("is no End; give End(10.0)")

    def show(self, value: End) -> object:
        """Return the number, or its text."""
        if value.unit:
            return f"{_plain(value.number)} {value.unit}"
        return int(value.number) if value.is_whole else value.number

    def schema(self) -> dict[str, Any]:
        """Return the schema of either form."""
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\s*[+-]?[\d.]"}]}


class YesOrNo(Value[bool]):
    """A truth value."""

    def read(self, value: object) -> bool:
        """Return it."""
        if not isinstance(value, bool):
            raise ValueError("is neither true nor false; write true or false")
        return value

    def check(self, value: bool) -> None:
        """Refuse anything else."""
        self.read(value)

    def schema(self) -> dict[str, Any]:
        """Return the schema of a truth value."""
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class Range(Keyed):
    """A factor that may be anything between two ends, for designs that draw their points.

    Examples
    --------
    >>> rate = Range(low=End(10.0, "per hour"), high=End(30.0, "per hour"))
    >>> rate.at(0.0), rate.at(0.25)
    ('10 per hour', '15 per hour')
    >>> count = Range(low=End(5.0, is_whole=True), high=End(6.0, is_whole=True))
    >>> count.at(0.49), count.at(0.51)
    (5, 6)
    """

    low: Annotated[End, EndValue(), key("The least.", alias="from", example='"10 per hour"')]
    high: Annotated[End, EndValue(), key("The most.", alias="to", example='"30 per hour"')]
    whole: Annotated[
        Annotated[bool, YesOrNo()] | None,
        key("Whole numbers only.", example="true", unset="only if both ends are whole numbers"),
    ] = None
    scale: Annotated[
        Literal["linear", "log"],
        key("log: as often from 1 to 10 as from 10 to 100.", example='"log"'),
    ] = "linear"

    def __post_init__(self) -> None:
        """Refuse ends that do not make a range."""
        super().__post_init__()
        problems = list(self._problems())
        if problems:
            raise InputError(problems)

    def _problems(self) -> list[Problem]:
        low, high = self.low, self.high
        shown = EndValue().show
        if low.unit != high.unit:
            remedy = f"write '{_plain(high.number)} {low.unit}'" if low.unit else "write a number"
            return [Problem("to", shown(high), f"has another unit than {low}", remedy)]
        if not low.number < high.number:
            rule, remedy = f"is not above {low}", "write the smaller end as from"
            return [Problem("to", shown(high), rule, remedy)]
        if self.scale == "log" and low.number <= 0:
            return [Problem("from", shown(low), "has no logarithm", "write an end above 0")]
        if self.whole and not (low.number.is_integer() and high.number.is_integer()):
            place, end = ("to", high) if low.number.is_integer() else ("from", low)
            rule = "is not a whole number, as whole = true demands"
            return [Problem(place, shown(end), rule, "write one, or leave out whole")]
        return []

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers are meant."""
        return self.whole if self.whole is not None else self.low.is_whole and self.high.is_whole

    @property
    def ends(self) -> tuple[object, object]:
        """Both ends, as a file has them."""
        return self._written(self.low.number), self._written(self.high.number)

    def at(self, share: float) -> object:
        """Return what lies at a share of the way, in [0, 1), as a file has it."""
        low, high = self.low.number, self.high.number
        if self.is_whole:
            number = min(float(math.floor(self._between(low, high + 1, share))), high)
        else:
            number = _rounded(self._between(low, high, share), high - low)
        return self._written(max(low, min(number, high)))

    def _written(self, number: float) -> object:
        if self.low.unit:
            return f"{_plain(number)} {self.low.unit}"
        return int(number) if self.is_whole else number

    def _between(self, low: float, high: float, share: float) -> float:
        if self.scale == "log":
            return low * math.exp(share * math.log(high / low))
        return low + share * (high - low)


def _measured(text: str) -> End:
    match = _MEASURE.fullmatch(text) if len(text) <= _LONGEST_TEXT else None
    if match is None:
        raise ValueError("is not a number with a unit; write one such as '12 per hour' or '3 min'")
    return End(float(match["number"]), " ".join(match["unit"].split()))


def _rounded(number: float, length: float) -> float:
    """Return a number with few digits, but enough to tell a millionth of the range."""
    least = min(abs(number), length) or length
    return round(number, _DIGITS - 1 - math.floor(math.log10(least)))


def _plain(number: float) -> str:
    return f"{number:.0f}" if number.is_integer() else repr(number)
