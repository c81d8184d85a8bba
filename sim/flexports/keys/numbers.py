"""Numbers with a unit, plain numbers and whole numbers, each within bounds."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flexports.keys.value import Value

LARGEST_WHOLE = 1_000_000


@dataclass(frozen=True)
class Bounds:
    """The interval that a number lies in; None is no bound."""

    above: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    def check(self, value: float, show: Callable[[float], object]) -> None:
        """Raise ValueError, in the file's own words, if `value` lies outside."""
        if not math.isfinite(value):
            raise ValueError("is not a finite number; write a number")
        if self.above is not None and not value > self.above:
            raise ValueError(f"is not above {show(self.above)}; write more than {show(self.above)}")
        if self.at_least is not None and value < self.at_least:
            least = show(self.at_least)
            raise ValueError(f"is below {least}; write {least} or more")
        if self.at_most is not None and value > self.at_most:
            raise ValueError(f"is above {show(self.at_most)}; write {show(self.at_most)} or less")

    def schema(self) -> dict[str, float]:
        """Return the bounds as JSON Schema has them."""
        named = {"exclusiveMinimum": self.above, "minimum": self.at_least, "maximum": self.at_most}
        return {name: bound for name, bound in named.items() if bound is not None}


@dataclass(frozen=True)
class Measure(Value[float]):
    """A number with a unit, as text in the file and as a plain number inside."""

    what: str
    example: str
    pattern: str
    from_text: Callable[[str], float]
    to_text: Callable[[float], str]
    bounds: Bounds

    def read(self, value: object) -> float:
        """Return the number, in seconds or per second."""
        if isinstance(value, str):
            return self.from_text(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            if not _is_finite(value):
                raise ValueError(f"is not a finite number; write text such as '{self.example}'")
            raise ValueError(self._without_unit(abs(value)))
        raise ValueError(f"is not {self.what}; write text such as '{self.example}'")

    def _without_unit(self, value: float) -> str:
        unit = self.example.partition(" ")[2]
        if not unit:
            return f"is not {self.what}; write text such as '{self.example}'"
        meant = f"'{value:g} s' or '{value:g} min'" if unit == "min" else f"'{value:g} {unit}'"
        return f"has no unit; write {meant}, with the unit that is meant"

    def check(self, value: float) -> None:
        """Refuse what lies outside the bounds."""
        _refuse_other_than_number(value)
        self.bounds.check(value, lambda bound: f"'{self.to_text(bound)}'")

    def show(self, value: float) -> str:
        """Return the shortest text that reads as the number."""
        return self.to_text(value)

    def schema(self) -> dict[str, Any]:
        """Return the schema of the text."""
        return {"type": "string", "pattern": self.pattern}


@dataclass(frozen=True)
class Number(Value[float]):
    """A plain number, such as a share or a coefficient of variation."""

    what: str
    example: str
    bounds: Bounds

    def read(self, value: object) -> float:
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"is not {self.what}; write a plain number such as {self.example}")
        if not _is_finite(value):
            raise ValueError(f"is not a finite number; write a number such as {self.example}")
        return float(value)

    def check(self, value: float) -> None:
        """Refuse what lies outside the bounds."""
        _refuse_other_than_number(value)
        self.bounds.check(value, "{:g}".format)

    def schema(self) -> dict[str, Any]:
        """Return the schema of the number."""
        return {"type": "number", **self.bounds.schema()}


@dataclass(frozen=True)
class Whole(Value[int]):
    """A whole number, such as a count of agents."""

    at_least: int
    at_most: int = LARGEST_WHOLE
    example: str = "5"

    def read(self, value: object) -> int:
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int):
            whole = isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_WHOLE
            example = f"{value:.0f}" if whole else self.example
            raise ValueError(f"is not a whole number; write {example}")
        return value

    def check(self, value: int) -> None:
        """Refuse what is not whole or lies outside the bounds."""
        self.read(value)
        if value < self.at_least:
            raise ValueError(f"is below {self.at_least}; write {self.at_least} or more")
        if value > self.at_most:
            raise ValueError(f"is above {self.at_most}; write {self.at_most} or less")

    def schema(self) -> dict[str, Any]:
        """Return the schema of the number."""
        return {"type": "integer", "minimum": self.at_least, "maximum": self.at_most}


def _refuse_other_than_number(value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("is not a number; give a number")


def _is_finite(value: float) -> bool:
    return math.isfinite(_finite(value))


def _finite(value: float) -> float:
    """Return a float also of an integer that is too large for one: infinity, then."""
    try:
        return float(value)
    except OverflowError:
        return math.inf
