"""Colours, marks and lines: told apart by colour-blind readers, and in grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.transforms import ScaledTranslation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend

# Okabe and Ito, "Color universal design", 2008; in an order in which neighbours differ in grey too.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")
_MARKERS = ("o", "s", "^", "D", "v", "P")
_HATCHES = ("", "////", "....", "\\\\\\\\", "xxxx", "++++")

EXACT_MARKERS = ("x", "+", "1", "2", "3", "4")

INK, FAINT, GRID = "#222222", "#777777", "#dddddd"
BAND = 0.18
"""How opaque the band of an interval is."""

RC: dict[Any, Any] = {
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": "medium",
    "font.family": "DejaVu Sans",  # comes with matplotlib, so that pictures are alike everywhere
    "font.size": 10,
    "hatch.linewidth": 0.5,
    "legend.fontsize": "small",
    "legend.frameon": False,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "flexports",
    "text.color": INK,
    "text.parse_math": False,  # a name may hold a dollar
    "xtick.color": INK,
    "ytick.color": INK,
}

_LONGEST_NAME = 36
_BELOW_POINTS, _POINTS_AN_INCH = 36, 72


class Look(NamedTuple):
    """How one source is drawn, in every picture."""

    colour: str
    marker: str
    hatch: str


def looks(names: Sequence[str]) -> Mapping[str, Look]:
    """Return how each source is drawn, by its name."""
    return {
        name: Look(
            COLOURS[place % len(COLOURS)],
            _MARKERS[(place + place // len(COLOURS)) % len(_MARKERS)],
            _HATCHES[place % len(_HATCHES)],
        )
        for place, name in enumerate(names)
    }


def short_name(name: str) -> str:
    """Return a name as a legend can show it: not too long, and never taken for a private one.

    Examples
    --------
    >>> short_name("toll-free")
    'toll-free'
    """
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    # What begins with an underscore would be left out of the legend.
    return f"\u200b{short}" if short.startswith("_") else short


def legend_below(ax: Axes, **keywords: Any) -> Legend:
    """Put a legend below the labels of the horizontal axis, however high the axes are."""
    figure = ax.get_figure(root=True)
    assert figure is not None, "axes are drawn on a figure"
    down = ScaledTranslation(0, -_BELOW_POINTS / _POINTS_AN_INCH, figure.dpi_scale_trans)
    return ax.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        bbox_transform=ax.transAxes + down,
        borderaxespad=0.0,
        **{"ncols": 2, **keywords},
    )
