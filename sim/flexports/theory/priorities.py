"""Queues in which some callers go first, and nobody is interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from flexports.theory import arguments
from flexports.theory.delay import erlang_c


def priority_waits(
    arrival_rates: Sequence[float], mean_talk: float, agents: int
) -> tuple[float, ...]:
    """Mean waits of Poisson classes under head-of-line priority, first come first served within.

    Parameters
    ----------
    arrival_rates : sequence of float, the class of the highest priority first
        Calls per unit of time.
    mean_talk : float
        Mean of the exponential talk of every class, in the same unit.
    agents : int
        Number of agents; more than the load of all classes together.

    Returns
    -------
    tuple of float
        Mean wait of all calls of each class, in the unit of `mean_talk`.

    Raises
    ------
    ValueError
        If an argument is out of range, or the load of all classes is not below `agents`.

    Notes
    -----
    ``W[k] = C(A, n) mean_talk / n / ((1 - s[k-1]) (1 - s[k]))``, where ``s[k]`` is the load of the
    classes up to k over the number of agents.

    References
    ----------
    A. Cobham, "Priority assignment in waiting line problems", Journal of the Operations Research
    Society of America 2(1), 1954, 70-76. O. Kella, U. Yechiali, "Waiting times in the
    non-preemptive priority M/M/c queue", Stochastic Models 1(2), 1985, 257-262.

    Examples
    --------
    >>> [round(wait, 4) for wait in priority_waits([0.5, 0.9], 2, 4)]
    [0.2858, 0.9526]
    """
    arguments.same_length(arrival_rates=arrival_rates)
    rates = [
        arguments.not_negative("arrival_rates", rate, "calls per unit of time")
        for rate in arrival_rates
    ]
    mean_talk = arguments.positive("mean_talk", mean_talk, "units of time")
    p_wait = erlang_c(sum(rates) * mean_talk, agents)
    loads = [rate * mean_talk / agents for rate in rates]
    left = [1 - load for load in accumulate(loads, initial=0.0)]
    return tuple(p_wait * mean_talk / agents / (before * after) for before, after in pairwise(left))
