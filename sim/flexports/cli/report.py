"""``flexports report``: one page for whoever has to decide."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flexports.cli.choices import Choices, with_choices
from flexports.cli.console import show, show_text
from flexports.cli.ending import NEGATIVE, warn
from flexports.cli.files import check_writable, write_whole
from flexports.cli.study import digest, precision_reached, version, warn_of_disagreement
from flexports.cli.targets import (
    Abandonment,
    Blocking,
    MissedRecordings,
    ServiceLevelOption,
    with_targets,
)
from flexports.problems import NOTHING, InputError, Problem

if TYPE_CHECKING:
    from flexports.floor import Floor
    from flexports.report import Material, Origin

_ENDINGS = (".html", ".htm")
_TABLES = (".csv", ".json", ".parquet", ".html", ".htm")


@with_choices
def report(
    context: typer.Context,
    results: Annotated[
        Path,
        typer.Argument(
            metavar="MODEL_OR_DIR",
            help="A floor, a TOML file; or a results folder.",
            show_default=False,
        ),
    ],
    *,
    blocking: Blocking = None,
    service_level: ServiceLevelOption = None,
    abandonment: Abandonment = None,
    missed_recordings: MissedRecordings = None,
    choices: Choices,
    point: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            help="Of a results folder: which point of the experiment. [default: 1]",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The page: FILE.html. [default: stdout, where that is no terminal]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write one HTML page: the answer, what it rests on, and why to trust it.

    The page needs no network, and prints on A4.

    Exit code 1: no port count is shown to meet the targets; the page says so.
    """
    _check_output(output)
    _check_input(results)
    if results.is_dir():
        _refuse_options(context)
        material = _of_folder(results, 1 if point is None else point, context)
    else:
        if point is not None:
            rule = "is for a results folder; a floor has no points"
            raise InputError(Problem("--point", point, rule, "leave it out"))
        floor = with_targets(
            _read_floor(results),
            blocking=blocking,
            abandonment=abandonment,
            missed_recordings=missed_recordings,
            service_level=service_level,
        )
        material = _of_floor(floor, results, choices, context)
    warn_of_disagreement(material.sweep, material.exact)
    _deliver(material, output)
    if not precision_reached(material.sweep, choices) or material.size.ports is None:
        raise typer.Exit(NEGATIVE)


def _read_floor(model: Path) -> Floor:
    from flexports.experiment import is_experiment
    from flexports.floor.read import read_floor
    from flexports.floor.text import parse_toml, read_text

    if is_experiment(parse_toml(read_text(model), str(model))):
        rule = "is an experiment, which has no results yet"
        remedy = f"run it first: flexports run {model} --output DIR, and report DIR"
        raise InputError(Problem(str(model), NOTHING, rule, remedy))
    return read_floor(model)


def _refuse_options(context: typer.Context) -> None:
    """Refuse what would have results other than they were run."""
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        given = value not in (None, False, [], ()) and parameter.param_type_name == "option"
        if given and parameter.name not in ("output", "point"):
            rule = "is for a floor; the days of a results folder have been run"
            raise InputError(Problem(parameter.opts[0], value, rule, "leave it out"))


def _of_folder(folder: Path, number: int, context: typer.Context) -> Material:
    from flexports.report.studies import material_of_study
    from flexports.study.run import read_results
    from flexports.table.study_page import unfinished_text

    study = read_results(folder)
    if study.unfinished:
        warn(unfinished_text(study))
    return material_of_study(study, number, _command(context), version())


def _of_floor(floor: Floor, model: Path, choices: Choices, context: typer.Context) -> Material:
    from flexports.report import Run

    run = Run(floor, {**choices.keywords(), "progress": True})
    return run.material(_origin(floor, model, _command(context)))


def _origin(floor: Floor, model: Path, command: str) -> Origin:
    from flexports.floor.settings import settings_in_force
    from flexports.report import Origin

    return Origin(
        file=str(model),
        sha256=digest(model) or "",
        command=command,
        version=version(),
        settings=settings_in_force(floor, model),
    )


def _command(context: typer.Context) -> str:
    """Return the line that makes the page again; the seed stands in it, whether it was given."""
    from flexports.study.settings import DEFAULT_SEED

    is_floor = not Path(context.params["results"]).is_dir()
    given: dict[str, Any] = {"seed": DEFAULT_SEED} if is_floor else {}
    given.update({name: value for name, value in context.params.items() if value is not None})
    arguments, options = [], []
    for parameter in context.command.params:
        value = given.get(parameter.name or "")
        if parameter.param_type_name == "argument":
            arguments.append(str(value))
        elif value is True:
            options.append(parameter.opts[0])
        elif value not in (None, False, [], ()):
            for one in value if isinstance(value, list | tuple) else [value]:
                options += [parameter.opts[0], str(one)]
    return shlex.join(["flexports", "report", *arguments, *options])


def _deliver(material: Material, output: Path | None) -> None:
    from flexports.report import point_sentences, report_html
    from flexports.table.answer import answer_texts
    from flexports.table.page import Page, Text

    page = report_html(material)
    if output is None:
        show_text(page)
        return
    write_whole(output, page.encode("utf-8"))
    saved = Text(f"Saved as {output}, {len(page.encode('utf-8')) / 1000:,.0f} kB.", role="note")
    point = [Text(" ".join(told)) for told in [point_sentences(material)] if told]
    show(Page([*point, *answer_texts(material.size), saved]))


def _check_output(output: Path | None) -> None:
    if output is None:
        if sys.stdout is not None and sys.stdout.isatty():
            rule = "is not for a terminal"
            raise InputError(Problem("report", NOTHING, rule, "add --output page.html"))
        return
    if output.suffix.lower() not in _ENDINGS:
        rule = "is no page's name"
        raise InputError(Problem("--output", str(output), rule, "write one that ends in .html"))
    check_writable(output, "--output")


def _check_input(results: Path) -> None:
    """Refuse what is surely neither a floor nor a results folder, before it is read as one."""
    if results.suffix.lower() in _TABLES and results.is_file():
        rule = "is a table or a page, and not what these are made of"
        remedy = "name the floor, a TOML file"
        raise InputError(Problem(str(results), NOTHING, rule, remedy))
    if results.is_dir():
        from flexports.folder.results import MAKE_ONE, MANIFEST

        if not (results / MANIFEST).is_file():
            remedy = f"name a floor, or a folder of results; {MAKE_ONE}"
            raise InputError(Problem(str(results), NOTHING, "holds no results", remedy))
