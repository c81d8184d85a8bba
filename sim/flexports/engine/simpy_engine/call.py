"""One call, as it is told in the results."""

from __future__ import annotations

from math import nan
from operator import attrgetter

from flexports.engine.outcomes import CALL_COLUMNS, NO_AGENT, NOT_WANTED
from flexports.flows import Line, Steps
from flexports.tape import Draws


class Attempt:
    """What has happened in one attempt so far. The times that it has not come to are NaN."""

    offered_s = nan
    gave_up_s = nan
    outcome = nan
    port_from_s = nan
    port_to_s = nan
    asked_s = nan
    held_to_s = nan
    reached_s = nan
    answered_s = nan
    talk_to_s = nan
    recorded = NOT_WANTED
    agent: float = NO_AGENT
    """Who dialed or answered it."""

    with_agent: int | None = None
    """Who is with it now."""
    at_an_end = False
    """Whether it is where something of its own has just ended, at this instant."""


class Call(Attempt):
    """A call: which line and draws it has, who speaks to it, and what has happened so far.

    Its attributes are the columns of its row in the results, among others.
    """

    attempt = 1

    def __init__(
        self,
        line: Line,
        source: int,
        call: int,
        draws: Draws,
        index: int,
        *,
        flow: Steps | None = None,
    ) -> None:
        self.line = line
        self.flow = line.flow if flow is None else flow
        self.source = source
        self.call = call
        self.draws = draws
        self.values = draws.values
        self.index = index

    def begin(self, now_s: float) -> None:
        """Its first attempt begins."""
        self.first_s = self.began_s = now_s

    def drawn(self, attribute: str) -> float:
        """What the tape holds for this call."""
        return self.values[attribute][self.index]

    def drawn_anew(self, attribute: str) -> float:
        """What the tape holds for this attempt."""
        return self.draws.anew(attribute, self.attempt, self.index)

    def is_taken_by(self, agent: int) -> None:
        """An agent dials or answers it, and is with it until he is free again."""
        self.with_agent = self.agent = agent

    def begin_again(self, now_s: float) -> None:
        """Its next attempt begins, to which nothing has happened yet; who is with it stays."""
        self.attempt += 1
        self.began_s = now_s
        for happened in _OF_ONE_ATTEMPT:
            vars(self).pop(happened, None)


_OF_ONE_ATTEMPT = tuple(name for name in CALL_COLUMNS if name in vars(Attempt) and name != "agent")

row_of = attrgetter(*CALL_COLUMNS)
"""A call's row in the results."""
