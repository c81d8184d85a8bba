"""What this package answers to each validation case: by a closed form, or by an exact chain."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy import special, stats
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from flexports import theory
from theory import chains
from theory.cases import mean_in

Model = dict[str, Any]
Answer = Callable[[Model], Sequence[float]]

SIMULATIONS = {
    "telethon-week": "a published simulation; its patience has no closed form over a morning",
}


def erlang_b(model: Model) -> list[float]:
    ports = model["ports"]
    return [
        theory.erlang_b(model["offered_erlang"], each)
        for each in (ports if isinstance(ports, list) else [ports])
    ]


def deterministic_hold(model: Model) -> list[float]:
    return [theory.erlang_b(model["arrival_rate_per_s"] * mean_in(model["hold"]), model["ports"])]


def sizing(model: Model) -> list[float]:
    return [theory.erlang_b_ports(model["offered_erlang"], model["target_blocking"])]


def service_level(model: Model) -> list[float]:
    mmc = theory.mmc(model["arrival_rate_per_min"], mean_in(model["talk"]), model["agents"])
    return [mmc.p_wait, mmc.service_level(model["awt_min"]), mmc.occupancy, mmc.mean_wait]


def mean_wait(model: Model) -> list[float]:
    mmc = theory.mmc(model["arrival_rate_per_min"], mean_in(model["talk"]), model["agents"])
    return [60 * mmc.mean_wait]


def erlang_c(model: Model) -> list[float]:
    return [theory.erlang_c(model["offered_erlang"], model["agents"])]


def palm(model: Model) -> list[float]:
    answer = theory.erlang_a(
        model["arrival_rate_per_min"],
        mean_in(model["talk"]),
        model["agents"],
        mean_in(model["patience"]),
    )
    return [
        answer.abandonment,
        60 * answer.mean_wait,
        60 * answer.wait_quantile(0.9),
        answer.occupancy,
        answer.mean_queue,
    ]


def palm_with_ports(model: Model) -> list[float]:
    answer = theory.erlang_a(
        model["arrival_rate_per_min"],
        mean_in(model["talk"]),
        model["agents"],
        mean_in(model["patience"]),
        model["ports"],
    )
    return [60 * answer.mean_wait, answer.abandonment]


def finite_ports(model: Model) -> list[float]:
    answer = theory.erlang_a(
        model["arrival_rate"], mean_in(model["talk"]), model["agents"], math.inf, model["ports"]
    )
    return [answer.blocked, answer.mean_wait]


def engset(model: Model) -> list[float]:
    load = mean_in(model["hold"]) * 0.248982287242183 / 60
    answer = theory.engset(model["sources"], model["ports"], load)
    return [answer.call_congestion, answer.time_congestion, answer.carried]


def kaufman_roberts(model: Model) -> list[float]:
    classes = model["classes"]
    answer = theory.kaufman_roberts(
        [each["offered_erlang"] for each in classes],
        [each["ports_per_call"] for each in classes],
        model["ports"],
    )
    return [*answer.blocking, answer.mean_busy]


def trunk_reservation(model: Model) -> list[float]:
    classes = model["classes"]
    answer = theory.trunk_reservation(
        [each["offered_erlang"] for each in classes],
        [1.0] * len(classes),
        [each["reserve"] for each in classes],
        model["ports"],
        [each["ports_per_call"] for each in classes],
    )
    assert math.isclose(*answer.blocking, rel_tol=1e-12)
    return [answer.blocking[0]]


def recorded_strictly(model: Model) -> list[float]:
    load = model["arrival_rate_per_s"] * mean_in(model["hold"])
    share = model["p_record"]
    answer = theory.kaufman_roberts([load * (1 - share), load * share], [1, 2], model["ports"])
    return [*answer.blocking, answer.mean_busy]


def recorded_if_possible(model: Model) -> list[float]:
    chain = chains.downgraded_recordings(
        arrival_rate=model["arrival_rate_per_s"],
        hold_mean=mean_in(model["hold"]),
        ports=model["ports"],
        p_record=model["p_record"],
    )
    shares = chain.stationary()
    return [
        ratio(chain, "blocked", "offered", shares),
        ratio(chain, "unrecorded", "wanted", shares),
        chain.mean(lambda now: now[0] + 2 * now[1], shares),
    ]


def ratio(chain: theory.Chain[Any], event: str, among: str, shares: np.ndarray) -> float:
    """Share of the events `among` at which `event` happens too."""
    return chain.rate_of(event, shares) / chain.rate_of(among, shares)


def extended_erlang_b(model: Model) -> list[float]:
    answer = theory.extended_erlang_b(
        model["fresh_erlang"], model["ports"], model["retry_probability"]
    )
    return [answer.blocking, answer.offered]


def retrials(model: Model) -> list[float]:
    chain = chains.retrials(
        fresh_rate=model["fresh_rate"],
        hold_mean=mean_in(model["hold"]),
        ports=model["ports"],
        p_retry=0.5,
        delay_mean=0.5,
    )
    shares = chain.stationary()
    return [
        ratio(chain, "fresh blocked", "fresh", shares),
        ratio(chain, "gave up", "fresh", shares),
        ratio(chain, "blocked", "attempt", shares),
        chain.mean(lambda now: now[1], shares),
    ]


def overflow(model: Model) -> list[float]:
    answer = theory.overflow_moments(
        model["offered_erlang"], model["primary_ports"], mean_in(model["hold"])
    )
    return [answer.mean_interval, answer.peakedness]


def two_overflows(model: Model) -> list[float]:
    chain = chains.overflow(
        loads=[group["offered_erlang"] for group in model["groups"]],
        group_ports=[group["ports"] for group in model["groups"]],
        secondary_ports=model["secondary_ports"],
    )
    return [ratio(chain, "lost", "overflowed", chain.stationary())]


def constant_talk(model: Model) -> list[float]:
    """Crommelin: numbers present one talk apart make a chain; what is talking then has gone."""
    rate, agents, most = model["arrival_rate"], model["agents"], 500
    present = np.arange(most + 1)
    kept = np.maximum(present - agents, 0)
    moves = stats.poisson.pmf(present[None, :] - kept[:, None], rate * mean_in(model["talk"]))
    moves /= moves.sum(axis=1, keepdims=True)
    balance = moves.T - np.eye(most + 1)
    balance[-1] = 1.0
    shares = np.linalg.solve(balance, np.eye(most + 1)[-1])
    return [float(shares @ kept) / rate, float(shares[agents:].sum())]


def two_stage_talk(model: Model) -> list[float]:
    rate, agents = model["arrival_rate"], model["agents"]
    chain = chains.two_stage_talk(
        arrival_rate=rate, talk_mean=mean_in(model["talk"]), agents=agents
    )
    shares = chain.stationary()
    return [
        chain.mean(lambda now: now[2], shares) / rate,
        chain.mean(lambda now: now[0] + now[1] == agents, shares),
    ]


def priorities(model: Model) -> list[float]:
    ranked = sorted(model["classes"], key=lambda each: each["priority"])
    rates = [each["arrival_rate"] for each in ranked]
    return list(theory.priority_waits(rates, mean_in(model["talk"]), model["agents"]))


def day_from_empty(model: Model) -> list[float]:
    """The wait that an arrival meets follows from the state it finds; the rest of the day too."""
    rate, agents = model["arrival_rate_per_min"], model["agents"]
    talk, day, within = mean_in(model["talk"]), model["horizon_min"], 20 / 60
    chain = chains.queue(arrival_rate=rate, talk_mean=talk, agents=agents, most_present=300)
    times, present = chain.occupancy(day), np.array(chain.states)
    ahead = np.maximum(present - agents + 1, 0)
    in_time = np.where(ahead > 0, special.gammainc(np.maximum(ahead, 1), within * agents / talk), 1)
    answered = rate * float(times @ in_time)
    return [
        answered,
        answered / (rate * day),
        float(times @ ahead) * talk / agents / day,
        float(times @ np.minimum(present, agents)) / (agents * day),
    ]


def sinusoidal_loss(model: Model) -> list[float]:
    """Kolmogorov's equations over ten periods to forget the start, and one to measure."""
    ports, begin = model["ports"], 20 * np.pi
    busy = np.arange(ports + 1)

    def rate(time: float) -> float:
        return 4 * (1 + 0.6 * math.sin(time))

    def slope(time: float, state: np.ndarray) -> np.ndarray:
        shares = state[:-1]
        up, down = rate(time) * shares[:-1], busy[1:] * shares[1:]
        change = np.zeros(ports + 2)
        change[:-2] += down - up
        change[1:-1] += up - down
        change[-1] = rate(time) * shares[-1]
        return change

    settings = {"method": "DOP853", "rtol": 1e-12, "atol": 1e-14}
    start = np.eye(ports + 2)[0]
    settled = solve_ivp(slope, (0, begin), start, **settings).y[:, -1]
    settled[-1] = 0
    period = solve_ivp(slope, (begin, begin + 2 * np.pi), settled, dense_output=True, **settings)

    def climb(time: float) -> float:
        return float(slope(time, period.sol(time))[-2])

    peak = brentq(climb, begin + 1.5, begin + 2.4, xtol=1e-13)
    return [period.y[-1, -1] / (8 * np.pi), float(period.sol(peak)[-2]), peak - begin]


