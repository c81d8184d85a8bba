"""Tables of a report: every value with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flexports.report.figures import between, with_unit
from flexports.report.material import Material
from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.study.costs import SOURCE as COST
from flexports.study.exact import Standing
from flexports.table.numbers import computed_text
from flexports.table.wording import fails_on, one_line_head

_BELOW, _ABOVE = 4, 2
"""The rows about the answer; the slider has more."""


@dataclass(frozen=True)
class Cell:
    """A text, and the interval below it."""

    text: str
    small: str = ""


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes
    ----------
    title : str
    heads : sequence of str
    rows : sequence of sequence of Cell
        The first of each is its head.
    marked : int or None
        The row of the answer.
    note : str
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    marked: int | None = None
    note: str = ""
    words: bool = field(default=False)
    """Whether the cells hold words and not numbers."""


def counts_shown(material: Material) -> Sequence[int]:
    """The port counts that have a row."""
    counts, centre = list(material.counts), material.centre
    place = counts.index(centre)
    near = counts[max(0, place - _BELOW) : place + _ABOVE + 1]
    named = {material.size.rule.ports, material.floor.ports.count}
    return sorted({*near, *(count for count in material.sweep.ports if count in named)})


def tables(material: Material) -> Iterator[Table]:
    """Yield the table of the answer, then one for each source, the ports and each group."""
    counts = counts_shown(material)
    marked = counts.index(material.centre) if material.size.ports is not None else None
    yield _main(material, counts, marked)
    estimates = material.sweep.estimates[counts[0]]
    for source in dict.fromkeys(each.source for each in estimates if each.source != COST):
        metrics = [each.metric for each in estimates if each.source == source]
        heads = ["ports", *map(one_line_head, metrics)]
        rows = [
            [_ports(ports), *(_cell(material, ports, source, metric) for metric in metrics)]
            for ports in counts
        ]
        yield Table(_title(material, source), heads, rows, marked)


def _main(material: Material, counts: Sequence[int], marked: int | None) -> Table:
    columns = list(dict.fromkeys((each.source, each.metric) for each in material.size.targets))
    if material.floor.prices is not None:
        columns.append((COST, COST_PER_MONTH))
    heads = ["ports", "", *(_head(*column) for column in columns), "fails on"]
    rows = [
        [
            _ports(ports),
            Cell(_mark(material, ports)),
            *(_cell(material, ports, *column) for column in columns),
            Cell(fails_on(material.size.verdict_on(ports).failures)),
        ]
        for ports in counts
    ]
    return Table("The targets, by port count", heads, rows, marked)


def _head(source: str, metric: str) -> str:
    return f"{source}: {one_line_head(metric)}" if source != COST else "cost a month"


def _title(material: Material, source: str) -> str:
    if source == "ports":
        return "All ports"
    if source in {group.name for group in material.floor.agents}:
        return f"{source}: shares of the agents' time"
    return source


def _mark(material: Material, ports: int) -> str:
    marks = (
        ("needed", material.size.ports),
        ("rule", material.size.rule.ports),
        ("today", material.floor.ports.count),
    )
    return ", ".join(name for name, count in marks if count == ports)


def _ports(ports: int) -> Cell:
    return Cell(f"{ports:,}")


def _cell(material: Material, ports: int, source: str, metric: str) -> Cell:
    estimate = material.sweep.estimate(ports, source, metric)
    return Cell(with_unit(estimate), between(estimate))


_BESIDE = ("blocking", "time_congestion", "abandonment", "carried_load", "busy_mean")
_UNITS = {"carried_load": "ports", "busy_mean": "ports"}


def exact_table(material: Material) -> Table | None:
    """What can be worked out without simulation, beside the simulation."""
    counts = set(counts_shown(material))
    found = [each for each in material.exact if each.ports in counts and each.metric in _BESIDE]
    if not found:
        return None
    rows = []
    for each in found:
        estimate = material.sweep.estimate(each.ports, each.source, each.metric)
        worked_out = computed_text(each.value, _UNITS.get(each.metric, "share"))
        inside = estimate.low <= each.value <= estimate.high
        name = f"{each.source}: {one_line_head(each.metric)}"
        cells = [_ports(each.ports), Cell(name), Cell(worked_out)]
        rows.append([*cells, Cell(with_unit(estimate), between(estimate)), Cell(_inside(inside))])
    head = {
        Standing.EXACT: "exactly",
        Standing.LONG_RUN: "exactly, in the long run",
        Standing.EXPONENTIAL: "if every duration were exponential",
    }[found[0].standing]
    heads = ["ports", "figure", head, "simulated", "within the interval"]
    return Table("Worked out as a Markov chain, beside the simulation", heads, rows)


def _inside(inside: bool) -> str:
    return "yes" if inside else "no"
