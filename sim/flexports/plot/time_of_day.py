"""Blocking from opening to closing, with the interval of each part of the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import FuncFormatter

from flexports.plot.clock import clock_axis
from flexports.plot.curves import targeted
from flexports.plot.style import BAND, GRID, legend_below, looks, short_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from flexports.study.results import Sweep

_PERCENT, _LEAST = 100.0, 0.1
_ROOM = 1.4


def draw_time_of_day(ax: Axes, sweep: Sweep, ports: int) -> None:
    """Draw blocking by time of day, by source, of days that were counted by interval."""
    floor = sweep.trial.floor
    look = looks([source.name for source in floor.sources])
    edges = np.array(sweep.tallies[ports].frame.edges_s) + floor.day.opens_s
    found = [each for each in sweep.by_interval[ports] if each.metric == "blocking"]
    tops: list[float] = []
    for name in targeted(sweep):
        own = [each for each in found if each.source == name]
        if not own or all(np.isnan(each.value) for each in own):
            continue
        value, low, high = (
            _PERCENT * np.array([getattr(each, end) for each in own])
            for end in ("value", "low", "high")
        )
        colour = look[name].colour
        ax.stairs(value, edges, baseline=None, color=colour, linewidth=1.8)
        ax.fill_between(
            edges,
            np.append(low, low[-1]),
            np.append(high, high[-1]),
            step="post",
            color=colour,
            alpha=BAND,
            linewidth=0,
        )
        tops += [np.nanmax(value), np.nanmedian(high)]
        middle = (edges[:-1] + edges[1:]) / 2
        marker = look[name].marker
        ax.plot(middle, value, marker, color=colour, markersize=5, label=short_name(name))
    clock_axis(ax, float(edges[0]), float(edges[-1]))
    ax.set_ylim(0, _top(tops))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{share:g}"))
    ax.set_ylabel("attempts that find no port (%)")
    ax.set_title(f"By time of day, with {ports} ports")
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    legend_below(ax)


def _top(tops: Sequence[float]) -> float:
    """How high the picture reaches: bands of few calls may leave it."""
    return min(max([*tops, _LEAST]) * _ROOM, _PERCENT)