def voice_messages(model: Model) -> list[float]:
    law = model.get("cycle_law", "exponential")
    inbound = model.get("inbound_rate_per_s", 0.0)
    chain = chains.voice_messages(
        agents=model["agents"],
        cycle_mean=model["cycle_mean_s"],
        p_message=model["p_message"],
        message_mean=model["message_mean_s"],
        ports=model["ports"],
        by_hand="speaks the message himself" in model["semantics"],
        stages=int(law.removeprefix("Erlang-")) if law.startswith("Erlang-") else 1,
        inbound_rate=inbound,
        inbound_hold_mean=model.get("inbound_hold_mean_s", 1.0),
        reserve=model.get("reserve", 0),
    )
    shares = chain.stationary()
    return [
        ratio(chain, "message blocked", "message", shares),
        chain.mean(lambda now: now.messages + now.inbound, shares),
        chain.mean(lambda now: now.by_hand, shares) / model["agents"],
        3600 * chain.rate_of("cycle", shares) / model["agents"],
        *([ratio(chain, "inbound blocked", "inbound", shares)] if inbound else []),
    ]


def messages_by_ports(model: Model) -> list[float]:
    return [voice_messages({**model, "ports": ports})[0] for ports in model["ports"]]


def agent_calls(model: Model, **more: Any) -> tuple[theory.Chain[chains.Calls], np.ndarray]:
    chain = chains.agent_calls(
        arrival_rate=model["arrival_rate_per_s"],
        talk_mean=model["talk_mean_s"],
        agents=model["agents"],
        ports=model["ports"],
        patience_mean=mean_in(model["patience"]),
        **more,
    )
    return chain, chain.stationary()


