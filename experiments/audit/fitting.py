"""The fit of the square-root rule: what its square root is multiplied by, for each target.

With the rest of the rule as it stands, the need of a floor asks for a factor of
(need - 2 - load - spread) / sqrt(load). The factor of the rule is a high quantile of what floors
ask for: too few ports are worse than too many. How many agents an erlang of callers keeps from
dialing is what makes the weighted errors smallest, over all targets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import pandas as pd

from audit.judging import OWN, Audit
from flexports.study.rule import MARGIN
from flexports.study.rules.square_root import Loads

QUANTILE = 0.85
"""Of the floors, so many get enough."""
_ROUNDED_UP = 0.5
"""What rounding up adds on average."""
_BUSY = np.arange(1.0, 1.51, 0.05)


@dataclass(frozen=True)
class Fit:
    """What a fit found.

    Attributes
    ----------
    busy : float
    roots : mapping of float to float
        By target.
    error : float
        The sum over floors and targets of the weighted errors, in units of a square root.
    """

    busy: float
    roots: Mapping[float, float]
    error: float


def halves(floors: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Tell which floors are fitted to, and which of the same kind are for testing.

    By a hash of their numbers: every second point of a Sobol sequence lies in one half of a range.
    """
    own = floors["shape"] == OWN
    first = floors["number"].map(lambda number: crc32(str(number).encode()) % 2 == 0)
    return own & first, own & ~first


def fit(audit: Audit) -> Fit:
    """Fit the rule to half of the floors of Company X's kind."""
    fitted, _ = halves(audit.floors)
    floors = audit.floors[fitted]
    return min((_fit_at(audit, floors, float(busy)) for busy in _BUSY), key=lambda one: one.error)


def _fit_at(audit: Audit, floors: pd.DataFrame, busy: float) -> Fit:
    asked = factors_asked_for(audit, floors, busy)
    roots = {target: float(np.quantile(asked[target], QUANTILE)) for target in audit.targets}
    errors = (_pinball(asked[target] - root) for target, root in roots.items())
    return Fit(busy, roots, sum(errors))


def factors_asked_for(audit: Audit, floors: pd.DataFrame, busy: float) -> pd.DataFrame:
    """Return the factor that each floor's need asks for: a column a target."""
    loads = [Loads(*row) for row in floors[list(_LOADS)].itertuples(index=False)]
    load = np.array([one.load_erl(busy) for one in loads])
    needs = audit.needs.pivot(index="floor", columns="target", values="need")
    needs = needs.loc[floors["floor"]]
    rest = load + MARGIN + floors["spread_erl"].to_numpy()
    return (needs - _ROUNDED_UP - rest[:, None]) / np.sqrt(load)[:, None]


def _pinball(missing: pd.Series) -> float:
    return float(np.where(missing > 0, QUANTILE * missing, (QUANTILE - 1) * missing).sum())


_LOADS = ("agents", "dialed_erl", "callers_erl", "other_erl", "spread_erl")
