"""Agents who are idle, and callers who hold for one.

As `flexports.engine.simpy_engine.agents`.
"""

from __future__ import annotations

from flexports.engine.compiled.layout import NOBODY
from flexports.engine.compiled.loop.calls import GAVE_UP, happens_at, node_of
from flexports.engine.compiled.loop.compiling import part
from flexports.engine.compiled.loop.rows import (
    FloorAtWork,
    agent_at,
    call_at,
    line_at,
    listed,
    team_at,
)
from flexports.engine.compiled.loop.wheel import call_off


@part
def agent_node(floor: FloorAtWork, agent: int) -> int:
    """An agent's place in the event list."""
    return floor.first_agent + agent


@part
def longest_idle(floor: FloorAtWork, line: int) -> int:
    """The agent who shall answer a call of this line, or NOBODY if all are busy."""
    asking = line_at(floor, line)
    for place in range(asking.asks, asking.asks_end):
        agent = team_at(floor, listed(floor, place)).first
        if agent != NOBODY:
            return agent
    return NOBODY


@part
def be_idle(floor: FloorAtWork, agent: int) -> None:
    """An agent has nothing to do."""
    row = agent_at(floor, agent)
    team = team_at(floor, row.team)
    row.idle = 1
    row.next = NOBODY
    row.prev = team.last
    if team.last == NOBODY:
        team.first = agent
    else:
        agent_at(floor, team.last).next = agent
    team.last = agent


@part
def be_busy(floor: FloorAtWork, agent: int) -> None:
    """An agent who was idle is no longer; nothing comes of his pause, if he was in one."""
    row = agent_at(floor, agent)
    if not row.idle:
        return
    team = team_at(floor, row.team)
    row.idle = 0
    if row.prev == NOBODY:
        team.first = row.next
    else:
        agent_at(floor, row.prev).next = row.next
    if row.next == NOBODY:
        team.last = row.prev
    else:
        agent_at(floor, row.next).prev = row.prev
    call_off(floor, agent_node(floor, agent))


@part
def join(floor: FloorAtWork, call: int) -> None:
    """A caller joins the queue of his line."""
    row = call_at(floor, call)
    line = line_at(floor, row.line)
    row.joined = floor.joined
    floor.joined += 1
    floor.holding += 1
    row.next = NOBODY
    row.prev = line.last
    if line.last == NOBODY:
        line.first = call
    else:
        call_at(floor, line.last).next = call
    line.last = call


@part
def leave_queue(floor: FloorAtWork, call: int) -> None:
    """A caller no longer holds."""
    floor.holding -= 1
    row = call_at(floor, call)
    line = line_at(floor, row.line)
    if row.prev == NOBODY:
        line.first = row.next
    else:
        call_at(floor, row.prev).next = row.next
    if row.next == NOBODY:
        line.last = row.prev
    else:
        call_at(floor, row.next).prev = row.prev


@part
def next_caller(floor: FloorAtWork, team: int) -> int:
    """Take the caller whom an agent of this team shall answer, or NOBODY if nobody holds."""
    if not floor.holding:
        return NOBODY
    serving = team_at(floor, team)
    best = NOBODY
    for place in range(serving.serves, serving.serves_end):
        call = line_at(floor, listed(floor, place)).first
        if call != NOBODY and (best == NOBODY or _comes_before(floor, call, best)):
            best = call
    if best != NOBODY:
        leave_queue(floor, best)
        call_off(floor, node_of(floor, best))
    return best


@part
def _comes_before(floor: FloorAtWork, one: int, other: int) -> bool:
    first, second = call_at(floor, one), call_at(floor, other)
    priority, best = line_at(floor, first.line).priority, line_at(floor, second.line).priority
    return priority < best or (priority == best and first.joined < second.joined)


@part
def send_away(floor: FloorAtWork, line: int) -> None:
    """Nobody will answer those who hold on a line."""
    while line_at(floor, line).first != NOBODY:
        call = line_at(floor, line).first
        leave_queue(floor, call)
        call_off(floor, node_of(floor, call))
        happens_at(floor, call, GAVE_UP, floor.now_s)
