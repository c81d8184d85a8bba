"""Erlang A: callers hold for an agent while their patience lasts, in a limited number of places."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from flexports.theory import arguments
from flexports.theory.birth_death import birth_death
from flexports.theory.delay import mmc
from flexports.theory.holds import HoldLaw, HoldMeasures, PositionHold

# An unlimited queue is cut where a place is exp(-60) times as likely as the likeliest one.
NEGLIGIBLE = -60.0
MOST_PLACES = 10_000_000


@dataclass(frozen=True, kw_only=True)
class ErlangA(HoldMeasures):
    """The queue M/M/n/K+M in the long run; what `erlang_a` finds.

    Times are in the unit of the mean talk. The calls let in are those that found a place.

    Attributes
    ----------
    load : float
        Offered load in erlang, the calls turned away included.
    blocked : float
        Share of the calls offered that find no place.
    abandonment : float
        Share of the calls let in that abandon.
    abandonment_of_offered : float
        Share of the calls offered that abandon.
    p_wait : float
        Share of the calls let in that do not find an agent free.
    mean_wait : float
        Mean wait of the calls let in, those who abandon included.
    mean_wait_of_answered : float
        Mean wait of the calls that are answered.
    occupancy : float
        Share of their time that agents talk.
    mean_queue : float
        Mean number of calls waiting.
    ports_busy : float
        Mean number of places in use: calls waiting and calls talking.
    """

    load: float
    blocked: float
    abandonment: float
    abandonment_of_offered: float
    p_wait: float
    mean_wait: float
    mean_wait_of_answered: float
    occupancy: float
    mean_queue: float
    ports_busy: float
    _hold: HoldLaw = field(repr=False, compare=False)


def erlang_a(
    arrival_rate: float,
    mean_talk: float,
    agents: int,
    mean_patience: float,
    places: int | None = None,
) -> ErlangA:
    """Poisson calls, exponential talk and patience, n agents, K places: M/M/n/K+M.

    A call takes a place (a port) on arrival and keeps it while it waits and talks; without a place
    it is lost. Calls are answered first come, first served.

    Parameters
    ----------
    arrival_rate : float
        Calls per unit of time.
    mean_talk : float
        Mean talk, in the same unit.
    agents : int
        Number of agents, 1 or more.
    mean_patience : float
        Mean of the exponential patience, in the same unit; ``inf`` if nobody abandons.
    places : int, optional
        Calls that can be present at once, talking and waiting together. Unlimited by default.

    Returns
    -------
    ErlangA
        Blocking, abandonment, waits, occupancy and places in use; `service_level`,
        `answered_within`, `wait_tail` and `wait_quantile` are its methods.

    Raises
    ------
    ValueError
        If an argument is out of range; if patience and places are unlimited and the load is not
        below `agents`; or if the unlimited queue grows beyond 10,000,000 calls.

    Notes
    -----
    The number present is a birth-and-death chain. What a call finds gives the law of its wait:
    see the incomplete beta function in `flexports.theory.holds`. The law is exact: nothing is
    simulated, and with unlimited places less than ``1e-20`` of the queue is cut off.

    References
    ----------
    C. Palm, "Research on telephone traffic carried by full availability groups", Tele, 1957.
    O. Garnett, A. Mandelbaum, M. Reiman, "Designing a call center with impatient customers",
    Manufacturing & Service Operations Management 4(3), 2002, 208-227.
    A. Mandelbaum, S. Zeltyn, "Service engineering in action: the Palm/Erlang-A queue, with
    applications to call centers", in Advances in Services Innovations, Springer, 2007.

    Examples
    --------
    48 calls a minute of one minute, 50 agents, patience of two minutes on average:

    >>> queue = erlang_a(48, 1, 50, 2)
    >>> round(queue.abandonment, 3), round(60 * queue.mean_wait, 1)
    (0.031, 3.7)

    Five agents on eight ports, times in seconds:

    >>> queue = erlang_a(90 / 3600, 180, 5, 90, places=8)
    >>> round(queue.blocked, 4), round(queue.answered_within(20), 4)
    (0.0252, 0.6891)
    """
    arrival_rate = arguments.positive("arrival_rate", arrival_rate, "calls per unit of time")
    mean_talk = arguments.positive("mean_talk", mean_talk, "units of time")
    agents = arguments.count("agents", agents, least=1)
    mean_patience = arguments.positive(
        "mean_patience", mean_patience, "units of time", infinite=True
    )
    if places is not None:
        places = arguments.count("places", places, least=1)
        return _by_states(arrival_rate, mean_talk, agents, 1 / mean_patience, places, limited=True)
    if math.isinf(mean_patience):
        return _patient(arrival_rate, mean_talk, agents)
    present = agents + _queue_that_matters(arrival_rate, agents / mean_talk, 1 / mean_patience)
    return _by_states(arrival_rate, mean_talk, agents, 1 / mean_patience, present, limited=False)


def _patient(arrival_rate: float, mean_talk: float, agents: int) -> ErlangA:
    queue = mmc(arrival_rate, mean_talk, agents)
    return ErlangA(
        load=queue.load,
        blocked=0.0,
        abandonment=0.0,
        abandonment_of_offered=0.0,
        p_wait=queue.p_wait,
        mean_wait=queue.mean_wait,
        mean_wait_of_answered=queue.mean_wait,
        occupancy=queue.occupancy,
        mean_queue=queue.mean_queue,
        ports_busy=queue.ports_busy,
        _hold=queue._hold,
    )


def _queue_that_matters(arrival_rate: float, agent_rate: float, patience_rate: float) -> int:
    """Places behind the agents, such that the rest of an unlimited queue is negligible."""
    likeliest = max(0, math.ceil((arrival_rate - agent_rate) / patience_rate))
    more = 64
    while likeliest + more <= MOST_PLACES:
        queued = likeliest + np.arange(1, more + 1)
        falls = np.log(arrival_rate / (agent_rate + queued * patience_rate))
        if falls.sum() < NEGLIGIBLE:
            return likeliest + more
        more *= 2
    raise ValueError(
        f"places: without a limit more than {MOST_PLACES:,} calls may wait; "
        "give places, more agents or a shorter mean_patience"
    )


def _by_states(
    arrival_rate: float,
    mean_talk: float,
    agents: int,
    patience_rate: float,
    places: int,
    *,
    limited: bool,
) -> ErlangA:
    present = np.arange(places + 1)
    talking, waiting = np.minimum(present, agents), np.maximum(present - agents, 0)
    leaving = talking / mean_talk + waiting * patience_rate
    shares = birth_death(np.full(places, arrival_rate), leaving[1:])
    let_in = float(shares[:-1].sum())
    mean_queue, mean_talking = float(shares @ waiting), float(shares @ talking)
    hold = _hold(shares[:-1] / let_in, agents, agents / mean_talk, patience_rate)
    lost_in_queue = patience_rate * mean_queue / arrival_rate
    return ErlangA(
        load=arrival_rate * mean_talk,
        blocked=float(shares[-1]) if limited else 0.0,
        abandonment=lost_in_queue / let_in,
        abandonment_of_offered=lost_in_queue,
        p_wait=float(hold.seen.sum()),
        mean_wait=mean_queue / (arrival_rate * let_in),
        mean_wait_of_answered=hold.mean_of_answered(),
        occupancy=mean_talking / agents,
        mean_queue=mean_queue,
        ports_busy=mean_queue + mean_talking,
        _hold=hold,
    )


def _hold(
    found: NDArray[np.float64], agents: int, agent_rate: float, patience_rate: float
) -> PositionHold:
    """From what an arriving call that is let in finds (Poisson arrivals see time averages)."""
    return PositionHold(float(found[:agents].sum()), found[agents:], agent_rate, patience_rate)
