"""What the audit found, as small tables: shares of floors with their intervals, classes, maps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import stats

from flexports.estimates.intervals import UNKNOWN, Interval

CONFIDENCE = 0.95
_FEWEST = 4
"""Floors in a cell of a map."""
_A_FEW = 2
SIZES = ((2, 8), (9, 30), (31, 100), (101, 500))
SHARES = ((0.1, 0.25), (0.25, 0.4), (0.4, 0.55), (0.55, 0.7))
INCOMING = ((0.0, 0.05), (0.05, 0.25), (0.25, 0.45), (0.45, 0.9))


def share(holds: pd.Series) -> Interval:
    """Return a 95 percent interval of the share of floors of which something holds (Wilson)."""
    if not len(holds):
        return UNKNOWN
    found = stats.binomtest(int(holds.sum()), len(holds))
    low, high = found.proportion_ci(CONFIDENCE, method="wilson")
    return float(low), float(high)


def share_text(holds: pd.Series) -> str:
    """Return a share and its interval in percent: ``31 (28 to 34)``."""
    low, high = share(holds)
    return f"{100 * holds.mean():.0f} ({100 * low:.0f} to {100 * high:.0f})"


def verdicts(judged: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Where a rule is right: shares of floors in percent, with intervals, for each class.

    Surely too few: the whole interval of some source's blocking lies above the target. Too many:
    the count below was enough already.
    """
    rows = {}
    for name, group in judged.groupby(by, observed=True, sort=False):
        error = group["error"]
        rows[name] = {
            "floors": len(group),
            "too few, %": share_text(error < 0),
            "surely, %": share_text(group["ports"] < group["low"]),
            "right, %": share_text(error == 0),
            "too many, %": share_text(error > 0),
            "median error": error.median(),
            "10 to 90 %": f"{error.quantile(0.1):+.0f} to {error.quantile(0.9):+.0f}",
            "blocking, %": _percent(group["blocking"].mean()),
            "worst, %": _percent(group["blocking"].max()),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def parts(judged: pd.DataFrame, rules: Sequence[str]) -> pd.DataFrame:
    """Return the shares of floors that `audit.pictures.side_by_side` draws, a row a rule."""
    error, surely = judged["error"], judged["ports"] < judged["low"]
    part = np.select(
        [surely, error < 0, error == 0, error <= _A_FEW],
        ["surely too few", "too few, not surely", "right", "1 or 2 too many"],
        "3 or more too many",
    )
    counted = pd.crosstab(judged["rule"], part, normalize="index")
    names = ["surely too few", "too few, not surely", "right", "1 or 2 too many"]
    return counted.reindex(index=rules, columns=[*names, "3 or more too many"], fill_value=0.0)


def classes(values: pd.Series, bounds: Sequence[tuple[float, float]], unit: str = "") -> pd.Series:
    """Return which class each value is in, as its text."""
    scale = 100 if unit == "%" else 1
    texts = [
        f"{scale * low:g} to {scale * high:g}{' ' + unit if unit else ''}" for low, high in bounds
    ]
    edges = [bounds[0][0] - 1e-9, *(high + 1e-9 for _, high in bounds)]
    return pd.cut(values, edges, labels=texts)


def maps(
    judged: pd.DataFrame, up: pd.Series, across: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return median error, and share with too few ports, by two classes of floors.

    NaN where there are few floors.
    """
    grouped = judged.groupby([up, across], observed=False)["error"]
    enough = grouped.size() >= _FEWEST
    short = grouped.apply(lambda error: (error < 0).mean())
    return grouped.median().where(enough).unstack(), short.where(enough).unstack()


def compared(judged: pd.DataFrame) -> pd.DataFrame:
    """How each rule does, a row a rule: its errors in ports, the blocking, the cost above the best.

    The cost is that of ports and of failures together, above that of the count that is needed.
    """
    rows = {}
    for rule, group in judged.groupby("rule", sort=False):
        error = group["error"]
        rows[rule] = {
            "too few, %": share_text(error < 0),
            "exact, %": round(100 * (error == 0).mean()),
            "within 1, %": round(100 * (error.abs() <= 1).mean()),
            "within 2, %": round(100 * (error.abs() <= _A_FEW).mean()),
            "mean |error|": round(error.abs().mean(), 1),
            "worst short": int(error.min()),
            "worst over": int(error.max()),
            "mean blocking, %": _percent(group["blocking"].mean()),
            "worst, %": _percent(group["blocking"].max()),
            "extra cost, $ a month": round((group["cost"] - group["cost_of_need"]).median()),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _percent(share: float) -> float:
    return round(100 * float(share), 2)
