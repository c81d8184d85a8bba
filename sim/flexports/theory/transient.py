"""A Markov chain on its way: uniformisation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, special

Vector = NDArray[np.float64]

# Steps are a little more frequent than the busiest state needs, so that no chain is periodic.
HASTE = 1.05
# Total variation from the long run below which the chain is taken to have reached it.
ARRIVED = 1e-12
STEPS_BETWEEN_LOOKS = 64


def time_in_states(
    rates: sparse.csr_array, since: float, until: float, long_run: Callable[[], Vector]
) -> Vector:
    """Expected time in each state over a span, begun in state 0 at time 0.

    Parameters
    ----------
    rates : sparse array of float, shape (n, n)
        ``rates[i, j]`` is the rate from state i to j; nothing on the diagonal.
    since, until : float
        The span.
    long_run : callable
        Finds the stationary distribution; asked only if the span is long. It may fail.

    Returns
    -------
    ndarray of float, shape (n,)
        Times, adding up to ``until - since``.

    Examples
    --------
    >>> from flexports.theory.long_run import long_run
    >>> rates = sparse.csr_array([[0.0, 1.0], [3.0, 0.0]])
    >>> time_in_states(rates, 0, 100, lambda: long_run(rates)).round(4)
    array([75.0625, 24.9375])
    """
    pace = _pace(rates)

    def spent(steps: NDArray[np.int64]) -> Vector:
        """Time between a step and the next that falls into the span: P(more steps) / pace."""
        later = special.gammainc(steps + 1, pace * until)
        earlier = special.gammainc(steps + 1, pace * since)
        return np.asarray(np.maximum(later - earlier, 0.0) / pace)

    return _weighted(rates, spent, _steps_enough(pace * until), until - since, long_run)


def distribution_at(rates: sparse.csr_array, time: float, long_run: Callable[[], Vector]) -> Vector:
    """Probability of each state at a time, begun in state 0 at time 0.

    Parameters
    ----------
    rates : sparse array of float, shape (n, n)
        ``rates[i, j]`` is the rate from state i to j; nothing on the diagonal.
    time : float
        The time.
    long_run : callable
        As for `time_in_states`.

    Returns
    -------
    ndarray of float, shape (n,)
        Probabilities, adding up to 1.

    Examples
    --------
    >>> from flexports.theory.long_run import long_run
    >>> rates = sparse.csr_array([[0.0, 1.0], [3.0, 0.0]])
    >>> distribution_at(rates, 0.1, lambda: long_run(rates)).round(4)
    array([0.9176, 0.0824])
    """
    expected = _pace(rates) * time

    def chances(steps: NDArray[np.int64]) -> Vector:
        logarithms = special.xlogy(steps, expected) - expected - special.gammaln(steps + 1)
        return np.asarray(np.exp(logarithms))

    return _weighted(rates, chances, _steps_enough(expected), 1.0, long_run)


def _pace(rates: sparse.csr_array) -> float:
    """Steps per unit of time; any will do for a chain that never moves."""
    return HASTE * float(rates.sum(axis=1).max()) or 1.0


def _steps_enough(expected: float) -> int:
    """More steps than this have a chance below 1e-20."""
    return int(expected + 10 * np.sqrt(expected) + 50)


def _weighted(
    rates: sparse.csr_array,
    weights: Callable[[NDArray[np.int64]], Vector],
    enough: int,
    total: float,
    long_run: Callable[[], Vector],
) -> Vector:
    """Sum of the chain's distributions after 0, 1, ... steps, with the weights of these steps."""
    step = _step_matrix(rates)
    goal = _goal(long_run) if enough > 2 * STEPS_BETWEEN_LOOKS else None
    now: Vector = np.zeros(rates.shape[0])
    now[0] = 1.0
    result = np.zeros_like(now)
    for first in range(0, enough, STEPS_BETWEEN_LOOKS):
        if goal is not None and _arrived(now, goal):
            now = goal
            break
        for weight in weights(np.arange(first, min(first + STEPS_BETWEEN_LOOKS, enough))):
            result += weight * now
            now = np.asarray(step @ now)
    return result + max(0.0, total - float(result.sum())) * now


def _step_matrix(rates: sparse.csr_array) -> sparse.csr_array:
    stay = 1 - rates.sum(axis=1) / _pace(rates)
    return sparse.csr_array(rates.T / _pace(rates) + sparse.diags_array(stay))


def _goal(long_run: Callable[[], Vector]) -> Vector | None:
    try:
        return long_run()
    except (ValueError, ArithmeticError):  # there is no one long run: walk the whole span
        return None


def _arrived(now: Vector, goal: Vector) -> bool:
    return bool(np.abs(now - goal).sum() < 2 * ARRIVED)
