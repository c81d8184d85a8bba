"""Agents who are idle, and callers who hold for one."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import count

from flexports.engine.simpy_engine.call import Call
from flexports.engine.simpy_engine.clock import Clock, Moment
from flexports.engine.simpy_engine.waiting import Wait
from flexports.flows import Plan


class Agents:
    """Who is idle in each team, and who holds on each line.

    Among idle agents of a team the one idle longest answers; a line's teams are asked in its order
    of preference. Among callers the highest priority comes first, and within it who joined first.
    """

    def __init__(self, plan: Plan, clock: Clock) -> None:
        self._clock = clock
        self._joined = count()
        # Insertion order is the order of becoming idle; with each, the end of his pause.
        self._idle: list[dict[int, Moment | None]] = [{} for _ in plan.teams]
        self._holding: list[deque[Wait[int]]] = [deque() for _ in plan.lines]
        self._served_by = [
            [
                queue
                for queue, line in zip(self._holding, plan.lines, strict=True)
                if team in line.asks
            ]
            for team in range(len(plan.teams))
        ]

    def longest_idle(self, teams: Sequence[int]) -> int | None:
        """Return the agent who shall answer, or None if all are busy."""
        for team in teams:
            if self._idle[team]:
                return next(iter(self._idle[team]))
        return None

    def be_idle(self, agent: int, team: int, until: Moment | None = None) -> None:
        """An agent has nothing to do, or pauses until something ends; he keeps his place if so."""
        self._idle[team][agent] = until

    def be_busy(self, agent: int, team: int) -> None:
        """An agent who was idle is no longer; nothing comes of his pause, if he was in one."""
        pause = self._idle[team].pop(agent, None)
        if pause is not None:
            self._clock.call_off(pause)

    def idle(self, team: int) -> tuple[int, ...]:
        """Who is idle, the longest first."""
        return tuple(self._idle[team])

    def join(self, call: Call) -> Wait[int]:
        """A caller joins the queue."""
        hold = Wait[int](self._clock, call, next(self._joined))
        self._holding[call.source].append(hold)
        return hold

    def next_caller(self, team: int) -> Wait[int] | None:
        """Take the caller whom an agent of this team shall answer, or None if nobody waits."""
        first: Wait[int] | None = None
        for queue in self._served_by[team]:
            while queue and queue[0].triggered:  # gave up
                queue.popleft()
            if queue and (first is None or queue[0].rank < first.rank):
                first = queue[0]
        if first is not None:
            self._holding[first.call.source].popleft()
        return first

    def send_away(self, source: int) -> None:
        """Nobody will answer those who hold on a line."""
        for hold in self._holding[source]:
            hold.give_up()
