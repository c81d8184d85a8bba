"""Results as people read them: sentences, tables that fit 80 columns, and HTML for notebooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from flexports.floor import Floor
from flexports.study.compared import Compared
from flexports.study.exact import Exact, exact_sweep
from flexports.study.results import Sweep
from flexports.study.rule import Rule
from flexports.study.simulate import SimulatedDay
from flexports.study.size import Size
from flexports.study.size_over import SizeOver
from flexports.study.studied import Study
from flexports.table import size_page as _size
from flexports.table import sweep_page as _sweep
from flexports.table.changes_page import changes_page as changes
from flexports.table.day_page import day_page
from flexports.table.floor_page import floor_page
from flexports.table.floors_page import floors_page
from flexports.table.html import page_html
from flexports.table.over_page import over_page
from flexports.table.page import Page
from flexports.table.rule_page import rule_page
from flexports.table.study_page import study_page

__all__ = ["Result", "changes", "counts_shown", "html", "page"]

Result: TypeAlias = Sweep | Size | SizeOver | Compared | Rule | SimulatedDay | Study | Floor

_EVENTS_SHOWN_S = 300.0
"""A notebook shows the first five minutes of a day; `calls` has all of it."""


def counts_shown(result: Sweep | Size) -> Sequence[int]:
    """Return the port counts that have a row on a result's page."""
    if isinstance(result, Size):
        return _size.counts_shown(result)
    return _sweep.counts_shown(result)


def page(result: Result, exact: Sequence[Exact] = ()) -> Page:
    """Return what a result has to say.

    Parameters
    ----------
    result : Sweep, Size, SizeOver, Compared, Rule, SimulatedDay, Study or Floor
    exact : sequence of Exact, optional
        Values to show beside the simulated ones, of a sweep or a size.

    Raises
    ------
    TypeError
        If it is none of these.
    """
    if isinstance(result, Size):
        return _size.size_page(result, exact)
    if isinstance(result, Sweep):
        return _sweep.sweep_page(result, exact, whole=False)
    for kind, of in _PAGES.items():
        if isinstance(result, kind):
            return of(result)
    raise TypeError(
        f"a {type(result).__name__} has no page; give a sweep, size, rule, day, study or floor"
    )


_PAGES: Mapping[type, Callable[[Any], Page]] = {
    SizeOver: over_page,
    Compared: floors_page,
    Study: lambda study: study_page(study, study.table),
    Rule: rule_page,
    SimulatedDay: lambda day: day_page(day, (0.0, _EVENTS_SHOWN_S)),
    Floor: floor_page,
}


def html(result: Result) -> str:
    """Return a result as HTML, with the exact values that can be worked out beside it.

    Parameters
    ----------
    result : Sweep, Size, SizeOver, Compared, Rule, SimulatedDay, Study or Floor

    Examples
    --------
    >>> from flexports.floor.read import parse_floor
    >>> from flexports.floor.template import new_floor_text
    >>> from flexports.study.rule import rule_of_thumb
    >>> "rule of thumb" in html(rule_of_thumb(parse_floor(new_floor_text("Plain"))))
    True
    """
    exact: Sequence[Exact] = ()
    if isinstance(result, Sweep | Size):
        sweep = result.sweep if isinstance(result, Size) else result
        exact = exact_sweep(sweep.trial.floor, counts_shown(result))
    return page_html(page(result, exact))
