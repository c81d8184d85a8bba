"""Axes of the time of day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import FuncFormatter, MultipleLocator

from flexports.units import format_clock

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STEPS_S = (60, 300, 600, 900, 1800, 3600, 7200, 14400, 28800)
_DAY_S = 86_400


def clock_axis(ax: Axes, from_s: float, to_s: float, most_ticks: int = 9) -> None:
    """Make the horizontal axis one of the time of day, in seconds after midnight."""
    length_s = to_s - from_s
    step = next((each for each in _STEPS_S if length_s / each <= most_ticks), _STEPS_S[-1])
    ax.set_xlim(from_s, to_s)
    ax.xaxis.set_major_locator(MultipleLocator(step))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda at_s, _: format_clock(at_s % _DAY_S)))
    ax.set_xlabel("time of day")
