"""Small floors of which the truth is known, for studies of the studies.

A truth is that of the very days that are simulated: worked out by the floor's own chain over the
span that counts (`flexports.study.exact`), or by Erlang A after a warm-up of twenty talks, by which
a day has forgotten that it began empty. Where days differ by a gamma factor, the expected numbers
above and below of each ratio are averaged over the factor (Gauss and Laguerre).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import optimize, special

from flexports.estimates.metrics import HOLD_QUANTILES
from flexports.floor import Day, Floor, Group, Profile, read_floor
from flexports.laws import Constant, Exponential, Law
from flexports.sources.inbound import Inbound
from flexports.sources.power_dialer import PowerDialer
from flexports.study.exact import exact_values
from flexports.theory import ErlangA, erlang_a

MODELS = Path(__file__).parents[1] / "models"
HOUR_S, MINUTE_S = 3600.0, 60.0
CALLS, PORTS = "calls", "ports"
_NODES = 64
_MOST_STATES = 40_000
_LONGEST_HOLD_S = 1e5


class Metric(NamedTuple):
    """What is estimated: of which port count, and whose."""

    ports: int
    source: str
    metric: str


class Part(NamedTuple):
    """What a metric is the ratio of, as expected in a day; of a mean, the number below is 1."""

    above: float
    below: float


Parts = Mapping[Metric, Part]


@dataclass(frozen=True)
class Known:
    """A floor, and what is true of it.

    Attributes
    ----------
    name : str
    floor : Floor
    ports : tuple of int
    truth : mapping of Metric to float
    precisions : tuple of (int, str)
        Precisions to ask for, each of one port count.
    """

    name: str
    floor: Floor
    ports: tuple[int, ...]
    truth: Mapping[Metric, float]
    precisions: tuple[tuple[int, str], ...] = ()


# ---- Floors


def loss_floor(
    load_erl: float, *, hours: float = 1.0, warm_up_s: float = 600.0, day_cv: float = 0.0
) -> Floor:
    """Calls of a minute that hold a port and want no agent."""
    source = Inbound(
        name=CALLS,
        rate=Profile.constant(load_erl / MINUTE_S),
        ivr=Exponential(MINUTE_S),
        to_agent=0.0,
        day_cv=day_cv,
    )
    return Floor(
        day=Day(length_s=hours * HOUR_S + warm_up_s, warm_up_s=warm_up_s), sources=(source,)
    )


def queue_floor(load_erl: float, agents: int, *, patience_s: float, day_cv: float = 0.0) -> Floor:
    """Callers who talk for a minute, and hold for an agent while their patience lasts."""
    source = Inbound(
        name=CALLS,
        rate=Profile.constant(load_erl / MINUTE_S),
        talk=Exponential(MINUTE_S),
        wrap_up=Constant(0.0),
        patience=Exponential(patience_s),
        day_cv=day_cv,
    )
    return Floor(
        day=Day(length_s=HOUR_S + 20 * MINUTE_S, warm_up_s=20 * MINUTE_S),
        agents=(Group(name="sales", count=agents),),
        sources=(source,),
    )


def company_x_floor() -> Floor:
    """An hour of Company X with every duration exponential."""
    floor = read_floor(MODELS / "company-x.toml")
    (dialer,) = floor.sources
    assert isinstance(dialer, PowerDialer)
    dialing = _exponential(dialer, "dial", "message", "by_hand", "talk", "wrap_up")
    return replace(floor, day=Day(length_s=HOUR_S), sources=(dialing,))


def with_callers(floor: Floor, per_hour: float) -> Floor:
    """The same floor, and callers who want the same agents."""
    callers = Inbound(
        name=CALLS,
        rate=Profile.constant(per_hour / HOUR_S),
        talk=Exponential(2 * MINUTE_S),
        wrap_up=Constant(0.0),
        patience=Exponential(MINUTE_S),
    )
    return replace(floor, sources=(*floor.sources, callers))


def _exponential(source: PowerDialer, *durations: str) -> PowerDialer:
    laws: dict[str, Any] = {name: getattr(source, name) for name in durations}
    assert all(isinstance(law, Law) for law in laws.values())
    return replace(source, **{name: Exponential(law.expected_s) for name, law in laws.items()})


# ---- What is true of them


def by_chain(floor: Floor, ports: Iterable[int], metrics: Iterable[str]) -> dict[Metric, Part]:
    """What the floor's own chain says of the day that is simulated."""
    wanted = set(metrics)
    found = {}
    for count in ports:
        for each in exact_values(floor, count, most_states=_MOST_STATES):
            if each.metric in wanted:
                below = _offered(floor) if each.metric == "blocking" else 1.0
                key = Metric(count, each.source, each.metric)
                found[key] = Part(each.value * below, below)
    return found


