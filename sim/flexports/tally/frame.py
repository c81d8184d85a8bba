"""What a tally counts, on which floor and over which span: the part of a tally that is not a sum.

Only tallies of equal frames add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from flexports.flows import (
    BY_HAND,
    DIALING,
    TALKING,
    WRAPPING_UP,
    Plan,
    Work,
    walk,
)
from flexports.tally.moments import Layout
from flexports.tally.ticks import TICKS_PER_S

SHARES = {
    "blocking": ("blocked", "offered"),
    "lost": ("lost", "fresh"),
    "abandonment": ("abandoned", "asked"),
    "service_level": ("in_time", "asked"),
    "missed_recordings": ("missed", "recordings"),
    "by_hand": ("by_hand", "messages"),
}
"""Shares of calls, by metric: which quantity over which."""

SOURCE = Layout(
    names=(
        "offered",  # attempts that wanted a port
        "blocked",  # of them, those that found none
        "fresh",  # first attempts that wanted a port
        "lost",  # of them, those that the want of a port turned away for good in the end
        "carried_ticks",  # time for which ports were held, recording legs included, in the span
        "asked",  # calls that asked for an agent
        "answered",
        "abandoned",
        "in_time",  # answered within the service level's time
        "hold_ticks",  # of all who asked
        "hold_answered_ticks",
        "talk_ticks",  # of those who asked and were answered
        "recordings",  # wanted
        "missed",
        "dials",
        "by_hand",  # messages left in person
        "messages",  # those, and the ones that wanted a port
    ),
    ratios=(*SHARES.values(), ("hold_ticks", "asked"), ("hold_answered_ticks", "answered")),
)

PORTS = Layout(
    names=(
        "busy_ticks",  # over all ports
        "peak",  # most ports busy at once
        "full_ticks",  # all ports busy
        "legs",  # holdings of a port, recordings included, that began in the span
        "leg_ticks",  # how long those lasted
    ),
)

LATEST_S = 2**53 // TICKS_PER_S
"""Up to here, some 270 years, floats count ticks exactly."""

ALWAYS_SHOWN = (DIALING, TALKING, WRAPPING_UP, BY_HAND)
IDLE = "idle"
STAFFED = "staffed"
"""The quantity that the others of a team add up to."""


@lru_cache
def team_layout(activities: tuple[str, ...]) -> Layout:
    """A team's quantities: its time for each activity, idle, and in all, in ticks."""
    spent = (*activities, IDLE)
    return Layout((*spent, STAFFED), ratios=tuple((activity, STAFFED) for activity in spent))


@dataclass(frozen=True)
class SourceFrame:
    """A source, and which metrics make sense for it."""

    name: str
    wants_port: bool
    wants_agent: bool
    records: bool
    dials: bool


@dataclass(frozen=True)
class TeamFrame:
    """A group of agents and what it may be busy with."""

    name: str
    count: int
    activities: tuple[str, ...]

    @property
    def layout(self) -> Layout:
        """Its quantities."""
        return team_layout(self.activities)


@dataclass(frozen=True)
class Frame:
    """What is observed.

    Attributes
    ----------
    ports : int
    from_s, to_s : float
        The span observed: from the end of the warm-up to closing.
    within_s : float
        Whoever is answered within this time counts for the service level.
    sources : tuple of SourceFrame
    teams : tuple of TeamFrame
    """

    ports: int
    from_s: float
    to_s: float
    within_s: float
    sources: tuple[SourceFrame, ...]
    teams: tuple[TeamFrame, ...]

    def __post_init__(self) -> None:
        if not 0.0 <= self.from_s < self.to_s:
            raise ValueError(
                f"nothing to observe from {self.from_s} s to {self.to_s} s; "
                "the warm-up must end before closing"
            )
        if self.to_s >= LATEST_S:
            raise ValueError(f"a day of {self.to_s} s is longer than the {LATEST_S} s that fit")

    @property
    def span(self) -> tuple[int, int]:
        """Beginning and end of the span, in ticks."""
        return round(self.from_s * TICKS_PER_S), round(self.to_s * TICKS_PER_S)

    @property
    def span_ticks(self) -> int:
        """The length of the span."""
        begin, end = self.span
        return end - begin

    def to_dict(self) -> dict[str, Any]:
        """Plain values only."""
        return asdict(self)

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> Frame:
        """Undo `to_dict`, also after a passage through JSON."""
        sources = tuple(SourceFrame(**source) for source in saved["sources"])
        teams = tuple(
            TeamFrame(team["name"], team["count"], tuple(team["activities"]))
            for team in saved["teams"]
        )
        return cls(**{**saved, "sources": sources, "teams": teams})


@lru_cache(maxsize=1024)
def frame_of(plan: Plan, ports: int, warm_up_s: float, within_s: float) -> Frame:
    """The frame of days of `plan` on `ports` ports."""
    return Frame(
        ports,
        warm_up_s,
        plan.closing_s,
        within_s,
        tuple(_source_frame(plan, number) for number in range(len(plan.lines))),
        tuple(
            TeamFrame(team.name, team.count, _activities(plan, number))
            for number, team in enumerate(plan.teams)
        ),
    )


def _source_frame(plan: Plan, number: int) -> SourceFrame:
    line = plan.lines[number]
    return SourceFrame(
        line.name,
        wants_port=line.wants_port,
        wants_agent=line.wants_agent,
        records=line.records,
        dials=plan.dialer_of(number),
    )


def _activities(plan: Plan, team_number: int) -> tuple[str, ...]:
    """What every team's time is told by, then what else the lines that it works for call for."""
    team = plan.teams[team_number]
    lines = (
        line
        for number, line in enumerate(plan.lines)
        if number == team.dials or team_number in line.asks
    )
    own = {step.activity for line in lines for step in walk(line.flow) if isinstance(step, Work)}
    return ALWAYS_SHOWN + tuple(sorted(own - set(ALWAYS_SHOWN)))
