"""What single keys of an experiment's file may hold: files, port counts, precisions, factors."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from flexports.counts import MOST_PORTS, counts_in
from flexports.experiment.design import Factors
from flexports.experiment.paths import path_name
from flexports.experiment.precision import EXAMPLES, Wanted, parse_wanted
from flexports.experiment.ranges import Range
from flexports.floor.complaints import problems_in
from flexports.floor.toml_text import toml_key
from flexports.keys import Value
from flexports.problems import NOTHING, InputError, Problem

FACTORS_EXAMPLE = '{ "agents.sales.count" = [5, 10, 20] }'


class FileName(Value[str]):
    """The name of a file."""

    def read(self, value: object) -> str:
        """Return the name."""
        if not isinstance(value, str):
            raise ValueError('is not the name of a file; write one such as "../models/floor.toml"')
        return value

    def check(self, value: str) -> None:
        """Refuse what names nothing."""
        if not self.read(value).strip():
            raise ValueError('is empty; write the name of a file such as "../models/floor.toml"')

    def schema(self) -> dict[str, Any]:
        """Return the schema of the text."""
        return {"type": "string", "minLength": 1}


class FileNames(Value[tuple[str, ...]]):
    """Names of files, each once."""

    def read(self, value: object) -> tuple[str, ...]:
        """Return the names."""
        if not isinstance(value, list | tuple):
            raise ValueError('is not a list; write ["a.toml", "b.toml"], or floor = "a.toml"')
        if not value:
            raise ValueError('is an empty list; write ["a.toml", "b.toml"]')
        return tuple(FileName().read(one) for one in value)

    def check(self, value: tuple[str, ...]) -> None:
        """Refuse names given twice."""
        for name in value:
            FileName().check(name)
            if value.count(name) > 1:
                raise ValueError(f"has '{name}' twice; write it once")

    def show(self, value: tuple[str, ...]) -> object:
        """Return the names as a list."""
        return list(value)

    def schema(self) -> dict[str, Any]:
        """Return the schema of the list."""
        item = FileName().schema()
        return {"type": "array", "items": item, "minItems": 1, "uniqueItems": True}


class PortCounts(Value[tuple[int, ...]]):
    """Port counts: text such as ``1-12``, a whole number, or a list of them; ascending."""

    def read(self, value: object) -> tuple[int, ...]:
        """Return the counts."""
        if isinstance(value, str):
            return tuple(counts_in(value))
        given = value if isinstance(value, list | tuple) else [value]
        if not all(type(one) is int for one in given):
            raise ValueError('names no port counts; write "1-12" or a list such as [4, 6, 8]')
        return tuple(sorted({one for one in given if isinstance(one, int)}))

    def check(self, value: tuple[int, ...]) -> None:
        """Refuse what no pool can have."""
        if not value:
            raise ValueError('names no port counts; write "1-12" or a list such as [4, 6, 8]')
        if not 1 <= value[0] <= value[-1] <= MOST_PORTS:
            raise ValueError(f"is out of range; write numbers from 1 to {MOST_PORTS}")

    def show(self, value: tuple[int, ...]) -> object:
        """Return the counts as a list."""
        return list(value)

    def schema(self) -> dict[str, Any]:
        """Return the schema of all three forms."""
        count = {"type": "integer", "minimum": 1, "maximum": MOST_PORTS}
        text = {"type": "string", "pattern": r"^\s*\d[\d\s,:-]*$"}
        return {"anyOf": [text, count, {"type": "array", "items": count, "minItems": 1}]}


class Precisions(Value[tuple[Wanted, ...]]):
    """One precision or a list of them: ``"2%"``, ``["2%", "hold_p95: 1 s"]``."""

    def read(self, value: object) -> tuple[Wanted, ...]:
        """Return what is wanted."""
        if isinstance(value, tuple):
            return value
        if value == []:
            raise ValueError(f"is an empty list; {EXAMPLES}")
        given = value if isinstance(value, list) else [value]
        return tuple(self._read_one(one, len(given)) for one in given)

    def _read_one(self, value: object, of: int) -> Wanted:
        if isinstance(value, float):
            value = repr(value)
        if not isinstance(value, str):
            raise ValueError(f"is not a precision; {EXAMPLES}")
        try:
            return parse_wanted(value)
        except ValueError as error:
            raise ValueError(f"has '{value}', which {error}" if of > 1 else str(error)) from None

    def check(self, value: tuple[Wanted, ...]) -> None:
        """Refuse a metric that is asked for twice."""
        metrics = [one.metric for one in value]
        for metric in metrics:
            if metrics.count(metric) > 1:
                raise ValueError(f"asks for {metric} twice; write it once")

    def show(self, value: tuple[Wanted, ...]) -> object:
        """Return the texts."""
        return [str(one) for one in value]

    def schema(self) -> dict[str, Any]:
        """Return the schema of all three forms."""
        text = {"type": "string", "pattern": r"^\s*(\w+\s*:)?\s*\+?[\d.].*$"}
        share = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}
        return {"anyOf": [text, share, {"type": "array", "items": text, "minItems": 1}]}


class FactorTable(Value[Factors]):
    """By the path of a key, the values that it takes: a list, or a range of them.

    A path that is not in quotes makes tables within tables in TOML, and means the same.
    """

    def read(self, value: object) -> Factors:
        """Return the factors."""
        if not isinstance(value, Mapping):
            raise ValueError(f"is not a table; write factors = {FACTORS_EXAMPLE}")
        problems: list[Problem] = []
        read: dict[str, tuple[object, ...] | Range] = {}
        for path, given in _flat(value):
            if path in read:
                remedy = "write it once"
                problems.append(Problem(toml_key(path), NOTHING, "is there twice", remedy))
            read[path] = _factor(path, given, problems)
        if problems:
            raise InputError(problems)
        return read

    def check(self, value: Factors) -> None:
        """Refuse what is not a table."""
        if not isinstance(value, Mapping):
            raise ValueError(f"is not a table; write factors = {FACTORS_EXAMPLE}")

    def schema(self) -> dict[str, Any]:
        """Return the schema of a table; `experiment_schema` says what may stand in it."""
        return {"type": "object"}


def paths_in(raw: Mapping[str, Any]) -> list[str]:
    """Return the paths of the factors that stand in an experiment's file, right or wrong."""
    table = raw.get("factors")
    return [path for path, _ in _flat(table)] if isinstance(table, Mapping) else []


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    for name, given in table.items():
        path = f"{above}.{path_name(name)}" if above else name
        if isinstance(given, Mapping) and given and not {"from", "to"} & set(given):
            yield from _flat(given, path)
        else:
            yield path, given


def _factor(path: str, given: object, problems: list[Problem]) -> tuple[object, ...] | Range:
    place = toml_key(path)
    if isinstance(given, Mapping) and given:
        return _range(place, given, problems)
    if isinstance(given, list) and given:
        return tuple(given)
    rule = "has no values" if given in ([], {}) else "is not a list of values"
    problems.append(Problem(place, given, rule, "write the values to try, such as [5, 10, 20]"))
    return ()


@cache
def _ranges() -> TypeAdapter[Range]:
    return TypeAdapter(Range)


def _range(
    place: str, given: Mapping[str, object], problems: list[Problem]
) -> tuple[object, ...] | Range:
    try:
        return _ranges().validate_python(dict(given))
    except ValidationError as error:
        found = problems_in(error, given, Range)
        problems += (one.under(f"{place}." if one.place else place) for one in found)
        return ()
