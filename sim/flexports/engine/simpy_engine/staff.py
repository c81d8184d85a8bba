"""The agents' day: shifts, callers, dials, and the seats that dialing takes."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import Any, TypeAlias

import simpy

from flexports.engine.simpy_engine.call import Call
from flexports.engine.simpy_engine.floor_at_work import FloorAtWork
from flexports.engine.simpy_engine.primitives import go_through
from flexports.engine.simpy_engine.seats import Seats
from flexports.flows import LOCKED_OUT, WHOLE_DAY, Plan, Team
from flexports.tape import Tape

Process: TypeAlias = Generator[simpy.Event, Any, None]


class Staff:
    """Agents on their shifts.

    A free agent takes the caller who comes first, else dials if his team does, else is idle. He
    dials on a seat of each pool that his team needs; who finds none is locked out of dialing, and
    takes callers only, until a seat is free. He signs off, and passes his seats on, when he takes a
    caller or his shift ends.
    """

    def __init__(self, plan: Plan, tape: Tape, floor: FloorAtWork) -> None:
        self._plan = plan
        self._floor = floor
        self._seats = Seats(plan.pools)
        self._locked_out_since: dict[int, float] = {}
        self._team_of = [
            number for number, team in enumerate(plan.teams) for _ in range(team.count)
        ]
        self._has_shifts = [team.shifts != WHOLE_DAY for team in plan.teams]
        self._dialing = [
            Dialing(plan, tape, plan.teams[team], agent) for agent, team in enumerate(self._team_of)
        ]
        floor.on_answer = self._is_called_away
        floor.let_go = lambda agent: floor.clock.set_off(self.be_free(agent))

    def begin(self) -> None:
        """Every agent waits for his first shift; every shift has its end."""
        for number, team in enumerate(self._plan.teams):
            for _, to_s in team.shifts:
                if to_s < self._plan.closing_s:
                    ends = self._floor.clock.end_at(to_s)
                    ends.callbacks.append(partial(self._shift_ends, number))
        for agent in range(self._plan.agents):
            self._floor.clock.set_off(self.be_free(agent))

    def end(self) -> None:
        """The day is over, also for those who were locked out to its end."""
        for agent in tuple(self._locked_out_since):
            self._no_longer_locked_out(agent, self._plan.closing_s)

    def be_free(self, agent: int) -> Process:
        """An agent has nothing in hand, and finds something to do."""
        clock, agents, team = self._floor.clock, self._floor.agents, self._team_of[agent]
        dialing = self._dialing[agent]
        while True:
            if clock.busy_instant:
                yield clock.last_look()
            if self._has_shifts[team] and not (yield from self._is_on_duty(agent)):
                return
            hold = agents.next_caller(team)
            if hold is not None:
                self._sign_off(agent)
                hold.serve(agent)
                return
            if not self._may_dial(agent):
                agents.be_idle(agent, team)
                return
            if dialing.pauses:
                yield from self._pause(agent)
                if clock.now_s >= self._plan.closing_s:
                    return  # and stays idle, for callers who still hold
                agents.be_busy(agent, team)
            call = dialing.next_call(clock.now_s)
            if (yield from go_through(self._floor, call, call.flow)) != agent:
                return  # the call went on by itself, or another took it, and he looks elsewhere

    def _is_on_duty(self, agent: int) -> Generator[simpy.Event, Any, bool]:
        """Wait for an agent's next shift, if he is on none; False if there is no other today."""
        clock, team = self._floor.clock, self._plan.teams[self._team_of[agent]]
        while True:
            back_s = team.on_duty_from(clock.now_s, self._plan.closing_s)
            if back_s == clock.now_s:
                return True
            self._sign_off(agent)
            if back_s is None:
                return False
            yield clock.arrival_at(back_s)
            if clock.busy_instant:
                yield clock.last_look()

    def _pause(self, agent: int) -> Process:
        """Let an agent's pause pass; who takes a caller in it, or goes off duty, never returns."""
        clock, agents, team = self._floor.clock, self._floor.agents, self._team_of[agent]
        over = clock.after(self._dialing[agent].pause_s)
        agents.be_idle(agent, team, over)
        yield over
        if clock.busy_instant:
            last = clock.last_look()
            agents.be_idle(agent, team, last)
            yield last

    def _may_dial(self, agent: int) -> bool:
        """Whether an agent dials now: his team does, the floor is open, and he has his seats."""
        now_s = self._floor.clock.now_s
        if not self._dialing[agent].dials or now_s >= self._plan.closing_s:
            return False
        team = self._plan.teams[self._team_of[agent]]
        if not team.seats or self._seats.take(agent, team):
            return True
        self._seats.locked_out[agent] = team
        self._locked_out_since[agent] = now_s
        return False

    def _is_called_away(self, agent: int) -> None:
        """An idle agent takes a caller."""
        self._floor.agents.be_busy(agent, self._team_of[agent])
        self._sign_off(agent)

    def _sign_off(self, agent: int) -> None:
        """An agent leaves his seats; who is first of those locked out dials on them."""
        if not self._plan.pools:
            return
        now_s = self._floor.clock.now_s
        self._no_longer_locked_out(agent, now_s)
        for other in self._seats.leave(agent, self._plan.teams[self._team_of[agent]]):
            self._no_longer_locked_out(other, now_s)
            self._floor.agents.be_busy(other, self._team_of[other])
            self._floor.clock.set_off(self.be_free(other))

    def _no_longer_locked_out(self, agent: int, now_s: float) -> None:
        """Note that an agent is no longer locked out, if he was."""
        since_s = self._locked_out_since.pop(agent, None)
        if since_s is not None:
            self._floor.log_work(agent, LOCKED_OUT, since_s, max(since_s, now_s))

    def _shift_ends(self, team: int, _: object) -> None:
        """Who is idle goes, and is let in nowhere; who is busy finishes what he has in hand."""
        idle = self._floor.agents.idle(team)
        for agent in idle:
            self._floor.agents.be_busy(agent, team)
            self._seats.locked_out.pop(agent, None)
            self._no_longer_locked_out(agent, self._floor.clock.now_s)
        for agent in idle:
            self._floor.clock.set_off(self.be_free(agent))


class Dialing:
    """The calls that one agent starts, one after another."""

    def __init__(self, plan: Plan, tape: Tape, team: Team, agent: int) -> None:
        self.dials = team.dials is not None
        self.pauses = False
        self._agent = agent
        self._index = 0
        if team.dials is not None:
            self._source = team.dials
            self._line = plan.lines[team.dials]
            self._flow = self._line.flow if team.flow is None else team.flow
            self.pauses = self._line.pause is not None
            self._place, self._dialers = plan.place_among_dialers(agent)
            roll = tape.reels[team.dials].started(team.name, team.count)
            self._draws = roll.draws(agent - team.first)

    @property
    def pause_s(self) -> float:
        """How long he pauses before his next call."""
        assert self._line.pause is not None
        self._draw_enough()
        return self._draws.values[self._line.pause][self._index]

    def next_call(self, now_s: float) -> Call:
        """The next call, begun now."""
        self._draw_enough()
        index = self._index
        self._index = index + 1
        number = index * self._dialers + self._place
        call = Call(self._line, self._source, number, self._draws, index, flow=self._flow)
        call.first_s = call.began_s = now_s
        call.with_agent = call.agent = self._agent
        return call

    def _draw_enough(self) -> None:
        if self._index == self._draws.length:
            self._draws.grow()
