"""What calls go through, as data: a flow is a sequence of steps, a step one of a few primitives.

A kind of source writes its flow with these (`flexports.sources`); an engine runs them
(`flexports.engine`) and knows nothing else about a kind. A step names the draws that it uses (how
long a talk lasts, how a dial ends); their values come from the tape, so a flow holds no numbers.

Steps run one after another. Some can leave the sequence by another way: `TakePort` when no port is
to be had, `WaitForPort` and `AskForAgent` when the caller gives up, `Retry` unless the caller does,
and `Branch`, always.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import TypeAlias

# What an agent is busy with (`Work`); else he is idle. A kind may add its own.
DIALING = "dialing"
TALKING = "talking"
WRAPPING_UP = "wrapping_up"
BY_HAND = "by_hand"
LOCKED_OUT = "locked_out"
RINGING = "ringing"

# How an attempt ended (`End`). A kind may add its own.
ANSWERED = "answered"
ABANDONED = "abandoned"
LOST = "lost"
SKIPPED = "skipped"
LEFT_BY_HAND = "by hand"
MESSAGE = "message"
CONVERSATION = "conversation"
NO_ANSWER = "no answer"
SELF_SERVED = "self-served"
RETRIES = "retries"
STALE = "stale"
NO_ACTION = "no action"
NO_CONTACT = "no contact"
SERVED = "served"


@dataclass(frozen=True, slots=True)
class TakePort:
    """Take a free port; if there is none for it, go through `blocked` instead of the rest."""

    blocked: Steps


@dataclass(frozen=True, slots=True)
class WaitForPort:
    """Queue for a port, by priority and then in order of joining, after `TakePort` found none.

    Who has waited until `deadline` goes through `gone` instead: a draw, counted from when the call
    began; None where calls wait for as long as it takes.
    """

    deadline: str | None
    gone: Steps


@dataclass(frozen=True, slots=True)
class Retry:
    """End this attempt as `RETRIES` and go through the whole flow again after a delay.

    The tape says for every attempt anew whether (`again`) and when (`delay`). A call that has made
    `attempts` attempts, or would come back after closing, goes on with the next step instead.
    """

    again: str
    delay: str
    attempts: int | None


@dataclass(frozen=True, slots=True)
class ReleasePort:
    """Give the call's port back."""


@dataclass(frozen=True, slots=True)
class Delay:
    """Let time pass: an IVR speaks, a message plays. No agent is busy."""

    duration: str


@dataclass(frozen=True, slots=True)
class Branch:
    """Go on by one of several ways: `ways[i]` where the tape's draw of `draw` is i."""

    draw: str
    ways: tuple[Steps, ...]


@dataclass(frozen=True, slots=True)
class AskForAgent:
    """Hold for an agent; a caller whose patience is spent goes through `abandoned` instead.

    `patience` is None where callers hold for ever; it is counted from when the call began, and not
    from when it asks, if `since_began`.
    """

    patience: str | None
    abandoned: Steps
    since_began: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """Note the time: the call has come to what it was made for, such as the dial to a lead."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Agent and caller speak. A talk that `record` marks takes one more port, if one is free."""

    duration: str
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """The call's agent is busy with `activity`: a dial, a message by hand, wrap-up."""

    activity: str
    duration: str


@dataclass(frozen=True, slots=True)
class Start:
    """Go on with `flow` on the call's port while its agent is free for something else.

    It is the last step on its way.
    """

    flow: Steps


@dataclass(frozen=True, slots=True)
class End:
    """The call is over; its agent, if he is still with it, is free.

    `lost` says that the want of a port turned the call away for good.
    """

    outcome: str
    lost: bool = False


Step: TypeAlias = (
    TakePort
    | WaitForPort
    | Retry
    | ReleasePort
    | Delay
    | Branch
    | AskForAgent
    | Reach
    | Talk
    | Work
    | Start
    | End
)
Steps: TypeAlias = tuple[Step, ...]


def walk(steps: Steps) -> Iterator[Step]:
    """Every step of a flow, side ways included, in the order in which it is written."""
    for step in steps:
        yield step
        for way in _ways_out(step):
            yield from walk(way)


def _ways_out(step: Step) -> tuple[Steps, ...]:
    match step:
        case TakePort(blocked):
            return (blocked,)
        case WaitForPort(gone=gone):
            return (gone,)
        case AskForAgent(abandoned=abandoned):
            return (abandoned,)
        case Branch(ways=ways):
            return ways
        case Start(flow):
            return (flow,)
        case _:
            return ()


def ports_taken(steps: Steps) -> int:
    """The most ports of its own that a call takes on any one way through its steps."""
    taken = 0
    most = 0
    for step in steps:
        most = max(most, *(taken + ports_taken(way) for way in _ways_out(step)), 0)
        taken += isinstance(step, TakePort)
        if isinstance(step, Start):
            taken += ports_taken(step.flow)
    return max(most, taken)


def goes_on_after_start(steps: Steps) -> bool:
    """Whether a call would be at two places at once: `Start` is not the last step on its way."""
    return any(isinstance(step, Start) for step in steps[:-1]) or any(
        goes_on_after_start(way) for step in steps for way in _ways_out(step)
    )


