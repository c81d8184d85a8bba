"""What a tally counts, on which floor and over which span: the part of a tally that is not a sum.

Only tallies of equal frames add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from math import inf
from typing import Any

from flexports.flows import Plan, Work, walk
from flexports.tally.moments import Layout
from flexports.tally.quantities import (
    ALWAYS_SHOWN,
    HOLD,
    PORT_WAIT,
    SPEED_TO_LEAD,
    failures_layout,
    team_layout,
)
from flexports.ticks import TICKS_PER_S

LATEST_S = 2**53 // TICKS_PER_S
"""Up to here, some 270 years, floats count ticks exactly."""

SHORTEST_INTERVAL_S = 1.0


@dataclass(frozen=True)
class SourceFrame:
    """A source, and which metrics make sense for it.

    Attributes
    ----------
    name : str
    wants_port, wants_agent, records, dials : bool
    waits : bool
        Its calls may wait for a port or come back for one.
    reaches : bool
        It makes calls to leads.
    own_lines : bool
        What its calls hold are lines of its own, not flex ports.
    """

    name: str
    wants_port: bool
    wants_agent: bool
    records: bool
    dials: bool
    waits: bool
    reaches: bool
    own_lines: bool

    @property
    def durations(self) -> tuple[str, ...]:
        """Which durations of its calls are told by a histogram."""
        told = ((HOLD, self.wants_agent), (PORT_WAIT, self.waits), (SPEED_TO_LEAD, self.reaches))
        return tuple(name for name, makes_sense in told if makes_sense)

    @property
    def failures(self) -> Iterator[str]:
        """What may go wrong with its calls, as quantities."""
        may = (("lost", self.wants_port), ("by_hand", self.dials), ("missed", self.records))
        return (quantity for quantity, makes_sense in may if makes_sense)


@dataclass(frozen=True)
class TeamFrame:
    """A group of agents, what it may be busy with, and when it is on duty.

    Attributes
    ----------
    name : str
    count : int
    activities : tuple of str
    shifts : tuple of (int, int)
        Within the span, in ticks.
    """

    name: str
    count: int
    activities: tuple[str, ...]
    shifts: tuple[tuple[int, int], ...]

    @property
    def layout(self) -> Layout:
        """Its quantities."""
        return team_layout(self.activities)

    @property
    def staffed_ticks(self) -> int:
        """The time of all its agents on duty within the span."""
        return self.count * sum(end - begin for begin, end in self.shifts)

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> TeamFrame:
        """Undo `Frame.to_dict`."""
        shifts = tuple((begin, end) for begin, end in saved["shifts"])
        return cls(saved["name"], saved["count"], tuple(saved["activities"]), shifts)


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
    by_s : float or None
        The day is told by intervals of this length too, counted from opening.
    controls : tuple of str
        Numbers of the day's tape that are summed too, because their means are known.
    """

    ports: int
    from_s: float
    to_s: float
    within_s: float
    sources: tuple[SourceFrame, ...]
    teams: tuple[TeamFrame, ...]
    by_s: float | None = None
    controls: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0.0 <= self.from_s < self.to_s:
            raise ValueError(
                f"nothing to observe from {self.from_s} s to {self.to_s} s; "
                "the warm-up must end before closing"
            )
        if self.to_s >= LATEST_S:
            raise ValueError(f"a day of {self.to_s} s is longer than the {LATEST_S} s that fit")
        if self.by_s is not None and not SHORTEST_INTERVAL_S <= self.by_s < inf:
            raise ValueError(
                f"intervals of {self.by_s} s do not tell a day; "
                f"say {SHORTEST_INTERVAL_S:g} s or more, such as 900"
            )

    @property
    def span(self) -> tuple[int, int]:
        """Beginning and end of the span, in ticks."""
        return _ticks(self.from_s), _ticks(self.to_s)

    @property
    def span_ticks(self) -> int:
        """The length of the span."""
        begin, end = self.span
        return end - begin

    @cached_property
    def edges_s(self) -> tuple[float, ...]:
        """Where intervals begin, and the end of the last; none if the day is not told by them.

        They are counted from opening; the first begins with the span and the last ends with it, so
        that either may be shorter than the others.
        """
        if self.by_s is None:
            return ()
        first, beyond = int(self.from_s // self.by_s) + 1, int(self.to_s // self.by_s) + 1
        inside = (number * self.by_s for number in range(first, beyond))
        edges = (edge for edge in inside if self.from_s < edge < self.to_s)
        return (self.from_s, *edges, self.to_s)

    @cached_property
    def edges(self) -> tuple[int, ...]:
        """The same in ticks."""
        return tuple(map(_ticks, self.edges_s))

    @cached_property
    def failures(self) -> tuple[tuple[str, str], ...]:
        """What may go wrong on the floor: pairs of a source's name and a quantity."""
        return tuple((source.name, each) for source in self.sources for each in source.failures)

    @property
    def failures_layout(self) -> Layout:
        """The same as quantities of a day."""
        return failures_layout(self.failures)

    def to_dict(self) -> dict[str, Any]:
        """Plain values only."""
        return asdict(self)

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> Frame:
        """Undo `to_dict`, also after a passage through JSON."""
        sources = tuple(SourceFrame(**source) for source in saved["sources"])
        teams = tuple(map(TeamFrame.from_dict, saved["teams"]))
        controls = tuple(saved["controls"])
        return cls(**{**saved, "sources": sources, "teams": teams, "controls": controls})


@lru_cache(maxsize=1024)
def frame_of(
    plan: Plan,
    ports: int,
    warm_up_s: float,
    within_s: float,
    *,
    by_s: float | None = None,
    controls: tuple[str, ...] = (),
) -> Frame:
    """The frame of days of `plan` on `ports` ports."""
    return Frame(
        ports,
        warm_up_s,
        plan.closing_s,
        within_s,
        tuple(_source_frame(plan, number) for number in range(len(plan.lines))),
        tuple(_team_frame(plan, number, warm_up_s) for number in range(len(plan.teams))),
        by_s,
        controls,
    )


def _source_frame(plan: Plan, number: int) -> SourceFrame:
    line = plan.lines[number]
    return SourceFrame(
        line.name,
        wants_port=line.wants_port,
        wants_agent=line.wants_agent,
        records=line.records,
        dials=plan.dialer_of(number),
        waits=line.waits_for_port or line.retries,
        reaches=line.reaches,
        own_lines=line.own_lines is not None,
    )


def _team_frame(plan: Plan, number: int, warm_up_s: float) -> TeamFrame:
    team = plan.teams[number]
    on_duty = ((max(begin, warm_up_s), min(end, plan.closing_s)) for begin, end in team.shifts)
    shifts = tuple((_ticks(begin), _ticks(end)) for begin, end in on_duty if begin < end)
    return TeamFrame(team.name, team.count, _activities(plan, number), shifts)


def _activities(plan: Plan, team_number: int) -> tuple[str, ...]:
    """What every team's time is told by, then what else the flows that it works for call for."""
    team = plan.teams[team_number]
    flows = [
        line.flow
        for number, line in enumerate(plan.lines)
        if number == team.dials or team_number in line.asks
    ]
    flows.append(team.flow or ())
    own = {step.activity for flow in flows for step in walk(flow) if isinstance(step, Work)}
    return ALWAYS_SHOWN + tuple(sorted(own - set(ALWAYS_SHOWN)))


def _ticks(time_s: float) -> int:
    return round(time_s * TICKS_PER_S)
