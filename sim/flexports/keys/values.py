"""What a single value of a file may be: how its text is read, its bounds, and how it is shown.

Each is a mark inside ``Annotated``: the type says what is held inside (seconds, a share), the mark
how a file writes it.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from flexports import units
from flexports.problems import one_of

T = TypeVar("T")

LONGEST_NAME = 60
#: Three centuries: what is longer is a slip of the pen.
LONGEST_DURATION_S = 1e10
HIGHEST_RATE_PER_S = 1e4


class Value(ABC, Generic[T]):
    """How one value is read from a file, checked, shown and described in a schema.

    `read` and `check` raise ``ValueError("rule; remedy")``.
    """

    @abstractmethod
    def read(self, value: object) -> T:
        """Return what is held inside for what stands in the file."""

    @abstractmethod
    def check(self, value: T) -> None:
        """Refuse what may not be held inside."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of what may stand in a file."""

    def show(self, value: T) -> object:
        """Return the value as a file holds it."""
        return value

    def _validated(self, value: object) -> T:
        inside = self.read(value)
        self.check(inside)
        return inside

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._validated)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.schema()


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
    bounds: Bounds = Bounds(at_least=0.0)

    def read(self, value: object) -> float:
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
        return f"has no unit; write '{value:g} {unit}', with the unit that is meant"

    def check(self, value: float) -> None:
        _refuse_other_than_number(value)
        self.bounds.check(value, lambda bound: f"'{self.to_text(bound)}'")

    def show(self, value: float) -> str:
        return self.to_text(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern}


@dataclass(frozen=True)
class Number(Value[float]):
    """A plain number, such as a share or a coefficient of variation."""

    what: str
    example: str
    bounds: Bounds

    def read(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"is not {self.what}; write a plain number such as {self.example}")
        if not _is_finite(value):
            raise ValueError(f"is not a finite number; write a number such as {self.example}")
        return float(value)

    def check(self, value: float) -> None:
        _refuse_other_than_number(value)
        self.bounds.check(value, "{:g}".format)

    def schema(self) -> dict[str, Any]:
        return {"type": "number", **self.bounds.schema()}


@dataclass(frozen=True)
class Whole(Value[int]):
    """A whole number, such as a count of agents."""

    at_least: int
    at_most: int = 1_000_000
    example: str = "5"

    def read(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
            example = f"{value:.0f}" if whole else self.example
            raise ValueError(f"is not a whole number; write {example}")
        return value

    def check(self, value: int) -> None:
        self.read(value)
        if value < self.at_least:
            raise ValueError(f"is below {self.at_least}; write {self.at_least} or more")
        if value > self.at_most:
            raise ValueError(f"is above {self.at_most}; write {self.at_most} or less")

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.at_least, "maximum": self.at_most}


@dataclass(frozen=True)
class Name(Value[str]):
    """A name: of a floor, a group or a source. Rows and streams are keyed by it."""

    example: str

    def read(self, value: object) -> str:
        if not isinstance(value, str):
            raise ValueError(f"is not a name; write text such as '{self.example}'")
        return value

    def check(self, value: str) -> None:
        self.read(value)
        if not value.strip():
            raise ValueError(f"is empty; write a name such as '{self.example}'")
        if value != value.strip() or not value.isprintable():
            raise ValueError("has blanks around it or unprintable characters; leave them out")
        if len(value) > LONGEST_NAME:
            raise ValueError(f"has {len(value)} characters; write at most {LONGEST_NAME}")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}


@dataclass(frozen=True)
class NameList(Value[tuple[str, ...]]):
    """A name or a list of names, as a tuple; no name twice."""

    example: str
    known: tuple[str, ...] = ()

    def read(self, value: object) -> tuple[str, ...]:
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list | tuple) or not all(isinstance(one, str) for one in names):
            raise ValueError(f'is not a list of names; write ["{self.example}"]')
        return tuple(names)

    def check(self, value: tuple[str, ...]) -> None:
        self.read(value)
        for name in value:
            if self.known and name not in self.known:
                raise ValueError(f"has the unknown name '{name}'; {one_of(name, self.known)}")
            if value.count(name) > 1:
                raise ValueError(f"has '{name}' twice; write it once")

    def show(self, value: tuple[str, ...]) -> object:
        return list(value)

    def schema(self) -> dict[str, Any]:
        item: dict[str, Any] = {"enum": list(self.known)} if self.known else {"type": "string"}
        items = {"type": "array", "items": item, "uniqueItems": True}
        return {"anyOf": [item, items]}


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


def _duration(bounds: Bounds) -> Measure:
    return Measure(
        what="a duration",
        example="3 min",
        pattern=units.DURATION_PATTERN,
        from_text=units.duration_s,
        to_text=units.format_duration,
        bounds=replace(bounds, at_most=LONGEST_DURATION_S),
    )


def _rate(bounds: Bounds) -> Measure:
    return Measure(
        what="a rate",
        example="18 per hour",
        pattern=units.RATE_PATTERN,
        from_text=units.rate_per_s,
        to_text=units.format_rate,
        bounds=replace(bounds, at_most=HIGHEST_RATE_PER_S),
    )


_CLOCK = Measure(
    what="a time of day",
    example="09:00",
    pattern=units.CLOCK_PATTERN,
    from_text=units.clock_s,
    to_text=units.format_clock,
    bounds=Bounds(at_least=0.0, at_most=units.DAY_S),
)

#: Seconds, from text such as ``"3 min"``: 0 or more, and above 0.
DurationS = Annotated[float, _duration(Bounds(at_least=0.0))]
PositiveDurationS = Annotated[float, _duration(Bounds(above=0.0))]
#: Events per second, from text such as ``"18 per hour"``: 0 or more, and above 0.
RatePerS = Annotated[float, _rate(Bounds(at_least=0.0))]
PositiveRatePerS = Annotated[float, _rate(Bounds(above=0.0))]
#: Seconds after midnight, from text such as ``"09:00"``.
ClockS = Annotated[float, _CLOCK]
#: A number from 0 to 1.
Share = Annotated[float, Number("a share", "0.25", Bounds(at_least=0.0, at_most=1.0))]
#: A whole number: from 1, and from 0.
Count = Annotated[int, Whole(at_least=1)]
CountOrZero = Annotated[int, Whole(at_least=0, example="0")]
#: A name or a list of names, in order of preference.
Names = Annotated[tuple[str, ...], NameList("sales")]


def value_of(annotated: Any) -> Any:
    """Return what reads one of the annotated types above, where there is no dataclass."""
    return next(one for one in annotated.__metadata__ if isinstance(one, Value))