@dataclass(frozen=True)
class Line:
    """One source as an engine sees it: its flow and its claims on ports and agents.

    Attributes
    ----------
    name : str
    flow : tuple of Step
    priority : int
        1 is first.
    keep_free : int
        The source may take a port only if more than this many are free (trunk reservation).
    limit : int or None
        The most ports that its calls may hold at once; recording ports do not count.
    asks : tuple of int
        The teams that may take its calls, in order of preference.
    own_lines : int or None
        It has this many lines of its own and takes no flex ports; None: it takes flex ports.
    users : int
        How many users start its calls, one at a time each, after pauses; 0 where calls arrive or
        agents dial.
    pause : str or None
        The draw of the pause before a user, or an agent who has nothing else to do, starts a call.
    """

    name: str
    flow: Steps
    priority: int = 1
    keep_free: int = 0
    limit: int | None = None
    asks: tuple[int, ...] = ()
    own_lines: int | None = None
    users: int = 0
    pause: str | None = None

    @cached_property
    def waits_for_port(self) -> bool:
        """Whether any of its calls may queue for a port."""
        return any(isinstance(step, WaitForPort) for step in walk(self.flow))

    @cached_property
    def retries(self) -> bool:
        """Whether any of its calls may come back."""
        return any(isinstance(step, Retry) for step in walk(self.flow))

    @cached_property
    def reaches(self) -> bool:
        """Whether any of its calls notes when it came to what it was made for."""
        return any(isinstance(step, Reach) for step in walk(self.flow))

    @cached_property
    def wants_agent(self) -> bool:
        """Whether any of its calls asks for an agent."""
        return any(isinstance(step, AskForAgent) for step in walk(self.flow))

    @cached_property
    def wants_port(self) -> bool:
        """Whether any of its calls takes a port of its own."""
        return any(isinstance(step, TakePort) for step in walk(self.flow))

    @cached_property
    def records(self) -> bool:
        """Whether any of its talks may be recorded."""
        return any(isinstance(step, Talk) and step.record is not None for step in walk(self.flow))


WHOLE_DAY = ((0.0, inf),)
"""The shifts of agents who are there from opening, and until nobody waits after closing."""


@dataclass(frozen=True)
class Team:
    """One group of agents as an engine sees it. Agents are numbered through all teams.

    Attributes
    ----------
    name : str
    first, count : int
        Its agents are `first`, `first + 1`, ...
    dials : int or None
        The line that an agent dials for when he is free and nobody waits.
    flow : tuple of Step or None
        What their dials go through, where that is not the line's flow.
    seats : tuple of int
        The pools of which he needs a seat each while he dials.
    shifts : tuple of (float, float)
        When they are on duty, seconds from opening.
    """

    name: str
    first: int
    count: int
    dials: int | None = None
    flow: Steps | None = None
    seats: tuple[int, ...] = ()
    shifts: tuple[tuple[float, float], ...] = WHOLE_DAY

    def on_duty_from(self, now_s: float, closing_s: float) -> float | None:
        """When its agents are on duty next: now or later; None if not again today.

        Who is on duty at closing stays until nobody waits.
        """
        for from_s, to_s in self.shifts:
            if now_s < to_s or to_s >= closing_s:
                return max(from_s, now_s)
        return None


@dataclass(frozen=True)
class Plan:
    """What an engine runs: every line, every team, and the closing time (seconds from opening).

    `pools` are the sizes of the pools of dialer seats that teams share.
    """

    lines: tuple[Line, ...]
    teams: tuple[Team, ...]
    closing_s: float
    pools: tuple[int, ...] = ()

    @property
    def agents(self) -> int:
        """The number of agents in all teams."""
        return sum(team.count for team in self.teams)

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """Every way in which a call can end; an outcome's code is its place here."""
        ends = {step.outcome for step in self._steps() if isinstance(step, End)}
        if any(line.retries for line in self.lines):
            ends.add(RETRIES)
        return tuple(sorted(ends))

    @cached_property
    def lost_outcomes(self) -> frozenset[str]:
        """The outcomes of calls that the want of a port turned away for good."""
        ends = (step for step in self._steps() if isinstance(step, End))
        return frozenset(end.outcome for end in ends if end.lost)

    @cached_property
    def activities(self) -> tuple[str, ...]:
        """All that agents are busy with; an activity's code is its place here."""
        own = {step.activity for step in self._steps() if isinstance(step, Work)}
        if any(team.seats for team in self.teams):
            own.add(LOCKED_OUT)
        return tuple(sorted(own | {TALKING}))

    def serves_after_closing(self, line: Line) -> bool:
        """Whether somebody who takes a line's calls is on duty until closing, and so beyond it."""
        return any(self.teams[team].shifts[-1][1] >= self.closing_s for team in line.asks)

    def place_among_dialers(self, agent: int) -> tuple[int, int]:
        """The place of an agent among those who dial for his line, and how many those are.

        Dial i of the agent at place p of n is call i * n + p of the line.
        """
        (own,) = (team for team in self.teams if team.first <= agent < team.first + team.count)
        alike = [team for team in self.teams if team.dials == own.dials]
        before = sum(team.count for team in alike if team.first < own.first)
        return before + agent - own.first, sum(team.count for team in alike)

    def dialer_of(self, line: int) -> bool:
        """Whether some team dials for this line."""
        return any(team.dials == line for team in self.teams)

    def _steps(self) -> Iterator[Step]:
        for line in self.lines:
            yield from walk(line.flow)
        for team in self.teams:
            yield from walk(team.flow or ())
