"""The pictures of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from flexports.plot import (
    Draw,
    drawing,
    plot_blocking,
    plot_costs,
    plot_differences,
    plot_holds,
    plot_time_of_day,
)
from flexports.plot import plot as plot_result
from flexports.plot.curves import targeted
from flexports.plot.holds import has_holds
from flexports.report import words
from flexports.report.figures import between
from flexports.report.material import Material
from flexports.report.svg import inline
from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.study.costs import SOURCE as COST
from flexports.study.results import Sweep
from flexports.study.size import Size
from flexports.table.costs import with_unit
from flexports.table.day_page import summary
from flexports.table.numbers import ports_text
from flexports.table.wording import calls_of, listed

_SMALL, _WIDE, _PER_PORT = (5.2, 4.1), 10.6, 0.16
_STEPS_BELOW = 3
"""Further below, what a port changes is so much that nothing else could be seen."""
_LEAST_HIGH, _MOST_HIGH = 3.2, 7.5


@dataclass(frozen=True)
class Picture:
    """A picture with its caption.

    Attributes
    ----------
    svg : str
        An element of the page.
    title, caption : str
    wide : bool
        Takes a row of its own.
    """

    svg: str
    title: str
    caption: str
    wide: bool = False


def pictures(material: Material) -> Iterator[Picture]:
    """Yield those for which there is something to show."""
    exact = [each for each in material.exact if each.metric == "blocking"]
    sweep, centre = material.sweep, material.centre
    names = [source.name for source in material.floor.sources]
    yield _small(
        "blocking",
        words.BLOCKING,
        partial(plot_blocking, _of_the_page(material), exact=exact),
        _blocking_told(material),
    )
    near = [
        each
        for each in material.steps
        if each.against >= centre - _STEPS_BELOW and each.source in targeted(sweep)
    ]
    if any(each.metric == "blocking" for each in near):
        draw = partial(plot_differences, near, metric="blocking", names=names)
        yield _small("changes", words.CHANGES, draw, words.CHANGES_TOLD)
    if has_holds(sweep, centre):
        draw = partial(plot_holds, sweep, centre)
        yield _small("hold", words.HOLD, draw, _hold_told(material))
    if material.floor.prices is not None:
        draw = partial(plot_costs, _priced(material))
        yield _small("cost", words.COST, draw, _cost_told(material))
    if material.by_time is not None and centre in material.by_time.tallies:
        draw = partial(plot_time_of_day, material.by_time, centre)
        yield _small("time", words.TIME_OF_DAY, draw, words.TIME_OF_DAY_TOLD)
    yield _day(material)


def _of_the_page(material: Material) -> Size:
    """The answer, with the counts between which a reader may choose."""
    found, sweep = material.size, material.sweep
    among = Sweep(sweep.trial, sweep.tallies.among(material.counts), sweep.confidence)
    return replace(found, sweep=among)


def _priced(material: Material) -> Sweep:
    """All counts that were tried, from the first of the slider on: the cheapest may lie beyond."""
    sweep = material.sweep
    counts = [count for count in sweep.ports if count >= material.counts[0]]
    return Sweep(sweep.trial, sweep.tallies.among(counts), sweep.confidence)


def _small(name: str, text: tuple[str, str], draw: Draw, told: str) -> Picture:
    title, caption = text
    return Picture(inline(drawing(draw, "svg", _SMALL), name, told), title, caption)


def _day(material: Material) -> Picture:
    title, caption = words.DAY
    height = min(max(_LEAST_HIGH, 1.6 + _PER_PORT * material.day.ports), _MOST_HIGH)
    svg = drawing(partial(plot_result, material.day), "svg", (_WIDE, height))
    told = summary(material.day).words
    return Picture(inline(svg, "day", told), title, f"{caption} {told}", wide=True)


def _blocking_told(material: Material) -> str:
    centre = material.centre
    told = [
        f"{with_unit(estimate)} ({between(estimate)}) of {calls_of(material.floor, each)}"
        for each in targeted(material.sweep)
        for estimate in material.sweep.estimates[centre]
        if (estimate.source, estimate.metric) == (each, "blocking")
    ]
    first, last = material.counts[0], material.counts[-1]
    return (
        f"Blocking from {first} to {last} ports. With {ports_text(centre)} no port is found by "
        f"{listed(told)}."
    )


def _hold_told(material: Material) -> str:
    told = [
        f"{each.source} {with_unit(each)} ({between(each)})"
        for each in material.sweep.estimates[material.centre]
        if each.metric == "hold_p90"
    ]
    return f"How long callers hold. 90 % hold no longer than: {listed(told)}."


def _cost_told(material: Material) -> str:
    each = material.sweep.estimate(material.centre, COST, COST_PER_MONTH)
    ports = ports_text(material.centre)
    return f"Cost a month by port count. With {ports} it is {with_unit(each)} ({between(each)})."
