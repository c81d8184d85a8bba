"""Calls that never want for a port: the queue for an agent alone."""

from __future__ import annotations

from collections.abc import Iterator

from flexports.floor import Day, Floor
from flexports.laws import Constant, Erlang, Exponential
from validation.floors import ALWAYS_A_PORT, delay, route, sales, steady
from validation.questions import Simulation, ask
from validation.readings import Metric, Ratio

MINUTE_S = 60.0
"""The unit of time of the cases that have none."""

HOLD = Metric("inbound", "hold_mean")
HOLD_IN_MINUTES = Metric("inbound", "hold_mean", 1 / MINUTE_S)
ABANDONMENT = Metric("inbound", "abandonment")
SERVICE_LEVEL = Metric("inbound", "service_level")
WAITED = Ratio("inbound", "waited", "asked")
TALKING = Metric("sales", "time_talking")
ENDLESS = (ALWAYS_A_PORT,)
THREE_MINUTES = Exponential(180.0)


def queue_simulations() -> Iterator[Simulation]:
    """Erlang C and A, and their relatives with other laws and priorities."""
    yield from _erlang_c()
    yield from _erlang_a()
    yield from _other_laws()
    yield Simulation(
        "prio-np-4",
        "priority",
        _priority_floor(),
        ENDLESS,
        ask(
            "prio-np-4",
            ALWAYS_A_PORT,
            Metric("first", "hold_mean", 1 / MINUTE_S),
            Metric("second", "hold_mean", 1 / MINUTE_S),
        ),
    )
    yield Simulation(
        "cc-mmc-day",
        "transient",
        Floor(
            day=Day(length_s=480 * MINUTE_S),
            agents=sales(12),
            sources=(route(4.2 / MINUTE_S, talk=Exponential(120.0)),),
        ),
        ENDLESS,
        ask(
            "cc-mmc-day",
            ALWAYS_A_PORT,
            Ratio("inbound", "in_time", "day"),
            SERVICE_LEVEL,
            HOLD_IN_MINUTES,
            TALKING,
        ),
        days=1000,
    )


def _erlang_c() -> Iterator[Simulation]:
    yield Simulation(
        "erlc-pyw-n14",
        "erlang_c",
        delay(200 / 3600, THREE_MINUTES, 14, calls=2_000_000, within_s=0.33 * MINUTE_S),
        ENDLESS,
        ask("erlc-pyw-n14", ALWAYS_A_PORT, WAITED, SERVICE_LEVEL, TALKING, HOLD_IN_MINUTES),
    )
    yield Simulation(
        "erlc-herzog",
        "erlang_c",
        delay(3.5 / MINUTE_S, THREE_MINUTES, 13, calls=2_000_000),
        ENDLESS,
        ask("erlc-herzog", ALWAYS_A_PORT, HOLD),
    )
    yield Simulation(
        "erlc-c25-A20",
        "erlang_c",
        delay(20 / MINUTE_S, Exponential(MINUTE_S), 25, calls=1_500_000),
        ENDLESS,
        ask("erlc-c25-A20", ALWAYS_A_PORT, WAITED),
    )


def _erlang_a() -> Iterator[Simulation]:
    yield Simulation(
        "erla-mz-50",
        "erlang_a",
        delay(48 / MINUTE_S, Exponential(60.0), 50, patience=Exponential(120.0), calls=2_000_000),
        ENDLESS,
        ask(
            "erla-mz-50",
            ALWAYS_A_PORT,
            ABANDONMENT,
            HOLD,
            Metric("inbound", "hold_p90"),
            TALKING,
            Ratio("inbound", "hold_s", "span_s"),
        ),
    )
    yield Simulation(
        "erla-herzog-c13",
        "erlang_a",
        delay(3.5 / MINUTE_S, THREE_MINUTES, 13, patience=Exponential(300.0), calls=1_000_000),
        (100,),
        ask("erla-herzog-c13", 100, HOLD, ABANDONMENT),
    )


def _other_laws() -> Iterator[Simulation]:
    """Agents busy for four fifths of the time: the queue forgets slowly, so the warm-up is long."""
    yield Simulation(
        "mdc-2",
        "general_service",
        delay(1.6 / MINUTE_S, Constant(MINUTE_S), 2, calls=900_000, warm_up_talks=600),
        ENDLESS,
        ask("mdc-2", ALWAYS_A_PORT, HOLD_IN_MINUTES, WAITED),
    )
    yield Simulation(
        "me2c-5",
        "general_service",
        delay(4 / MINUTE_S, Erlang(MINUTE_S, 2), 5, calls=1_800_000, warm_up_talks=300),
        ENDLESS,
        ask("me2c-5", ALWAYS_A_PORT, HOLD_IN_MINUTES, WAITED),
    )


def _priority_floor() -> Floor:
    talk = Exponential(2 * MINUTE_S)
    return Floor(
        day=steady(300 * MINUTE_S, 800_000 * MINUTE_S),
        agents=sales(4),
        sources=(
            route(0.5 / MINUTE_S, name="first", talk=talk, priority=1),
            route(0.9 / MINUTE_S, name="second", talk=talk, priority=2),
        ),
    )
