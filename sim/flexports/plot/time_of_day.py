"""Blocking from opening to closing, with the interval of each part of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import FuncFormatter

from flexports.plot.clock import clock_axis
from flexports.plot.style import BAND, GRID, looks, short_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from flexports.study.results import Sweep

_PERCENT = 100.0


def draw_time_of_day(ax: Axes, sweep: Sweep, ports: int) -> None:
    """Draw blocking by time of day, by source, of days that were counted by interval."""
    floor = sweep.trial.floor
    look = looks([source.name for source in floor.sources])
    edges = np.array(sweep.tallies[ports].frame.edges_s) + floor.day.opens_s
    found = [each for each in sweep.by_interval[ports] if each.metric == "blocking"]
    for name in look:
        own = [each for each in found if each.source == name]
        if not own or all(np.isnan(each.value) for each in own):
            continue
        value, low, high = (
            _PERCENT * np.array([getattr(each, end) for each in own])
            for end in ("value", "low", "high")
        )
        colour = look[name].colour
        ax.stairs(value, edges, baseline=None, color=colour, linewidth=1.8, label=short_name(name))
        ax.fill_between(
            edges,
            np.append(low, low[-1]),
            np.append(high, high[-1]),
            step="post",
            color=colour,
            alpha=BAND,
            linewidth=0,
        )
        middle = (edges[:-1] + edges[1:]) / 2
        ax.plot(middle, value, look[name].marker, color=colour, markersize=5)
    clock_axis(ax, float(edges[0]), float(edges[-1]))
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{share:g}"))
    ax.set_ylabel("attempts that find no port (%)")
    ax.set_title(f"By time of day, with {ports} ports")
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2)
