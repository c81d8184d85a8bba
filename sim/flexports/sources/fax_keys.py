"""The keys that only faxes have: pages, lines, and lists of faxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from flexports.floor.keys import ClockS, Count, Keyed, Value, key
from flexports.laws import Constant, Law, LawField, law_table
from flexports.units import duration_s

PORTS = "ports"
_EXAMPLE = '3 or { distribution = "uniform", low = 1, high = 5 }'
_LAW: TypeAdapter[Law] = TypeAdapter(LawField)
_NOT_PAGES = ("cv", "k", "distribution", "file")


@dataclass(frozen=True)
class Pages:
    """How many pages a fax has: a law of numbers, of which each is rounded up to a whole page.

    The law is one of durations, read with a second for a page.
    """

    law: Law

    def fill(self, generator: np.random.Generator, out: NDArray[np.float64]) -> None:
        """Fill `out` with the pages of faxes."""
        self.law.fill(generator, out)
        np.maximum(1.0, np.ceil(out), out=out)


class PagesValue(Value[Pages]):
    """A number of pages, or a distribution of which the durations are plain numbers."""

    def read(self, value: object) -> Pages:
        """Return the pages."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Pages(Constant(float(value)))
        if not isinstance(value, Mapping):
            raise ValueError(f"is neither a number nor a distribution; write {_EXAMPLE}")
        table = {name: _as_duration(name, one) for name, one in value.items()}
        try:
            return Pages(_LAW.validate_python(table))
        except ValidationError as error:
            found = error.errors()[0]
            where = ".".join(str(part) for part in found["loc"][1:])
            raise ValueError(f"has {where or 'a distribution'} wrong; write {_EXAMPLE}") from error

    def check(self, value: Pages) -> None:
        """Refuse faxes without pages."""
        if value.law.expected_s <= 0:
            raise ValueError(f"has no pages; write {_EXAMPLE}")

    def show(self, value: Pages) -> object:
        """Return the number, or the table with plain numbers."""
        table = law_table(value.law)
        if not isinstance(table, Mapping):
            return duration_s(str(table))
        return {name: _as_number(name, one) for name, one in table.items()}

    def schema(self) -> dict[str, Any]:
        """Return the schema of either form."""
        return {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": 0},
                {"type": "object", "required": ["distribution"]},
            ]
        }


def _as_duration(name: str, value: object) -> object:
    if isinstance(value, list):
        return [_as_duration(name, one) for one in value]
    if name in _NOT_PAGES or isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return f"{value} s"


def _as_number(name: str, value: object) -> object:
    if isinstance(value, list | tuple):
        return [_as_number(name, one) for one in value]
    return value if name in _NOT_PAGES or not isinstance(value, str) else duration_s(value)


class FaxLines(Value[int | None]):
    """A number of fax lines, or `"ports"`: None inside."""

    def read(self, value: object) -> int | None:
        """Return the number of own lines; None for flex ports."""
        if value == PORTS:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError('is no number of fax lines; write 2, or "ports" to use flex ports')
        return value

    def check(self, value: int | None) -> None:
        """Refuse no lines at all."""
        if value is not None and value < 1:
            raise ValueError('is below 1; write 2, or "ports" to use flex ports')

    def show(self, value: int | None) -> object:
        """Return the number, or `"ports"`."""
        return PORTS if value is None else value

    def schema(self) -> dict[str, Any]:
        """Return the schema of either form."""
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"const": PORTS}]}


@dataclass(frozen=True, kw_only=True)
class MassFax(Keyed):
    """A list of faxes that is sent at once."""

    at_s: Annotated[ClockS, key("When it is sent.", alias="at", example='"12:00"')]
    faxes: Annotated[Count, key("How many faxes.", example="200")]
