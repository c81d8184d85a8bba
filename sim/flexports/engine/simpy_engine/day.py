"""One day on one port count, as SimPy processes."""

from __future__ import annotations

from collections.abc import Generator
from itertools import count
from typing import Any, TypeAlias

import simpy

from flexports.engine.outcomes import DayOutcomes
from flexports.engine.simpy_engine.call import Call
from flexports.engine.simpy_engine.floor_at_work import FloorAtWork
from flexports.engine.simpy_engine.primitives import go_through
from flexports.engine.simpy_engine.staff import Staff
from flexports.flows import Plan
from flexports.tape import Tape

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
        return day.run()
    except Exception as error:
        error.add_note(f"at {day.floor.clock.now_s!r} s of simulated time")
        raise


class Day:
    """Where calls come from: those that arrive, those that users start, and agents who dial."""

    def __init__(self, plan: Plan, tape: Tape, ports: int) -> None:
        self._plan = plan
        self._tape = tape
        self.floor = FloorAtWork(plan, ports)
        self._staff = Staff(plan, tape, self.floor)

    def run(self) -> DayOutcomes:
        """Open, and let everything run to its end."""
        clock = self.floor.clock
        clock.end_at(self._plan.closing_s).callbacks.append(self.floor.close)
        clock.set_off(self._arrivals())
        for source, line in enumerate(self._plan.lines):
            for user in range(line.users):
                clock.set_off(self._use(source, user))
        self._staff.begin()
        clock.run_out()
        self._staff.end()
        return self.floor.outcomes()

    def _arrivals(self) -> Process:
        """Every call of the tape arrives at its time."""
        clock = self.floor.clock
        arrived = [reel.arrived.draws() for reel in self._tape.reels]
        for time_s, source, number in self._tape.arrivals():
            if time_s > clock.now_s or clock.busy_instant:
                yield clock.arrival_at(time_s)
            draws = arrived[source]
            call = Call(self._plan.lines[source], source, number, draws, number)
            call.begin(time_s)
            clock.set_off(self._arrive(call))

    def _arrive(self, call: Call) -> Process:
        """A call goes through its flow; then the agent who took it, if any, is free."""
        agent = yield from go_through(self.floor, call, call.flow)
        if agent is not None:
            yield from self._staff.be_free(agent)

    def _use(self, source: int, user: int) -> Process:
        """A user starts calls, one at a time, with pauses between, until closing."""
        clock, line = self.floor.clock, self._plan.lines[source]
        draws = self._tape.reels[source].started("", line.users).draws(user)
        for index in count():
            if index == draws.length:
                draws.grow()
            call = Call(line, source, index * line.users + user, draws, index)
            if line.pause is not None:
                yield clock.after(call.drawn(line.pause))
            if clock.now_s >= self._plan.closing_s:
                return
            call.begin(clock.now_s)
            call.at_an_end = True
            agent = yield from go_through(self.floor, call, line.flow)
            if agent is not None:
                self.floor.let_go(agent)
