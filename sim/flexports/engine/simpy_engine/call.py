"""One call, as it is told in the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan
from operator import attrgetter

from flexports.engine.outcomes import CALL_COLUMNS, NO_AGENT, NOT_WANTED
from flexports.flows import Line


class Call:
    """One attempt: which line and draws it has, who speaks to it, and what has happened so far.

    Its attributes are the columns of its row in the results, among others. The times that it has
    not come to are NaN.
    """

    attempt = 1
    offered_s = nan
    outcome = nan
    port_from_s = nan
    port_to_s = nan
    asked_s = nan
    held_to_s = nan
    answered_s = nan
    talk_to_s = nan
    recorded = NOT_WANTED
    agent: float = NO_AGENT
    """Who dialed or answered it."""

    with_agent: int | None = None
    """Who is with it now."""
    at_an_end = False
    """Whether it is where something of its own has just ended, at this instant."""

    def __init__(  # noqa: PLR0917 - a keyword a call would cost more than it tells
        self,
        line: Line,
        source: int,
        call: int,
        values: Mapping[str, Sequence[float]],
        index: int,
        began_s: float,
    ) -> None:
        self.line = line
        self.source = source
        self.call = call
        self.values = values
        self.index = index
        self.began_s = began_s

    def drawn(self, attribute: str) -> float:
        """What the tape holds for this call."""
        return self.values[attribute][self.index]

    def is_taken_by(self, agent: int) -> None:
        """An agent dials or answers it, and is with it until he is free again."""
        self.with_agent = self.agent = agent


row_of = attrgetter(*CALL_COLUMNS)
"""A call's row in the results."""
