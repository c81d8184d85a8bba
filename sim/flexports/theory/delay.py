"""Erlang's delay system: calls that find every agent busy wait, for ever if they must."""

from __future__ import annotations

from dataclasses import dataclass, field

from flexports.theory import arguments
from flexports.theory.holds import ExponentialHold, HoldMeasures
from flexports.theory.loss import erlang_b, one_more_port


@dataclass(frozen=True, kw_only=True)
class Delay(HoldMeasures):
    """The queue M/M/n in the long run; what `mmc` finds.

    Times are in the unit of the mean talk.

    Attributes
    ----------
    load : float
        Offered load in erlang.
    blocked : float
        Share of the calls turned away: 0, as places are unlimited.
    p_wait : float
        Share of the calls that wait (Erlang C).
    mean_wait : float
        Mean wait of all calls.
    mean_wait_of_waiting : float
        Mean wait of the calls that wait.
    occupancy : float
        Share of their time that agents talk.
    mean_queue : float
        Mean number of calls waiting.
    ports_busy : float
        Mean number of ports in use, when a call holds one for its wait and its talk.
    """

    load: float
    blocked: float
    p_wait: float
    mean_wait: float
    mean_wait_of_waiting: float
    occupancy: float
    mean_queue: float
    ports_busy: float
    _hold: ExponentialHold = field(repr=False)


def erlang_c(load: float, agents: int) -> float:
    """Share of Poisson calls that have to wait for an agent, when nobody abandons.

    Parameters
    ----------
    load : float
        Offered load in erlang, below `agents`.
    agents : int
        Number of agents, 1 or more.

    Returns
    -------
    float
        P(wait > 0).

    Raises
    ------
    ValueError
        If an argument is out of range, or `load` is not below `agents`.

    References
    ----------
    A. K. Erlang, 1917, as for `erlang_b`; R. B. Cooper, Introduction to Queueing Theory, 2nd
    edition, 1981, chapter 3 (the Erlang delay formula), from Erlang B:
    ``C = n B / (n - A (1 - B))``.

    Examples
    --------
    >>> round(erlang_c(20, 25), 4)
    0.2091
    """
    load = arguments.not_negative("load", load, "erlang")
    agents = _enough(load, arguments.count("agents", agents, least=1))
    return _from_blocking(load, agents, erlang_b(load, agents))


def _enough(load: float, agents: int) -> int:
    if load >= agents:
        raise ValueError(
            f"load: {load!r} erlang keep {agents!r} agents more than busy and the queue grows "
            f"without end; give {int(load) + 1} agents or more, or use erlang_a: callers abandon"
        )
    return agents


def _from_blocking(load: float, agents: int, blocking: float) -> float:
    return agents * blocking / (agents - load + load * blocking)


def mmc(arrival_rate: float, mean_talk: float, agents: int) -> Delay:
    """Poisson calls, exponential talk, n agents, endless patience, first come first served.

    Parameters
    ----------
    arrival_rate : float
        Calls per unit of time.
    mean_talk : float
        Mean time that an agent is busy with a call, in the same unit.
    agents : int
        Number of agents; more than the offered load.

    Returns
    -------
    Delay
        Waits, queue, occupancy and ports in use; `service_level`, `wait_tail` and
        `wait_quantile` are its methods.

    Raises
    ------
    ValueError
        If an argument is out of range, or the load is not below `agents`.

    References
    ----------
    R. B. Cooper, Introduction to Queueing Theory, 2nd edition, 1981, chapter 3 (the Erlang delay
    system); the wait of those who wait is exponential with rate ``n / mean_talk - arrival_rate``.

    Examples
    --------
    Two hundred calls an hour of three minutes, 14 agents, times in minutes:

    >>> queue = mmc(200 / 60, 3, 14)
    >>> round(queue.p_wait, 3), round(queue.service_level(0.33), 3), round(queue.occupancy, 3)
    (0.174, 0.888, 0.714)
    """
    arrival_rate = arguments.positive("arrival_rate", arrival_rate, "calls per unit of time")
    mean_talk = arguments.positive("mean_talk", mean_talk, "units of time")
    load = arrival_rate * mean_talk
    p_wait = erlang_c(load, agents)
    mean_wait_of_waiting = mean_talk / (agents - load)
    mean_queue = p_wait * mean_wait_of_waiting * arrival_rate
    return Delay(
        load=load,
        blocked=0.0,
        p_wait=p_wait,
        mean_wait=p_wait * mean_wait_of_waiting,
        mean_wait_of_waiting=mean_wait_of_waiting,
        occupancy=load / agents,
        mean_queue=mean_queue,
        ports_busy=load + mean_queue,
        _hold=ExponentialHold(p_wait, 1 / mean_wait_of_waiting),
    )


def mmc_agents(arrival_rate: float, mean_talk: float, *, share: float, within: float) -> int:
    """Smallest number of agents that meets a service level, when nobody abandons.

    Parameters
    ----------
    arrival_rate : float
        Calls per unit of time.
    mean_talk : float
        Mean time that an agent is busy with a call, in the same unit.
    share : float
        Share of the calls to be answered in time, above 0 and below 1.
    within : float
        The time, 0 or more, in the same unit.

    Returns
    -------
    int
        Smallest number of agents with P(wait <= within) >= share.

    Raises
    ------
    ValueError
        If an argument is out of range.

    References
    ----------
    As for `mmc`; the recursion of `erlang_b` is carried on from one number of agents to the next.

    Examples
    --------
    Eighty percent within 20 s:

    >>> mmc_agents(200 / 3600, 180, share=0.8, within=20)
    14
    """
    arrival_rate = arguments.positive("arrival_rate", arrival_rate, "calls per unit of time")
    mean_talk = arguments.positive("mean_talk", mean_talk, "units of time")
    share = arguments.share("share", share)
    within = arguments.not_negative("within", within, "units of time")
    load = arrival_rate * mean_talk
    agents = int(load)
    blocking, late = erlang_b(load, agents), 1.0
    while late > 1 - share:
        agents += 1
        blocking = one_more_port(load, agents, blocking)
        p_wait = _from_blocking(load, agents, blocking)
        late = ExponentialHold(p_wait, (agents - load) / mean_talk).tail(within)
    return agents