def calls_and_agents(model: Model, **more: Any) -> list[float]:
    chain, shares = agent_calls(model, **more)
    let_in = chain.rate_of("offered", shares) - chain.rate_of("blocked", shares)
    return [
        ratio(chain, "blocked", "offered", shares),
        ratio(chain, "abandoned", "offered", shares),
        chain.mean(lambda now: now.waiting, shares) / let_in,
        chain.mean(lambda now: now.ports, shares),
        chain.mean(lambda now: now.talking, shares) / model["agents"],
    ]


def calls_in_time(model: Model) -> list[float]:
    """The chain for the shares, and the closed form for the wait; they must agree."""
    answer = theory.erlang_a(
        model["arrival_rate_per_s"],
        model["talk_mean_s"],
        model["agents"],
        mean_in(model["patience"]),
        model["ports"],
    )
    closed = [
        answer.blocked,
        answer.abandonment_of_offered,
        answer.mean_wait,
        answer.ports_busy,
        answer.occupancy,
    ]
    by_chain = calls_and_agents(model)
    np.testing.assert_allclose(closed, by_chain, rtol=1e-10)
    return [*by_chain, answer.answered_within(20)]


def wrap_up(model: Model) -> list[float]:
    return calls_and_agents(model, wrap_up_mean=20)


def batches(model: Model) -> list[float]:
    return calls_and_agents(model, batches=[0.4, 0.3, 0.2, 0.1])


def recorded_calls(model: Model) -> list[float]:
    more = {"p_record": model["p_record"]}
    chain, shares = agent_calls(model, **more)
    return [*calls_and_agents(model, **more)[:4], ratio(chain, "recorded", "wanted", shares)]


def press_1(model: Model) -> list[float]:
    inbound, press = model["classes"]
    chain = chains.two_classes(
        rates=(inbound["arrival_rate_per_s"], press["arrival_rate_per_s"]),
        patience_means=(mean_in(inbound["patience"]), mean_in(press["patience"])),
        talk_mean=mean_in(model["talk"]),
        agents=model["agents"],
        ports=model["ports"],
        keep_free=press["admitted_only_if_more_than_free_ports"],
    )
    shares = chain.stationary()

    def wait(number: int) -> float:
        offered = chain.rate_of(f"offered {number}", shares)
        blocked = chain.rate_of(f"blocked {number}", shares)
        return chain.mean(lambda now: now[number], shares) / (offered - blocked)

    return [
        ratio(chain, "blocked 1", "offered 1", shares),
        ratio(chain, "blocked 2", "offered 2", shares),
        ratio(chain, "abandoned 1", "offered 1", shares),
        ratio(chain, "abandoned 2", "offered 2", shares),
        wait(1),
        wait(2),
        chain.mean(sum, shares),
    ]


