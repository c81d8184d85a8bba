"""Tables of a report: every value with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from flexports.plot.curves import lines_of_their_own
from flexports.report.figures import between
from flexports.report.material import Answered, Material
from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.study.costs import SOURCE as COST
from flexports.study.exact import Exact, Standing
from flexports.study.size import Size
from flexports.table.costs import counts_named, with_unit
from flexports.table.numbers import computed_text
from flexports.table.wording import fails_on, one_line_head, plain_metric

_BELOW, _ABOVE = 3, 2
"""The rows about the answer; the slider has more."""
_BESIDE = ("blocking", "time_congestion", "abandonment", "missed_recordings", "busy_mean")
_MOST_POINTS = 60
_FEWEST_POINTS = 2
_UNITS = {"busy_mean": "ports"}


@dataclass(frozen=True)
class Cell:
    """A text, and the interval below it; words stand to the left, numbers to the right."""

    text: str
    small: str = ""
    words: bool = False


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes
    ----------
    title : str
    heads : sequence of Cell
    rows : sequence of sequence of Cell
        The first of each is its head.
    marked : int or None
        The column of the answer.
    note : str
    anchor : str
        By which a link finds it.
    """

    title: str
    heads: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    marked: int | None = None
    note: str = ""
    anchor: str = ""


def heads(*texts: str) -> Sequence[Cell]:
    """Return the heads of columns."""
    return [Cell(text) for text in texts]


def counts_shown(material: Material) -> Sequence[int]:
    """The port counts that have a row."""
    counts, centre = list(material.counts), material.centre
    place = counts.index(centre)
    near = counts[max(0, place - _BELOW) : place + _ABOVE + 1]
    named = {
        material.size.rule.ports,
        material.floor.ports.count,
        *counts_named(material.sweep),
        *_worse(material.size),
    }
    return sorted({*near, *(count for count in material.sweep.ports if count in named)})


def _worse(size: Size) -> Iterable[int]:
    """The first count above the answer that surely misses a target: the answer names it."""
    above = (each for each in size.verdicts if size.ports is not None and each.ports > size.ports)
    return islice((each.ports for each in above if not each.meets_all and each.is_certain), 1)


def tables(material: Material) -> Iterator[Table]:
    """Yield the table of the targets, then one for each source, the ports and each group."""
    by_count = _ByCount(material)
    yield by_count.targets()
    if len(material.points) >= _FEWEST_POINTS:
        yield _points(material.points)
    estimates = material.sweep.estimates[material.centre]
    for source in dict.fromkeys(each.source for each in estimates if each.source != COST):
        yield by_count.of(source, [each.metric for each in estimates if each.source == source])


def _points(points: Sequence[Answered]) -> Table:
    """The answers of all points of an experiment."""
    rows = []
    for each in points[:_MOST_POINTS]:
        words = [Cell(each.floor, words=True), Cell(each.settings, words=True)]
        cells = [Cell(f"{each.number}"), *words, Cell(f"{each.size.rule.ports:,}")]
        rows.append([*cells, Cell(*_needed(each.size), words=True)])
    columns = [
        *heads("point"),
        *(Cell(text, words=True) for text in ("floor", "settings")),
        *heads("rule of thumb"),
        Cell("needed", words=True),
    ]
    more = len(points) - len(rows)
    note = f"{more:,} more points are not shown." if more else ""
    title = "The points of the experiment"
    return Table(title, columns, rows, note=note, anchor="points")


def point_sentences(material: Material) -> Sequence[str]:
    """Say which point of an experiment this is, and how far the answers of all range."""
    points = material.points
    if len(points) < _FEWEST_POINTS:
        return ()
    this = next(each for each in points if each.size is material.size)
    chosen = "".join(f", {text}" for text in (this.floor, this.settings) if text)
    return f"Point {this.number} of {material.points_in_all}{chosen}.", _range(points)


def _range(points: Sequence[Answered]) -> str:
    answers = [each.size.ports for each in points if each.size.ports is not None]
    without = len(points) - len(answers)
    if not answers:
        return "No point has an answer among the port counts that were run."
    first, last = min(answers), max(answers)
    told = f"range from {first:,} to {last:,}" if last > first else f"are all {first:,}"
    some = f"; {without:,} of {len(points):,} points have none" if without else ""
    return f"The answers of the points {told}{some}."


