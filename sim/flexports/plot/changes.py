"""How port counts differ from one another, on the same days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import FuncFormatter

from flexports.plot.style import FAINT, GRID, looks, short_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from flexports.estimates.differences import Difference

_PERCENT = 100.0
_APART = 0.12
"""So that the intervals of several sources do not lie on one another."""


def draw_differences(
    ax: Axes,
    differences: Sequence[Difference],
    metric: str = "blocking",
    names: Sequence[str] = (),
) -> None:
    """Draw how one metric differs from count to count, by source, with intervals.

    `names` are all sources of the floor, so that each has the colour that it has elsewhere.

    Raises
    ------
    ValueError
        If none of the differences is of this metric.
    """
    own = [each for each in differences if each.metric == metric]
    if not own:
        raise ValueError(f"there is no difference in {metric} to draw")
    drawn = list(dict.fromkeys(each.source for each in own))
    look = looks(list(dict.fromkeys([*names, *drawn])))
    pairs = list(dict.fromkeys((each.against, each.ports) for each in own))
    unit = own[0].unit
    scale = _PERCENT if unit == "share" else 1.0
    for number, name in enumerate(drawn):
        rows = [each for each in own if each.source == name]
        value, low, high = (
            scale * np.array([getattr(each, end) for each in rows])
            for end in ("value", "low", "high")
        )
        at = np.array([pairs.index((each.against, each.ports)) for each in rows], dtype=float)
        at += _APART * (number - (len(drawn) - 1) / 2)
        ax.errorbar(
            at,
            value,
            np.array([value - low, high - value]),
            fmt=look[name].marker,
            color=look[name].colour,
            capsize=3,
            markersize=5,
            label=short_name(name),
        )
    ax.axhline(0, color=FAINT, linewidth=1)
    ax.set_xticks(range(len(pairs)), [f"{one} to {other}" for one, other in pairs])
    if len(pairs) > 6:  # noqa: PLR2004 - as many labels as stand side by side
        ax.tick_params(axis="x", labelrotation=60)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{share:g}"))
    ax.set_xlabel("flex ports, from and to")
    ax.set_ylabel(f"change ({'percentage points' if unit == 'share' else unit})")
    ax.set_title(f"What ports change: {metric.replace('_', ' ')}")
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.legend(loc="best")
