"""Simulated time, and the order of what happens at one instant."""

from __future__ import annotations

from collections.abc import Generator
from heapq import heappop, heappush
from typing import Any

import simpy

ENDS = 1
ARRIVES = 2
BEGINS = 3
LOOKS = 4


class Moment(simpy.Event):
    """An event that is certain to happen, at a time and in a place within its instant."""

    __slots__ = ("time_s",)

    def __init__(self, clock: Clock, time_s: float, place: int) -> None:
        self.time_s = time_s
        self.env = clock
        self.callbacks = []
        self._ok = True
        self._value = None
        heappush(clock._queue, (time_s, place, next(clock._eid), self))  # type: ignore[misc]


class Passage(simpy.Process):
    """A process for calls and agents, who have no use for much that a SimPy process can do.

    It begins at once, where SimPy sets the beginning down as a new event; nobody waits for its end
    or interrupts it, so that these are no events either; and it waits only for what is still to
    come and cannot fail.
    """

    def __init__(self, clock: Clock, steps: Generator[simpy.Event, Any, None]) -> None:
        self.env = clock
        self.callbacks = []
        self._ok, self._value = True, None
        self._generator = steps
        self._go_on = steps.send
        self._resume(self)

    def _resume(self, event: simpy.Event) -> None:
        try:
            awaited = self._go_on(event._value)
        except StopIteration:
            return
        awaited.callbacks.append(self._resume)


class Clock(simpy.Environment):
    """A SimPy environment that knows what comes first at equal times.

    The rule of order: at one instant, all that *ends* (a talk, a message, a spell of an agent's
    work, a caller's patience) comes first, then calls that *arrive*, then what *begins* (a port is
    asked for, a call is answered), and last an agent who is free *looks* for work. Within each,
    what was set down first comes first; arrivals in the order of the sources.

    So a port that is released at the instant of an arrival can carry it, and an agent who becomes
    free at that instant answers it. To keep the rule, what follows from an end and is about to
    begin something asks whether this is a `busy_instant`, in which something else is still set
    down; if so it waits for the `beginning`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0

    def run_out(self) -> None:
        """Process every event, to the last one.

        As `run()`, in one loop: half of a day's work is in getting from one event to the next.
        """
        queue: list[Any] = self._queue
        while queue:
            self.now_s, _, _, event = heappop(queue)
            self._now = self.now_s
            callbacks, event.callbacks = event.callbacks, None
            for callback in callbacks:
                callback(event)

    def after(self, delay_s: float) -> Moment:
        """Something ends `delay_s` from now."""
        return self.end_at(self.now_s + delay_s)

    def end_at(self, time_s: float) -> Moment:
        """Something ends at a given time.

        Raises
        ------
        ValueError
            If that is no time, or past.
        """
        if time_s >= self.now_s:
            return Moment(self, time_s, ENDS)
        raise ValueError("a draw is no number, or out of range")

    def arrival_at(self, time_s: float) -> Moment:
        """A call arrives at the time that the tape says, to the last bit."""
        return Moment(self, time_s, ARRIVES)

    def beginning(self) -> Moment:
        """All that ends at this instant has ended."""
        return Moment(self, self.now_s, BEGINS)

    def last_look(self) -> Moment:
        """All that ends or begins at this instant has done so."""
        return Moment(self, self.now_s, LOOKS)

    def call_off(self, event: simpy.Event) -> None:
        """Nothing will come of an event; whoever waits for it waits no more."""
        if event.callbacks is not None:
            event.callbacks.clear()

    def set_off(self, passage: Generator[simpy.Event, Any, None]) -> None:
        """Start a process within the event that is being processed."""
        Passage(self, passage)

    @property
    def busy_instant(self) -> bool:
        """Whether something else is set down for this very instant, and was not called off."""
        queue: list[Any] = self._queue
        while queue and queue[0][0] <= self.now_s:
            if queue[0][3].callbacks:
                return True
            heappop(queue)
        return False
