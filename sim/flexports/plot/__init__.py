"""Results as pictures: intervals shown, axes labelled with units, legible in grey.

`plot` draws on axes that you give it, or on a new figure of pyplot; `picture` returns the bytes of
a file, the same for the same result.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from typing import Any, TypeAlias

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from flexports.estimates.differences import Difference
from flexports.plot.changes import draw_differences
from flexports.plot.costs import draw_costs
from flexports.plot.day import draw_day
from flexports.plot.holds import draw_holds
from flexports.plot.over import draw_over, sources_drawn
from flexports.plot.panels import Panels
from flexports.plot.rule import draw_rule
from flexports.plot.style import RC, short_name
from flexports.plot.time_of_day import draw_time_of_day
from flexports.study.exact import Exact, exact_sweep
from flexports.study.results import Sweep
from flexports.study.rule import Rule, rule_of_thumb
from flexports.study.simulate import SimulatedDay
from flexports.study.size import Size
from flexports.study.size_over import SizeOver
from flexports.study.studied import StudiedPoint, Study

__all__ = [
    "Draw",
    "Result",
    "drawing",
    "picture",
    "plot",
    "plot_blocking",
    "plot_costs",
    "plot_differences",
    "plot_holds",
    "plot_time_of_day",
]

Result: TypeAlias = Sweep | Size | SizeOver | Rule | SimulatedDay | Study
Draw: TypeAlias = Callable[[Axes], None]
"""What draws on axes."""

_SMALL = (5.2, 4.1)
_MOST_POINTS, _POINTS_ABREAST = 9, 3
_TWO_PANELS, _ONE_WIDE, _ONE = (11.0, 5.6), (11.0, 4.6), (8.0, 3.2)
_PANEL = 3.9
_DOTS_PER_INCH = 150
_WORTH_AN_EXACT_VALUE = 15
"""Of more port counts the closed form is Erlang B: a chain takes up to some tenths of a second."""


def plot(result: Result, ax: Any = None, *, exact: Sequence[Exact] | None = None) -> Any:
    """Draw a result.

    Parameters
    ----------
    result : Sweep, Size, SizeOver, Rule, SimulatedDay or Study
    ax : matplotlib Axes or sequence of Axes, optional
        Where to draw. A sweep and a size have two panels: blocking, and hold; on a single Axes
        only the first is drawn. A study has one for each point, up to nine. A size over
        values has one for each source whose blocking has a target, and one of the ports needed.
        Left out, a new figure of pyplot.
    exact : sequence of Exact, optional
        Values to draw beside the simulated ones; worked out anew if left out.

    Returns
    -------
    Axes or array of Axes
        Those drawn on.

    Raises
    ------
    TypeError
        If `result` is none of these.
    """
    with mpl.rc_context(RC):
        if ax is None:
            from matplotlib import pyplot as plt

            ax = _new_axes(result, plt.figure())
        _draw(result, ax, exact)
    return ax


def picture(result: Result, form: str, *, exact: Sequence[Exact] | None = None) -> bytes:
    """Return a picture of a result, as a file holds it.

    Parameters
    ----------
    result : Sweep, Size, SizeOver, Rule, SimulatedDay or Study
    form : 'svg' or 'png'
    exact : sequence of Exact, optional
        As for `plot`.
    """
    buffer = BytesIO()
    with mpl.rc_context(RC):
        figure = Figure()
        _draw(result, _new_axes(result, figure), exact)
        _save(figure, buffer, form)
    return buffer.getvalue()


def drawing(draw: Draw, form: str, inches: tuple[float, float] = _SMALL) -> bytes:
    """Return what one of the functions of this room draws, as a file holds it.

    Parameters
    ----------
    draw : callable
        Draws on the axes that it is given: ``partial(plot_holds, sweep, 7)``, with axes last.
    form : 'svg' or 'png'
    inches : pair of float
        Width and height.
    """
    buffer = BytesIO()
    with mpl.rc_context(RC):
        figure = Figure(figsize=inches, layout="constrained")
        draw(figure.subplots())
        _save(figure, buffer, form)
    return buffer.getvalue()


def _save(figure: Figure, buffer: BytesIO, form: str) -> None:
    # No date and no version: the same result gives the same file.
    silent = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
    with warnings.catch_warnings():
        # A name in letters that the font does not have is no reason to fail.
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
        warnings.filterwarnings("ignore", "constrained_layout not applied", UserWarning)
        figure.savefig(buffer, format=form, dpi=_DOTS_PER_INCH, metadata=silent)


def plot_blocking(
    result: Sweep | Size, ax: Any = None, *, exact: Sequence[Exact] | None = None
) -> Any:
    """Draw blocking against ports, with intervals, targets and exact values.

    Parameters
    ----------
    result : Sweep or Size
    ax : matplotlib Axes, optional
        A new figure of pyplot if left out; so in all functions of this room.
    exact : sequence of Exact, optional
        As for `plot`.
    """
    return _on(ax, _panels(result, exact).blocking)


def plot_holds(sweep: Sweep, ports: int, ax: Any = None) -> Any:
    """Draw how long callers hold with a number of ports: the whole distribution, by source."""
    return _on(ax, partial(draw_holds, sweep=sweep, ports=ports))


def plot_time_of_day(sweep: Sweep, ports: int, ax: Any = None) -> Any:
    """Draw blocking by time of day with a number of ports.

    Raises
    ------
    ValueError
        If the days were not counted by interval (``by_s``).
    """
    return _on(ax, partial(draw_time_of_day, sweep=sweep, ports=ports))


def plot_costs(sweep: Sweep, ax: Any = None) -> Any:
    """Draw what port counts cost a month, rent and what goes wrong.

    Raises
    ------
    ValueError
        If the floor has no prices.
    """
    return _on(ax, partial(draw_costs, sweep=sweep))


def plot_differences(
    differences: Sequence[Difference],
    ax: Any = None,
    *,
    metric: str = "blocking",
    names: Sequence[str] = (),
) -> Any:
    """Draw how a metric differs from one port count to another, on the same days.

    Parameters
    ----------
    differences : sequence of Difference
        As `Sweep.differences` returns.
    ax : matplotlib Axes, optional
    metric : str
    names : sequence of str, optional
        All sources of the floor, for each to have the colour that it has in other pictures.

    Raises
    ------
    ValueError
        If none of the differences is of this metric.
    """
    draw = partial(draw_differences, differences=differences, metric=metric, names=names)
    return _on(ax, draw)


def _on(ax: Any, draw: Draw) -> Any:
    """Draw on axes, or on those of a new figure of pyplot."""
    with mpl.rc_context(RC):
        if ax is None:
            from matplotlib import pyplot as plt

            ax = plt.figure(figsize=_SMALL, layout="constrained").subplots()
        draw(ax)
    return ax


def _new_axes(result: Result, figure: Figure) -> Any:
    figure.set_layout_engine("constrained")
    if isinstance(result, Study):
        shown = max(1, len(_points(result)))
        columns = min(shown, _POINTS_ABREAST)
        rows = math.ceil(shown / columns)
        figure.set_size_inches(_SMALL[0] * columns, _SMALL[1] * rows)
        figure.suptitle(short_name(result.experiment.name), x=0.01, ha="left", weight="bold")
        return figure.subplots(rows, columns)
    if isinstance(result, Sweep | Size):
        figure.set_size_inches(*_TWO_PANELS)
        figure.suptitle(
            short_name(_sweep_of(result).trial.floor.name), x=0.01, ha="left", weight="bold"
        )
        return figure.subplots(1, 2)
    if isinstance(result, SizeOver):
        panels = len(sources_drawn(result)) + 1
        figure.set_size_inches(_PANEL * panels, _PANEL)
        return figure.subplots(1, panels, squeeze=False)[0]
    figure.set_size_inches(*(_ONE if isinstance(result, Rule) else _ONE_WIDE))
    return figure.subplots()


def _draw(result: Result, ax: Any, exact: Sequence[Exact] | None) -> None:
    match result:
        case Sweep() | Size():
            _draw_panels(_panels(result, exact), ax)
        case SizeOver():
            draw_over(list(np.ravel(ax)), result)
        case Rule():
            draw_rule(ax, result)
        case SimulatedDay():
            draw_day(ax, result)
        case Study():
            _draw_points(_points(result), ax, exact)
        case _:
            raise TypeError(
                f"a {type(result).__name__} has no picture; give a sweep, size, rule, day or study"
            )


def _points(study: Study) -> Sequence[StudiedPoint]:
    """The points that are drawn: of many, the first ones."""
    return study.points[:_MOST_POINTS]


def _draw_points(points: Sequence[StudiedPoint], ax: Any, exact: Sequence[Exact] | None) -> None:
    """Draw blocking against ports, for each point on axes of its own."""
    places = np.ravel(ax)
    for each, place in zip(points, places, strict=False):
        _panels(each.sweep, exact).blocking(place)
        chosen = "; ".join(f"{path} = {value}" for path, value in each.point.settings.items())
        if chosen:
            place.set_title(f"{each.point.number}: {short_name(chosen)}")
    for place in places[len(points) :]:
        place.set_axis_off()


def _draw_panels(panels: Panels, ax: Any) -> None:
    if isinstance(ax, Axes):
        panels.blocking(ax)
        return
    left, right = np.ravel(ax)
    panels.blocking(left)
    panels.hold(right)


def _panels(result: Sweep | Size, exact: Sequence[Exact] | None) -> Panels:
    sweep = _sweep_of(result)
    floor = sweep.trial.floor
    if exact is None:
        few = len(sweep.ports) <= _WORTH_AN_EXACT_VALUE
        exact = exact_sweep(floor, sweep.ports) if few else ()
    if isinstance(result, Size):
        return Panels(sweep, result.rule, exact, result.ports)
    return Panels(sweep, rule_of_thumb(floor), exact)


def _sweep_of(result: Sweep | Size) -> Sweep:
    return result.sweep if isinstance(result, Size) else result
