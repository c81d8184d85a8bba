"""How long callers hold: the whole distribution, with its intervals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from flexports.estimates.intervals import Certainty
from flexports.estimates.quantiles import DurationQuantiles
from flexports.plot.style import BAND, FAINT, GRID, legend_below, looks, short_name
from flexports.tally import HOLD

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from flexports.study.results import Sweep

_SHARES = (*np.arange(0.02, 0.96, 0.02), 0.97, 0.98, 0.99)
_MOST_CALLERS, _ROOM, _EDGE = 0.9, 1.6, 1.05
"""The picture reaches somewhat beyond the hold of most callers; a few may hold far longer."""


def has_holds(sweep: Sweep, ports: int) -> bool:
    """Whether somebody asked for an agent, and held or was answered at once."""
    return any(True for _ in _of_sources(sweep, ports))


def draw_holds(ax: Axes, sweep: Sweep, ports: int) -> None:
    """Draw which share of callers holds no longer than a time, by source.

    The bands are intervals of the times, each by itself.
    """
    look = looks([source.name for source in sweep.trial.floor.sources])
    reach, longest = _least_reach(sweep), 0.0
    for name, quantiles in _of_sources(sweep, ports):
        times = np.array([quantiles.value(share) for share in _SHARES])
        low, high = np.array([quantiles.interval(share) for share in _SHARES]).T
        high = np.where(np.isfinite(high), high, times)
        percent = 100.0 * np.array(_SHARES)
        colour = look[name].colour
        ax.fill_betweenx(percent, low, high, color=colour, alpha=BAND, linewidth=0)
        style: dict[str, Any] = {
            "color": colour,
            "marker": look[name].marker,
            "markevery": (0.1, 0.2),
        }
        ax.plot(times, percent, label=short_name(name), markersize=5, **style)
        reach = max(reach, _ROOM * quantiles.value(_MOST_CALLERS))
        longest = max(longest, float(times[np.isfinite(times)].max()))
    reach = min(reach, longest) if longest > 0 else reach
    _target(ax, sweep, reach)
    ax.set_xlim(0, reach * _EDGE)
    ax.set_ylim(0, 100)
    ax.set_xlabel("hold for an agent (s)")
    ax.set_ylabel("callers who hold no longer (%)")
    ax.set_title(f"Hold, with {ports} ports")
    ax.grid(color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    legend_below(ax)


def _of_sources(sweep: Sweep, ports: int) -> Iterator[tuple[str, DurationQuantiles]]:
    tally = sweep.tallies[ports]
    sure = Certainty(sweep.confidence, tally.days)
    for source, moments, durations in zip(
        tally.frame.sources, tally.sources, tally.durations, strict=True
    ):
        if HOLD in durations and moments.sum("asked"):
            yield source.name, DurationQuantiles(durations[HOLD], moments, sure)


def _least_reach(sweep: Sweep) -> float:
    target = sweep.trial.floor.targets.service_level
    return 1.0 if target is None else max(1.0, _ROOM * target.within_s)


def _target(ax: Axes, sweep: Sweep, reach_s: float) -> None:
    """Mark the service level, if it is a target."""
    target = sweep.trial.floor.targets.service_level
    if target is None or target.within_s > reach_s:
        return
    label = f"target: {100 * target.share:g} % within {target.within_s:g} s"
    style: dict[str, Any] = {"color": FAINT, "linestyle": (0, (6, 2)), "linewidth": 1.0}
    ax.plot([target.within_s] * 2, [0, 100 * target.share], **style)
    ax.plot([0, target.within_s], [100 * target.share] * 2, label=label, **style)
