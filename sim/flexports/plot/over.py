"""What a setting of the floor changes: blocking by source, and the ports that are needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from flexports.plot.curves import has
from flexports.plot.style import BAND, FAINT, Look, looks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from flexports.study.size import Size
    from flexports.study.size_over import SizeOver

_PERCENT = 100.0
_MOST_COUNTS = 3
_LINES = ("-", "--", ":")


def sources_drawn(over: SizeOver) -> Sequence[str]:
    """The sources whose blocking has a target, in the order of the floor: a panel for each."""
    floor = _first(over).sweep.trial.floor
    names = [source.name for source in floor.sources]
    wanted = {each.source for each in _first(over).targets if each.metric == "blocking"}
    return [name for name in names if name in wanted and has(_first(over).sweep, name, "blocking")]


def draw_over(axes: Sequence[Axes], over: SizeOver) -> None:
    """Draw a panel for each source, and one of the ports that are needed."""
    look = looks([source.name for source in _first(over).sweep.trial.floor.sources])
    *panels, last = axes
    for ax, source in zip(panels, sources_drawn(over), strict=True):
        _blocking(ax, over, source, look[source])
    _needed(last, over)
    for ax in axes:
        ax.set_xticks(range(len(over.sizes)), list(over.sizes))
        ax.set_xlabel(over.path)
        ax.grid(axis="y", color="#dddddd", linewidth=0.6)
        ax.set_axisbelow(True)


def counts_drawn(over: SizeOver) -> Sequence[int]:
    """Some port counts that all values were tried on: those about the fewest that are needed."""
    tried = set.intersection(*(set(size.sweep.ports) for size in over.sizes.values()))
    needed = [size.ports for size in over.sizes.values() if size.ports is not None]
    middle = min(needed, default=max(tried, default=1))
    return sorted(sorted(tried, key=lambda count: (abs(count - middle), count))[:_MOST_COUNTS])


def _blocking(ax: Axes, over: SizeOver, source: str, look: Look) -> None:
    at = np.arange(len(over.sizes))
    for count, line in zip(counts_drawn(over), _LINES, strict=False):
        value, low, high = (_PERCENT * each for each in _ends(over.sizes, count, source))
        ax.fill_between(at, low, high, color=look.colour, alpha=BAND, linewidth=0)
        style: dict[str, Any] = {"color": look.colour, "marker": look.marker, "linestyle": line}
        ax.plot(at, value, markersize=5, label=f"{count} ports", **style)
    bound = _first(over).sweep.trial.floor.targets.blocking_of(source)
    if bound is not None:
        label = f"target: {_PERCENT * bound:.4g} %"
        ax.axhline(_PERCENT * bound, color=FAINT, linestyle=(0, (6, 2)), linewidth=1, label=label)
    ax.set_ylim(bottom=0)
    ax.set_ylabel("attempts that find no port (%)")
    ax.set_title(source)
    ax.legend(loc="best")


def _needed(ax: Axes, over: SizeOver) -> None:
    """A bar for each value; where a smaller count may do as well, its number says so."""
    for place, size in enumerate(over.sizes.values()):
        if size.ports is None:
            ax.text(place, 0, "none", ha="center", va="bottom")
            continue
        ax.bar(place, size.ports, width=0.6, color="#cccccc", edgecolor=FAINT)
        doubtful = f"{size.undecided[0].ports} or " if size.undecided else ""
        ax.text(place, size.ports, f"{doubtful}{size.ports}", ha="center", va="bottom")
    ax.set_xlim(-0.6, len(over.sizes) - 0.4)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.set_ylabel("flex ports")
    ax.set_title("Ports needed")


def _ends(
    sizes: Mapping[str, Size], count: int, source: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    found = [size.sweep.estimate(count, source, "blocking") for size in sizes.values()]
    value, low, high = ([getattr(each, end) for each in found] for end in ("value", "low", "high"))
    return np.array(value), np.array(low), np.array(high)


def _first(over: SizeOver) -> Size:
    return next(iter(over.sizes.values()))
