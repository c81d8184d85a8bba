"""``flexports compare``: differences between port counts, and between floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from flexports.cli.ending import warn
from flexports.cli.options import Format, Metrics, OutputFile, Seed, Sources, Workers
from flexports.cli.output import Output, Report
from flexports.cli.ports import parse_ports
from flexports.cli.study import digest, version
from flexports.cli.table import Rows, head_of
from flexports.problems import NOTHING, InputError, Problem


def compare(
    what: Annotated[
        Path,
        typer.Argument(
            metavar="DIR|FLOOR", help="A results folder, or a floor.", show_default=False
        ),
    ],
    other: Annotated[
        Path | None,
        typer.Argument(metavar="OTHER", help="With a floor: another.", show_default=False),
    ] = None,
    *,
    against: Annotated[
        int | None,
        typer.Option(
            metavar="COUNT",
            help="Compare with this port count. [default: each with the next smaller one]",
            show_default=False,
        ),
    ] = None,
    source: Sources = None,
    metric: Metrics = None,
    ports: Annotated[
        str | None,
        typer.Option(
            metavar="COUNTS",
            help="Only these port counts: 7, 1-12 or 4,6,8; of two floors, both on these. "
            "[default: all; each floor's own]",
            show_default=False,
        ),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER", help="Days of each floor. [default: 200]", show_default=False
        ),
    ] = None,
    seed: Seed = None,
    workers: Workers = None,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Tell how port counts differ, or two floors, on the same days.

    Every count has met the same traffic, and so have sources of the same name on both floors: a
    difference is known far better than either of the two.
    """
    place = Output.of(format, output)
    rows = Rows(source, metric, ports)
    if other is None:
        _refuse({"--days": days, "--seed": seed, "--workers": workers}, "stands beside results")
        if what.suffix == ".toml" and what.is_file():
            remedy = f"name another, flexports compare {what} OTHER, or a results folder"
            raise InputError(Problem(str(what), NOTHING, "is one floor", remedy))
        place.deliver(_of_results(what, against, rows))
        return
    _refuse({"--against": against}, "stands beside floors")
    chosen = {"days": days, "seed": seed, "workers": workers}
    place.deliver(_of_floors(what, other, rows, chosen))


def _refuse(options: Mapping[str, object], rule: str) -> None:
    for option, value in options.items():
        if value is not None:
            raise InputError(Problem(option, value, rule, "leave it out"))


def _of_floors(before: Path, after: Path, rows: Rows, chosen: Mapping[str, Any]) -> Report:
    """Run both floors, and tell how the second differs from the first."""
    from flexports.counts import MOST_PORTS
    from flexports.floor.read import read_floor
    from flexports.study.compared import compare as study
    from flexports.study.workers import default_workers
    from flexports.table.floors_page import floors_page

    counts = None if rows.ports is None else parse_ports(rows.ports, MOST_PORTS)
    given = {name: value for name, value in chosen.items() if value is not None}
    named: dict[str, Any] = {"workers": default_workers(), **given}
    compared = study(read_floor(before), read_floor(after), counts, **named, progress=True)
    table = replace(rows, ports=None).of(compared.table)
    wanted = set(zip(table["ports_after"], table["source"], table["metric"], strict=True))
    shown = [
        each for each in compared.differences if (each.ports, each.source, each.metric) in wanted
    ]
    sweep = compared.before
    head = {
        "command": "compare",
        "floors": [each.trial.floor.name for each in (compared.before, compared.after)],
        "models": [before, after],
        "models_sha256": [digest(before), digest(after)],
        "seed": sweep.trial.seed,
        "days": sweep.days,
        "engine": sweep.trial.engine,
        "confidence": sweep.confidence,
        "version": version(),
    }
    return Report(lambda: floors_page(compared, shown), head, lambda: table)


def _of_results(folder: Path, against: int | None, rows: Rows) -> Report:
    """Tell how the port counts of a results folder differ."""
    from flexports.study.run import read_results
    from flexports.table.compare_page import compare_page
    from flexports.table.study_page import unfinished_text

    study = read_results(folder)
    counts = study.experiment.ports
    if against is not None and against not in counts:
        rule = "is none of the port counts of these results"
        remedy = f"write one of {', '.join(map(str, counts))}"
        raise InputError(Problem("--against", against, rule, remedy))
    frame = rows.of(study.differences(against))
    if study.unfinished:
        warn(unfinished_text(study))
    head = {**head_of(study, "compare"), "against": against}
    return Report(lambda: compare_page(study, frame), head, lambda: frame)
