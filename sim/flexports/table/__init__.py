"""Results as people read them: sentences, tables that fit 80 columns, and HTML for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from flexports.floor import Floor
from flexports.study.exact import Exact, exact_sweep
from flexports.study.results import Sweep
from flexports.study.rule import Rule
from flexports.study.simulate import SimulatedDay
from flexports.study.size import Size
from flexports.study.studied import Study
from flexports.table import size_page as _size
from flexports.table import sweep_page as _sweep
from flexports.table.day_page import day_page
from flexports.table.floor_page import floor_page
from flexports.table.html import page_html
from flexports.table.page import Page
from flexports.table.rule_page import rule_page
from flexports.table.study_page import study_page

__all__ = ["Result", "counts_shown", "html", "page"]

Result: TypeAlias = Sweep | Size | Rule | SimulatedDay | Study | Floor

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
    result : Sweep, Size, Rule, SimulatedDay, Study or Floor
    exact : sequence of Exact, optional
        Values to show beside the simulated ones, of a sweep or a size.

    Raises
    ------
    TypeError
        If it is none of these.
    """
    match result:
        case Size():
            return _size.size_page(result, exact)
        case Sweep():
            return _sweep.sweep_page(result, exact, whole=False)
        case Rule():
            return rule_page(result)
        case SimulatedDay():
            return day_page(result, (0.0, _EVENTS_SHOWN_S))
        case Study():
            return study_page(result, result.table)
        case Floor():
            return floor_page(result)
    raise TypeError(
        f"a {type(result).__name__} has no page; give a sweep, size, rule, day, study or floor"
    )


def html(result: Result) -> str:
    """Return a result as HTML, with the exact values that can be worked out beside it.

    Parameters
    ----------
    result : Sweep, Size, Rule, SimulatedDay, Study or Floor

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
