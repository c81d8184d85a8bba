"""The page of a sizing for each of several values of something else."""

from __future__ import annotations

from collections.abc import Iterator

from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.study.costs import SOURCE as COST
from flexports.study.size import Size
from flexports.study.size_over import SizeOver
from flexports.table.grid import WIDTH, Column, Grid
from flexports.table.numbers import interval_text, ports_text, value_text
from flexports.table.page import Page, Text
from flexports.table.wording import fails_on, one_line_head

_NONE = "none"


def over_page(result: SizeOver) -> Page:
    """Return the page: a row for each value, with what its count brings."""
    sizes = list(result.sizes.values())
    trial = sizes[0].sweep.trial
    days = sorted({size.sweep.days for size in sizes})
    spent = f"{days[0]:,}" if len(days) == 1 else f"{days[0]:,} to {days[-1]:,}"
    note = (
        f"{spent} days, seed {trial.seed}; all answers together "
        f"{100 * sizes[0].sweep.confidence:g} % sure."
    )
    answer = Text(_answer(result), role="answer")
    return Page([answer, *_costs(result), _grid(result), Text(note, role="note")])


def _answer(result: SizeOver) -> str:
    name = next(iter(result.sizes.values())).sweep.trial.floor.name
    if result.fewest is None:
        return f"With none of the values of {result.path} do ports meet the targets of {name}."
    ports = result.sizes[result.fewest].ports
    assert ports is not None
    return f"{name} needs fewest ports with {result.path} = {result.fewest}: {ports_text(ports)}."


def _costs(result: SizeOver) -> Iterator[Text]:
    """Yield which value costs least, beside the one that needs fewest ports."""
    cheapest, fewest = result.cheapest, result.fewest
    if cheapest is None or fewest is None:
        return
    if cheapest == fewest:
        words = f"That costs least, too: {_cost(result, fewest)} a month"
    else:
        ports = result.sizes[cheapest].ports
        assert ports is not None
        words = (
            f"{result.path} = {cheapest} costs least, with the {ports_text(ports)} that it needs: "
            f"{_cost(result, cheapest)} a month, against {_cost(result, fewest)} with {fewest}"
        )
    yield Text(f"{words}; rent and what goes wrong together.")


def _cost(result: SizeOver, value: str) -> str:
    cost = result.cost(value)
    assert cost is not None
    return f"{value_text(cost)} {cost.unit} ({interval_text(cost)})"


def _grid(result: SizeOver) -> Grid:
    sizes = list(result.sizes.values())
    columns = [
        Column(_head(result.path), list(result.sizes)),
        Column("ports\nneeded", [_needed(size) for size in sizes]),
        Column("one fewer\nfails on", [_one_fewer(size) for size in sizes], align="left"),
    ]
    for source, metric in _shown(sizes[0]):
        head = f"{source}\n{one_line_head(metric)}"
        columns.append(Column(head, [_value(size, source, metric) for size in sizes], rank=1))
    if result.cheapest is not None:
        head = f"{COST}\n{one_line_head(COST_PER_MONTH)}"
        columns.append(Column(head, [_value(size, COST, COST_PER_MONTH) for size in sizes]))
    marked = list(result.sizes).index(result.fewest) if result.fewest is not None else None
    return Grid(columns, marked).fitted(WIDTH)


def _head(path: str) -> str:
    before, _, last = path.rpartition(".")
    return f"{before}\n{last}" if before else last


def _needed(size: Size) -> str:
    """The count; where some below it may do as well, from the least of them."""
    if size.ports is None:
        return _NONE
    doubtful = [each.ports for each in size.undecided]
    return f"{doubtful[0]} to {size.ports}" if doubtful else str(size.ports)


def _one_fewer(size: Size) -> str:
    below = (size.ports or 0) - 1
    if below < 1:
        return fails_on(size.best.failures) if size.ports is None else ""
    return fails_on(size.verdict_on(below).failures) if size.is_tried(below) else ""


def _shown(size: Size) -> Iterator[tuple[str, str]]:
    for target in size.targets:
        yield target.source, target.metric


def _value(size: Size, source: str, metric: str) -> str:
    ports = size.ports if size.ports is not None else size.best.ports
    return value_text(size.sweep.estimate(ports, source, metric))
