"""Ports that lines share, and the calls that queue for one.

As `flexports.engine.simpy_engine.ports`, with one queue a line: within a line whoever is first may
take a port if any of it may, so a port that is given back is offered to the first of each line.
"""

from __future__ import annotations

from flexports.engine.compiled.layout import NOBODY
from flexports.engine.compiled.loop.calls import FOUND_PORT, begins, node_of
from flexports.engine.compiled.loop.compiling import part
from flexports.engine.compiled.loop.counting import count_leg, flex_ports_change, ticks
from flexports.engine.compiled.loop.rows import FloorAtWork, call_at, line_at, listed, pool_at
from flexports.engine.compiled.loop.wheel import call_off

FLEX_PORTS = 0
"""The pool of the flex ports; the others are lines of sources' own."""


@part
def take(floor: FloorAtWork, line: int) -> bool:
    """Take a port for a call of a line; False if there is none for it."""
    claims = line_at(floor, line)
    pool = pool_at(floor, claims.pool)
    if pool.free <= claims.keep_free or claims.held >= claims.limit:
        return False
    claims.held += 1
    pool.free -= 1
    if claims.pool == FLEX_PORTS:
        flex_ports_change(floor, 1)
    return True


@part
def has_taken(floor: FloorAtWork, call: int) -> None:
    """Note that a call has a port from now on."""
    row = call_at(floor, call)
    row.port_from_s = floor.now_s
    row.port_from_ticks = ticks(row.port_from_s)


@part
def release(floor: FloorAtWork, call: int) -> None:
    """Give back the port of a call."""
    row = call_at(floor, call)
    row.port_to_s = floor.now_s
    claims = line_at(floor, row.line)
    claims.held -= 1
    if not floor.keeps_rows:
        count_leg(floor, row.line, row.port_from_ticks, True)
    _give_back(floor, claims.pool)


@part
def take_for_recording(floor: FloorAtWork) -> bool:
    """Take a flex port for a recording; False if there is none."""
    pool = pool_at(floor, FLEX_PORTS)
    if pool.free == 0:
        return False
    pool.free -= 1
    flex_ports_change(floor, 1)
    return True


@part
def release_from_recording(floor: FloorAtWork, call: int) -> None:
    """Give back the port of a recording."""
    row = call_at(floor, call)
    if not floor.keeps_rows:
        count_leg(floor, row.line, ticks(row.answered_s), False)
    _give_back(floor, FLEX_PORTS)


@part
def join(floor: FloorAtWork, call: int) -> None:
    """A call queues for a port."""
    row = call_at(floor, call)
    line = line_at(floor, row.line)
    pool = pool_at(floor, line.pool)
    row.joined = pool.joined
    pool.joined += 1
    pool.waiting += 1
    row.next = NOBODY
    row.prev = line.last_for_port
    if line.last_for_port == NOBODY:
        line.first_for_port = call
    else:
        call_at(floor, line.last_for_port).next = call
    line.last_for_port = call


@part
def leave_queue(floor: FloorAtWork, call: int) -> None:
    """A call no longer queues for a port."""
    row = call_at(floor, call)
    line = line_at(floor, row.line)
    pool_at(floor, line.pool).waiting -= 1
    if row.prev == NOBODY:
        line.first_for_port = row.next
    else:
        call_at(floor, row.prev).next = row.next
    if row.next == NOBODY:
        line.last_for_port = row.prev
    else:
        call_at(floor, row.next).prev = row.prev


@part
def _give_back(floor: FloorAtWork, number: int) -> None:
    pool = pool_at(floor, number)
    pool.free += 1
    if number == FLEX_PORTS:
        flex_ports_change(floor, -1)
    if pool.waiting:
        _serve(floor, number)


@part
def _serve(floor: FloorAtWork, number: int) -> None:
    """Give free ports to those who queue and may have one, in their order."""
    pool = pool_at(floor, number)
    for place in range(pool.lines, pool.lines_end):
        line_at(floor, listed(floor, place)).tried = 0
    while True:
        first = _first_not_tried(floor, number)
        if first == NOBODY:
            return
        call = line_at(floor, first).first_for_port
        if take(floor, first):
            leave_queue(floor, call)
            call_off(floor, node_of(floor, call))
            begins(floor, call, FOUND_PORT)
        else:
            line_at(floor, first).tried = 1


@part
def _first_not_tried(floor: FloorAtWork, number: int) -> int:
    """The line of the first call in the queue, but for lines that may have no port now."""
    pool = pool_at(floor, number)
    best = NOBODY
    for place in range(pool.lines, pool.lines_end):
        line = listed(floor, place)
        if line_at(floor, line).tried or line_at(floor, line).first_for_port == NOBODY:
            continue
        if best == NOBODY or _comes_before(floor, line, best):
            best = line
    return best


@part
def _comes_before(floor: FloorAtWork, one: int, other: int) -> bool:
    priority, best = line_at(floor, one).priority, line_at(floor, other).priority
    if priority != best:
        return priority < best
    joined = call_at(floor, line_at(floor, one).first_for_port).joined
    return joined < call_at(floor, line_at(floor, other).first_for_port).joined
