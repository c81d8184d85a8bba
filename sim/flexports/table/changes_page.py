"""What other port counts change, on the same days: a row a count, against one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flexports.estimates import Estimate
from flexports.estimates.differences import Difference
from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.study.costs import SOURCE as COST
from flexports.study.results import Sweep
from flexports.table.grid import Column, Grid
from flexports.table.numbers import interval_text, value_text
from flexports.table.page import Page, Text
from flexports.table.wording import one_line_head

_METRICS = ("blocking", "abandonment", "hold_mean", "missed_recordings")
_PERCENT = 100.0
_POINTS = "percentage points"
_UNITS = {"share": _POINTS, "s": "seconds"}


def changes_page(sweep: Sweep, against: int) -> Page:
    """Return what each port count changes for callers, messages and cost.

    Parameters
    ----------
    sweep : Sweep
    against : int
        The port count that the others are compared with.

    Raises
    ------
    ValueError
        If the counts were not run on the same days together, or `against` is none of them.
    """
    found = {(each.ports, each.source, each.metric): each for each in sweep.differences(against)}
    counts = [ports for ports in sweep.ports if ports != against]
    floor = sweep.trial.floor
    wanted = [(source.name, metric) for source in floor.sources for metric in _METRICS]
    columns = [Column("ports", list(map(str, counts)))]
    for source, metric in [*wanted, (COST, COST_PER_MONTH)]:
        of_counts = [found.get((ports, source, metric)) for ports in counts]
        columns += _columns([each for each in of_counts if each is not None], len(counts))
    sure = f"{_PERCENT * sweep.confidence:g} %"
    note = (
        f"Against {against} ports, on the same {sweep.days:,} days. In brackets the {sure} "
        "interval; where it has both signs, the days that were run show no difference."
    )
    return Page([Grid(columns, title=floor.name), Text(note, role="note")])


def _columns(differences: Sequence[Difference], count: int) -> Iterator[Column]:
    if len(differences) < count or not count:
        return
    first = differences[0]
    unit = _UNITS.get(first.unit, first.unit)
    head = f"{first.source}\n{one_line_head(first.metric)},\n{unit}"
    yield Column(head, [_cell(each) for each in differences])


def _cell(difference: Difference) -> str:
    """A difference with its sign, and its interval."""
    scale = _PERCENT if difference.unit == "share" else 1.0
    ends = (scale * each for each in (difference.value, difference.low, difference.high))
    estimate = Estimate(difference.source, difference.metric, "", *ends)
    text = value_text(estimate) if estimate.value else "0"
    sign = "+" if estimate.value > 0 else ""
    return f"{sign}{text} ({interval_text(estimate)})"
