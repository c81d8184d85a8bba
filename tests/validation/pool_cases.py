"""Callers who want a port and an agent, recordings, and presses that share both with them."""

from __future__ import annotations

from collections.abc import Iterator

from flexports.floor import Floor
from flexports.laws import Constant, Exponential
from flexports.sources.broadcast import Broadcast
from validation.floors import NO_TIME, delay, route, sales, steady
from validation.questions import Simulation, ask
from validation.readings import Metric, Ratio

BLOCKED = Metric("inbound", "blocking")
GONE = Ratio("inbound", "abandoned", "offered")
HOLD = Metric("inbound", "hold_mean")
BUSY = Metric("ports", "busy_mean")
TALKING = Metric("sales", "time_talking")


def pool_simulations() -> Iterator[Simulation]:
    """Ports and agents."""
    yield Simulation(
        "mmck-oct-4-6",
        "finite_ports",
        delay(50 / 60, Exponential(6.0), 4, calls=120_000),  # its unit of time is a minute here
        (6,),
        ask("mmck-oct-4-6", 6, BLOCKED, Metric("inbound", "hold_mean", 1 / 60)),
    )
    yield Simulation(
        "acd-5-8",
        "port_and_agent",
        delay(0.025, Exponential(180.0), 5, patience=Exponential(90.0), calls=900_000),
        (8,),
        ask(
            "acd-5-8", 8, BLOCKED, GONE, HOLD, BUSY, TALKING, Ratio("inbound", "in_time", "offered")
        ),
    )
    yield Simulation(
        "acd-6-10-wrap",
        "port_and_agent",
        delay(
            0.05,
            Exponential(100.0),
            6,
            patience=Exponential(90.0),
            wrap_up=Exponential(20.0),
            calls=1_300_000,
        ),
        (10,),
        ask("acd-6-10-wrap", 10, BLOCKED, GONE, HOLD, BUSY, TALKING),
    )
    yield from _recordings()
    yield Simulation(
        "press1-two-class",
        "press1",
        _press_1_floor(),
        (9,),
        ask(
            "press1-two-class",
            9,
            BLOCKED,
            Metric("press 1", "blocking"),
            GONE,
            Ratio("press 1", "abandoned", "offered"),
            HOLD,
            Metric("press 1", "hold_mean"),
            BUSY,
        ),
    )


def _recordings() -> Iterator[Simulation]:
    yield Simulation(
        "rec-acd-4-7",
        "recording",
        delay(0.025, Exponential(150.0), 4, patience=Exponential(60.0), record=1.0, calls=80_000),
        (7,),
        ask(
            "rec-acd-4-7",
            7,
            BLOCKED,
            Metric("inbound", "abandonment"),  # nobody holds: 0, of the offered as of the admitted
            HOLD,
            BUSY,
            Metric("inbound", "missed_recordings", rest=True),
        ),
    )
    # With an agent for every port calls are answered at once: a port for the talk, or two.
    yield Simulation(
        "rec-loss-downgrade-c9",
        "recording",
        delay(1 / 24, Exponential(96.0), 9, record=0.5, calls=300_000),
        (9,),
        ask(
            "rec-loss-downgrade-c9",
            9,
            BLOCKED,
            Ratio("inbound", "missed", "offered", 1 / 0.5),
            BUSY,
        ),
    )


def _press_1_floor() -> Floor:
    talk = Exponential(120.0)
    press_1 = Broadcast(
        name="press 1",
        pace=0.5,  # x 0.5 x 0.1 = 0.025 presses a second
        answers=0.5,
        press_1=0.1,
        message=Constant(20.0),
        talk=talk,
        wrap_up=NO_TIME,
        patience=Exponential(30.0),
        priority=2,
    )
    inbound = route(1 / 60, talk=talk, patience=Exponential(120.0), priority=1)
    return Floor(day=steady(7200.0, 3e7), agents=sales(6), sources=(inbound, press_1))
