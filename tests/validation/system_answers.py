"""The values of the systems that the cases do not cover: closed forms and chains of our own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.integrate import quad

from flexports.theory import Chain, Transition
from validation.days import Piece, Present, waits_at_most


class Seats(NamedTuple):
    """Agents who talk, and callers who hold; all others dial on a seat, or are locked out."""

    talking: int
    waiting: int


def pooled_seats(
    *, agents: int, seats: int, dial_s: float, talk_s: float, calls_per_s: float, ports: int
) -> Chain[Seats]:
    """Agents who dial for ever on fewer seats than heads, and patient callers.

    Who is locked out answers at once. Who dials takes a caller after his dial and passes his seat
    on; who has talked takes the next caller, or a seat, or is locked out. Events: dial, offered,
    blocked.
    """

    def dialing(now: Seats) -> int:
        return min(seats, agents - now.talking)

    def transitions(now: Seats) -> Iterator[Transition[Seats]]:
        talking, waiting = now
        locked_out = agents - talking - dialing(now)
        if talking + waiting == ports:
            yield Transition(calls_per_s, now, ("offered", "blocked"))
        elif locked_out:
            yield Transition(calls_per_s, Seats(talking + 1, 0), ("offered",))
        else:
            yield Transition(calls_per_s, Seats(talking, waiting + 1), ("offered",))
        taken = min(waiting, 1)
        if dialing(now):
            after = Seats(talking + taken, waiting - taken)
            yield Transition(dialing(now) / dial_s, after, ("dial",))
        if talking:
            yield Transition(talking / talk_s, Seats(talking - 1 + taken, waiting - taken))

    return Chain(Seats(0, 0), transitions)


def seats_told(
    *, agents: int, seats: int, dial_s: float, talk_s: float, calls_per_s: float, ports: int
) -> dict[str, float]:
    """Shares of agents' time, dials an hour, and callers' fate, by the chain of `pooled_seats`."""
    chain = pooled_seats(
        agents=agents,
        seats=seats,
        dial_s=dial_s,
        talk_s=talk_s,
        calls_per_s=calls_per_s,
        ports=ports,
    )
    shares = chain.stationary()
    dialing = chain.mean(lambda now: min(seats, agents - now.talking), shares) / agents
    talking = chain.mean(lambda now: now.talking, shares) / agents
    blocked, offered = (chain.rate_of(event, shares) for event in ("blocked", "offered"))
    waiting = chain.mean(lambda now: now.waiting, shares)
    return {
        "dialing": dialing,
        "talking": talking,
        "locked_out": 1 - dialing - talking,
        "dials_per_hour": 3600 * chain.rate_of("dial", shares),
        "blocking": blocked / offered,
        "hold_s": waiting / (offered - blocked),
    }


class Stale(NamedTuple):
    """Leads that are given up, and when the others are taken."""

    stale: float
    mean_wait_s: float
    in_time: float


def constant_patience(
    *, calls_per_s: float, served_s: float, servers: int, patience_s: float, within_s: float
) -> Stale:
    """M/M/n+D: who has waited for a certain time is gone.

    The wait that a patient call would have has the density ``lambda p[n-1] exp((lambda - n mu) x)``
    up to the patience, and falls as ``exp(-n mu x)`` beyond it (B. V. Gnedenko, I. N. Kovalenko,
    Introduction to Queueing Theory, 1968; F. Baccelli, G. Hebuterne, On queues with impatient
    customers, Performance '81). `in_time` is of all calls.
    """
    load, leaving = calls_per_s * served_s, servers / served_s
    empty = [load**k / math.factorial(k) for k in range(servers)]
    drift = calls_per_s - leaving

    def density(wait_s: float) -> float:
        return calls_per_s * empty[-1] * math.exp(drift * wait_s)

    gone = density(patience_s) / leaving
    total = math.fsum(empty) + quad(density, 0, patience_s)[0] + gone
    stale = gone / total
    waited = quad(lambda wait_s: wait_s * density(wait_s), 0, patience_s)[0] / total
    in_time = (math.fsum(empty) + quad(density, 0, within_s)[0]) / total
    return Stale(stale, waited / (1 - stale), in_time)


class Waits(NamedTuple):
    """How many of the attempts wait, and for how long all of them do on average."""

    share: float
    mean_s: float


def machine_repair(*, users: int, ports: int, pause_s: float, served_s: float) -> Waits:
    """Users who wait for a port if there is none: Palm's machine repair, M/M/c//N."""
    busy = np.arange(users + 1)
    up, down = (users - busy[:-1]) / pause_s, np.minimum(busy[1:], ports) / served_s
    shares = np.concatenate([[1.0], np.cumprod(up / down)])
    shares /= shares.sum()
    attempts = shares * (users - busy) / pause_s
    waiting = float(shares @ np.maximum(busy - ports, 0))
    return Waits(float(attempts[ports:].sum() / attempts.sum()), waiting / float(attempts.sum()))


def one_server(*, calls_per_s: float, times_s: Sequence[float]) -> Waits:
    """M/G/1 with equally likely service times: Pollaczek and Khinchine."""
    mean, square = np.mean(times_s), np.mean(np.square(times_s))
    load = calls_per_s * mean
    return Waits(float(load), float(calls_per_s * square / (2 * (1 - load))))


class Day(NamedTuple):
    """A day of which the rates change: callers' fate in all."""

    offered: float
    blocking: float
    hold_s: float
    service_level: float


def day_of_pieces(
    pieces: Sequence[Piece], *, agents: int, ports: int, talk_s: float, within_s: float
) -> Day:
    """Patient callers on agents and ports, from an empty floor to closing; all are served."""
    present = Present(ports, agents, talk_s)
    found, _ = present.arrivals_by_state(np.eye(ports + 1)[0], pieces)
    let_in = found[:-1]
    ahead = np.maximum(np.arange(ports) - agents + 1, 0)
    in_time = [
        1.0 if n < agents else waits_at_most(within_s, n - agents, agents / talk_s)
        for n in range(ports)
    ]
    return Day(
        float(found.sum()),
        float(found[-1] / found.sum()),
        float(let_in @ ahead) * talk_s / agents / float(let_in.sum()),
        float(let_in @ np.array(in_time)) / float(let_in.sum()),
    )


def batch_waits_s(faxes: int, lines: int, each_s: float) -> list[float]:
    """A list sent at once: each line takes every so-manieth fax, one after another."""
    return [number // lines * each_s for number in range(faxes)]
