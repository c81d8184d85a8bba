"""A pool of ports, and the calls that queue for one."""

from __future__ import annotations

from bisect import insort
from itertools import count
from operator import attrgetter

from flexports.engine.simpy_engine.call import Call
from flexports.engine.simpy_engine.clock import Clock
from flexports.engine.simpy_engine.waiting import Wait
from flexports.flows import Line


class Ports:
    """Ports that lines share, with what each line may not take.

    A line may take a port if more than its `keep_free` are free (trunk reservation) and its calls
    hold fewer than its `limit`. A recording may take any free port, and its port does not count
    towards the limit.

    A port that is given back goes at once to the first call in the queue that may take it. One that
    may not, because of `keep_free` or `limit`, is passed over and keeps its place; so a call that
    arrives may take a port that those who wait may not have, and a line with `keep_free` may wait
    for as long as the others are busy.
    """

    def __init__(self, clock: Clock, free: int) -> None:
        self.free = free
        self._clock = clock
        self._joined = count()
        self._waiting: list[Wait[bool]] = []
        self._held: dict[str, int] = {}

    def take(self, line: Line) -> bool:
        """Take a port for a call of `line`; False if there is none for it."""
        if self.free <= line.keep_free:
            return False
        if line.limit is not None:
            held = self._held.get(line.name, 0)
            if held >= line.limit:
                return False
            self._held[line.name] = held + 1
        self.free -= 1
        return True

    def release(self, line: Line) -> None:
        """Give back the port of a call of `line`."""
        if line.limit is not None:
            self._held[line.name] -= 1
        self._give_back()

    def take_for_recording(self) -> bool:
        """Take a port for a recording; False if there is none."""
        if self.free == 0:
            return False
        self.free -= 1
        return True

    def release_from_recording(self) -> None:
        """Give back the port of a recording."""
        self._give_back()

    def join(self, call: Call) -> Wait[bool]:
        """A call queues for a port."""
        wait: Wait[bool] = Wait(self._clock, call, next(self._joined))
        insort(self._waiting, wait, key=attrgetter("rank"))
        return wait

    def _give_back(self) -> None:
        self.free += 1
        if self._waiting:
            self._waiting = [wait for wait in self._waiting if not self._is_over(wait)]

    def _is_over(self, wait: Wait[bool]) -> bool:
        """Whether a call no longer waits: it gave up, or takes a port now."""
        if not wait.triggered and self.take(wait.call.line):
            wait.serve(True)
        return wait.triggered