def _offered(floor: Floor) -> float:
    """Calls a day if the only source is a stream of them; else any number will do."""
    source, *others = floor.sources
    if others or not isinstance(source, Inbound):
        return 1.0
    return _rate_per_s(floor) * (floor.day.length_s - floor.day.warm_up_s)


def _rate_per_s(floor: Floor) -> float:
    (source,) = floor.sources
    assert isinstance(source, Inbound)
    (rate,) = source.rate.between(floor.day.opens_s, floor.day.length_s)[1]
    return rate


def by_erlang_a(floor: Floor, ports: int) -> dict[Metric, Part]:
    """What Erlang A says of callers who hold for an agent."""
    law, offered = _erlang_a(floor, ports), _offered(floor)
    asked = offered * (1.0 - law.blocked)
    answered = asked * (1.0 - law.abandonment)
    parts = {
        "blocking": Part(offered * law.blocked, offered),
        "abandonment": Part(asked * law.abandonment, asked),
        "hold_mean": Part(asked * law.mean_wait, asked),
        "hold_mean_answered": Part(answered * law.mean_wait_of_answered, answered),
        "service_level": Part(asked * law.service_level(20.0), asked),
        "answered": Part(answered, 1.0),
        "carried_load": Part(law.ports_busy, 1.0),
    }
    found = {Metric(ports, CALLS, metric): part for metric, part in parts.items()}
    return found | {Metric(ports, PORTS, "time_congestion"): Part(law.blocked, 1.0)}


@cache
def _erlang_a(floor: Floor, ports: int) -> ErlangA:
    (source,) = floor.sources
    assert isinstance(source, Inbound)
    assert source.patience is not None
    return erlang_a(
        _rate_per_s(floor),
        source.talk.expected_s,
        floor.agents[0].count,
        source.patience.expected_s,
        ports,
    )


def hold_quantiles(days: Days, ports: int) -> dict[Metric, float]:
    """Quantiles of hold of all who ask for an agent, on days that may differ."""

    def beyond(hold_s: float) -> tuple[float, float]:
        asked = longer = 0.0
        for weight, floor in days:
            law = _erlang_a(floor, ports)
            asked += weight * _offered(floor) * (1.0 - law.blocked)
            longer += weight * _offered(floor) * (1.0 - law.blocked) * law.wait_tail(hold_s)
        return longer, asked

    found = {}
    for metric, p in HOLD_QUANTILES.items():
        longer, asked = beyond(0.0)
        if longer > (1.0 - p) * asked:
            at = optimize.brentq(_crossing, 0.0, _LONGEST_HOLD_S, args=(beyond, p), xtol=1e-9)
            found[Metric(ports, CALLS, metric)] = float(at)
    return found


def _crossing(hold_s: float, beyond: Callable[[float], tuple[float, float]], p: float) -> float:
    longer, asked = beyond(hold_s)
    return longer / asked - (1.0 - p)


Days = tuple[tuple[float, Floor], ...]
"""Floors without a factor, each with the share of days that are like it."""


