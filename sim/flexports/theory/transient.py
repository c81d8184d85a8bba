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
    steps = np.arange(_steps_enough(pace * until))
    # Time between step k and the next that falls into the span: P(more than k steps) / pace.
    spent = special.gammainc(steps + 1, pace * until) - special.gammainc(steps + 1, pace * since)
    return _weighted(rates, np.maximum(spent, 0.0) / pace, until - since, long_run)


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
    steps = np.arange(_steps_enough(expected))
    chances = np.exp(special.xlogy(steps, expected) - expected - special.gammaln(steps + 1))
    return _weighted(rates, chances, 1.0, long_run)


def _pace(rates: sparse.csr_array) -> float:
    """Steps per unit of time; any will do for a chain that never moves."""
    return HASTE * float(rates.sum(axis=1).max()) or 1.0


def _steps_enough(expected: float) -> int:
    """More steps than this have a chance below 1e-20."""
    return int(expected + 10 * np.sqrt(expected) + 50)


def _weighted(
    rates: sparse.csr_array, weights: Vector, total: float, long_run: Callable[[], Vector]
) -> Vector:
    """Sum of the chain's distributions after 0, 1, ... steps, with these weights."""
    step = _step_matrix(rates)
    goal = _goal(long_run) if len(weights) > 2 * STEPS_BETWEEN_LOOKS else None
    now: Vector = np.zeros(rates.shape[0])
    now[0] = 1.0
    result = np.zeros_like(now)
    for taken, weight in enumerate(weights):
        if weight:
            result += weight * now
        if goal is not None and taken % STEPS_BETWEEN_LOOKS == 0 and _arrived(now, goal):
            now = goal
            break
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
