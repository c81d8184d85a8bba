"""Two floors side by side, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flexports.estimates import Estimate
from flexports.estimates.differences import Difference
from flexports.study.compared import Compared
from flexports.table.compare_page import signed
from flexports.table.grid import Column, Grid
from flexports.table.numbers import interval_text, ports_text, value_text
from flexports.table.page import Page, Text


def floors_page(compared: Compared, shown: Sequence[Difference] | None = None) -> Page:
    """Return how one floor differs from another.

    Parameters
    ----------
    compared : Compared
    shown : sequence of Difference, optional
        Those that are wanted; by default all.
    """
    differences = compared.differences if shown is None else shown
    before, after = _names(compared)
    days, confidence = compared.days, compared.before.confidence
    title = f"{before} (before), {after} (after), {days} days"
    if len(compared.ports) == 1:
        title += f", {_ports(*compared.ports[0])}"
    note = (
        "The change is from before to after, on days that are the same for sources of the same "
        f"name; {100 * confidence:g} % intervals from how the two differ from day to day."
    )
    answer = [Text(each, role="answer") for each in _answers(compared, differences)]
    grid = Grid(_columns(compared, differences), title=title)
    return Page([*answer, grid, Text(note, role="note")])


def _answers(compared: Compared, differences: Sequence[Difference]) -> Iterator[str]:
    """Say how blocking differs, source by source."""
    confidence = compared.before.confidence
    before, after = _names(compared)
    for each in differences:
        if each.metric != "blocking":
            continue
        was, now = map(value_text, compared.estimates_of(each))
        blocked = f"With {_ports(each.against, each.ports)}, {each.source} calls that find no port"
        if each.low <= 0 <= each.high:
            within = interval_text(_as_estimate(each))
            yield f"{blocked}: {was} ({before}), {now} ({after}); not shown to differ ({within})."
        else:
            turn = "rise" if each.value > 0 else "fall"
            size = interval_text(_size_of(each))
            from_to = f"from {was} ({before}) to {now} ({after})"
            yield f"{blocked} {turn} {from_to}: by {size}, {100 * confidence:g} % sure."


def _as_estimate(difference: Difference) -> Estimate:
    named = difference.source, difference.metric, difference.unit
    return Estimate(*named, difference.value, difference.low, difference.high)


def _size_of(difference: Difference) -> Estimate:
    """How large it is, whatever its sign."""
    low, high = sorted(map(abs, (difference.low, difference.high)))
    return replace(_as_estimate(difference), value=abs(difference.value), low=low, high=high)


def _ports(before: int, after: int) -> str:
    return ports_text(after) if before == after else f"{ports_text(after)} instead of {before}"


def _names(compared: Compared) -> tuple[str, str]:
    """The names of both floors, told apart if they are the same."""
    before, after = (each.trial.floor.name for each in (compared.before, compared.after))
    return (before, after) if before != after else (f"{before}, first", f"{after}, second")


def _columns(compared: Compared, differences: Sequence[Difference]) -> Sequence[Column]:
    alone = [compared.estimates_of(each) for each in differences]
    estimates = list(map(_as_estimate, differences))
    columns = [
        Column("source", [each.source for each in differences], "left"),
        Column("metric", [each.metric for each in differences], "left"),
        Column("before", [value_text(one) for one, _ in alone]),
        Column("after", [value_text(other) for _, other in alone]),
        Column("change", [signed(each) for each in estimates]),
        Column("interval", [interval_text(each) for each in estimates], "left"),
    ]
    if len(compared.ports) == 1:
        return columns
    return [Column("ports", [str(each.ports) for each in differences]), *columns]
