"""Agents who are idle, and callers who hold for one."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import count

import simpy

from flexports.engine.simpy_engine.call import Call
from flexports.engine.simpy_engine.clock import BEGINS, ENDS, Clock
from flexports.flows import Plan


class Hold(simpy.Event):
    """A caller's place in the queue. It is over when an agent answers or patience is spent.

    The value of the event is the agent who answered, or None. Callers are answered by rank.
    """

    def __init__(self, clock: Clock, call: Call, rank: tuple[int, int]) -> None:
        super().__init__(clock)
        self.call = call
        self.rank = rank

    def answer(self, agent: int) -> None:
        """An agent takes the call. That he does is a beginning."""
        self._end(agent, BEGINS)

    def give_up(self, _: object = None) -> None:
        """The caller's patience is spent, unless he was answered before."""
        if not self.triggered:
            self._end(None, ENDS)

    def _end(self, agent: int | None, place: int) -> None:
        self._ok = True
        self._value = agent
        self.env.schedule(self, priority=place)  # type: ignore[arg-type]


class Agents:
    """Who is idle in each team, and who holds on each line.

    Among idle agents of a team the one idle longest answers; a line's teams are asked in its order
    of preference. Among callers the highest priority comes first, and within it who joined first.
    """

    def __init__(self, plan: Plan, clock: Clock) -> None:
        self._clock = clock
        self._joined = count()
        self._idle: list[deque[int]] = [deque() for _ in plan.teams]
        self._holding: list[deque[Hold]] = [deque() for _ in plan.lines]
        self._served_by = [
            [
                queue
                for queue, line in zip(self._holding, plan.lines, strict=True)
                if team in line.asks
            ]
            for team in range(len(plan.teams))
        ]

    def longest_idle(self, teams: Sequence[int]) -> int | None:
        """Take the agent who shall answer, or None if all are busy."""
        for team in teams:
            if self._idle[team]:
                return self._idle[team].popleft()
        return None

    def be_idle(self, agent: int, team: int) -> None:
        """An agent has nothing to do."""
        self._idle[team].append(agent)

    def join(self, call: Call) -> Hold:
        """A caller joins the queue."""
        hold = Hold(self._clock, call, (call.line.priority, next(self._joined)))
        self._holding[call.source].append(hold)
        return hold

    def next_caller(self, team: int) -> Hold | None:
        """Take the caller whom an agent of this team shall answer, or None if nobody waits."""
        first: Hold | None = None
        for queue in self._served_by[team]:
            while queue and queue[0].triggered:  # gave up
                queue.popleft()
            if queue and (first is None or queue[0].rank < first.rank):
                first = queue[0]
        if first is not None:
            self._holding[first.call.source].popleft()
        return first
