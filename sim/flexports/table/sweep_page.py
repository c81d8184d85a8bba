"""The page of a sweep: the main figures of every port count, then all of them by source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.study.costs import SOURCE as COST
from flexports.study.exact import Exact
from flexports.study.results import Sweep
from flexports.table.beside import Beside
from flexports.table.columns import SPARE, Columns
from flexports.table.costs import cost_texts
from flexports.table.grid import WIDTH, Column, Grid, evenly
from flexports.table.numbers import value_text
from flexports.table.overload import overload_texts
from flexports.table.page import Page, Part, Text
from flexports.table.size_page import MOST_ROWS, days_column, notes
from flexports.table.wording import metric_head

_MAIN = (("blocking", 0), ("abandonment", 1), ("hold_mean", 1), ("hold_p90", 2))
_OF_PORTS = (("busy_mean", 2), ("time_congestion", SPARE))


def sweep_page(sweep: Sweep, exact: Sequence[Exact] = (), *, whole: bool = True) -> Page:
    """Return the page of a sweep.

    Parameters
    ----------
    sweep : Sweep
    exact : sequence of Exact, optional
        Values to show beside the simulated ones.
    whole : bool
        Whether to show every metric, source by source, below the main ones.
    """
    counts = counts_shown(sweep)
    main = _main(sweep, counts, Beside(exact))
    overload = overload_texts(sweep.trial.floor)
    parts: list[Part] = [*overload, *cost_texts(sweep), *main.folded(WIDTH)]
    if whole:
        for source in dict.fromkeys(each.source for each in sweep.estimates[counts[0]]):
            parts += _block(sweep, counts, source).folded(WIDTH)
    return Page([*parts, *_thinned(sweep, counts), *notes(sweep, exact, main)])


def counts_shown(sweep: Sweep) -> Sequence[int]:
    """Return the port counts that have a row: all, or some of them evenly."""
    return [sweep.ports[place] for place in evenly(len(sweep.ports), MOST_ROWS)]


def _main(sweep: Sweep, counts: Sequence[int], beside: Beside) -> Grid:
    columns = [_ports(counts), *days_column(sweep, counts)]
    make = Columns(sweep, counts, beside)
    for source in sweep.trial.floor.sources:
        for metric, rank in _MAIN:
            columns += make.of(source.name, metric, rank)
    for metric, rank in _OF_PORTS:
        columns += make.of("ports", metric, rank)
    columns += make.of(COST, COST_PER_MONTH)
    return Grid(columns, title=sweep.trial.floor.name).fitted(WIDTH)


def _block(sweep: Sweep, counts: Sequence[int], source: str) -> Grid:
    metrics = [each.metric for each in sweep.estimates[counts[0]] if each.source == source]
    columns = [_ports(counts)]
    for metric in metrics:
        texts = [value_text(sweep.estimate(ports, source, metric)) for ports in counts]
        columns.append(Column(metric_head(metric), texts))
    return Grid(columns, title=_title(sweep, source))


def _title(sweep: Sweep, source: str) -> str:
    if source in {group.name for group in sweep.trial.floor.agents}:
        return f"{source}: shares of the agents' time"
    return source


def _ports(counts: Sequence[int]) -> Column:
    return Column("ports", [str(ports) for ports in counts])


def _thinned(sweep: Sweep, counts: Sequence[int]) -> Iterator[Text]:
    if len(counts) < len(sweep.ports):
        yield Text(
            f"{len(counts)} of {len(sweep.ports)} port counts are shown; "
            "--format csv, json and parquet hold all.",
            role="note",
        )
