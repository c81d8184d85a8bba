"""Blocked callers who try again: the extended Erlang B approximation."""

from __future__ import annotations

from dataclasses import dataclass

from flexports.theory import arguments
from flexports.theory.loss import FINEST, erlang_b


@dataclass(frozen=True, kw_only=True)
class ExtendedErlangB:
    """What `extended_erlang_b` finds.

    Attributes
    ----------
    blocking : float
        Share of all attempts, fresh and repeated, that find no port.
    offered : float
        Load of all attempts in erlang.
    lost : float
        Share of the fresh calls that are never served.
    """

    blocking: float
    offered: float
    lost: float


def extended_erlang_b(load: float, ports: int, retry: float) -> ExtendedErlangB:
    """Erlang B when a share of the blocked attempts come again as fresh-looking traffic.

    Parameters
    ----------
    load : float
        Load of the fresh calls in erlang.
    ports : int
        Number of ports, 0 or more.
    retry : float
        Share of the blocked attempts that try again, at every attempt: 0 to 1.

    Returns
    -------
    ExtendedErlangB
        Blocking, total offered load, and the share of fresh calls never served.

    Raises
    ------
    ValueError
        If an argument is out of range, or with ``retry=1`` the load is not below the ports: then
        the attempts grow without end.

    Notes
    -----
    The fixed point ``A = A0 + r A B(A, c)``. It takes the repeated attempts for independent Poisson
    traffic, which holds when callers wait long before they try again; quick retries do worse.
    ``A (1 - r B(A, c))`` rises with ``A``, so the point is unique; it is bracketed, not iterated.

    References
    ----------
    The extended Erlang B model; for the exact chain of retrials J. W. Cohen, "Basic problems of
    telephone traffic theory and the influence of repeated calls", Philips Telecommunication
    Review 18(2), 1957, 49-100.

    Examples
    --------
    >>> answer = extended_erlang_b(3, 6, retry=0.5)
    >>> round(answer.blocking, 4), round(answer.offered, 4)
    (0.0571, 3.0882)
    """
    load = arguments.not_negative("load", load, "erlang")
    ports = arguments.count("ports", ports)
    retry = arguments.share("retry", retry, zero=True, one=True)
    if retry == 1 and load > 0 and load >= ports:
        raise ValueError(
            f"load: {load!r} erlang of callers who never give up need more than {ports!r} ports; "
            "give more ports, or a retry below 1"
        )
    offered = _total_load(load, ports, retry) if load else 0.0
    blocking = erlang_b(offered, ports)
    lost = offered * blocking * (1 - retry) / load if load else blocking
    return ExtendedErlangB(blocking=blocking, offered=offered, lost=lost)


def _total_load(load: float, ports: int, retry: float) -> float:
    def excess(total: float) -> float:
        return total * (1 - retry * erlang_b(total, ports)) - load

    most = 2 * load
    while excess(most) < 0:
        most *= 2
    from scipy.optimize import brentq  # slow to load, and seldom needed

    return brentq(excess, load * (1 - 1e-9), most, xtol=1e-300, rtol=FINEST)
