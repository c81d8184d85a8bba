"""``flexports table``: the tidy table of a results folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flexports.cli.console import line_width
from flexports.cli.ending import warn
from flexports.cli.options import Format, Metrics, OutputFile, PortCounts, ResultsDir, Sources
from flexports.cli.output import Output, Report
from flexports.cli.ports import parse_ports
from flexports.cli.study import version
from flexports.problems import InputError, Problem, one_of

if TYPE_CHECKING:
    import pandas as pd

    from flexports.study.studied import Study


@dataclass(frozen=True)
class Rows:
    """Which rows of a tidy table are wanted; None: all."""

    source: Sequence[str] | None
    metric: Sequence[str] | None
    ports: str | None

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return those rows.

        Raises
        ------
        InputError
            If there is none with one of the values.
        """
        from flexports.counts import MOST_PORTS

        counts = None if self.ports is None else parse_ports(self.ports, MOST_PORTS)
        for column, wanted in (
            ("source", self.source),
            ("metric", self.metric),
            ("ports", counts),
        ):
            frame = _only(frame, column, wanted)
        return frame


def table(
    folder: ResultsDir,
    *,
    source: Sources = None,
    metric: Metrics = None,
    ports: PortCounts = None,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Tell every metric of every point and port count that a results folder holds.

    Also while it is being filled: then of the days that there are.
    """
    from flexports.study.run import read_results
    from flexports.table.grid import WIDTH
    from flexports.table.study_page import study_page, unfinished_text

    place = Output.of(format, output)
    study = read_results(folder)
    frame = Rows(source, metric, ports).of(study.table)
    if study.unfinished:
        warn(unfinished_text(study))
    width = line_width() if place.path is None else WIDTH
    head = head_of(study, "table")
    place.deliver(Report(lambda: study_page(study, frame, width), head, lambda: frame))


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


def head_of(study: Study, command: str) -> dict[str, Any]:
    """Return what reproduces rows of a study: the beginning of a JSON object."""
    experiment = study.experiment
    return {
        "command": command,
        "experiment": experiment.name,
        "folder": study.folder,
        "seed": experiment.seed,
        "confidence": experiment.confidence,
        "unfinished": list(study.unfinished),
        "version": version(),
    }
