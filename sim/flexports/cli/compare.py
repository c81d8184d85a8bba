"""``flexports compare``: differences between port counts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flexports.cli.ending import warn
from flexports.cli.options import Format, Metrics, OutputFile, PortCounts, ResultsDir, Sources
from flexports.cli.output import Output, Report
from flexports.cli.table import Rows, head_of
from flexports.problems import NOTHING, InputError, Problem


def compare(
    folder: ResultsDir,
    other: Annotated[Path | None, typer.Argument(metavar="OTHER", hidden=True)] = None,
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
    ports: PortCounts = None,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Tell how port counts differ, on the same days.

    Every count has met the same traffic: a difference is known far better than either of the two.
    """
    from flexports.study.run import read_results
    from flexports.table.compare_page import compare_page
    from flexports.table.study_page import unfinished_text

    place = Output.of(format, output)
    if other is not None or (folder.suffix == ".toml" and folder.is_file()):
        rule = "is no pair for compare: it tells port counts of one run apart, not floors"
        remedy = "size each floor, or run an experiment with both as floors"
        raise InputError(Problem(str(folder), NOTHING, rule, remedy))
    study = read_results(folder)
    counts = study.experiment.ports
    if against is not None and against not in counts:
        rule = "is none of the port counts of these results"
        remedy = f"write one of {', '.join(map(str, counts))}"
        raise InputError(Problem("--against", against, rule, remedy))
    frame = Rows(source, metric, ports).of(study.differences(against))
    if study.unfinished:
        warn(unfinished_text(study))
    head = {**head_of(study, "compare"), "against": against}
    place.deliver(Report(lambda: compare_page(study, frame), head, lambda: frame))
