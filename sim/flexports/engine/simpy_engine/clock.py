"""Simulated time, and the order of what happens at one instant."""

from __future__ import annotations

from heapq import heappush
from typing import Any

import simpy

ENDS = 1
BEGINS = 2
LOOKS = 3


class Moment(simpy.Event):
    """An event that is certain to happen, at a time and in a place within its instant."""

    __slots__ = ()

    def __init__(self, clock: Clock, time_s: float, place: int) -> None:
        self.env = clock
        self.callbacks = []
        self._ok = True
        self._value = None
        heappush(clock._queue, (time_s, place, next(clock._eid), self))


class Clock(simpy.Environment):
    """A SimPy environment that knows what comes first at equal times.

    The rule of order: at one instant, all that *ends* (a talk, a message, a spell of an agent's
    work, a caller's patience) comes before what *begins* (a call arrives, a port is asked for, a
    call is answered), and last an agent who is free *looks* for work. Within each, what was set
    down first comes first; arrivals are set down before opening.

    So a port that is released at the instant of an arrival can carry it, and an agent who becomes
    free at that instant answers it. To keep the rule, what follows from an end and is about to
    begin something asks whether this is a `busy_instant`, in which something else is still set
    down; if so it waits for the `beginning`.
    """

    def after(self, delay_s: float) -> Moment:
        """Something ends `delay_s` from now."""
        return Moment(self, self._now + delay_s, ENDS)

    def arrival_at(self, time_s: float) -> Moment:
        """A call arrives at the time that the tape says, to the last bit."""
        return Moment(self, time_s, BEGINS)

    def beginning(self) -> Moment:
        """All that ends at this instant has ended."""
        return Moment(self, self._now, BEGINS)

    def last_look(self) -> Moment:
        """All that ends or begins at this instant has done so."""
        return Moment(self, self._now, LOOKS)

    @property
    def busy_instant(self) -> bool:
        """Whether something else is set down for this very instant."""
        queue: list[Any] = self._queue
        return bool(queue) and queue[0][0] <= self._now
