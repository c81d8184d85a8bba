"""Days typed by hand on a floor of calls that come back, leads that wait, and faxes on their lines.

A row that `row` makes has only what it is given; all else did not happen.
"""

from __future__ import annotations

from math import inf

import numpy as np

from flexports.engine.outcomes import (
    CALL_COLUMNS,
    NO_AGENT,
    NOT_WANTED,
    WORK_COLUMNS,
    DayOutcomes,
    Table,
)
from flexports.flows import (
    ABANDONED,
    ANSWERED,
    DIALING,
    LOST,
    NO_ACTION,
    NO_CONTACT,
    RETRIES,
    RINGING,
    SERVED,
    STALE,
    AskForAgent,
    Branch,
    Delay,
    End,
    Line,
    Plan,
    Reach,
    ReleasePort,
    Retry,
    TakePort,
    Talk,
    Team,
    WaitForPort,
    Work,
)

CALLERS, LEADS, FAX = 0, 1, 2

_CALL_IN = (
    TakePort(blocked=(Retry("again", "delay", attempts=3), End(LOST, lost=True))),
    AskForAgent(None, abandoned=(ReleasePort(), End(ABANDONED))),
    Talk("talk", record="record"),
    ReleasePort(),
    End(ANSWERED),
)
_RESPONSE = (
    AskForAgent("stale_after", (ReleasePort(), End(STALE)), since_began=True),
    Work(RINGING, "ring"),
    Reach(),
    Work(DIALING, "dial"),
    Branch(
        "contact",
        ((ReleasePort(), End(NO_CONTACT)), (Talk("talk"), ReleasePort(), End(ANSWERED))),
    ),
)
_GONE_STALE = (End(STALE, lost=True),)
_LEAD = (
    Branch(
        "elf",
        (
            (End(NO_ACTION),),
            (TakePort((WaitForPort("stale_after", _GONE_STALE), *_RESPONSE)), *_RESPONSE),
        ),
    ),
)
_FAX = (Delay("pages"), ReleasePort(), End(SERVED))
_SENT = (TakePort((WaitForPort(None, _GONE_STALE), *_FAX)), *_FAX)

PLAN = Plan(
    lines=(
        Line("callers", _CALL_IN, asks=(0,)),
        Line("leads", _LEAD, asks=(0, 1)),
        Line("fax", _SENT, own_lines=2),
    ),
    teams=(
        Team("sales", first=0, count=2, dials=CALLERS, seats=(0,), shifts=((0, 40), (60, inf))),
        Team("support", first=2, count=1, shifts=((10.0, 30.0),)),
    ),
    closing_s=100.0,
    pools=(1,),
)


def row(source: int, number: int, outcome: str, began_s: float, **happened: float) -> list[float]:
    values = dict.fromkeys(CALL_COLUMNS, np.nan)
    values |= {"source": source, "call": number, "attempt": 1, "first_s": began_s}
    values |= {"began_s": began_s, "outcome": PLAN.outcomes.index(outcome)}
    values |= {"agent": NO_AGENT, "recorded": NOT_WANTED}
    return list((values | happened).values())


def tried(number: int, *times_s: float, then: str, **happened: float) -> list[list[float]]:
    """A caller who tries at several times; what happened the last time comes at the end."""
    rows = []
    for attempt, at_s in enumerate(times_s, 1):
        last = attempt == len(times_s)
        own = {"attempt": attempt, "first_s": times_s[0], "offered_s": at_s}
        own |= happened if last else {}
        rows.append(row(CALLERS, number, then if last else RETRIES, at_s, **own))
    return rows


def talk(at_s: float, until_s: float) -> dict[str, float]:
    """A caller who gets a port and an agent at once."""
    times = {"port_from_s": at_s, "port_to_s": until_s, "asked_s": at_s, "held_to_s": at_s}
    return times | {"answered_s": at_s, "talk_to_s": until_s, "agent": 0}


def skipped(number: int, at_s: float) -> list[float]:
    """A lead that gets no action."""
    return row(LEADS, number, NO_ACTION, at_s)


def dialed(number: int, *times_s: float) -> list[float]:
    """A lead that nobody answers.

    Its times are those of its arrival, its port, the agent's taking it, the dial and the end.
    """
    at_s, port_s, taken_s, reached_s, until_s = times_s
    return row(
        LEADS,
        number,
        NO_CONTACT,
        at_s,
        offered_s=at_s,
        port_from_s=port_s,
        port_to_s=until_s,
        asked_s=port_s,
        held_to_s=taken_s,
        reached_s=reached_s,
        agent=1,
    )


def stale_without_port(number: int, at_s: float, until_s: float) -> list[float]:
    """A lead that gives up waiting for a port."""
    return row(LEADS, number, STALE, at_s, offered_s=at_s, gave_up_s=until_s)


def stale_without_agent(number: int, at_s: float, port_s: float, until_s: float) -> list[float]:
    """A lead that has a port, and gives up holding for an agent."""
    times = {"port_from_s": port_s, "port_to_s": until_s, "asked_s": port_s, "held_to_s": until_s}
    return row(LEADS, number, STALE, at_s, offered_s=at_s, **times)


def fax(number: int, at_s: float, from_s: float, until_s: float) -> list[float]:
    return row(FAX, number, SERVED, at_s, offered_s=at_s, port_from_s=from_s, port_to_s=until_s)


def work(agent: int, activity: str, from_s: float, to_s: float) -> list[float]:
    return [agent, PLAN.activities.index(activity), from_s, to_s]


def day(*calls: list[float], work: tuple[list[float], ...] = ()) -> DayOutcomes:
    return DayOutcomes(
        Table.from_log(CALL_COLUMNS, [number for each in calls for number in each]),
        Table.from_log(WORK_COLUMNS, [number for each in work for number in each]),
    )
