"""What the loop may want from outside: it stops, is given it, and goes on where it was.

All that it is at stands in its tables, and what it was about to do on the stack (`push`), so that
nothing is done twice.
"""

from __future__ import annotations

from flexports.engine.compiled.loop.compiling import part
from flexports.engine.compiled.loop.rows import FloorAtWork, item_at

# What is to be done next.
ARRIVE, NEXT_ARRIVAL = 1, 2
FREE, DIAL, OFF_DUTY, LET_IN = 3, 4, 5, 6  # an agent
NEXT_OF_USER, CALL_OF_USER = 7, 8
GO_THROUGH, SERVE = 9, 10  # a call
LOOK = 11  # an agent
SHIFTS = 12


@part
def want(floor: FloorAtWork, what: int, which: int) -> None:
    """Stop at the next opportunity, for want of something."""
    floor.wants = what
    floor.wanted = which


@part
def push(floor: FloorAtWork, what: int, who: int) -> None:
    """Set down what is to be done at once, before what was set down earlier."""
    item = item_at(floor, floor.top)
    item.what = what
    item.who = who
    floor.top += 1


@part
def turn_over(floor: FloorAtWork, bottom: int) -> None:
    """Let what was pushed first, of all from `bottom` on, be done first."""
    top = floor.top - 1
    while bottom < top:
        one, other = item_at(floor, bottom).who, item_at(floor, top).who
        item_at(floor, bottom).who, item_at(floor, top).who = other, one
        bottom += 1
        top -= 1
