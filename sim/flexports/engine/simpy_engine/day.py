"""One day on one port count, as SimPy processes."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import count
from typing import Any, TypeAlias

import simpy

from flexports.engine.outcomes import DayOutcomes
from flexports.engine.simpy_engine.call import Call
from flexports.engine.simpy_engine.floor_at_work import FloorAtWork
from flexports.engine.simpy_engine.primitives import go_through
from flexports.flows import Plan
from flexports.tape import Starter, Tape

Process: TypeAlias = Generator[simpy.Event, Any, None]


def run_day(plan: Plan, tape: Tape, ports: int) -> DayOutcomes:
    """Run one day with SimPy.

    Parameters
    ----------
    plan : Plan
        The flows, the teams and the closing time.
    tape : Tape
        The random input of the day.
    ports : int
        The number of flex ports.

    Returns
    -------
    DayOutcomes
        What happened to every call, those that ran past closing included.
    """
    day = Day(plan, tape, ports)
    try:
        day.floor.clock.run_out()
    except Exception as error:
        error.add_note(f"at {day.floor.clock.now_s!r} s of simulated time")
        raise
    return day.floor.outcomes()


class Day:
    """The processes of a day: calls that arrive, and agents who answer and dial."""

    def __init__(self, plan: Plan, tape: Tape, ports: int) -> None:
        self._plan = plan
        self._tape = tape
        self._team_of = [
            number for number, team in enumerate(plan.teams) for _ in range(team.count)
        ]
        self._dials = [self._dials_of(agent) for agent in range(plan.agents)]
        self.floor = FloorAtWork(plan, ports)
        self.floor.clock.set_off(self._arrivals())
        for agent in range(plan.agents):
            self.floor.clock.set_off(self._be_free(agent))

    def _arrivals(self) -> Process:
        """Every call of the tape arrives at its time."""
        clock = self.floor.clock
        for time_s, source, number in self._tape.arrivals():
            if time_s > clock.now_s:
                yield clock.arrival_at(time_s)
            draws = self._tape.reels[source].draws
            call = Call(self._plan.lines[source], source, number, draws.values, number, time_s)
            clock.set_off(self._arrive(call))

    def _arrive(self, call: Call) -> Process:
        """A call goes through its flow; then the agent who took it, if any, is free."""
        yield from go_through(self.floor, call, call.line.flow)
        if call.with_agent is not None:
            yield from self._be_free(call.with_agent)

    def _be_free(self, agent: int) -> Process:
        """A free agent takes the caller who comes first, else dials, else is idle."""
        clock, agents, team = self.floor.clock, self.floor.agents, self._team_of[agent]
        dials = self._plan.teams[team].dials is not None
        while True:
            if clock.busy_instant:
                yield clock.last_look()
            hold = agents.next_caller(team)
            if hold is not None:
                return hold.answer(agent)
            if not dials or clock.now_s >= self._plan.closing_s:
                return agents.be_idle(agent, team)
            call = next(self._dials[agent])
            yield from go_through(self.floor, call, call.line.flow)

    def _dials_of(self, agent: int) -> Iterator[Call]:
        """The calls that an agent starts, one after another."""
        team = self._plan.teams[self._team_of[agent]]
        if team.dials is None:
            return
        line = self._plan.lines[team.dials]
        place, dialers = self._plan.place_among_dialers(agent)
        draws = self._tape.reels[team.dials].of_agent(Starter(team.name, agent - team.first))
        for index in count():
            if index == draws.length:
                draws.grow()
            began_s = self.floor.clock.now_s
            call = Call(line, team.dials, index * dialers + place, draws.values, index, began_s)
            call.is_taken_by(agent)
            yield call
