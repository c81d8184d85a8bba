r"""How many servers of an unlimited pool are busy: M_t/G/infinity.

Calls arrive as a Poisson stream with rate :math:`\lambda(t)` and hold a server each for independent
times S. Begun empty at time 0, the number busy at time t is Poisson with mean

.. math:: m(t) = \int_0^t \lambda(u) P(S > t - u) du

(Eick, Massey and Whitt 1993 [1]_, theorem 1); with rates multiplied by one gamma factor of mean 1
it is negative binomial with that mean.

References
----------
.. [1] S. G. Eick, W. A. Massey and W. Whitt (1993), "The physics of the M_t/G/infinity queue",
   Operations Research 41, 731-742.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from flexports.theory.arguments import count, not_negative

FloatArray = NDArray[np.float64]


def occupancy_tail(mean: ArrayLike, servers: int, cv: float = 0.0) -> FloatArray:
    """Probability that at least so many servers are busy.

    Parameters
    ----------
    mean : array of float
        Mean number busy.
    servers : int
    cv : float
        Spread of a gamma factor of mean 1 on all rates.

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> occupancy_tail([1.0], 1).round(6)  # 1 - exp(-1)
    array([0.632121])
    """
    means = np.asarray(mean, dtype=np.float64)
    servers = count("servers", servers)
    cv = not_negative("cv", cv, "a coefficient of variation")
    if servers == 0:
        return np.ones_like(means)
    if cv == 0:
        return np.asarray(special.pdtrc(servers - 1, means))
    shape = cv**-2
    return np.asarray(special.betainc(servers, shape, means / (means + shape)))


def occupancy_above(mean: ArrayLike, servers: int, cv: float = 0.0) -> FloatArray:
    r"""Mean number of busy servers beyond so many.

    Parameters
    ----------
    mean, servers, cv
        As for `occupancy_tail`.

    Returns
    -------
    ndarray of float

    Notes
    -----
    :math:`E (N - c)^+ = E[N; N \ge c] - c P(N \ge c)`, of which the first is
    :math:`m P(N \ge c - 1)` if N is Poisson, and the same with a gamma factor of one more in shape
    if it is negative binomial.

    Examples
    --------
    >>> occupancy_above([1.0], 1).round(6)  # 1 - P(N >= 1)
    array([0.367879])
    """
    means = np.asarray(mean, dtype=np.float64)
    tail = occupancy_tail(means, servers, cv)
    if servers == 0:
        return means
    if cv == 0:
        at_least = occupancy_tail(means, servers - 1)
    else:
        shape = cv**-2
        odds = means / (means + shape)
        at_least = (
            np.ones_like(means)
            if servers == 1
            else np.asarray(special.betainc(servers - 1, shape + 1.0, odds))
        )
    return np.maximum(means * at_least - servers * tail, 0.0)
