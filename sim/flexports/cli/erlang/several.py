"""Several classes of calls on one group of ports."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from flexports.cli.erlang.finding import (
    ERLANG,
    SHARE,
    Finding,
    Value,
    numbers,
    refused_politely,
    seconds,
    whole_numbers,
)
from flexports.cli.options import Format, OutputFile
from flexports.problems import InputError, Problem

Loads: TypeAlias = Annotated[
    str, typer.Option(metavar="NUMBERS", help="Erlang of calls, by class: 2,1.")
]
Ports: TypeAlias = Annotated[int, typer.Option(metavar="NUMBER", help="Number of ports.")]


def of_kaufman_roberts(
    *,
    loads: Loads,
    ports_per_call: Annotated[
        str, typer.Option(metavar="NUMBERS", help="Ports that a call takes, by class: 1,2.")
    ],
    ports: Ports,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Calls that take several ports at once.

    Kaufman and Roberts: a call that finds too few takes none.

    flexports erlang kaufman-roberts --loads 2,1 --ports-per-call 1,2 --ports 5
    """
    from flexports.theory import kaufman_roberts

    offered = numbers("--loads", loads)
    taken = whole_numbers("--ports-per-call", ports_per_call)
    with refused_politely():
        found = kaufman_roberts(offered, taken, ports)
    Finding(
        "kaufman-roberts",
        {"loads_erl": offered, "ports_per_call": taken, "ports": ports},
        [
            *_by_class("blocking", SHARE, found.blocking, ports),
            Value("busy_mean", "ports", found.mean_busy, ports=ports),
        ],
        _blocked(found.blocking),
    ).deliver(format, output)


def of_reservation(
    *,
    loads: Loads,
    reserves: Annotated[
        str, typer.Option(metavar="NUMBERS", help="Ports that must stay free, by class: 1,0.")
    ],
    ports: Ports,
    holds: Annotated[
        str | None,
        typer.Option(
            metavar="DURATIONS",
            help="Mean time that a port is held, by class: '60 s,3 min'. [default: all the same]",
            show_default=False,
        ),
    ] = None,
    ports_per_call: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBERS",
            help="Ports that a call takes, by class. [default: 1]",
            show_default=False,
        ),
    ] = None,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Trunk reservation among classes of calls.

    A class may take ports only if some more stay free.

    flexports erlang reservation --loads 2,1 --reserves 1,0 --ports 5
    """
    from flexports.theory import trunk_reservation

    offered = numbers("--loads", loads)
    kept = whole_numbers("--reserves", reserves)
    taken = None if ports_per_call is None else whole_numbers("--ports-per-call", ports_per_call)
    held = [1.0] * len(offered)
    if holds is not None:
        held = [seconds("--holds", part) for part in holds.split(",")]
        if len(held) != len(offered):
            rule = f"is not one for each of {len(offered)} classes"
            raise InputError(Problem("--holds", holds, rule, "write as many as --loads"))
    with refused_politely():
        rates = [load / hold for load, hold in zip(offered, held, strict=True)]
        found = trunk_reservation(rates, held, kept, ports, taken)
    Finding(
        "reservation",
        {
            "loads_erl": offered,
            "reserves": kept,
            "ports": ports,
            "holds_s": None if holds is None else held,
            "ports_per_call": taken,
        },
        [
            *_by_class("blocking", SHARE, found.blocking, ports),
            *_by_class("carried_load", ERLANG, found.carried, ports),
            Value("busy_mean", "ports", found.mean_busy, ports=ports),
        ],
        _blocked(found.blocking),
    ).deliver(format, output)


def _by_class(metric: str, unit: str, values: tuple[float, ...], ports: int) -> list[Value]:
    return [
        Value(metric, unit, value, f"class {place}", ports)
        for place, value in enumerate(values, start=1)
    ]


def _blocked(blocking: tuple[float, ...]) -> str:
    told = ", ".join(
        f"{100 * share:.4g} % of class {place}" for place, share in enumerate(blocking, start=1)
    )
    return f"Blocking: {told}."
