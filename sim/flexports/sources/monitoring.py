"""Monitoring: supervisors listen in on a port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from flexports.floor import Floor
from flexports.floor.keys import Count, LawField, key
from flexports.floor.source import Surroundings
from flexports.flows import SERVED, Delay, End, ReleasePort, Steps
from flexports.laws import Exponential
from flexports.problems import Problem
from flexports.sources.blocked import RETRY, SKIP, WAIT, MeetsBusyPorts, Reaction
from flexports.sources.kind import Drawn, Need, PortUse

_PAUSE = Exponential(900.0)
_SESSION = Exponential(300.0)


@dataclass(frozen=True, kw_only=True)
class Monitoring(MeetsBusyPorts):
    """Supervisors listen in: sessions with pauses between, each session on a port."""

    kind: Literal["monitoring"] = "monitoring"

    supervisors: Annotated[Count, key("How many supervisors.", example="2")] = 1
    pause: Annotated[
        LawField,
        key(
            "Between two sessions of one supervisor.",
            example='{ distribution = "exponential", mean = "15 min" }',
        ),
    ] = _PAUSE
    session: Annotated[
        LawField,
        key("A session.", example='{ distribution = "exponential", mean = "5 min" }'),
    ] = _SESSION
    when_blocked: Annotated[
        str,
        Reaction(
            SKIP,
            WAIT,
            RETRY,
            lose="nobody is turned away; write 'skip'",
            by_hand="a supervisor cannot listen in without a port",
        ),
        key("A session that finds no port is skipped, waits, or comes back.", example='"skip"'),
    ] = SKIP

    def flow(self) -> Steps:
        """One session."""
        return self.on_a_port((Delay("session"), ReleasePort(), End(SERVED)))

    def draws(self) -> Mapping[str, Drawn]:
        """What is drawn for each session."""
        return {"pause": self.pause, "session": self.session, **self.draws_of_retries()}

    def problems(self, floor: Surroundings) -> Iterator[Problem]:
        """A pause that takes no time would never let the clock go on where no port is free."""
        yield from super().problems(floor)
        if self.pause.expected_s == 0:
            yield Problem("pause", "0 s", "takes no time", "write how long a pause lasts, '15 min'")

    @property
    def users(self) -> int:
        """The supervisors."""
        return self.supervisors

    @property
    def pauses(self) -> bool:
        """They pause before a session."""
        return True

    @property
    def _cycle_s(self) -> float:
        return self.pause.expected_s + self.session.expected_s

    def expected_calls(self, floor: Floor, opens_s: float, length_s: float) -> float:
        """How many sessions."""
        return self.supervisors * length_s / self._cycle_s

    def uses(self, floor: Floor) -> Iterator[PortUse]:
        """Sessions."""
        session_s, cycle_s = self.session.expected_s, self._cycle_s
        who = "supervisor" if self.supervisors == 1 else "supervisors"
        yield PortUse(
            Need.RECORDINGS,
            self.supervisors * session_s / cycle_s,
            f"{self.supervisors} {who} x {session_s:.4g} s a session / {cycle_s:.4g} s",
        )
