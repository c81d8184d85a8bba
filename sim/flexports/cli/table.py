"""``flexports table``: the tidy table of a results folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flexports.cli.ending import warn
from flexports.cli.options import Format, OutputFile
from flexports.cli.output import Output, Report
from flexports.cli.ports import parse_ports
from flexports.cli.study import version
from flexports.problems import InputError, Problem, one_of

if TYPE_CHECKING:
    import pandas as pd

    from flexports.study.studied import Study


def table(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A results folder.", show_default=False),
    ],
    *,
    source: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only of this source, group or ports; again for more."),
    ] = None,
    metric: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this metric; again for more."),
    ] = None,
    ports: Annotated[
        str | None,
        typer.Option(metavar="COUNTS", help="Only these port counts: 7, 1-12 or 4,6,8."),
    ] = None,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Tell every metric of every point and port count that a results folder holds.

    Also while it is being filled: then of the days that there are.
    """
    from flexports.study.run import read_results
    from flexports.study.sweep import MOST_PORTS
    from flexports.table.study_page import study_page, unfinished_text

    place = Output.of(format, output)
    counts = None if ports is None else parse_ports(ports, MOST_PORTS)
    study = read_results(folder)
    frame = study.table
    frame = _only(frame, "source", source)
    frame = _only(frame, "metric", metric)
    frame = _only(frame, "ports", counts)
    if study.unfinished:
        warn(unfinished_text(study))
    place.deliver(Report(lambda: study_page(study, frame), _head(study), lambda: frame))


def _only(frame: pd.DataFrame, column: str, wanted: Any) -> pd.DataFrame:
    """Return the rows with these values in a column.

    Raises
    ------
    InputError
        If there is none with one of them.
    """
    if not wanted:
        return frame
    known = dict.fromkeys(frame[column])
    for value in wanted:
        if value not in known:
            remedy = one_of(str(value), map(str, known))
            raise InputError(Problem(f"--{column}", value, "is not in the results", remedy))
    return frame[frame[column].isin(wanted)].reset_index(drop=True)


def _head(study: Study) -> dict[str, Any]:
    experiment = study.experiment
    return {
        "command": "table",
        "experiment": experiment.name,
        "folder": study.folder,
        "seed": experiment.seed,
        "confidence": experiment.confidence,
        "unfinished": list(study.unfinished),
        "version": version(),
    }
