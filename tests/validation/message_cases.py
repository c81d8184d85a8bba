"""Agents who dial and leave messages, alone and beside callers: the systems of Company X."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flexports.laws import Erlang, Exponential
from validation.floors import dialer, messages, route
from validation.questions import Question, Simulation, ask, ask_row
from validation.readings import Metric, Ratio, Reading

MESSAGES = Metric("outbound", "blocking")
INBOUND = Metric("inbound", "blocking")
HOLD = Metric("inbound", "hold_mean")
BUSY = Metric("ports", "busy_mean")
TALKING = Metric("sales", "time_talking")
BY_HAND = Metric("sales", "time_by_hand")
HOUR_S = 3600.0

Parts = Mapping[tuple[int, ...], int]
"""Dials for each part of a row of port counts: rarer losses take more."""

VOICE_ONLY: Parts = {
    (1, 2): 100_000,
    (3, 4): 500_000,
    (5,): 1_000_000,
    (6,): 1_800_000,
    (7,): 1_700_000,
    (8, 9, 10, 11, 12): 250_000,
}
WITH_CALLERS: Parts = {
    (1, 2): 120_000,
    (3, 4): 600_000,
    (5,): 900_000,
    (6,): 1_400_000,
    (7,): 1_400_000,
    (8, 9, 10, 11, 12): 250_000,
}


def message_simulations() -> Iterator[Simulation]:
    """Eight agents."""
    cycle = Exponential(45.0)
    by_hand = dialer(cycle, 0.5, 30.0)
    skipped = dialer(Erlang(45.0, 3), 0.5, 30.0, when_blocked="skip")
    modest = dialer(cycle, 0.5, 30.0, keep_free=2)
    callers = route(1 / 60, ivr=Exponential(120.0), to_agent=0.0)
    told: Sequence[Reading] = (
        MESSAGES,
        BUSY,
        BY_HAND,
        Ratio("outbound", "dials", "span_s", HOUR_S / 8),
    )
    yield Simulation(
        "vm-8-hand",
        "closed_population",
        messages(8, by_hand, dials=500_000),
        (4,),
        ask("vm-8-hand", 4, *told),
    )
    yield Simulation(
        "vm-8-lost-E3",
        "closed_population",
        messages(8, skipped, dials=300_000),
        (4,),
        ask("vm-8-lost-E3", 4, *told),
    )
    yield Simulation(
        "vm-inbound",
        "mixed",
        messages(8, by_hand, callers, dials=1_000_000),
        (7,),
        ask("vm-inbound", 7, *told, INBOUND),
    )
    yield Simulation(
        "vm-inbound-res2",
        "reservation",
        messages(8, modest, callers, dials=2_500_000),
        (7,),
        ask("vm-inbound-res2", 7, *told, INBOUND),
    )


def company_x_simulations() -> Iterator[Simulation]:
    """Five agents."""
    by_hand = dialer(Exponential(60.0), 0.4, 60.0)
    skipped = dialer(Exponential(60.0), 0.4, 60.0, when_blocked="skip")
    for case, source in (("companyx-vm-hand", by_hand), ("companyx-vm-lost", skipped)):
        for ports, dials in VOICE_ONLY.items():
            yield Simulation(
                f"{case}, {ports[0]} and more",
                "company_x",
                messages(5, source, dials=dials),
                ports,
                ask_row(case, MESSAGES, ports),
            )
    yield from _peak()
    modest = dialer(Exponential(60.0), 0.4, 45.0, keep_free=1)
    some_recorded = route(1 / 144, talk=Exponential(180.0), patience=Exponential(120.0), record=0.5)
    yield Simulation(
        "mix-all-6",
        "mixed",
        messages(5, modest, some_recorded, dials=2_000_000),
        (6,),
        ask(
            "mix-all-6",
            6,
            MESSAGES,
            INBOUND,
            Ratio("inbound", "abandoned", "offered"),
            HOLD,
            TALKING,
            BY_HAND,
            BUSY,
            # Whether a talk is recorded says nothing of its length: of the calls as of the time.
            Ratio("inbound", "recorded", "answered"),
        ),
    )


def _peak() -> Iterator[Simulation]:
    rate_per_s, talk = 5 * 0.25 / 180, Exponential(180.0)
    patient = route(rate_per_s, talk=talk)
    leaving = route(rate_per_s, talk=talk, patience=Exponential(120.0))
    by_hand = dialer(Exponential(60.0), 0.4, 60.0)
    for ports, dials in WITH_CALLERS.items():
        yield Simulation(
            f"companyx-peak-patient, {ports[0]} and more",
            "company_x",
            messages(5, by_hand, patient, dials=dials),
            ports,
            ask_row("companyx-peak-patient-vm", MESSAGES, ports) + _more(ports),
        )
        yield Simulation(
            f"companyx-peak-patience120, {ports[0]} and more",
            "company_x",
            messages(5, by_hand, leaving, dials=dials),
            ports,
            ask_row("companyx-peak-patience120-in", INBOUND, ports),
        )


def _more(ports: Sequence[int]) -> tuple[Question, ...]:
    """The other metrics, three for each of 4, 6 and 8 ports, that a case of its own gives."""
    found: list[Question] = []
    for place, count in enumerate((4, 6, 8)):
        readings: list[Reading | None] = [None] * 9
        readings[3 * place : 3 * place + 3] = [HOLD, TALKING, BUSY]
        if count in ports:
            found.extend(ask("companyx-peak-patient-more", count, *readings))
    return tuple(found)
