"""Engset's loss system: a limited number of sources, each with one call at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flexports.theory import arguments
from flexports.theory.birth_death import birth_death


@dataclass(frozen=True, kw_only=True)
class Engset:
    """What `engset` finds.

    Attributes
    ----------
    time_congestion : float
        Share of the time that all ports are busy.
    call_congestion : float
        Share of the attempts that find no port (the field's *blocking*).
    traffic_congestion : float
        Share of the load that would be carried on ample ports, and is not.
    offered : float
        Load in erlang that the sources would carry on ample ports.
    carried : float
        Mean number of ports busy.
    """

    time_congestion: float
    call_congestion: float
    traffic_congestion: float
    offered: float
    carried: float


def engset(sources: int, ports: int, load_per_idle_source: float) -> Engset:
    """Blocking when a limited number of sources share the ports; a blocked source is idle again.

    Parameters
    ----------
    sources : int
        Number of sources, 1 or more. With no more sources than ports nothing is blocked.
    ports : int
        Number of ports, 0 or more.
    load_per_idle_source : float
        Calls that an idle source starts per unit of time, times the mean time that a port is held:
        erlang per idle source.

    Returns
    -------
    Engset
        Time, call and traffic congestion, offered and carried load.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Notes
    -----
    The states are a truncated binomial law. An attempt in state j is made at a rate proportional
    to the ``sources - j`` idle sources, hence call congestion below time congestion; both, and
    the traffic congestion ``(N - c) / N`` times time congestion, are ratios of positive sums.

    References
    ----------
    T. Engset, "Die Wahrscheinlichkeitsrechnung zur Bestimmung der Wählerzahl in automatischen
    Fernsprechämtern", Elektrotechnische Zeitschrift, 1918. V. B. Iversen, Teletraffic Engineering
    Handbook (ITU), chapter on loss systems with full accessibility (Engset distribution).

    Examples
    --------
    >>> answer = engset(10, 5, 0.248982287242183)
    >>> round(answer.time_congestion, 6), round(answer.call_congestion, 6)
    (0.026267, 0.01635)
    >>> round(answer.carried, 6)
    1.9673
    """
    sources = arguments.count("sources", sources, least=1)
    ports = arguments.count("ports", ports)
    load = arguments.not_negative("load_per_idle_source", load_per_idle_source, "erlang")
    most = min(sources, ports)
    busy = np.arange(most + 1)
    shares = birth_death(load * (sources - busy[:-1]), busy[1:])
    time_congestion = float(shares[-1]) if ports <= sources else 0.0
    idle = float(shares @ (sources - busy))
    return Engset(
        time_congestion=time_congestion,
        call_congestion=(sources - most) * time_congestion / idle if sources > most else 0.0,
        traffic_congestion=(sources - most) / sources * time_congestion,
        offered=sources * load / (1 + load),
        carried=float(shares @ busy),
    )
