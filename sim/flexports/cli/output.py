"""Where a result goes, and in which form."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flexports.cli.console import show, show_text
from flexports.cli.files import check_writable, write_whole
from flexports.problems import NOTHING, InputError, Problem, one_of

if TYPE_CHECKING:
    import pandas as pd

    from flexports.table.page import Page

FORMATS = ("table", "csv", "json", "parquet")
_BY_ENDING = {".csv": "csv", ".json": "json", ".parquet": "parquet"}


@dataclass(frozen=True)
class Report:
    """A result, ready to take any form.

    Attributes
    ----------
    page : callable
        Makes what people read.
    head : mapping
        What the command decided and what reproduces it: the JSON object but for its rows.
    frame : callable
        Makes the rows, as a frame.
    """

    page: Callable[[], Page]
    head: Mapping[str, Any]
    frame: Callable[[], pd.DataFrame]


@dataclass(frozen=True)
class Output:
    """A form and a place: a file, or stdout."""

    form: str
    path: Path | None

    @classmethod
    def of(cls, form: str | None, path: Path | None) -> Output:
        """Read the options, and refuse what could not be written in the end.

        Raises
        ------
        InputError
        """
        if form is None:
            form = _BY_ENDING.get(path.suffix.lower(), "table") if path else "table"
        if form not in FORMATS:
            raise InputError(Problem("--format", form, "is no format", one_of(form, FORMATS)))
        if path is not None:
            if path.suffix.lower() == ".toml":
                rule, remedy = "has the ending of a floor", "name a .csv, .json or .parquet file"
                raise InputError(Problem(f"--output {path}", NOTHING, rule, remedy))
            check_writable(path, "--output")
        elif form == "parquet":
            rule = "is not for people to read"
            raise InputError(
                Problem("--format parquet", NOTHING, rule, "add --output FILE.parquet")
            )
        return cls(form, path)

    def deliver(self, report: Report) -> None:
        """Write the report to its place."""
        if self.path is not None:
            write_whole(self.path, self._content(report))
        elif self.form == "table":
            show(report.page())
        else:
            show_text(self._content(report).decode("utf-8"))

    def _content(self, report: Report) -> bytes:
        match self.form:
            case "csv":
                return report.frame().to_csv(index=False, lineterminator="\n").encode("utf-8")
            case "json":
                return json_text(report.head, report.frame()).encode("utf-8")
            case "parquet":
                buffer = BytesIO()
                report.frame().to_parquet(buffer, index=False)
                return buffer.getvalue()
            case _:
                return report.page().text().encode("utf-8")


def json_text(head: Mapping[str, Any], frame: pd.DataFrame | None = None) -> str:
    """Return one JSON object, a line for each key and each row; what is not a number is null."""
    lines = [f"  {_json(key)}: {_json(value)}" for key, value in head.items()]
    if frame is not None:
        rows = [f"    {_json(row)}" for row in frame.to_dict(orient="records")]
        lines.append('  "rows": [\n' + ",\n".join(rows) + ("\n  ]" if rows else "]"))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, str | bool | int) or value is None:
        return value
    if isinstance(value, Path):
        return str(value)
    number = float(value)
    return number if math.isfinite(number) else None
