"""Delay systems: calls wait for an agent."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from flexports.cli.erlang.finding import (
    ERLANG,
    SECONDS,
    SHARE,
    Finding,
    Value,
    numbers,
    per_second,
    refused_politely,
    seconds,
)
from flexports.cli.options import Format, OutputFile
from flexports.problems import NOTHING, InputError, Problem

if TYPE_CHECKING:
    from flexports.theory import Delay, ErlangA

AGENTS = "agents"
Rate: TypeAlias = Annotated[str, typer.Option(metavar="RATE", help="Calls: '200 per hour'.")]
Talk: TypeAlias = Annotated[str, typer.Option(metavar="DURATION", help="Mean talk: '3 min'.")]
Agents: TypeAlias = Annotated[int, typer.Option(metavar="NUMBER", help="Number of agents.")]
Within: TypeAlias = Annotated[
    str, typer.Option(metavar="DURATION", help="Time of the service level: '20 s'.")
]


def c(
    *,
    rate: Rate,
    talk: Talk,
    agents: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Number of agents.", show_default=False)
    ] = None,
    share: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE",
            help="Find the agents that answer this share in time.",
            show_default=False,
        ),
    ] = None,
    within: Within = "20 s",
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Erlang C: calls wait for an agent, for ever if they must. Give --agents or --share.

    flexports erlang c --rate '200 per hour' --talk '3 min' --agents 14

    flexports erlang c --rate '200 per hour' --talk '3 min' --share 0.8 --within '20 s'
    """
    from flexports.theory import mmc, mmc_agents

    if (agents is None) == (share is None):
        rule = "needs one of --agents and --share"
        raise InputError(Problem("erlang c", NOTHING, rule, "give one of them"))
    rate_per_s, talk_s = per_second("--rate", rate), seconds("--talk", talk)
    within_s = seconds("--within", within)
    with refused_politely():
        if agents is None:
            assert share is not None
            agents = mmc_agents(rate_per_s, talk_s, share=share, within=within_s)
        found = mmc(rate_per_s, talk_s, agents)
    Finding(
        "c",
        {"rate_per_s": rate_per_s, "talk_s": talk_s, "agents": agents, "within_s": within_s},
        [Value("agents", AGENTS, agents, AGENTS), *_waits(found, within_s)],
        f"{agents} agents answer {100 * found.service_level(within_s):.4g} % of calls within "
        f"{within}; {100 * found.p_wait:.4g} % wait, {found.mean_wait:.4g} s on average of all.",
    ).deliver(format, output)


def a(
    *,
    rate: Rate,
    talk: Talk,
    agents: Agents,
    patience: Annotated[
        str | None,
        typer.Option(
            metavar="DURATION",
            help="Mean patience: '2 min'. [default: for ever]",
            show_default=False,
        ),
    ] = None,
    ports: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            help="Calls that fit, talking and waiting. [default: all]",
            show_default=False,
        ),
    ] = None,
    within: Within = "20 s",
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Erlang A: callers hold while their patience lasts.

    On a number of ports, of which a call holds one from arrival to the end of talk.

    flexports erlang a --rate '90 per hour' --talk '3 min' --agents 5 --patience '90 s' --ports 8
    """
    from flexports.theory import erlang_a

    rate_per_s, talk_s = per_second("--rate", rate), seconds("--talk", talk)
    within_s = seconds("--within", within)
    patience_s = math.inf if patience is None else seconds("--patience", patience)
    with refused_politely():
        found = erlang_a(rate_per_s, talk_s, agents, patience_s, ports)
    given = {
        "rate_per_s": rate_per_s,
        "talk_s": talk_s,
        "agents": agents,
        "patience_s": patience_s,
        "ports": ports,
        "within_s": within_s,
    }
    values = [
        Value("blocking", SHARE, found.blocked, ports=ports),
        Value("abandonment", SHARE, found.abandonment, AGENTS, ports),
        Value("hold_mean_answered", SECONDS, found.mean_wait_of_answered, AGENTS, ports),
        *_waits(found, within_s, ports),
    ]
    Finding(
        "a",
        given,
        values,
        f"{100 * found.blocked:.4g} % of calls find no port; of the others "
        f"{100 * found.abandonment:.4g} % give up and "
        f"{100 * found.service_level(within_s):.4g} % are answered within {within}.",
    ).deliver(format, output)


def _waits(found: Delay | ErlangA, within_s: float, ports: int | None = None) -> Iterator[Value]:
    yield Value("load", ERLANG, found.load, AGENTS, ports)
    yield Value("waiting", SHARE, found.p_wait, AGENTS, ports)
    yield Value("hold_mean", SECONDS, found.mean_wait, AGENTS, ports)
    for level in (50, 90, 95, 99):
        held_s = found.wait_quantile(level / 100)
        yield Value(f"hold_p{level}", SECONDS, held_s, AGENTS, ports)
    yield Value("service_level", SHARE, found.service_level(within_s), AGENTS, ports)
    yield Value("occupancy", SHARE, found.occupancy, AGENTS, ports)
    yield Value("busy_mean", "ports", found.ports_busy, ports=ports)


def priorities(
    *,
    rates: Annotated[
        str,
        typer.Option(
            metavar="NUMBERS", help="Calls an hour by class, the first priority first: 30,60."
        ),
    ],
    talk: Talk,
    agents: Agents,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Mean waits by priority; nobody is interrupted.

    First come, first served within a priority.
    """
    from flexports.theory import priority_waits

    per_hour, talk_s = numbers("--rates", rates), seconds("--talk", talk)
    with refused_politely():
        waits = priority_waits([each / 3600 for each in per_hour], talk_s, agents)
    Finding(
        "priorities",
        {"rates_per_hour": per_hour, "talk_s": talk_s, "agents": agents},
        [
            Value("hold_mean", SECONDS, wait, f"priority {place}")
            for place, wait in enumerate(waits, start=1)
        ],
        f"Those who come first wait {waits[0]:.4g} s on average, the last {waits[-1]:.4g} s.",
    ).deliver(format, output)
