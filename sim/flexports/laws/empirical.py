"""Durations as they were measured."""

import math
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray

from flexports.keys import Value, key
from flexports.keys.types import LONGEST_DURATION_S
from flexports.laws.base import Law, Standard
from flexports.problems import NOTHING, InputError, Problem
from flexports.units import DURATION_PATTERN, duration_s, format_duration

LARGEST_FILE_BYTES = 50_000_000


class DurationList(Value[tuple[float, ...]]):
    """A list of durations: text with units in a floor, plain seconds if they come from a file."""

    def read(self, value: object) -> tuple[float, ...]:
        """Return seconds for text with units; what came from a file is seconds already."""
        if isinstance(value, tuple):  # from `read_durations`
            return value
        if not isinstance(value, list):
            raise ValueError('is not a list of durations; write ["35 s", "50 s"]')
        return tuple(self._read_one(number, one) for number, one in enumerate(value))

    def _read_one(self, number: int, one: object) -> float:
        if not isinstance(one, str):
            raise ValueError(f"has no unit in value {number} ({one!r}); write text such as '35 s'")
        try:
            return duration_s(one)
        except ValueError as error:
            raise ValueError(f"has a bad value {number}: '{one}' {error}") from None

    def check(self, value: tuple[float, ...]) -> None:
        """Refuse what is negative or not finite."""
        for one in value:
            if isinstance(one, bool) or not math.isfinite(one) or one < 0:
                raise ValueError(f"has the value {one!r}; give finite seconds of 0 or more")

    def show(self, value: tuple[float, ...]) -> object:
        """Return each as text with a unit."""
        return [format_duration(one) for one in value]

    def schema(self) -> dict[str, Any]:
        """Return the schema of a list of durations."""
        return {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "pattern": DURATION_PATTERN},
        }


@dataclass(frozen=True)
class Empirical(Law):
    """One of the durations measured, each as likely as the others, drawn with replacement.

    Parameters
    ----------
    values_s : tuple of float
        The durations.
    file : str, optional
        A text file that they are read from if `values_s` is empty: one a line, a plain number of
        seconds or a duration such as ``35 s``. Blank lines and lines that begin with ``#`` are
        passed over, and so is a heading that ends in ``_s``. In a floor's file, relative to it.
    """

    values_s: Annotated[
        tuple[float, ...],
        DurationList(),
        key(
            "The durations.", alias="values", example='["35 s", "50 s"]', unset="those of the file"
        ),
    ] = ()
    file: Annotated[
        str | None,
        key("A text file of durations, one a line (plain numbers are seconds).", unset="none"),
    ] = None
    _: KW_ONLY
    distribution: Literal["empirical"] = "empirical"

    def __post_init__(self) -> None:
        """Read the file, if the values are to come from one."""
        super().__post_init__()
        object.__setattr__(self, "values_s", tuple(self.values_s))
        if not self.values_s and self.file is not None:
            object.__setattr__(self, "values_s", read_durations(Path(self.file)))
        longest = max(self.values_s, default=0.0)
        if longest > LONGEST_DURATION_S:
            rule, remedy = "has a value that is too long", "write durations below 300 years"
            raise InputError(Problem("values", format_duration(longest), rule, remedy))
        if not self.values_s:
            remedy = 'write values = ["35 s", "50 s"] or file = "durations.txt"'
            raise InputError(Problem("values", NOTHING, "has no durations", remedy))

    @classmethod
    def prepare(cls, table: Mapping[str, Any], folder: Path | None) -> Mapping[str, Any]:
        """Read the file that the table names, relative to the floor's own."""
        file = table.get("file")
        if file is None or not isinstance(file, str):
            return table
        if "values" in table:
            rule, remedy = "stands beside values", "leave out one of the two"
            raise InputError(Problem("file", file, rule, remedy))
        return {**table, "values": read_durations((folder or Path()) / file, shown=file)}

    @property
    def standard(self) -> Standard:
        """A uniform."""
        return Standard.UNIFORM

    @property
    def variance_s2(self) -> float:
        """Variance of the values, each as likely as the others."""
        return float(self._values.var())

    @property
    def _base_mean_s(self) -> float:
        return float(self._values.mean())

    @cached_property
    def _values(self) -> NDArray[np.float64]:
        return np.asarray(self.values_s, dtype=np.float64)

    def _base_limited_mean_s(self, limit_s: NDArray[np.float64]) -> NDArray[np.float64]:
        values = np.sort(self._values)
        below = values.searchsorted(limit_s)
        sums = np.concatenate(([0.0], values.cumsum()))
        return (sums[below] + limit_s * (len(values) - below)) / len(values)

    def _shape_base(self, out: NDArray[np.float64]) -> None:
        # A uniform is at most 1 - 2**-53, so the product stays below the number of values.
        places = (out * len(self.values_s)).astype(np.intp)
        np.take(self._values, places, out=out)


def read_durations(path: Path, shown: str | None = None) -> tuple[float, ...]:
    """Return the durations in a text file, in seconds; `shown` is its name in messages.

    Raises
    ------
    InputError
        With a problem for the first line that is not a duration.
    """
    name = shown or str(path)
    return parse_durations(read_durations_text(path, name), name)


def read_durations_text(path: Path, shown: str) -> str:
    """Return the text of a file of durations.

    Raises
    ------
    InputError
        If it cannot be read, or is no text.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a text file (UTF-8)"
        rule, remedy = f"cannot be read ({reason})", "give a text file with one duration a line"
        raise InputError(Problem("file", shown, rule, remedy)) from None
    if len(raw) > LARGEST_FILE_BYTES:
        remedy = "give a sample of them"
        raise InputError(Problem("file", shown, "is larger than 50 MB", remedy))
    return text


def parse_durations(text: str, shown: str) -> tuple[float, ...]:
    """Return the durations of such a text, in seconds.

    Raises
    ------
    InputError
        With a problem for the first line that is not a duration.
    """
    return tuple(_durations(shown, text.splitlines()))


def _durations(name: str, lines: list[str]) -> list[float]:
    values: list[float] = []
    for number, line in enumerate(lines, start=1):
        entry = line.strip()
        if not entry or entry.startswith("#") or (number == 1 and entry.endswith("_s")):
            continue
        try:
            values.append(_seconds(entry))
        except ValueError as error:
            rule, _, remedy = str(error).partition("; ")
            raise InputError(
                Problem("file", name, f"line {number}: '{entry}' {rule}", remedy)
            ) from None
    if not values:
        raise InputError(Problem("file", name, "has no durations", "write one a line"))
    return values


def _seconds(entry: str) -> float:
    try:
        value = float(entry)
    except ValueError:
        return duration_s(entry)
    if not math.isfinite(value) or value < 0:
        raise ValueError("is not a finite number of 0 or more; write seconds, such as 35.2")
    return value
