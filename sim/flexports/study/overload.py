"""Floors on which callers who hold for ever bring more work than there are agents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flexports.floor import Floor
from flexports.flows import AskForAgent, Branch, Line, Start, Steps, Talk, Work, walk
from flexports.laws import Choice, Coin, Law
from flexports.sources import kinds_of, plan_of
from flexports.sources.kind import Drawn


@dataclass(frozen=True)
class Overload:
    """More work than agents: whoever holds, holds longer the longer the day lasts.

    Attributes
    ----------
    sources : tuple of str
        Of which callers hold for as long as it takes.
    load_erl : float
        The agents whom their calls keep busy, on average over the day.
    agents : int
        How many may take them.
    """

    sources: tuple[str, ...]
    load_erl: float
    agents: int


def overload_of(floor: Floor) -> Overload | None:
    """Tell whether callers who never give up bring more work than their agents can do.

    Parameters
    ----------
    floor : Floor

    Returns
    -------
    Overload or None
        None also where every caller gives up in the end: then the day may be bad, but it is no
        worse for being longer.

    Notes
    -----
    A queue without limit grows for as long as its offered load is as large as the number of its
    servers (any text on queues; Kleinrock 1975, "Queueing Systems", volume 1, section 1.2).
    """
    plan, kinds = plan_of(floor), kinds_of(floor)
    patient = [
        (source, line)
        for source, line in zip(kinds, plan.lines, strict=True)
        if line.asks and _holds_for_ever(line)
    ]
    teams = {team for _, line in patient for team in line.asks}
    agents = sum(plan.teams[team].count for team in teams)
    hours = floor.day
    load_erl = sum(
        source.expected_calls(floor, hours.opens_s, hours.length_s)
        * agent_work_s(line.flow, source.draws_on(floor))
        / hours.length_s
        for source, line in patient
    )
    if not patient or load_erl < agents:
        return None
    return Overload(tuple(source.name for source, _ in patient), load_erl, agents)


def agent_work_s(steps: Steps, draws: Mapping[str, Drawn], *, taken: bool = False) -> float:
    """Mean time for which an agent is busy with a call that gets a port and an agent.

    Parameters
    ----------
    steps : tuple of Step
        Its flow.
    draws : mapping
        What is drawn for each call.
    taken : bool
        Whether an agent is with the call already.
    """
    busy_s = 0.0
    for step in steps:
        match step:
            case AskForAgent():
                taken = True
            case Talk(duration) if taken:
                busy_s += _mean_s(draws[duration])
            case Work(duration=duration) if taken:
                busy_s += _mean_s(draws[duration])
            case Branch(draw, ways):
                shares = _shares(draws[draw])
                return busy_s + sum(
                    share * agent_work_s(way, draws, taken=taken)
                    for share, way in zip(shares, ways, strict=True)
                )
            case Start():
                return busy_s
            case _:
                pass
    return busy_s


def _holds_for_ever(line: Line) -> bool:
    return any(isinstance(step, AskForAgent) and step.patience is None for step in walk(line.flow))


def _mean_s(drawn: Drawn) -> float:
    return drawn.expected_s if isinstance(drawn, Law) else 0.0


def _shares(drawn: Drawn) -> tuple[float, ...]:
    """The probability of each way of a branch."""
    if isinstance(drawn, Coin):
        return 1.0 - drawn.share, drawn.share
    return tuple(drawn.shares) if isinstance(drawn, Choice) else ()