def days_of(floor: Floor) -> Days:
    """What the days of a floor are like whose one source has a gamma factor."""
    (source,) = floor.sources
    assert isinstance(source, Inbound)
    if not source.day_cv:
        return ((1.0, floor),)
    shape = source.day_cv**-2
    nodes, weights = special.roots_genlaguerre(_NODES, shape - 1.0)
    shares = weights / weights.sum()
    rate = _rate_per_s(floor)
    return tuple(
        (float(share), _with_rate(floor, rate * float(node) / shape))
        for node, share in zip(nodes, shares, strict=True)
        if share > np.finfo(float).eps
    )


def _with_rate(floor: Floor, rate_per_s: float) -> Floor:
    (source,) = floor.sources
    assert isinstance(source, Inbound)
    steady = replace(source, rate=Profile.constant(rate_per_s), day_cv=0.0)
    return replace(floor, sources=(steady,))


def mixed(days: Days, parts_of: Callable[[Floor], Parts]) -> dict[Metric, float]:
    """Ratios of what is expected of a day, whatever day it is."""
    above: dict[Metric, float] = {}
    below: dict[Metric, float] = {}
    for share, floor in days:
        for metric, part in parts_of(floor).items():
            above[metric] = above.get(metric, 0.0) + share * part.above
            below[metric] = below.get(metric, 0.0) + share * part.below
    return {metric: above[metric] / below[metric] for metric in above}


# ---- Known floors

LOSS_METRICS = ("blocking", "time_congestion", "carried_load")


def known_loss(name: str, floor: Floor, ports: tuple[int, ...], **keys: Any) -> Known:
    """Calls that are lost without a port: Erlang B, over the days that are simulated."""
    truth = mixed(days_of(floor), lambda day: by_chain(day, ports, LOSS_METRICS))
    return Known(name, floor, ports, truth, **keys)


def known_queue(name: str, floor: Floor, ports: tuple[int, ...], **keys: Any) -> Known:
    """Callers with patience: Erlang A."""
    days = days_of(floor)
    truth: dict[Metric, float] = {}
    for count in ports:
        truth |= mixed(days, lambda day, count=count: by_erlang_a(day, count))  # type: ignore[misc]
        truth |= hold_quantiles(days, count)
    return Known(name, floor, ports, truth, **keys)


def known_company(name: str, floor: Floor, ports: tuple[int, ...], **keys: Any) -> Known:
    """Company X, by its chain."""
    metrics = (*LOSS_METRICS, "time_by_hand")
    truth = {
        metric: part.above / part.below for metric, part in by_chain(floor, ports, metrics).items()
    }
    return Known(name, floor, ports, truth, **keys)


def known_floors() -> Iterator[Known]:
    """All of them, and the precisions that they are asked for."""
    yield known_loss(
        "loss",
        loss_floor(4.0),
        (6, 7),
        precisions=((7, "5%"), (7, "2.5%")),
    )
    yield known_loss(
        "loss, days differ",
        loss_floor(4.0, day_cv=0.3),
        (6, 7),
        precisions=((7, "20%"), (7, "10%")),
    )
    yield known_queue(
        "queue",
        queue_floor(4.5, 5, patience_s=60.0),
        (9,),
        precisions=((9, "hold_p95: 5%"), (9, "hold_p95: 2.5%"), (9, "abandonment: 2.5%")),
    )
    yield known_queue(
        "queue, days differ",
        queue_floor(4.0, 5, patience_s=90.0, day_cv=0.2),
        (10,),
        precisions=((10, "hold_p90: 8%"), (10, "hold_mean: 6%")),
    )
    yield known_company("Company X", company_x_floor(), (3, 4), precisions=((4, "6%"), (4, "4%")))
    yield known_company(
        "Company X and callers",
        with_callers(company_x_floor(), per_hour=30.0),
        (5,),
        precisions=((5, "10%"), (5, "6%")),
    )


def rare_floors() -> Iterator[Known]:
    """Floors on which what is estimated is seldom seen."""
    yield known_loss("loss, rare", loss_floor(4.0), (10, 11, 12))
    yield known_queue("queue, rare", queue_floor(2.5, 6, patience_s=60.0), (8, 9))
