"""A sweep over the sizes of a pooled licence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.study.costs import SOURCE as COST
from flexports.study.pools import PoolSweep
from flexports.study.results import Sweep
from flexports.table.grid import WIDTH, Column, Grid
from flexports.table.numbers import value_text
from flexports.table.page import Page, Part, Text
from flexports.table.wording import metric_head

_OF_SOURCES = ("blocking", "abandonment", "hold_mean", "dials")
_OF_GROUPS = ("time_locked_out", "time_idle")


def pool_page(result: PoolSweep) -> Page:
    """Return the page: for each port count, a row for each size."""
    first = next(iter(result.sweeps.values()))
    parts: list[Part] = []
    for ports in first.ports:
        parts += _grid(result, ports).folded(WIDTH)
    note = f"{first.days} days for each size, seed {first.trial.seed}."
    return Page([*parts, Text(note, role="note")])


def _grid(result: PoolSweep, ports: int) -> Grid:
    sweeps = list(result.sweeps.values())
    columns = [Column(result.licence, [str(size) for size in result.sweeps])]
    for source, metric in _shown(sweeps[0], ports):
        texts = [value_text(sweep.estimate(ports, source, metric)) for sweep in sweeps]
        columns.append(Column(f"{source}\n{metric_head(metric)}", texts))
    return Grid(columns, title=f"{sweeps[0].trial.floor.name}, {ports} ports")


def _shown(sweep: Sweep, ports: int) -> Iterator[tuple[str, str]]:
    known = {(each.source, each.metric) for each in sweep.estimates[ports]}
    floor = sweep.trial.floor
    for names, metrics in (
        ([source.name for source in floor.sources], _OF_SOURCES),
        ([group.name for group in floor.agents], _OF_GROUPS),
        ([COST], (COST_PER_MONTH,)),
    ):
        yield from _known(names, metrics, known)


def _known(
    names: Sequence[str], metrics: Sequence[str], known: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    return ((name, metric) for name in names for metric in metrics if (name, metric) in known)
