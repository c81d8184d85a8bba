"""Loss systems: calls that find no port go away."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from flexports.cli.erlang.finding import (
    COUNT,
    ERLANG,
    SHARE,
    Finding,
    Value,
    exactly_two,
    refused_politely,
)
from flexports.cli.options import Format, OutputFile
from flexports.cli.ports import parse_ports

_MOST_PORTS = 1_000_000
Load: TypeAlias = Annotated[float, typer.Option(metavar="ERLANG", help="Offered load in erlang.")]
Ports: TypeAlias = Annotated[int, typer.Option(metavar="NUMBER", help="Number of ports.")]


def b(
    *,
    load: Annotated[
        float | None,
        typer.Option(metavar="ERLANG", help="Offered load in erlang.", show_default=False),
    ] = None,
    ports: Annotated[
        str | None,
        typer.Option(metavar="COUNTS", help="Port counts: 6, 1-12 or 4,6,8.", show_default=False),
    ] = None,
    blocking: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE", help="Share of calls that find no port: 0.01.", show_default=False
        ),
    ] = None,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Erlang B: blocking of Poisson calls. Give two of the three; it works out the third.

    flexports erlang b --load 2 --ports 1-8

    flexports erlang b --load 2 --blocking 0.01

    flexports erlang b --ports 7 --blocking 0.01
    """
    exactly_two(load=load, ports=ports, blocking=blocking)
    with refused_politely():
        if load is not None and ports is not None:
            found = _blocking(load, ports)
        elif load is not None and blocking is not None:
            found = _ports(load, blocking)
        else:
            assert blocking is not None
            assert ports is not None
            found = _load(blocking, ports)
    found.deliver(format, output)


def _blocking(load: float, ports: str) -> Finding:
    from flexports.theory import erlang_b

    counts = parse_ports(ports, _MOST_PORTS)
    values = [Value("blocking", SHARE, erlang_b(load, count), ports=count) for count in counts]
    last = values[-1]
    answer = f"{load:g} erlang on {counts[-1]} ports: {100 * last.value:.4g} % find no port."
    return Finding("b", {"load_erl": load, "ports": list(counts)}, values, answer)


def _ports(load: float, blocking: float) -> Finding:
    from flexports.theory import erlang_b, erlang_b_ports

    needed = erlang_b_ports(load, blocking)
    values = [
        Value("blocking", SHARE, erlang_b(load, count), ports=count)
        for count in (needed - 1, needed)
        if count >= 0
    ]
    answer = (
        f"{load:g} erlang need {needed} ports, if no more than {100 * blocking:g} % may find none."
    )
    values.insert(0, Value("ports", COUNT, needed, ports=needed))
    return Finding("b", {"load_erl": load, "blocking": blocking}, values, answer)


def _load(blocking: float, ports: str) -> Finding:
    from flexports.theory import erlang_b_load

    counts = parse_ports(ports, _MOST_PORTS)
    values = [
        Value("load", ERLANG, erlang_b_load(blocking, count), ports=count) for count in counts
    ]
    answer = (
        f"{counts[-1]} ports take {values[-1].value:.4g} erlang, "
        f"if {100 * blocking:g} % may find none."
    )
    return Finding("b", {"ports": list(counts), "blocking": blocking}, values, answer)


def extended_b(
    *,
    load: Load,
    ports: Ports,
    retry: Annotated[
        float, typer.Option(metavar="SHARE", help="Share of the blocked who try again.")
    ],
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Extended Erlang B: some of the blocked try again.

    An approximation: it takes their attempts for independent calls.
    """
    from flexports.theory import extended_erlang_b

    with refused_politely():
        found = extended_erlang_b(load, ports, retry)
    Finding(
        "extended-b",
        {"load_erl": load, "ports": ports, "retry": retry},
        [
            Value("blocking", SHARE, found.blocking, ports=ports),
            Value("offered_load", ERLANG, found.offered, ports=ports),
            Value("lost", SHARE, found.lost, ports=ports),
        ],
        f"{100 * found.blocking:.4g} % of attempts find no port; "
        f"{100 * found.lost:.4g} % of calls never do.",
        exact=False,
    ).deliver(format, output)


def of_engset(
    *,
    sources: Annotated[
        int, typer.Option(metavar="NUMBER", help="How many make calls, one at a time each.")
    ],
    ports: Ports,
    load: Annotated[float, typer.Option(metavar="ERLANG", help="Erlang per idle source.")],
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Engset: a limited number of callers.

    Each makes one call at a time.
    """
    from flexports.theory import engset

    with refused_politely():
        found = engset(sources, ports, load)
    metrics = [
        ("blocking", SHARE, found.call_congestion),
        ("time_congestion", SHARE, found.time_congestion),
        ("traffic_congestion", SHARE, found.traffic_congestion),
        ("offered_load", ERLANG, found.offered),
        ("carried_load", ERLANG, found.carried),
    ]
    Finding(
        "engset",
        {"sources": sources, "ports": ports, "load_per_idle_source_erl": load},
        [Value(*each, ports=ports) for each in metrics],
        f"{100 * found.call_congestion:.4g} % of attempts find no port.",
    ).deliver(format, output)


def overflow(
    *,
    load: Load,
    ports: Ports,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """What a group of ports turns away.

    As traffic for the next group: mean, variance, peakedness.
    """
    from flexports.theory import overflow_moments

    with refused_politely():
        found = overflow_moments(load, ports)
    Finding(
        "overflow",
        {"load_erl": load, "ports": ports},
        [
            Value("mean", ERLANG, found.mean, ports=ports),
            Value("variance", "erlang^2", found.variance, ports=ports),
            Value("peakedness", "", found.peakedness, ports=ports),
        ],
        f"{found.mean:.4g} erlang overflow, with a peakedness of {found.peakedness:.4g}.",
    ).deliver(format, output)