def peak_messages(model: Model) -> list[float]:
    peaks = (chains.company_x_peak(ports=each, patience_mean=math.inf) for each in model["ports"])
    return [ratio(peak, "message blocked", "message", peak.stationary()) for peak in peaks]


def peak_inbound(model: Model) -> list[float]:
    peaks = (chains.company_x_peak(ports=each, patience_mean=120) for each in model["ports"])
    return [ratio(peak, "inbound blocked", "inbound", peak.stationary()) for peak in peaks]


def peak_waits(model: Model) -> list[float]:
    answers: list[float] = []
    for ports in model["ports"]:
        peak = chains.company_x_peak(ports=ports, patience_mean=math.inf)
        answers += floor_measures(peak, 5)[3:5] + floor_measures(peak, 5)[6:7]
    return answers


def floor_measures(chain: theory.Chain[chains.Floor], agents: int) -> list[float]:
    """In the order of the case mix-all-6."""
    shares = chain.stationary()
    let_in = chain.rate_of("inbound", shares) - chain.rate_of("inbound blocked", shares)
    on_inbound = chain.mean(lambda now: now.on_inbound, shares)
    return [
        ratio(chain, "message blocked", "message", shares),
        ratio(chain, "inbound blocked", "inbound", shares),
        ratio(chain, "inbound abandoned", "inbound", shares),
        chain.mean(lambda now: now.waiting, shares) / let_in,
        on_inbound / agents,
        chain.mean(lambda now: now.by_hand, shares) / agents,
        chain.mean(lambda now: now.ports, shares),
        chain.mean(lambda now: now.recorded, shares) / on_inbound,
    ]


def mix(model: Model) -> list[float]:
    chain = chains.company(
        agents=model["agents"],
        cycle_mean=model["cycle_mean_s"],
        p_message=model["p_message"],
        message_mean=model["message_mean_s"],
        by_hand_mean=model["by_hand_mean_s"],
        ports=model["ports"],
        inbound_rate=model["inbound_rate_per_s"],
        talk_mean=model["talk_mean_s"],
        patience_mean=mean_in(model["patience"]),
        p_record=model["p_record"],
        reserve=model["reserve"],
    )
    return floor_measures(chain, model["agents"])


CLOSED_FORMS: dict[str, Answer] = {
    "erlb-itu-c10-1pct": erlang_b,
    "erlb-c6-A3.0": erlang_b,
    "insens-det-c8-A4": deterministic_hold,
    "ports-A10-2pct": sizing,
    "erlb-company-x-row": erlang_b,
    "erlc-pyw-n14": service_level,
    "erlc-herzog": mean_wait,
    "erlc-c25-A20": erlang_c,
    "erla-mz-50": palm,
    "erla-herzog-c13": palm_with_ports,
    "mmck-oct-4-6": finite_ports,
    "engset-10-5": engset,
    "kr-2class-5": kaufman_roberts,
    "kr-reservation-exact": trunk_reservation,
    "rec-loss-strict-c8": recorded_strictly,
    "exterlb-6-3-50": extended_erlang_b,
    "overflow-20-20": overflow,
    "prio-np-4": priorities,
}
CHAINS: dict[str, Answer] = {
    "rec-loss-downgrade-c9": recorded_if_possible,
    "retrial-H0.5-nu2.0": retrials,
    "overflow-two-streams": two_overflows,
    "mdc-2": constant_talk,
    "me2c-5": two_stage_talk,
    "cc-mmc-day": day_from_empty,
    "mt-loss-sin": sinusoidal_loss,
    "vm-8-hand": voice_messages,
    "vm-8-lost-E3": voice_messages,
    "vm-inbound": voice_messages,
    "vm-inbound-res2": voice_messages,
    "acd-5-8": calls_in_time,
    "acd-6-10-wrap": wrap_up,
    "press1-batch": batches,
    "rec-acd-4-7": recorded_calls,
    "press1-two-class": press_1,
    "companyx-vm-hand": messages_by_ports,
    "companyx-vm-lost": messages_by_ports,
    "companyx-peak-patient-vm": peak_messages,
    "companyx-peak-patient-more": peak_waits,
    "companyx-peak-patience120-in": peak_inbound,
    "mix-all-6": mix,
}
