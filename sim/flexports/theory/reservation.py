"""Trunk reservation: a class may take ports only if some more stay free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from flexports.theory import arguments
from flexports.theory.birth_death import birth_death
from flexports.theory.chain import Chain, Transition


@dataclass(frozen=True, kw_only=True)
class Reservation:
    """What `reservation` and `trunk_reservation` find.

    Attributes
    ----------
    blocking : tuple of float
        Share of the calls of each class that are not let in.
    carried : tuple of float
        Mean number of calls of each class in progress.
    mean_busy : float
        Mean number of ports busy.
    """

    blocking: tuple[float, ...]
    carried: tuple[float, ...]
    mean_busy: float


class CallClass(NamedTuple):
    """One class of calls, checked."""

    rate: float
    mean_hold: float
    ports: int
    reserve: int


def reservation(loads: Sequence[float], reserves: Sequence[int], ports: int) -> Reservation:
    """Trunk reservation among classes of one port a call and the same mean holding time.

    Parameters
    ----------
    loads : sequence of float, one for each class
        Offered load in erlang.
    reserves : sequence of int, one for each class
        Ports that must stay free: a call is let in only if ``free >= 1 + reserve``.
    ports : int
        Number of ports, 0 or more.

    Returns
    -------
    Reservation
        Blocking and carried load of each class, and mean ports busy.

    Raises
    ------
    ValueError
        If an argument is out of range, or the lists differ in length.

    Notes
    -----
    Calls in progress are alike, so the number of busy ports is a birth-and-death chain: the load
    that is let in falls by steps as ports fill up. Exact for exponential holding times, and stable
    for 10,000 ports.

    References
    ----------
    V. B. Iversen, Teletraffic Engineering Handbook (ITU), on trunk reservation (service
    protection).

    Examples
    --------
    >>> answer = reservation([2, 1], [1, 0], 5)
    >>> [round(share, 4) for share in answer.blocking]
    [0.2375, 0.0396]
    """
    arguments.same_length(loads=loads, reserves=reserves)
    offered = [arguments.not_negative("loads", load, "erlang") for load in loads]
    kept = [arguments.count("reserves", reserve) for reserve in reserves]
    ports = arguments.count("ports", ports)
    free = ports - np.arange(ports + 1)
    let_in = np.array(
        [load * (free > reserve) for load, reserve in zip(offered, kept, strict=True)]
    )
    shares = birth_death(let_in.sum(axis=0)[:-1], np.arange(1, ports + 1))
    blocking = [float(shares[free <= reserve].sum()) for reserve in kept]
    open_to = [float(shares[free > reserve].sum()) for reserve in kept]
    return Reservation(
        blocking=tuple(blocking),
        carried=tuple(load * share for load, share in zip(offered, open_to, strict=True)),
        mean_busy=float(shares @ np.arange(ports + 1)),
    )


def trunk_reservation(
    arrival_rates: Sequence[float],
    mean_holds: Sequence[float],
    reserves: Sequence[int],
    ports: int,
    ports_per_call: Sequence[int] | None = None,
) -> Reservation:
    """Trunk reservation among classes of their own holding times and ports a call: exact.

    Parameters
    ----------
    arrival_rates : sequence of float, one for each class
        Calls per unit of time.
    mean_holds : sequence of float, one for each class
        Mean time that a call lasts, in the same unit; exponential.
    reserves : sequence of int, one for each class
        Ports that must stay free: a call is let in only if ``free >= ports_per_call + reserve``.
    ports : int
        Number of ports, 0 or more.
    ports_per_call : sequence of int, one for each class, optional
        Ports that a call takes, all at once, and gives back together. By default 1 each.

    Returns
    -------
    Reservation
        Blocking and carried load (in calls) of each class, and mean ports busy.

    Raises
    ------
    ValueError
        If an argument is out of range, the lists differ in length, or the chain has too many
        states (two classes: more than some 600 ports).

    Notes
    -----
    The long run of the Markov chain of calls in progress by class. Where all classes have one mean
    and one port a call, its one-dimensional form `reservation` is used, for any number of ports.

    References
    ----------
    V. B. Iversen, Teletraffic Engineering Handbook (ITU), on trunk reservation. The approximation
    of J. W. Roberts, "Teletraffic models for the Telecom 1 integrated services network", 10th
    International Teletraffic Congress, 1983, is *not* used: it can be several percent off.

    Examples
    --------
    A reserve that makes both classes alike (Roberts' approximation gives .3253):

    >>> answer = trunk_reservation([2, 1], [1, 1], [1, 0], 5, ports_per_call=[1, 2])
    >>> [round(share, 6) for share in answer.blocking]
    [0.335243, 0.335243]
    """
    taken = [1] * len(arrival_rates) if ports_per_call is None else ports_per_call
    arguments.same_length(
        arrival_rates=arrival_rates, mean_holds=mean_holds, reserves=reserves, ports_per_call=taken
    )
    classes = [
        CallClass(
            arguments.not_negative("arrival_rates", rate, "calls per unit of time"),
            arguments.positive("mean_holds", hold, "units of time"),
            arguments.count("ports_per_call", each, least=1),
            arguments.count("reserves", reserve),
        )
        for rate, hold, each, reserve in zip(
            arrival_rates, mean_holds, taken, reserves, strict=True
        )
    ]
    ports = arguments.count("ports", ports)
    if all(call.ports == 1 and call.mean_hold == classes[0].mean_hold for call in classes):
        return reservation([call.rate * call.mean_hold for call in classes], reserves, ports)
    return _by_chain(classes, ports)


def _by_chain(classes: Sequence[CallClass], ports: int) -> Reservation:
    def busy(calls: tuple[int, ...]) -> int:
        return sum(number * call.ports for number, call in zip(calls, classes, strict=True))

    def let_in(calls: tuple[int, ...], call: CallClass) -> bool:
        return ports - busy(calls) >= call.ports + call.reserve

    def transitions(calls: tuple[int, ...]) -> Iterator[Transition[tuple[int, ...]]]:
        for kind, call in enumerate(classes):
            others = calls[:kind], calls[kind + 1 :]
            if let_in(calls, call):
                yield Transition(call.rate, (*others[0], calls[kind] + 1, *others[1]))
            if calls[kind]:
                leaving = calls[kind] / call.mean_hold
                yield Transition(leaving, (*others[0], calls[kind] - 1, *others[1]))

    chain = Chain((0,) * len(classes), transitions)
    shares = chain.stationary()
    return Reservation(
        blocking=tuple(
            chain.mean(lambda calls, call=call: not let_in(calls, call), shares)  # type: ignore[misc]
            for call in classes
        ),
        carried=tuple(
            chain.mean(lambda calls, kind=kind: calls[kind], shares)  # type: ignore[misc]
            for kind in range(len(classes))
        ),
        mean_busy=chain.mean(busy, shares),
    )
