"""``flexports run``: an experiment into a results folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flexports.cli.console import show
from flexports.cli.ending import NEGATIVE, warn
from flexports.cli.options import Cluster, EngineName, Workers
from flexports.problems import NOTHING, InputError, Problem

if TYPE_CHECKING:
    from flexports.experiment import Experiment


def run(
    experiment: Annotated[
        Path,
        typer.Argument(
            metavar="EXPERIMENT", help="An experiment: a TOML file.", show_default=False
        ),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="The results folder.", show_default=False
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Only tell what it would take, or what is left to do in DIR."
        ),
    ] = False,
    engine: EngineName = None,
    workers: Workers = None,
    cluster: Cluster = None,
) -> None:
    """Run an experiment into a results folder; stop at any time, and go on later.

    What was done is kept, however a run ends. The same command goes on with the rest.

    Exit code 1: a precision was not reached.
    """
    from flexports.engine import DEFAULT_ENGINE
    from flexports.experiment import read_experiment
    from flexports.study.workers import default_workers

    asked = read_experiment(experiment)
    chosen = DEFAULT_ENGINE if engine is None else engine
    hired = default_workers() if workers is None else workers
    _check(hired, output, dry_run)
    if dry_run:
        _tell(asked, output, chosen, hired)
    elif output is not None:
        _run(asked, output, chosen, hired, cluster)


def _check(workers: int, output: Path | None, dry_run: bool) -> None:
    if workers < 1:
        raise InputError(Problem("--workers", workers, "is too few", "write 1 or more"))
    if output is None and not dry_run:
        remedy = "name a folder for the results"
        raise InputError(Problem("--output", NOTHING, "is missing", remedy))


def _tell(asked: Experiment, output: Path | None, engine: str, workers: int) -> None:
    from flexports.study.forecast import forecast
    from flexports.table.study_page import forecast_page

    found = forecast(asked, workers=workers, engine=engine, folder=output)
    show(forecast_page(asked.name, found, workers))


def _run(asked: Experiment, output: Path, engine: str, workers: int, cluster: str | None) -> None:
    from flexports.study.run import run_experiment
    from flexports.table.study_page import run_page, unfinished_text

    study = run_experiment(
        asked, output, workers=workers, engine=engine, cluster=cluster, progress=True
    )
    show(run_page(study))
    if study.unfinished:
        warn(f"a precision was not reached: {unfinished_text(study)}")
        raise typer.Exit(NEGATIVE)
