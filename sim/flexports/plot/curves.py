"""A metric against ports: a line with marks, and the band of its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from flexports.plot.style import BAND, Look

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from flexports.estimates import Estimate
    from flexports.study.results import Sweep

_PERCENT = 100.0


def has(sweep: Sweep, source: str, metric: str) -> bool:
    """Whether a sweep has a metric."""
    estimates = sweep.estimates[sweep.ports[0]]
    return any(each.source == source and each.metric == metric for each in estimates)


def lines_of_their_own(sweep: Sweep) -> frozenset[str]:
    """The sources that have lines of their own: they never want a flex port."""
    frame = sweep.tallies[sweep.ports[0]].frame
    return frozenset(source.name for source in frame.sources if source.own_lines)


def targeted(sweep: Sweep) -> Sequence[str]:
    """The sources of which blocking has a target; all that want a port if none has."""
    floor, own = sweep.trial.floor, lines_of_their_own(sweep)
    wanting = [source.name for source in floor.sources if source.name not in own]
    some = [name for name in wanting if floor.targets.blocking_of(name) is not None]
    return some or wanting


def curve(
    ax: Axes,
    sweep: Sweep,
    source: str,
    metric: str,
    look: Look,
    *,
    label: str,
    line: str = "-",
) -> None:
    """Draw a metric over all port counts; shares in percent.

    Where nothing was seen, an arrow hangs from the most that may be.
    """
    estimates = [sweep.estimate(ports, source, metric) for ports in sweep.ports]
    scale = _PERCENT if estimates[0].unit == "share" else 1.0
    ports = np.array(sweep.ports, dtype=float)
    value, low, high = (scale * _column(estimates, name) for name in ("value", "low", "high"))
    seen = value > 0 if ax.get_yscale() == "log" else np.isfinite(value)
    style: dict[str, Any] = {"color": look.colour, "marker": look.marker, "markersize": 5}
    ax.plot(ports[seen], value[seen], line, label=label, markerfacecolor=_face(line, look), **style)
    ax.fill_between(ports, low, np.where(np.isfinite(high), high, np.nan), **_band(look))
    unseen = ~seen & np.isfinite(high)
    if ax.get_yscale() == "log" and unseen.any():
        arrows: dict[str, Any] = {"color": look.colour, "marker": r"$\downarrow$", "markersize": 9}
        ax.plot(ports[unseen], high[unseen], linestyle="none", **arrows)


def _column(estimates: Sequence[Estimate], name: str) -> np.ndarray:
    return np.array([getattr(each, name) for each in estimates], dtype=float)


def _face(line: str, look: Look) -> str:
    return look.colour if line == "-" else "white"


def _band(look: Look) -> dict[str, Any]:
    return {"color": look.colour, "alpha": BAND, "linewidth": 0}
