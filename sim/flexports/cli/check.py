"""``flexports check``: whether it is a floor, and what holds on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flexports.cli.options import Format, Model, OutputFile
from flexports.cli.output import Output, Report
from flexports.cli.study import digest, version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flexports.floor import Setting
    from flexports.table.page import Page


def check(
    model: Model,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Validate a floor and show its settings.

    All errors at once, or all settings in force and where each comes from.

    Exit code 2: it is not valid.
    """
    import pandas as pd

    from flexports.floor import settings

    place = Output.of(format, output)
    found = settings(model)
    head = {
        "command": "check",
        "model": model,
        "model_sha256": digest(model),
        "valid": True,
        "version": version(),
    }
    frame = pd.DataFrame([vars(each) for each in found])
    place.deliver(Report(lambda: _page(model, found), head, lambda: frame))


def _page(model: Path, found: Sequence[Setting]) -> Page:
    from flexports.table.grid import Column, Grid
    from flexports.table.page import Page, Text

    own = sum(each.came_from == "file" for each in found)
    verdict = f"{model} is a valid floor: {own} settings of its own, {len(found) - own} by default."
    columns = [
        Column("setting", [each.place for each in found], "left"),
        Column("from", [each.came_from for each in found], "left"),
        Column("value", [each.value for each in found], "left"),
    ]
    return Page([Text(verdict, role="answer"), Grid(columns)])