def _needed(size: Size) -> tuple[str, str]:
    """The answer, and how sure it is."""
    if size.ports is None:
        return ("none", "") if size.best.is_certain else ("not decided", "")
    return f"{size.ports:,}", "to be safe" if size.undecided else "settled"


class _ByCount:
    """Makes tables with a column for each port count."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._counts = counts_shown(material)
        needed = material.size.ports
        self._marked = None if needed is None else self._counts.index(needed) + 1
        self._heads = [
            Cell("ports"),
            *(Cell(f"{each:,}", self._mark(each)) for each in self._counts),
        ]
        self._own_lines = lines_of_their_own(material.sweep)
        self._groups = {group.name for group in material.floor.agents}

    def targets(self) -> Table:
        """What the answer must meet, and the cost."""
        size = self._material.size
        columns = list(dict.fromkeys((each.source, each.metric) for each in size.targets))
        if self._material.floor.prices is not None:
            columns.append((COST, COST_PER_MONTH))
        rows = [
            self._row(f"{source}: {self._label(source, metric)}", source, metric)
            for source, metric in columns
        ]
        fails = [
            Cell(fails_on(size.verdict_on(each).failures), words=True) for each in self._counts
        ]
        rows.append([Cell("fails on"), *fails])
        return self._table("The targets, by port count", rows)

    def of(self, source: str, metrics: Sequence[str]) -> Table:
        """All metrics of a source."""
        rows = [self._row(self._label(source, metric), source, metric) for metric in metrics]
        return self._table(self._title(source), rows)

    def _table(self, title: str, rows: Sequence[Sequence[Cell]]) -> Table:
        """Where counts have different days, these are told: amounts of a day then differ too."""
        days = [self._material.sweep.days_of(each) for each in self._counts]
        told = [[Cell("days run"), *(Cell(f"{each:,}") for each in days)]]
        if len(set(days)) == 1:
            told = []
        return Table(title, self._heads, [*told, *rows], self._marked)

    def _row(self, label: str, source: str, metric: str) -> Sequence[Cell]:
        return [Cell(label), *(self._cell(each, source, metric) for each in self._counts)]

    def _cell(self, ports: int, source: str, metric: str) -> Cell:
        estimate = self._material.sweep.estimate(ports, source, metric)
        return Cell(with_unit(estimate), between(estimate))

    def _label(self, source: str, metric: str) -> str:
        return plain_metric(self._material.floor, metric, own_lines=source in self._own_lines)

    def _title(self, source: str) -> str:
        if source == "ports":
            return "All ports"
        return f"{source}: shares of the agents' time" if source in self._groups else source

    def _mark(self, ports: int) -> str:
        marks = (
            ("needed", self._material.size.ports),
            ("rule", self._material.size.rule.ports),
            ("today", self._material.floor.ports.count),
        )
        return ", ".join(name for name, count in marks if count == ports)


def exact_table(material: Material) -> Table | None:
    """What can be worked out without simulation, beside the simulation."""
    worked_out = sorted({each.ports for each in material.exact})
    shown = set(counts_shown(material)) & set(worked_out)
    counts = shown or set(worked_out[-_ABOVE:])  # of more ports the chain may be too large
    found = [each for each in material.exact if each.ports in counts and each.metric in _BESIDE]
    if not found:
        return None
    head = {
        Standing.EXACT: "exactly",
        Standing.LONG_RUN: "exactly, in the long run",
        Standing.EXPONENTIAL: "if every duration were exponential",
    }[found[0].standing]
    rows = [_beside(material, each) for each in found]
    title = "Worked out as a Markov chain, beside the simulation"
    return Table(title, heads("ports", "", head, "simulated"), rows)


def _beside(material: Material, each: Exact) -> Sequence[Cell]:
    estimate = material.sweep.estimate(each.ports, each.source, each.metric)
    return [
        Cell(f"{each.ports:,}"),
        Cell(f"{each.source}: {one_line_head(each.metric)}", words=True),
        Cell(computed_text(each.value, _UNITS.get(each.metric, "share"))),
        Cell(with_unit(estimate), between(estimate)),
    ]
