"""The page of a size: the answer, and a row for each port count about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.study.costs import SOURCE as COST
from flexports.study.exact import Exact
from flexports.study.results import Sweep
from flexports.study.size import Size
from flexports.table.answer import answer_texts
from flexports.table.beside import Beside
from flexports.table.columns import SPARE, Columns
from flexports.table.costs import cost_texts
from flexports.table.grid import WIDTH, Column, Grid
from flexports.table.overload import overload_texts
from flexports.table.page import Page, Text
from flexports.table.wording import fails_on

MOST_ROWS = 12
"""With its head the table has 15 lines then."""
_ABOVE = 2
_ALWAYS, _WANTED, _USEFUL = range(3)
_FIRST_SOURCES = 3


def size_page(size: Size, exact: Sequence[Exact] = ()) -> Page:
    """Return the page of a size.

    Parameters
    ----------
    size : Size
    exact : sequence of Exact, optional
        Values to show beside the simulated ones.
    """
    grid = _grid(size, Beside(exact))
    costs = cost_texts(size.sweep)
    overload = overload_texts(size.sweep.trial.floor)
    fine_print = [*notes(size.sweep, exact, grid), *_why_the_answer_is_wider(size)]
    return Page([*answer_texts(size), *overload, *costs, grid, *fine_print])


def counts_shown(size: Size) -> Sequence[int]:
    """Return the port counts that have a row: those about the answer, and the rule of thumb's."""
    counts = list(size.sweep.ports)
    centre = size.ports if size.ports is not None else size.best.ports
    last = min(counts.index(centre) + _ABOVE, len(counts) - 1)
    first = max(0, last - MOST_ROWS + 1)
    shown = counts[first : first + MOST_ROWS]
    thumb = size.rule.ports
    if thumb in counts and thumb not in shown:
        shown = sorted([*(shown[1:] if len(shown) == MOST_ROWS else shown), thumb])
    return shown


def notes(sweep: Sweep, exact: Sequence[Exact], grid: Grid | None = None) -> Iterator[Text]:
    """Yield the fine print: what the figures rest on."""
    beside = Beside(exact)
    shows_exact = grid is None or any(beside.head in column.head for column in grid.columns)
    if beside.standing is not None and shows_exact:
        yield Text(beside.note, role="note")
    yield Text(basis(sweep), role="note")


def _why_the_answer_is_wider(size: Size) -> Iterator[Text]:
    if size.judged.confidence > size.sweep.confidence:
        yield Text(
            "Intervals of the answer hold for all looks, targets and counts at once, and so are "
            "wider than those of the table.",
            role="note",
        )


def basis(sweep: Sweep) -> str:
    """Say what a sweep rests on."""
    trial = sweep.trial
    days = f"{sweep.fewest_days:,}"
    if sweep.days > sweep.fewest_days:
        days += f" to {sweep.days:,}"
    return (
        f"{days} days for each port count, seed {trial.seed}, engine {trial.engine}; "
        f"digits as far as {100 * sweep.confidence:g} % intervals support them."
    )


def days_column(sweep: Sweep, counts: Sequence[int]) -> Iterator[Column]:
    """Yield the days of each count, if they differ."""
    days = [sweep.days_of(ports) for ports in counts]
    if len(set(days)) > 1:
        yield Column("days", [f"{each:,}" for each in days])


def _grid(size: Size, beside: Beside) -> Grid:
    counts = counts_shown(size)
    columns = [
        Column("ports", [str(ports) for ports in counts]),
        Column("", [_mark(size, ports) for ports in counts], align="left"),
        *days_column(size.sweep, counts),
    ]
    targeted = {(each.source, each.metric) for each in size.targets}
    of = Columns(size.sweep, counts, beside)
    for number, source in enumerate(size.sweep.trial.floor.sources):
        columns += _of_source(of, source.name, number, targeted)
    columns += of.of(COST, COST_PER_MONTH)
    columns.append(_fails_on(size, counts))
    marked = counts.index(size.ports) if size.ports is not None else None
    return Grid(columns, marked).fitted(WIDTH)


def _mark(size: Size, ports: int) -> str:
    marks = []
    if ports == size.ports:
        marks.append("needed")
    if ports == size.rule.ports:
        marks.append("rule")
    if ports == size.sweep.trial.floor.ports.count:
        marks.append("today")
    return ", ".join(marks)


def _of_source(
    columns: Columns, source: str, number: int, targeted: set[tuple[str, str]]
) -> Iterator[Column]:
    for metric, usual in (
        ("blocking", _ALWAYS if number < _FIRST_SOURCES else _WANTED),
        ("abandonment", _USEFUL),
        ("hold_mean", _USEFUL),
        ("service_level", SPARE),
        ("missed_recordings", SPARE),
    ):
        rank = min(usual, _WANTED) if (source, metric) in targeted else usual
        yield from columns.of(source, metric, rank)


def _fails_on(size: Size, counts: Sequence[int]) -> Column:
    verdicts = {each.ports: each for each in size.verdicts}
    return Column("fails on", [fails_on(verdicts[ports].failures) for ports in counts], "left")
