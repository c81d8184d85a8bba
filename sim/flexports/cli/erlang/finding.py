"""What a closed form found, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flexports.cli.output import Output, Report
from flexports.cli.study import version
from flexports.problems import NOTHING, InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

    from flexports.table.page import Page

COLUMNS = ("ports", "source", "metric", "unit", "value", "low", "high", "days")
SHARE, ERLANG, SECONDS, COUNT = "share", "erlang", "s", "ports"


@dataclass(frozen=True)
class Value:
    """One value.

    Attributes
    ----------
    metric, unit : str
    value : float
    source : str
        The class of calls, where there are several.
    ports : int, optional
    """

    metric: str
    unit: str
    value: float
    source: str = "ports"
    ports: int | None = None


@dataclass(frozen=True)
class Finding:
    """The values of one closed form.

    Attributes
    ----------
    formula : str
        Its name on the command line.
    given : mapping
        What it was worked out from.
    values : sequence of Value
    exact : bool
        Whether the model it belongs to is solved exactly, or approximated.
    answer : str
        The sentence that stands first.
    """

    formula: str
    given: Mapping[str, Any]
    values: Sequence[Value]
    answer: str
    exact: bool = True

    @property
    def standing(self) -> str:
        """What the values are worth."""
        return "exact" if self.exact else "approximate"

    def deliver(self, form: str | None, path: Path | None) -> None:
        """Show it, or write it to a file."""
        head = {
            "command": f"erlang {self.formula}",
            "standing": self.standing,
            "given": self.given,
            "version": version(),
        }
        Output.of(form, path).deliver(Report(self._page, head, self._frame))

    def _page(self) -> Page:
        from flexports.table.grid import Column, Grid
        from flexports.table.page import Page, Text

        several = any(each.source != "ports" for each in self.values)
        counts = any(each.ports is not None for each in self.values)
        columns = []
        if counts:
            columns.append(Column("ports", [str(each.ports or "") for each in self.values]))
        if several:
            columns.append(Column("class", [each.source for each in self.values], "left"))
        columns += [
            Column("metric", [each.metric.replace("_", " ") for each in self.values], "left"),
            Column("value", [f"{each.value:.6g}" for each in self.values]),
            Column("unit", [each.unit for each in self.values], "left"),
            Column("", [self.standing for _ in self.values], "left"),
        ]
        return Page([Text(self.answer, role="answer"), Grid(columns)])

    def _frame(self) -> pd.DataFrame:
        import pandas as pd

        rows = [
            (each.ports, each.source, each.metric, each.unit, each.value, None, None, None)
            for each in self.values
        ]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        return frame.astype({"ports": "Int64", "low": "float64", "high": "float64"}).astype(
            {"days": "Int64"}
        )


@contextmanager
def refused_politely() -> Iterator[None]:
    """Turn what a closed form refuses into bad input."""
    try:
        yield
    except InputError:
        raise
    except ValueError as refused:
        # "load: nan is not a number; give ..." or "loads has 2, reserves has 1; give ..."
        said, _, remedy = str(refused).partition("; ")
        place, colon, rule = said.partition(": ")
        place, rule = (place, rule) if colon else ("erlang", said)
        raise InputError(Problem(place, NOTHING, rule, remedy)) from None


def exactly_two(**options: object) -> None:
    """Refuse anything but two of three options.

    Raises
    ------
    InputError
    """
    given = [name for name, value in options.items() if value is not None]
    if len(given) != len(options) - 1:
        names = ", ".join(f"--{name}" for name in options)
        rule = f"needs two of {names}, and works out the third"
        raise InputError(
            Problem(
                "erlang", NOTHING, rule, f"give {'one fewer' if len(given) > 1 else 'one more'}"
            )
        )


def numbers(option: str, text: str) -> list[float]:
    """Return the numbers of a list: ``2,1``.

    Raises
    ------
    InputError
    """
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise InputError(Problem(option, text, "is no list of numbers", "write 2,1")) from None


def whole_numbers(option: str, text: str) -> list[int]:
    """Return the whole numbers of a list: ``1,2``.

    Raises
    ------
    InputError
    """
    found = numbers(option, text)
    if any(number != round(number) for number in found if abs(number) < float("inf")):
        raise InputError(Problem(option, text, "is no list of whole numbers", "write 1,2"))
    return [int(number) for number in found]


def seconds(option: str, text: str) -> float:
    """Return the seconds of a duration: ``3 min``.

    Raises
    ------
    InputError
    """
    from flexports.units import duration_s

    return _read(option, text, duration_s)


def per_second(option: str, text: str) -> float:
    """Return the calls per second of a rate: ``200 per hour``.

    Raises
    ------
    InputError
    """
    from flexports.units import rate_per_s

    return _read(option, text, rate_per_s)


def _read(option: str, text: str, read: Any) -> float:
    try:
        return float(read(text))
    except ValueError as refused:
        rule, _, remedy = str(refused).partition("; ")
        raise InputError(Problem(option, text, rule, remedy)) from None
