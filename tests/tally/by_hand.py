"""Days typed by hand: a floor with one dialer, one toll-free route and one team of two agents.

A row that `call` makes has only what it is given; all else did not happen.
"""

from __future__ import annotations

from collections.abc import Iterable

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
    BY_HAND,
    DIALING,
    LEFT_BY_HAND,
    LOST,
    MESSAGE,
    NO_ANSWER,
    WRAPPING_UP,
    AskForAgent,
    Branch,
    Delay,
    End,
    Line,
    Plan,
    ReleasePort,
    Start,
    TakePort,
    Talk,
    Team,
    Work,
)

OUTBOUND, TOLL_FREE = 0, 1

_MESSAGE = (
    TakePort(blocked=(Work(BY_HAND, "by_hand"), End(LEFT_BY_HAND))),
    Start((Delay("message"), ReleasePort(), End(MESSAGE))),
)
_DIAL = (Work(DIALING, "dial"), Branch("outcome", (_MESSAGE, (End(NO_ANSWER),))))
_CALL_IN = (
    TakePort(blocked=(End(LOST, lost=True),)),
    AskForAgent("patience", abandoned=(ReleasePort(), End(ABANDONED))),
    Talk("talk", record="record"),
    ReleasePort(),
    Work(WRAPPING_UP, "wrap_up"),
    End(ANSWERED),
)

PLAN = Plan(
    lines=(Line("outbound", _DIAL), Line("toll-free", _CALL_IN, asks=(0,))),
    teams=(Team("sales", first=0, count=2, dials=OUTBOUND),),
    closing_s=100.0,
)


def call(source: int, number: int, outcome: str, began_s: float, **happened: float) -> list[float]:
    row = dict.fromkeys(CALL_COLUMNS, np.nan)
    row |= {"source": source, "call": number, "attempt": 1, "began_s": began_s}
    row |= {"outcome": PLAN.outcomes.index(outcome), "agent": NO_AGENT, "recorded": NOT_WANTED}
    return list((row | happened).values())


def carried(
    number: int,
    at_s: float,
    answered_s: float,
    until_s: float,
    *,
    source: int = TOLL_FREE,
    recorded: float = NOT_WANTED,
) -> list[float]:
    """An inbound call that gets a port at once, holds until answered, and talks until `until_s`."""
    return call(
        source,
        number,
        ANSWERED,
        at_s,
        offered_s=at_s,
        port_from_s=at_s,
        port_to_s=until_s,
        asked_s=at_s,
        held_to_s=answered_s,
        answered_s=answered_s,
        talk_to_s=until_s,
        agent=0,
        recorded=recorded,
    )


def gave_up(number: int, at_s: float, until_s: float) -> list[float]:
    """An inbound call that abandons at `until_s`."""
    return call(
        TOLL_FREE,
        number,
        ABANDONED,
        at_s,
        offered_s=at_s,
        port_from_s=at_s,
        port_to_s=until_s,
        asked_s=at_s,
        held_to_s=until_s,
    )


def blocked(number: int, at_s: float) -> list[float]:
    """An inbound call that finds no port."""
    return call(TOLL_FREE, number, LOST, at_s, offered_s=at_s)


def message(number: int, began_s: float, at_s: float, until_s: float) -> list[float]:
    """A dial that reaches voicemail; its message plays from `at_s` to `until_s`."""
    return call(
        OUTBOUND, number, MESSAGE, began_s, offered_s=at_s, port_from_s=at_s, port_to_s=until_s
    )


def by_hand(number: int, began_s: float, at_s: float) -> list[float]:
    """A dial that reaches voicemail and finds no port for its message."""
    return call(OUTBOUND, number, LEFT_BY_HAND, began_s, offered_s=at_s)


def no_answer(number: int, began_s: float) -> list[float]:
    return call(OUTBOUND, number, NO_ANSWER, began_s)


def work(agent: int, activity: str, from_s: float, to_s: float) -> list[float]:
    return [agent, PLAN.activities.index(activity), from_s, to_s]


def day(*calls: list[float], work: Iterable[list[float]] = ()) -> DayOutcomes:
    return DayOutcomes(
        Table.from_log(CALL_COLUMNS, [number for row in calls for number in row]),
        Table.from_log(WORK_COLUMNS, [number for row in work for number in row]),
    )
