"""Erlang's loss system: calls that find every port busy are lost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from flexports.theory import arguments

# The finest relative tolerance that brentq accepts.
FINEST = 4 * float(np.finfo(np.float64).eps)


@overload
def erlang_b(load: float, ports: int) -> float: ...
@overload
def erlang_b(load: Sequence[float] | NDArray[np.float64], ports: int) -> NDArray[np.float64]: ...
def erlang_b(
    load: float | Sequence[float] | NDArray[np.float64], ports: int
) -> float | NDArray[np.float64]:
    """Blocking of Poisson traffic offered to a full-availability group of ports.

    Time and call congestion are the same, and depend on the holding time only through its mean.

    Parameters
    ----------
    load : float or array_like of float
        Offered load in erlang: arrival rate times mean time that a port is held.
    ports : int
        Number of ports, 0 or more.

    Returns
    -------
    float or ndarray
        Share of the calls that find no port; in the shape of `load`.

    Raises
    ------
    ValueError
        If a load is negative or not finite, or `ports` is not a whole number of 0 or more.

    Notes
    -----
    The recursion ``B(0) = 1``, ``B(c) = A B(c-1) / (c + A B(c-1))`` adds positive terms only, so
    its relative error stays near ``1e-14`` for 10,000 ports, however small the blocking.

    References
    ----------
    A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in
    automatic telephone exchanges", 1917. The recursion as in V. B. Iversen, Teletraffic
    Engineering Handbook (ITU), chapter on Erlang's loss system, and D. L. Jagerman, "Some
    properties of the Erlang loss function", Bell System Technical Journal 53(3), 1974, 525-551.

    Examples
    --------
    Two erlang of voice messages on three ports:

    >>> round(erlang_b(2, 3), 4)
    0.2105
    >>> erlang_b([1.0, 2.0], 1)
    array([0.5       , 0.66666667])
    """
    ports = arguments.count("ports", ports)
    if np.ndim(load) == 0:
        return _blocking(arguments.not_negative("load", load, "erlang"), ports)  # type: ignore[arg-type]
    loads = np.asarray(load, dtype=np.float64)
    for refused in loads[~((loads >= 0) & (loads < math.inf))]:
        arguments.not_negative("load", float(refused), "erlang")
    blocking = np.ones_like(loads)
    for port in range(1, ports + 1):
        blocking = one_more_port(loads, port, blocking)
    return blocking


@overload
def one_more_port(load: float, ports: int, blocking: float) -> float: ...
@overload
def one_more_port(
    load: NDArray[np.float64], ports: int, blocking: NDArray[np.float64]
) -> NDArray[np.float64]: ...
def one_more_port(
    load: float | NDArray[np.float64], ports: int, blocking: float | NDArray[np.float64]
) -> float | NDArray[np.float64]:
    """Erlang B on `ports` ports, from the `blocking` on one port fewer."""
    blocked_load = load * blocking
    return blocked_load / (ports + blocked_load)


def _blocking(load: float, ports: int) -> float:
    blocking = 1.0
    for port in range(1, ports + 1):
        blocking = one_more_port(load, port, blocking)
    return blocking


def erlang_b_load(blocking: float, ports: int) -> float:
    """Load that a number of ports carries at a given blocking: Erlang B inverted in the load.

    Parameters
    ----------
    blocking : float
        Share of the calls that find no port, above 0 and below 1.
    ports : int
        Number of ports, 1 or more.

    Returns
    -------
    float
        Offered load in erlang at which `erlang_b` equals `blocking`.

    Raises
    ------
    ValueError
        If `blocking` or `ports` is out of range.

    Notes
    -----
    The root lies between ``(B c!)**(1/c)``, since ``B <= A**c / c!``, and ``c / (1 - B)``, since
    no more than ``c`` erlang are carried. It is sought on logarithmic scales, on which Erlang B is
    nearly a straight line while the blocking is small.

    References
    ----------
    D. L. Jagerman, "Methods in traffic calculations", AT&T Bell Laboratories Technical Journal
    63(7), 1984, 1283-1310 (the inverse in load).

    Examples
    --------
    Ten ports carry 4.46 erlang at 1 %:

    >>> round(erlang_b_load(0.01, 10), 4)
    4.4612
    """
    blocking = arguments.share("blocking", blocking)
    ports = arguments.count("ports", ports, least=1)
    target = math.log(blocking)

    def excess(log_load: float) -> float:
        reached = _blocking(math.exp(log_load), ports)
        return (math.log(reached) if reached else -math.inf) - target

    # A little wider than the bounds, so that rounding cannot push the root outside.
    least = (target + math.lgamma(ports + 1)) / ports - 1e-9
    most = math.log(ports) - math.log1p(-blocking) + 1e-9
    while excess(least) == -math.inf:  # the blocking there is below the smallest float
        least = (least + most) / 2
    from scipy.optimize import brentq  # slow to load, and seldom needed

    return math.exp(brentq(excess, least, most, xtol=1e-15, rtol=FINEST))


def erlang_b_ports(load: float, blocking: float) -> int:
    """Smallest number of ports that keeps Erlang B at or below a target.

    Parameters
    ----------
    load : float
        Offered load in erlang.
    blocking : float
        Target, above 0 and at most 1.

    Returns
    -------
    int
        Smallest number of ports with ``erlang_b(load, ports) <= blocking``.

    Raises
    ------
    ValueError
        If `load` is negative or not finite, or `blocking` is out of range.

    References
    ----------
    The recursion of `erlang_b`, followed until the target is met.

    Examples
    --------
    >>> erlang_b_ports(10, 0.02)
    17
    """
    load = arguments.not_negative("load", load, "erlang")
    target = arguments.share("blocking", blocking, one=True)
    ports, reached = 0, 1.0
    while reached > target:
        ports += 1
        reached = one_more_port(load, ports, reached)
    return ports
