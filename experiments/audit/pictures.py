"""Pictures of the audit. Each draws on axes that it is given, and returns them."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, SymLogNorm
from matplotlib.ticker import FuncFormatter, PercentFormatter

from flexports.plot.style import FAINT, INK, RC

SHORT, RIGHT, OVER = "#D55E00", "#DDDDDD", "#0072B2"  # Okabe and Ito
_MAP = LinearSegmentedColormap.from_list("error", [SHORT, "white", OVER])
_MOST, _DARK = 60, 12
_PARTS = (
    ("surely too few", SHORT, "////"),
    ("too few, not surely", "#F0B48A", ""),
    ("right", "white", ""),
    ("1 or 2 too many", "#BBD7EC", ""),
    ("3 or more too many", OVER, "...."),
)


def error_against_size(ax: Axes, judged: pd.DataFrame) -> Axes:
    """Draw ports too many or too few of one rule against the need: a dot grows with its floors."""
    dots = judged.groupby(["need", "error"]).size().reset_index(name="floors")
    error = dots["error"]
    colours = np.where(error < 0, SHORT, np.where(error > 0, OVER, INK))
    ax.axhline(0, color=INK, linewidth=0.8)
    ax.scatter(dots["need"], error, s=10 * dots["floors"], c=colours, alpha=0.6, linewidths=0)
    ax.set_xscale("log")
    ax.set_yscale("symlog", linthresh=4, linscale=0.8)
    ax.set_xticks([4, 8, 16, 32, 64, 128, 256, 512])
    ax.set_yticks([-64, -16, -4, -2, 0, 2, 4, 16, 64, 256])
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(FuncFormatter(_plain))
    ax.minorticks_off()
    ax.set_xlabel("ports needed")
    ax.set_ylabel("ports too many (+), too few (-)")
    return ax


def boundary(ax: Axes, errors: pd.DataFrame, short: pd.DataFrame, across: str, up: str) -> Axes:
    """Draw median errors as a map: orange where a rule buys too few, blue where too many.

    Parameters
    ----------
    ax : Axes
    errors : DataFrame
        A row a class of one thing, a column a class of another; NaN, and grey, where there are few
        floors.
    short : DataFrame
        Alike, the shares of floors with too few ports.
    across, up : str
        What the columns and the rows are.
    """
    ax.set_facecolor("#EEEEEE")
    norm = SymLogNorm(2, vmin=-_MOST, vmax=_MOST)
    ax.imshow(errors, origin="lower", aspect="auto", cmap=_MAP, norm=norm)
    for place, error in np.ndenumerate(errors.to_numpy()):
        row, column = place
        told = "few floors" if np.isnan(error) else _cell(error, short.iloc[row, column])
        dark = abs(error) > _DARK
        ax.text(
            column, row, told, ha="center", va="center", fontsize=8, color="white" if dark else INK
        )
    ax.set_xticks(range(errors.shape[1]), [str(one) for one in errors.columns])
    ax.set_yticks(range(errors.shape[0]), [str(one) for one in errors.index])
    ax.tick_params(length=0)
    ax.set_xlabel(across)
    ax.set_ylabel(up)
    ax.spines[:].set_visible(False)
    return ax


def _cell(error: float, short: float) -> str:
    return f"{error:+.3g}\n{100 * short:.0f} % short".replace("+0\n", "0\n")


def side_by_side(ax: Axes, shares: pd.DataFrame) -> Axes:
    """Draw each rule as a bar of floors: those with too few ports, enough, and too many.

    Parameters
    ----------
    ax : Axes
    shares : DataFrame
        Of `audit.findings.parts`: a row a rule, a column a part.
    """
    left = np.zeros(len(shares))
    rows = range(len(shares))
    for name, colour, hatch in _PARTS:
        part = shares[name].to_numpy()
        ax.barh(
            rows,
            part,
            left=left,
            color=colour,
            hatch=hatch,
            edgecolor=FAINT,
            linewidth=0.5,
            label=name,
        )
        left += part
    ax.set_yticks(rows, shares.index)
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_xlabel("share of floors")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3)
    return ax


def looks() -> mpl.rc_context:
    """Return the look of all pictures of flexports, for a `with`."""
    return mpl.rc_context(RC)


def _plain(value: float, _: object = None) -> str:
    return f"{value:g}"
