"""Calls that hold a port and want no agent: Erlang's loss formula, and that laws do not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
from flexports.theory import erlang_b
from validation.floors import loss
from validation.questions import Question, Simulation, ask, ask_row
from validation.readings import Metric, Ratio

BLOCKED = Metric("calls", "blocking")
MINUTE = Exponential(60.0)

#: Calls for each part of the row: rarer losses take more.
ROW = {
    (1, 2): 60_000,
    (3, 4): 200_000,
    (5,): 600_000,
    (6,): 2_000_000,
    (7,): 1_000_000,
    (8, 9, 10, 11, 12): 300_000,
}

LAWS: Mapping[str, tuple[Law, int]] = {
    "exponential": (Exponential(30.0), 800_000),
    "Erlang, k 4": (Erlang(30.0, 4), 800_000),
    "uniform": (Uniform(0.0, 60.0), 800_000),
    "lognormal, cv 1.5": (Lognormal(30.0, 1.5), 1_000_000),
    "hyperexponential, cv 2": (Hyperexponential(30.0, 2.0), 1_300_000),
    "gamma, cv 0.5, plus 10 s": (Gamma(20.0, 0.5, plus_s=10.0), 800_000),
}
OWN_LAWS = "insens-laws-c8-A4"
"""No case of the file: the one with constant holding times, with other laws."""


def loss_simulations() -> Iterator[Simulation]:
    """Erlang B."""
    yield Simulation(
        "erlb-itu-c10-1pct",
        "erlang_b",
        loss(4.4612, MINUTE, 2_400_000),
        (10,),
        ask("erlb-itu-c10-1pct", 10, BLOCKED),
    )
    yield Simulation(
        "erlb-c6-A3.0",
        "erlang_b",
        loss(3.0, MINUTE, 600_000),
        (6,),
        ask("erlb-c6-A3.0", 6, BLOCKED),
    )
    for ports, calls in ROW.items():
        yield Simulation(
            f"erlb-company-x-row, {ports[0]} and more",
            "company_x",
            loss(2.0, MINUTE, calls),
            ports,
            ask_row("erlb-company-x-row", BLOCKED, ports),
        )
    yield Simulation(
        "overflow-20-20",
        "overflow",
        loss(20.0, Exponential(120.0), 360_000),
        (20,),
        ask("overflow-20-20", 20, Ratio("calls", "span_s", "blocked"), None),
    )


def insensitivity_simulations() -> Iterator[Simulation]:
    """The same loss whatever the law of the holding time (Sevastyanov 1957)."""
    yield Simulation(
        "insens-det-c8-A4",
        "insensitivity",
        loss(4.0, Constant(30.0), 800_000),
        (8,),
        ask("insens-det-c8-A4", 8, BLOCKED),
    )
    for law, (hold, calls) in LAWS.items():
        question = Question(OWN_LAWS, f"blocking, {law}", erlang_b(4.0, 8), 8, BLOCKED)
        yield Simulation(
            f"{OWN_LAWS}, {law}", "insensitivity", loss(4.0, hold, calls), (8,), (question,)
        )
