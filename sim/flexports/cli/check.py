"""``flexports check``: whether it is a floor or an experiment, and what holds in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flexports.cli.options import Format, OutputFile
from flexports.cli.output import Output, Report
from flexports.cli.study import digest, version
from flexports.problems import NOTHING, InputError, Problem, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flexports.floor import Setting
    from flexports.table.page import Page


def check(
    model: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A floor or an experiment: a TOML file.", show_default=False
        ),
    ],
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Validate a floor or an experiment, and show what is in it.

    All errors at once, or all settings in force and where each comes from, with what is hardly
    meant, such as a shift outside the opening hours; of an experiment, its points.

    Exit code 2: it is not valid. With --format json the object then has `"valid": false`, and
    `problems`: of each its file, place in it, value, rule and remedy, null where there is none.
    """
    place = Output.of(format, output)
    try:
        report = _report(model)
    except InputError as refused:
        if place.form == "json":
            place.deliver(_of_problems(model, refused.problems))
        raise
    place.deliver(report)


def _report(file: Path) -> Report:
    from flexports.experiment import is_experiment
    from flexports.floor.text import parse_toml, read_text

    text = read_text(file)  # once: it may come from a pipe
    tables = parse_toml(text, str(file))
    return _of_experiment(file, text) if is_experiment(tables) else _of_floor(file, tables)


def _of_problems(file: Path, problems: Sequence[Problem]) -> Report:
    import pandas as pd

    from flexports.table.page import Page

    head = {
        "command": "check",
        "file": file,
        "valid": False,
        "problems": [_as_data(each, str(file)) for each in problems],
        "version": version(),
    }
    return Report(lambda: Page([]), head, pd.DataFrame)


def _as_data(problem: Problem, file: str) -> dict[str, Any]:
    """Return a problem as JSON has it: its place in the file without the file's name."""
    place = None if problem.place == file else problem.place.removeprefix(f"{file}: ")
    return {
        "file": file,
        "place": place,
        "value": _plain(problem.value),
        "rule": problem.rule,
        "remedy": problem.remedy,
        "in": problem.of or None,
    }


def _plain(value: object) -> Any:
    if value is NOTHING:
        return None
    try:
        return json.loads(json.dumps(value, default=str))
    except ValueError:  # Python refuses to print integers of thousands of digits
        return shortened(value)


def _of_floor(model: Path, tables: dict[str, Any]) -> Report:
    import pandas as pd

    from flexports.floor import settings_in
    from flexports.floor.doubts import doubts_of
    from flexports.floor.read import floor_of

    floor = floor_of(tables, str(model), model.parent, model.stem)
    found, doubts = settings_in(floor, tables), list(doubts_of(floor))
    head = {
        "command": "check",
        "model": model,
        "model_sha256": digest(model),
        "valid": True,
        "doubts": [_as_data(each, str(model)) for each in doubts],
        "version": version(),
    }
    frame = pd.DataFrame([vars(each) for each in found])
    return Report(lambda: _floor_page(model, found, doubts), head, lambda: frame)


def _floor_page(model: Path, found: Sequence[Setting], doubts: Sequence[Problem]) -> Page:
    from flexports.table.grid import Column, Grid
    from flexports.table.page import Page, Text

    own = sum(each.came_from == "file" for each in found)
    verdict = f"{model} is a valid floor: {own} settings of its own, {len(found) - own} by default."
    columns = [
        Column("setting", [each.place for each in found], "left"),
        Column("from", [each.came_from for each in found], "left"),
        Column("value", [each.value for each in found], "left"),
    ]
    told = [Text(f"Is this meant? {each.under(f'{model}: ')}") for each in doubts]
    return Page([Text(verdict, role="answer"), *told, Grid(columns)])


def _of_experiment(file: Path, text: str) -> Report:
    import pandas as pd

    from flexports.experiment import parse_experiment, points_table, summary
    from flexports.table.experiment_page import experiment_page

    experiment = parse_experiment(text, str(file), file.parent)
    counted = summary(experiment)
    head = {
        "command": "check",
        "experiment": file,
        "experiment_sha256": digest(file),
        "valid": True,
        "name": experiment.name,
        "points": counted.points,
        "ports": experiment.ports,
        "days": experiment.days,
        "precision": [str(each) for each in experiment.precision],
        "most_days": counted.days,
        "most_day_simulations": counted.day_simulations,
        "version": version(),
    }
    frame = pd.DataFrame(points_table(experiment.points))
    return Report(lambda: experiment_page(file, experiment), head, lambda: frame)
