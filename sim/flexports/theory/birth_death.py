"""Birth-and-death chains: the long run as a product of ratios."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def birth_death(births: ArrayLike, deaths: ArrayLike) -> NDArray[np.float64]:
    """Long-run distribution of a birth-and-death chain on the states 0 to n.

    Parameters
    ----------
    births : array_like of float, shape (n,)
        ``births[j]`` is the rate from state j to j + 1; 0 or more, per unit of time.
    deaths : array_like of float, shape (n,)
        ``deaths[j]`` is the rate from state j + 1 to j; above 0, in the same unit.

    Returns
    -------
    ndarray of float, shape (n + 1,)
        Probability of each state. Adds up to 1.

    Raises
    ------
    ValueError
        If the shapes differ, a birth rate is negative, a death rate is not above 0, or any is
        not finite.

    Notes
    -----
    The product form ``p[j+1] = p[j] births[j] / deaths[j]`` is multiplied out from its largest
    state in both directions, so that no partial product exceeds 1: nothing overflows, and states
    that are less likely than 1e-308 of the mode become 0.

    References
    ----------
    R. B. Cooper, Introduction to Queueing Theory, 2nd edition, 1981, chapter 2.

    Examples
    --------
    One erlang on two ports: 0, 1 or 2 busy.

    >>> birth_death([1, 1], [1, 2])
    array([0.4, 0.4, 0.2])
    """
    up, down = np.asarray(births, dtype=np.float64), np.asarray(deaths, dtype=np.float64)
    _check(up, down)
    with np.errstate(divide="ignore"):
        heights = np.concatenate(([0.0], np.cumsum(np.log(up) - np.log(down))))
    mode = int(np.argmax(heights))
    below = np.cumprod((down[:mode] / up[:mode])[::-1])[::-1]
    above = np.cumprod(up[mode:] / down[mode:])
    weights = np.concatenate((below, [1.0], above))
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _check(births: NDArray[np.float64], deaths: NDArray[np.float64]) -> None:
    if births.ndim != 1 or births.shape != deaths.shape:
        raise ValueError(
            f"births has shape {births.shape}, deaths {deaths.shape}; "
            "give two lists of the same length"
        )
    if not (np.isfinite(births).all() and (births >= 0).all()):
        raise ValueError("births: a rate is negative or not finite; give rates of 0 or more")
    if not (np.isfinite(deaths).all() and (deaths > 0).all()):
        raise ValueError("deaths: a rate is 0, negative or not finite; give rates above 0")
