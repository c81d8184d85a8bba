"""The battery: which simulations are run, and which values of which cases they are asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flexports.floor import Day, Floor, check_floor
from flexports.laws import (
    Constant,
    Erlang,
    Exponential,
    Gamma,
    Hyperexponential,
    Law,
    Lognormal,
    Uniform,
)
from flexports.sources.broadcast import Broadcast
from flexports.study.blocks import Trial
from flexports.theory import erlang_b
from validation.agreement import Simulated
from validation.floors import NO_TIME, delay, dialer, loss, messages, route, sales, steady
from validation.readings import Days, Metric, Ratio, Reading

SEED = 2
CASES_FILE = Path(__file__).parent / "cases.json"
ROW = tuple(range(1, 13))

Case = Mapping[str, Any]


@cache
def cases() -> Mapping[str, Case]:
    """All cases, by id."""
    return {case["id"]: case for case in json.loads(CASES_FILE.read_text(encoding="utf-8"))}


@dataclass(frozen=True)
class Question:
    """One value of one case, and how a simulation answers it."""

    case: str
    family: str
    what: str
    value: float
    ports: int
    reading: Reading


@dataclass(frozen=True)
class Simulation:
    """Days of one floor on some port counts, and what they are asked."""

    name: str
    floor: Floor
    ports: tuple[int, ...]
    days: int
    questions: tuple[Question, ...]

    def run(self) -> Days:
        """Simulate all days, each reduced by itself."""
        check_floor(self.floor)
        trial = Trial(self.floor, SEED)
        each = (range(day, day + 1) for day in range(self.days))
        return Days(trial, [trial.tallies(day, self.ports) for day in each])

    def answers(self, days: Days) -> Iterator[tuple[Question, Simulated]]:
        """Every question with what the simulation says."""
        for question in self.questions:
            yield question, question.reading.of(days, question.ports)


def ask(case: str, ports: int, *readings: Reading | None) -> tuple[Question, ...]:
    """The values of a case that gives several metrics; None where days cannot tell one."""
    told = cases()[case]
    metrics, values = _listed(told["metric"]), _listed(told["value"])
    return tuple(
        Question(case, told["family"], what, value, ports, reading)
        for what, value, reading in zip(metrics, values, readings, strict=True)
        if reading is not None
    )


def ask_row(case: str, reading: Reading, ports: Sequence[int]) -> tuple[Question, ...]:
    """The values of a case that gives one metric for each number of ports."""
    told = cases()[case]
    row = dict(zip(told["model"]["ports"], told["value"], strict=True))
    what = told["metric"].split(",")[0].split(" for each")[0]
    return tuple(Question(case, told["family"], what, row[each], each, reading) for each in ports)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


BLOCKED = Metric("calls", "blocking")
MESSAGES = Metric("outbound", "blocking")
INBOUND = Metric("inbound", "blocking")
BUSY = Metric("ports", "busy_mean")
HOLD = Metric("inbound", "hold_mean")
GONE = Ratio("inbound", "abandoned", "offered")
TALKING = Metric("sales", "time_talking")
BY_HAND = Metric("sales", "time_by_hand")
WAITED = Ratio("inbound", "waited", "asked")
ALWAYS_A_PORT = 10_000
HOUR_S = 3600.0


def per_agent_hour(agents: int) -> Reading:
    """Dials of an agent in an hour."""
    return Ratio("outbound", "dials", "span_s", HOUR_S / agents)


def _loss() -> Iterator[Simulation]:
    minute = Exponential(60.0)
    yield Simulation(
        "erlb-itu", loss(4.4612, minute, 2_000_000, 60), (10,), 60,
        ask("erlb-itu-c10-1pct", 10, BLOCKED),
    )
    yield Simulation(
        "erlb-c6", loss(3.0, minute, 500_000, 60), (6,), 60, ask("erlb-c6-A3.0", 6, BLOCKED)
    )
    yield Simulation(
        "erlb-row", loss(2.0, minute, 300_000, 60), (1, 2, 3, 4), 60,
        ask_row("erlb-company-x-row", BLOCKED, (1, 2, 3, 4)),
    )
    yield Simulation(
        "erlb-row-above", loss(2.0, minute, 1_000_000, 60), ROW[4:], 60,
        ask_row("erlb-company-x-row", BLOCKED, ROW[4:]),
    )
    yield Simulation(
        "overflow", loss(20.0, Exponential(120.0), 300_000, 60), (20,), 60,
        ask("overflow-20-20", 20, Ratio("calls", "span_s", "blocked"), None),
    )


LAWS: Mapping[str, Law] = {
    "exponential": Exponential(30.0),
    "erlang, k 4": Erlang(30.0, 4),
    "uniform": Uniform(0.0, 60.0),
    "lognormal, cv 1.5": Lognormal(30.0, 1.5),
    "hyperexponential, cv 2": Hyperexponential(30.0, 2.0),
    "gamma, cv 0.5, plus 10 s": Gamma(20.0, 0.5, plus_s=10.0),
}


def _insensitivity() -> Iterator[Simulation]:
    yield Simulation(
        "insens-det", loss(4.0, Constant(30.0), 600_000, 60), (8,), 60,
        ask("insens-det-c8-A4", 8, BLOCKED),
    )
    for law, hold in LAWS.items():
        question = Question(
            "insens-law-c8-A4", "insensitivity", f"blocking, {law}", erlang_b(4.0, 8), 8, BLOCKED
        )
        yield Simulation(f"insens {law}", loss(4.0, hold, 600_000, 60), (8,), 60, (question,))


def _queues() -> Iterator[Simulation]:
    three_minutes, endless = Exponential(180.0), (ALWAYS_A_PORT,)
    yield Simulation(
        "erlc-pyw-n14",
        delay(200 / 3600, three_minutes, 14, calls=900_000, days=60, warm_up_s=7200, within_s=19.8),
        endless, 60,
        ask(
            "erlc-pyw-n14", ALWAYS_A_PORT, WAITED, Metric("inbound", "service_level"), TALKING,
            Metric("inbound", "hold_mean", 1 / 60),
        ),
    )
    yield Simulation(
        "erlc-herzog",
        delay(3.5 / 60, three_minutes, 13, calls=900_000, days=60, warm_up_s=7200),
        endless, 60, ask("erlc-herzog", ALWAYS_A_PORT, HOLD),
    )
    yield Simulation(
        "erlc-c25",
        delay(20 / 60, Exponential(60.0), 25, calls=900_000, days=60, warm_up_s=3600),
        endless, 60, ask("erlc-c25-A20", ALWAYS_A_PORT, WAITED),
    )
    yield Simulation(
        "erla-mz-50",
        delay(48 / 60, Exponential(60.0), 50, patience=Exponential(120.0), calls=900_000, days=60,
              warm_up_s=3600),
        endless, 60,
        ask(
            "erla-mz-50", ALWAYS_A_PORT, Metric("inbound", "abandonment"), HOLD,
            Metric("inbound", "hold_p90"), TALKING, Ratio("inbound", "hold_s", "span_s"),
        ),
    )
    yield Simulation(
        "erla-herzog-c13",
        delay(3.5 / 60, three_minutes, 13, patience=Exponential(300.0), calls=900_000, days=60,
              warm_up_s=7200),
        (100,), 60,
        ask("erla-herzog-c13", 100, HOLD, Metric("inbound", "abandonment")),
    )
    minute = 60.0  # the unit of time of the cases that have none
    yield Simulation(
        "mdc-2",
        delay(1.6 / minute, Constant(minute), 2, calls=900_000, days=60, warm_up_s=600 * minute),
        endless, 60,
        ask("mdc-2", ALWAYS_A_PORT, Metric("inbound", "hold_mean", 1 / minute), WAITED),
    )
    yield Simulation(
        "me2c-5",
        delay(4 / minute, Erlang(minute, 2), 5, calls=900_000, days=60, warm_up_s=400 * minute),
        endless, 60,
        ask("me2c-5", ALWAYS_A_PORT, Metric("inbound", "hold_mean", 1 / minute), WAITED),
    )
    yield Simulation(
        "prio-np-4", _priority_floor(minute), endless, 60,
        ask(
            "prio-np-4", ALWAYS_A_PORT, Metric("first", "hold_mean", 1 / minute),
            Metric("second", "hold_mean", 1 / minute),
        ),
    )
    yield Simulation(
        "cc-mmc-day",
        Floor(
            day=Day(length_s=480 * 60.0), agents=sales(12),
            sources=(route(4.2 / 60, talk=Exponential(120.0)),),
        ),
        endless, 500,
        ask(
            "cc-mmc-day", ALWAYS_A_PORT, Ratio("inbound", "in_time", "day"),
            Metric("inbound", "service_level"), Metric("inbound", "hold_mean", 1 / 60), TALKING,
        ),
    )


def _priority_floor(minute: float) -> Floor:
    talk = Exponential(2 * minute)
    return Floor(
        day=steady(300 * minute, 10_000 * minute),
        agents=sales(4),
        sources=(
            route(0.5 / minute, name="first", talk=talk, priority=1),
            route(0.9 / minute, name="second", talk=talk, priority=2),
        ),
    )


def _ports_and_agents() -> Iterator[Simulation]:
    unit = 60.0
    yield Simulation(
        "mmck-oct-4-6",
        delay(50 / unit, Exponential(0.1 * unit), 4, calls=300_000, days=60, warm_up_s=600.0),
        (6,), 60, ask("mmck-oct-4-6", 6, INBOUND, Metric("inbound", "hold_mean", 1 / unit)),
    )
    yield Simulation(
        "acd-5-8",
        delay(0.025, Exponential(180.0), 5, patience=Exponential(90.0), calls=600_000, days=60,
              warm_up_s=7200),
        (8,), 60,
        ask("acd-5-8", 8, INBOUND, GONE, HOLD, BUSY, TALKING,
            Ratio("inbound", "in_time", "offered")),
    )
    yield Simulation(
        "acd-6-10-wrap",
        delay(0.05, Exponential(100.0), 6, patience=Exponential(90.0), wrap_up=Exponential(20.0),
              calls=600_000, days=60, warm_up_s=7200),
        (10,), 60, ask("acd-6-10-wrap", 10, INBOUND, GONE, HOLD, BUSY, TALKING),
    )
    yield Simulation(
        "rec-acd-4-7",
        delay(0.025, Exponential(150.0), 4, patience=Exponential(60.0), record=1.0, calls=300_000,
              days=60, warm_up_s=7200),
        (7,), 60,
        ask("rec-acd-4-7", 7, INBOUND, GONE, HOLD, BUSY,
            Metric("inbound", "missed_recordings", rest=True)),
    )
    # As many agents as ports answer at once, so a call is a port for its talk, and a second one.
    yield Simulation(
        "rec-loss-downgrade-c9",
        delay(1 / 24, Exponential(96.0), 9, record=0.5, calls=400_000, days=60, warm_up_s=3600),
        (9,), 60,
        ask("rec-loss-downgrade-c9", 9, INBOUND, Ratio("inbound", "missed", "offered", 1 / 0.5),
            BUSY),
    )
    yield Simulation(
        "press1-two-class", _press_1_floor(), (9,), 60,
        ask(
            "press1-two-class", 9, INBOUND, Metric("press 1", "blocking"), GONE,
            Ratio("press 1", "abandoned", "offered"), HOLD, Metric("press 1", "hold_mean"), BUSY,
        ),
    )


def _press_1_floor() -> Floor:
    talk = Exponential(120.0)
    press_1 = Broadcast(
        name="press 1", pace=0.5, answers=0.5, press_1=0.1, message=Constant(20.0),  # 0.025 a second
        talk=talk, wrap_up=NO_TIME, patience=Exponential(30.0), priority=2,
    )
    inbound = route(1 / 60, talk=talk, patience=Exponential(120.0), priority=1)
    return Floor(day=steady(7200, 400_000.0), agents=sales(6), sources=(inbound, press_1))


def _voice_messages() -> Iterator[Simulation]:
    eight = {"warm_up_s": 3600.0, "span_s": 60_000.0}
    cycle = Exponential(45.0)
    by_hand = dialer(cycle, 0.5, 30.0)
    skipped = dialer(Erlang(45.0, 3), 0.5, 30.0, when_blocked="skip")
    told = (MESSAGES, BUSY, BY_HAND, per_agent_hour(8))
    yield Simulation(
        "vm-8-hand", messages(8, by_hand, **eight), (4,), 60, ask("vm-8-hand", 4, *told)
    )
    yield Simulation(
        "vm-8-lost-E3", messages(8, skipped, **eight), (4,), 60, ask("vm-8-lost-E3", 4, *told)
    )
    callers = route(1 / 60, ivr=Exponential(120.0), to_agent=0.0)
    yield Simulation(
        "vm-inbound", messages(8, by_hand, callers, **eight), (7,), 60,
        ask("vm-inbound", 7, *told, INBOUND),
    )
    modest = dialer(cycle, 0.5, 30.0, keep_free=2)
    yield Simulation(
        "vm-inbound-res2", messages(8, modest, callers, **eight), (7,), 60,
        ask("vm-inbound-res2", 7, *told, INBOUND),
    )


def _company_x() -> Iterator[Simulation]:
    by_hand = dialer(Exponential(60.0), 0.4, 60.0)
    skipped = dialer(Exponential(60.0), 0.4, 60.0, when_blocked="skip")
    few, many = (1, 2, 3, 4), ROW[4:]
    for case, source in (("companyx-vm-hand", by_hand), ("companyx-vm-lost", skipped)):
        for part, ports, span_s in (("", few, 80_000.0), (" above", many, 250_000.0)):
            yield Simulation(
                case + part,
                messages(5, source, warm_up_s=3600.0, span_s=span_s), ports, 60,
                ask_row(case, MESSAGES, ports),
            )
    rate, talk = 5 * 0.25 / 180, Exponential(180.0)
    patient, leaving = route(rate, talk=talk), route(rate, talk=talk, patience=Exponential(120.0))
    more = (HOLD, TALKING, BUSY)
    asked = [ask("companyx-peak-patient-more", ports, *_ninth(ports, more)) for ports in (4, 6, 8)]
    for part, ports, span_s in (("", few, 100_000.0), (" above", many, 200_000.0)):
        yield Simulation(
            f"companyx-peak-patient{part}",
            messages(5, by_hand, patient, warm_up_s=7200.0, span_s=span_s), ports, 60,
            (
                *ask_row("companyx-peak-patient-vm", MESSAGES, ports),
                *(each for some in asked for each in some if each.ports in ports),
            ),
        )
        yield Simulation(
            f"companyx-peak-patience120{part}",
            messages(5, by_hand, leaving, warm_up_s=7200.0, span_s=span_s), ports, 60,
            ask_row("companyx-peak-patience120-in", INBOUND, ports),
        )
    record = route(
        1 / 144, talk=talk, patience=Exponential(120.0), record=0.5
    )
    modest = dialer(Exponential(60.0), 0.4, 45.0, keep_free=1)
    yield Simulation(
        "mix-all-6", messages(5, modest, record, warm_up_s=7200.0, span_s=400_000.0), (6,), 60,
        ask(
            "mix-all-6", 6, MESSAGES, INBOUND, GONE, HOLD, TALKING, BY_HAND, BUSY,
            # whether a talk is recorded says nothing of its length: as many of the calls as of the time
            Ratio("inbound", "recorded", "answered"),
        ),
    )


def _ninth(ports: int, readings: Sequence[Reading]) -> list[Reading | None]:
    """The three of nine values that a case gives for this many ports."""
    place = {4: 0, 6: 3, 8: 6}[ports]
    return [None] * place + list(readings) + [None] * (6 - place)


@cache
def simulations() -> tuple[Simulation, ...]:
    """The whole battery."""
    return (
        *_loss(), *_insensitivity(), *_queues(), *_ports_and_agents(), *_voice_messages(),
        *_company_x(),
    )
