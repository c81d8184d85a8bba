"""The other systems of the floor: retries, waits for ports, seats, leads, faxes, and busy days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import mean
from typing import Any

import numpy as np
from scipy.stats import nbinom

from flexports.floor import Day, Floor, Group, Pools, Profile, ServiceLevel, Targets
from flexports.laws import Constant, Exponential, Uniform
from flexports.sources.blocked import RetryKeys
from flexports.sources.fax import Fax
from flexports.sources.fax_keys import MassFax, Pages
from flexports.sources.lead_response import LeadResponse
from flexports.sources.monitoring import Monitoring
from flexports.theory import erlang_c, priority_waits, reservation, trunk_reservation
from validation.days import Piece, Present, sinusoid
from validation.floors import ALWAYS_A_PORT, NO_TIME, dialer, route, sales, steady
from validation.questions import Question, Simulation, ask
from validation.readings import Metric, Ratio, Reading
from validation.system_answers import (
    batch_waits_s,
    constant_patience,
    day_of_pieces,
    machine_repair,
    one_server,
    seats_told,
)
from validation.system_readings import BusyVariance, DaysWithAtMost, OfferedProduct

OWN: Mapping[str, str] = {
    "port-wait-mmc": "Erlang C: a port for a lead is a server, and agents are plenty",
    "port-wait-priorities": "Cobham 1954, Kella and Yechiali 1985, with ports as servers",
    "monitoring-waits": "machine repair, M/M/c//N (Palm 1947): supervisors who wait for a port",
    "fax-mg1": "Pollaczek and Khinchine: one fax line, pages equally likely to be 1 to 5",
    "fax-batch": "by arithmetic: fax i of a list on c lines waits for floor(i / c) transmissions",
    "reservation-2": "birth-and-death chain (`flexports.theory.reservation`)",
    "reservation-3": "exact Markov chain (`flexports.theory.trunk_reservation`): three classes",
    "seats-6-3": "exact Markov chain: six agents, three seats on the dialer, and callers",
    "stale-5": "M/M/n+D (Gnedenko and Kovalenko 1968): leads go stale after a certain time",
    "sinusoid-48": "mt-loss-sin with its rate in 48 pieces a period: Kolmogorov's equations",
    "two-rates": "Kolmogorov's equations from an empty floor, an hour of each rate",
    "day-cv": "a gamma factor on the rate: negative binomial counts, and a mixed Poisson pool",
    "day-cv-common": "a gamma factor that two sources share: the covariance of their counts",
}
"""The cases of our own, and what they rest on."""

HOUR_S = 3600.0
WITH_ELF = ("crm", "dialer-tab", "dialer", "agent-login", "elf")
WITHOUT = WITH_ELF[:-1]


def system_simulations() -> Iterator[Simulation]:
    """Every mechanism beyond callers, messages and agents."""
    yield _retrials()
    yield _engset()
    yield from _port_waits()
    yield from _faxes()
    yield from _reserves()
    yield _seats()
    yield _stale_leads()
    yield from _changing_rates()
    yield from _busy_days()


def _own(case: str, ports: int, **told: tuple[float, Reading]) -> tuple[Question, ...]:
    """Questions of a case of our own: what is asked, its value, and where to read it."""
    return tuple(
        Question(case, what.replace("_", " "), value, ports, reading)
        for what, (value, reading) in told.items()
    )


def _retrials() -> Simulation:
    """The unit of time is a minute here."""
    calls = route(
        4 / 60,
        name="calls",
        ivr=Exponential(60.0),
        to_agent=0.0,
        when_blocked="retry",
        retry=RetryKeys(probability=0.5, delay=Exponential(30.0)),
    )
    return Simulation(
        "retrial-H0.5-nu2.0",
        "retrial",
        Floor(day=steady(3600.0, 600_000 * 15.0), sources=(calls,)),
        (6,),
        ask(
            "retrial-H0.5-nu2.0",
            6,
            Metric("ports", "time_congestion"),  # what Poisson arrivals meet: the first attempts
            Metric("calls", "lost"),
            Metric("calls", "blocking"),
            Ratio("calls", "retries", "span_s", 30.0),  # Little's law: 30 s for each retry
        ),
    )


def _engset() -> Simulation:
    supervisors = Monitoring(
        name="coaching",
        supervisors=10,
        pause=Exponential(60 / 0.248982287242183),
        session=Exponential(60.0),
    )
    return Simulation(
        "engset-10-5",
        "engset",
        Floor(day=steady(3600.0, 400_000 * 30.0), sources=(supervisors,)),
        (5,),
        ask(
            "engset-10-5",
            5,
            Metric("coaching", "blocking"),
            Metric("ports", "time_congestion"),
            Metric("ports", "busy_mean"),
        ),
    )


def _leads(name: str, rate_per_s: float, served_s: float, **keys: Any) -> LeadResponse:
    """Leads that are all reached at once, and talk."""
    usual: dict[str, Any] = {
        "agents": ("sales",),
        "ring": NO_TIME,
        "dial": NO_TIME,
        "contact": 1.0,
        "wrap_up": NO_TIME,
        "talk": Exponential(served_s),
        "stale_after": Constant(1e7),
    }
    return LeadResponse(name=name, rate=Profile.constant(rate_per_s), **usual | keys)


def _port_waits() -> Iterator[Simulation]:
    plenty = (Group(name="sales", count=200, licences=WITH_ELF),)
    yield Simulation(
        "port-wait-mmc",
        "port_wait",
        Floor(
            day=steady(50 * 180.0, 300_000 * 60.0),
            agents=plenty,
            sources=(_leads("leads", 1 / 60, 180.0),),
        ),
        (5,),
        _own(
            "port-wait-mmc",
            5,
            share_that_waits=(erlang_c(3.0, 5), Metric("leads", "blocking")),
            mean_wait_s=(erlang_c(3.0, 5) * 180.0 / (5 - 3), Metric("leads", "port_wait_mean")),
            mean_ports_busy=(3.0, Metric("ports", "busy_mean")),
        ),
    )
    first, second = priority_waits([1 / 120, 1 / 90], 120.0, 4)
    yield Simulation(
        "port-wait-priorities",
        "port_wait",
        Floor(
            day=steady(50 * 120.0, 300_000 * 51.43),
            agents=plenty,
            sources=(
                _leads("first", 1 / 120, 120.0, priority=1),
                _leads("second", 1 / 90, 120.0, priority=2),
            ),
        ),
        (4,),
        _own(
            "port-wait-priorities",
            4,
            mean_wait_of_the_first_s=(first, Metric("first", "port_wait_mean")),
            mean_wait_of_the_second_s=(second, Metric("second", "port_wait_mean")),
        ),
    )
    waits = machine_repair(users=6, ports=2, pause_s=600.0, served_s=240.0)
    coaching = Monitoring(
        name="coaching",
        supervisors=6,
        pause=Exponential(600.0),
        session=Exponential(240.0),
        when_blocked="wait",
    )
    yield Simulation(
        "monitoring-waits",
        "port_wait",
        Floor(day=steady(20_000.0, 150_000 * 150.0), sources=(coaching,)),
        (2,),
        _own(
            "monitoring-waits",
            2,
            share_that_waits=(waits.share, Metric("coaching", "blocking")),
            mean_wait_s=(waits.mean_s, Metric("coaching", "port_wait_mean")),
        ),
    )


def _faxes() -> Iterator[Simulation]:
    group = (Group(name="sales", count=1, licences=("crm", "fax")),)
    waits = one_server(calls_per_s=1 / 50, times_s=[10.0, 20.0, 30.0, 40.0, 50.0])
    one_click = Fax(
        name="faxes",
        agents=("sales",),
        rate=Profile.constant(1 / 50),
        lines=2,
        pages=Pages(Uniform(0.0, 5.0)),
        per_page_s=10.0,
    )
    yield Simulation(
        "fax-mg1",
        "fax",
        Floor(
            day=steady(5000.0, 200_000 * 50.0),
            agents=group,
            sources=(one_click,),
            licences=Pools(fax=1),
        ),
        (1,),
        _own(
            "fax-mg1",
            1,
            share_that_waits=(waits.share, Metric("faxes", "blocking")),
            mean_wait_s=(waits.mean_s, Metric("faxes", "port_wait_mean")),
            flex_ports_busy=(0.0, Metric("ports", "busy_mean")),
        ),
    )
    mass = Fax(
        name="faxes",
        agents=("sales",),
        lines=None,
        pages=Pages(Constant(2.0)),
        per_page_s=40.0,
        mass=(MassFax(at_s=10 * HOUR_S, faxes=50),),
    )
    yield Simulation(
        "fax-batch",
        "fax",
        Floor(day=Day(length_s=8 * HOUR_S), agents=group, sources=(mass,)),
        (3,),
        _own(
            "fax-batch",
            3,
            mean_wait_s=(mean(batch_waits_s(50, 3, 80.0)), Metric("faxes", "port_wait_mean")),
            share_that_waits=(47 / 50, Metric("faxes", "blocking")),
            mean_ports_held=(50 * 80 / (8 * HOUR_S), Metric("faxes", "carried_load")),
        ),
        days=10,
    )


def _holding(name: str, rate_per_s: float, hold_s: float, keep_free: int) -> Any:
    return route(rate_per_s, name=name, ivr=Exponential(hold_s), to_agent=0.0, keep_free=keep_free)


def _reserves() -> Iterator[Simulation]:
    two = reservation([3.0, 2.0], [1, 0], 6)
    yield Simulation(
        "reservation-2",
        "reservation",
        Floor(
            day=steady(1800.0, 300_000 * 12.0),
            sources=(_holding("modest", 3 / 60, 60.0, 1), _holding("first", 2 / 60, 60.0, 0)),
        ),
        (6,),
        _own(
            "reservation-2",
            6,
            blocking_of_who_leaves_one_free=(two.blocking[0], Metric("modest", "blocking")),
            blocking_of_the_other=(two.blocking[1], Metric("first", "blocking")),
            mean_ports_busy=(two.mean_busy, Metric("ports", "busy_mean")),
        ),
    )
    rates, holds, reserves = (1 / 40, 1 / 60, 1 / 30), (60.0, 120.0, 30.0), (0, 1, 3)
    three = trunk_reservation(rates, holds, reserves, 7)
    names = ("a", "b", "c")
    yield Simulation(
        "reservation-3",
        "reservation",
        Floor(
            day=steady(3600.0, 700_000 * 13.33),
            sources=tuple(map(_holding, names, rates, holds, reserves)),
        ),
        (7,),
        _own(
            "reservation-3",
            7,
            **{
                f"blocking_of_who_leaves_{kept}_free": (blocking, Metric(name, "blocking"))
                for name, kept, blocking in zip(names, reserves, three.blocking, strict=True)
            },
        ),
    )


def _seats() -> Simulation:
    told = seats_told(agents=6, seats=3, dial_s=30.0, talk_s=120.0, calls_per_s=1 / 40, ports=8)
    outbound = dialer(Exponential(30.0), 0.0, 30.0)
    callers = route(1 / 40, talk=Exponential(120.0))
    return Simulation(
        "seats-6-3",
        "seats",
        Floor(
            day=steady(12_000.0, 250_000 * 40.0),
            agents=sales(6),
            sources=(outbound, callers),
            licences=Pools(dialer=3),
        ),
        (8,),
        _own(
            "seats-6-3",
            8,
            share_of_time_locked_out=(told["locked_out"], Metric("sales", "time_locked_out")),
            share_of_time_dialing=(told["dialing"], Metric("sales", "time_dialing")),
            share_of_time_talking=(told["talking"], Metric("sales", "time_talking")),
            dials_an_hour=(told["dials_per_hour"], Ratio("outbound", "dials", "span_s", HOUR_S)),
            mean_hold_s=(told["hold_s"], Metric("inbound", "hold_mean")),
            blocking=(told["blocking"], Metric("inbound", "blocking")),
        ),
    )


def _stale_leads() -> Simulation:
    """Three of five agents have the licence: so do three of five leads."""
    told = constant_patience(
        calls_per_s=0.6 / 20, served_s=180.0, servers=5, patience_s=120.0, within_s=20.0
    )
    leads = _leads("leads", 1 / 20, 180.0, agents=("with", "without"), stale_after=Constant(120.0))
    return Simulation(
        "stale-5",
        "leads",
        Floor(
            day=steady(9000.0, 250_000 * 20.0),
            agents=(
                Group(name="with", count=3, licences=WITH_ELF),
                Group(name="without", count=2, licences=WITHOUT),
            ),
            sources=(leads,),
        ),
        (ALWAYS_A_PORT,),
        _own(
            "stale-5",
            ALWAYS_A_PORT,
            actions_skipped=(0.4, Metric("leads", "actions_skipped")),
            stale=(told.stale, Metric("leads", "stale")),
            speed_to_lead_s=(told.mean_wait_s, Metric("leads", "speed_to_lead_mean")),
            taken_within_20_s=(told.in_time, Metric("leads", "service_level")),
        ),
    )


def _profile(pieces: list[Piece]) -> Profile:
    """Pieces from midnight on."""
    starts = np.cumsum([0.0, *(piece.length_s for piece in pieces[:-1])])
    return Profile(tuple(starts.tolist()), tuple(piece.rate_per_s for piece in pieces))


def _changing_rates() -> Iterator[Simulation]:
    """The unit of time of the sinusoid is two minutes: a day has 112 periods, 6 to warm up."""
    period_s, periods, warm_up = 2 * np.pi * 120.0, 112, 6
    pieces = sinusoid(4 / 120, 0.6, period_s, 48)
    calls = route(1.0, name="calls", ivr=Exponential(120.0), to_agent=0.0)
    waves = replace(calls, rate=_profile(pieces * periods))
    lost = float(Present(5, 5, 120.0).periodic(pieces)[-1])
    blocked = Metric("calls", "blocking")
    yield Simulation(
        "mt-loss-sin",
        "time_varying",
        Floor(
            day=Day(length_s=periods * period_s, opens_s=0.0, warm_up_s=warm_up * period_s),
            sources=(waves,),
        ),
        (5,),
        (
            *ask("mt-loss-sin", 5, blocked, None, None),
            *_own("sinusoid-48", 5, share_of_calls_lost=(lost, blocked)),
        ),
    )
    hours = [Piece(60 / HOUR_S, HOUR_S), Piece(150 / HOUR_S, HOUR_S)]
    told = day_of_pieces(hours, agents=4, ports=8, talk_s=120.0, within_s=20.0)
    yield Simulation(
        "two-rates",
        "time_varying",
        Floor(
            day=Day(length_s=2 * HOUR_S, opens_s=0.0),
            agents=sales(4),
            targets=Targets(service_level=ServiceLevel(share=0.8, within_s=20.0)),
            sources=(replace(route(1.0, talk=Exponential(120.0)), rate=_profile(hours)),),
        ),
        (8,),
        _own(
            "two-rates",
            8,
            calls_a_day=(told.offered, Metric("inbound", "offered")),
            blocking=(told.blocking, Metric("inbound", "blocking")),
            mean_hold_s=(told.hold_s, Metric("inbound", "hold_mean")),
            service_level=(told.service_level, Metric("inbound", "service_level")),
        ),
        days=1500,
    )


def _busy_days() -> Iterator[Simulation]:
    """120 calls a day in the span, and 6 erlang; the factor of the day has a cv of 0.4."""
    cv, calls, load = 0.4, 120.0, 6.0
    law = nbinom(cv**-2, cv**-2 / (cv**-2 + calls))
    source = route(0.1, name="calls", ivr=Exponential(60.0), to_agent=0.0, day_cv=cv)
    yield Simulation(
        "day-cv",
        "busy_days",
        Floor(day=Day(length_s=1800.0, warm_up_s=600.0), sources=(source,)),
        (ALWAYS_A_PORT,),
        _own(
            "day-cv",
            ALWAYS_A_PORT,
            calls_a_day=(calls, Metric("calls", "offered")),
            variance_of_the_calls_a_day=(
                float(law.var()),
                OfferedProduct(("calls", "calls"), (calls, calls)),
            ),
            share_of_days_with_60_calls_or_fewer=(float(law.cdf(60)), DaysWithAtMost("calls", 60)),
            share_of_days_with_180_calls_or_fewer=(
                float(law.cdf(180)),
                DaysWithAtMost("calls", 180),
            ),
            mean_ports_busy=(load, Metric("ports", "busy_mean")),
            variance_of_the_ports_busy=(load + (cv * load) ** 2, BusyVariance(load)),
        ),
        days=6000,
    )
    few = [route(0.02, name=name, ivr=Exponential(60.0), to_agent=0.0) for name in ("a", "b")]
    yield Simulation(
        "day-cv-common",
        "busy_days",
        Floor(day=Day(length_s=2000.0, day_cv=0.5), sources=tuple(few)),
        (ALWAYS_A_PORT,),
        _own(
            "day-cv-common",
            ALWAYS_A_PORT,
            covariance_of_the_calls_a_day=(
                (40 * 0.5) ** 2,
                OfferedProduct(("a", "b"), (40.0, 40.0)),
            ),
        ),
        days=6000,
    )
