"""The calls that a group of ports turns away, as traffic for the next group."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flexports.theory import arguments
from flexports.theory.loss import erlang_b


@dataclass(frozen=True, kw_only=True)
class Overflow:
    """What `overflow_moments` finds.

    Attributes
    ----------
    mean : float
        Mean load of the overflow in erlang.
    variance : float
        Variance of the ports that it would keep busy in an unlimited second group.
    peakedness : float
        Variance over mean: 1 for Poisson traffic, above 1 for overflow.
    mean_interval : float
        Mean time between calls that overflow, in the unit of the mean holding time.
    """

    mean: float
    variance: float
    peakedness: float
    mean_interval: float


def overflow_moments(load: float, ports: int, mean_hold: float = 1.0) -> Overflow:
    """Mean and variance of the traffic that overflows from a group offered Poisson calls.

    Parameters
    ----------
    load : float
        Load offered to the group in erlang, above 0.
    ports : int
        Ports of the group, 0 or more.
    mean_hold : float, default 1
        Mean time that a port is held, exponential; the unit of `mean_interval`.

    Returns
    -------
    Overflow
        Mean, variance, peakedness, and the mean time between calls that overflow.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Notes
    -----
    With ``M = A B(A, c)``, the variance is ``M (1 - M + A / (c + 1 - A + M))`` (Riordan).

    References
    ----------
    R. I. Wilkinson, "Theories for toll traffic engineering in the U.S.A.", Bell System Technical
    Journal 35(2), 1956, 421-514, with the appendix by J. Riordan.

    Examples
    --------
    >>> answer = overflow_moments(20, 20, mean_hold=120)
    >>> round(answer.mean_interval), round(answer.peakedness, 2)
    (38, 2.61)
    """
    load = arguments.positive("load", load, "erlang")
    mean_hold = arguments.positive("mean_hold", mean_hold, "units of time")
    mean = load * erlang_b(load, ports)
    peakedness = 1 - mean + load / (ports + 1 - load + mean)
    return Overflow(
        mean=mean,
        variance=mean * peakedness,
        peakedness=peakedness,
        mean_interval=mean_hold / mean if mean else math.inf,
    )
