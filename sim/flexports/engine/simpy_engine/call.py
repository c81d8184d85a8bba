"""One call, as it is told in the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import nan

from flexports.engine.outcomes import NO_AGENT, NOT_WANTED
from flexports.flows import Line


class Call:
    """One attempt: which line and draws it has, who speaks to it, and what has happened so far.

    The times that a call has not come to are NaN.
    """

    offered_s = nan
    port_from_s = nan
    port_to_s = nan
    asked_s = nan
    held_to_s = nan
    answered_s = nan
    talk_to_s = nan
    recorded = NOT_WANTED
    agent: int | None = None
    """Who is with the call now."""
    handled_by: float = NO_AGENT
    """Who dialed or answered it."""
    attempt = 1
    at_an_end = False
    """Whether the call is where something of its own has just ended, at this instant."""

    def __init__(
        self,
        line: Line,
        source: int,
        number: int,
        values: Mapping[str, Sequence[float]],
        index: int,
        began_s: float,
    ) -> None:
        self.line = line
        self.source = source
        self.number = number
        self.values = values
        self.index = index
        self.began_s = began_s

    def drawn(self, attribute: str) -> float:
        """What the tape holds for this call."""
        return self.values[attribute][self.index]

    def row(self, outcome: int) -> tuple[float, ...]:
        """The call in the order of `CALL_COLUMNS`."""
        return (
            self.source,
            self.number,
            self.attempt,
            self.began_s,
            self.offered_s,
            outcome,
            self.port_from_s,
            self.port_to_s,
            self.asked_s,
            self.held_to_s,
            self.answered_s,
            self.talk_to_s,
            self.handled_by,
            self.recorded,
        )
