r"""How sure an interval must be at each of several looks, so that all of them hold at once.

Whoever looks at growing data again and again, and decides at the first look that allows it, errs
more often than a single look would. If each look has twice the days of the one before, then the
estimates, in units of their standard errors, are a Gaussian sequence in which each is correlated
with the next by :math:`\rho = 1/\sqrt{2}` and depends on the others through it alone. The bound b
with

.. math:: P(\max_k Z_k > b) = \alpha

is found by integrating that sequence look by look (Armitage, McPherson and Rowe 1969 [1]_). Equal
bounds at all looks are Pocock's (1977 [2]_); the intervals made of them hold at all looks together,
whatever decides when to stop (repeated confidence intervals: Jennison and Turnbull 1989 [3]_).

References
----------
.. [1] P. Armitage, C. K. McPherson and B. C. Rowe (1969), "Repeated significance tests on
   accumulating data", Journal of the Royal Statistical Society A 132, 235-244.
.. [2] S. J. Pocock (1977), "Group sequential methods in the design and analysis of clinical
   trials", Biometrika 64, 191-199.
.. [3] C. Jennison and B. W. Turnbull (1989), "Interim analyses: the repeated confidence interval
   approach", Journal of the Royal Statistical Society B 51, 305-361.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

FloatArray = NDArray[np.float64]

_LOWEST, _NODES = -9.0, 96
_STEPS = 50


@lru_cache(maxsize=256)
def tail_at_each_look(tail: float, looks: int) -> float:
    """Chance of an error on one side at a look, so that it is `tail` over all looks.

    Parameters
    ----------
    tail : float
        Between 0 and 0.5.
    looks : int
        Each has twice the days of the one before.

    Returns
    -------
    float

    Examples
    --------
    >>> round(tail_at_each_look(0.025, 1), 6)
    0.025
    >>> tail_at_each_look(0.025, 7) < tail_at_each_look(0.025, 2) < 0.025
    True
    """
    if looks == 1:
        return tail
    low, high = -special.ndtri(tail), -special.ndtri(tail / looks)  # one look; Bonferroni
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _chance_of_passing(middle, looks) > tail else (low, middle)
    return float(special.ndtr(-high))


def _chance_of_passing(bound: float, looks: int) -> float:
    """The chance that any of the looks is above a bound."""
    nodes, weights = _gauss_legendre()
    half = (bound - _LOWEST) / 2
    at, weight = _LOWEST + half * (nodes + 1), half * weights
    # Density of being at a place with no look above the bound so far.
    density = np.exp(-(at**2) / 2) / math.sqrt(2 * math.pi)
    spread = math.sqrt(0.5)  # of a look, given the one before: sqrt(1 - rho**2)
    steps = (at[:, None] - math.sqrt(0.5) * at) / spread
    move = np.exp(-(steps**2) / 2) / (spread * math.sqrt(2 * math.pi)) * weight
    for _ in range(looks - 1):
        density = move @ density
    return float(1.0 - weight @ density)


@lru_cache(maxsize=1)
def _gauss_legendre() -> tuple[FloatArray, FloatArray]:
    return np.polynomial.legendre.leggauss(_NODES)
