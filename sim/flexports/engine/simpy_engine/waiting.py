"""Places in a queue: for an agent, or for a port."""

from __future__ import annotations

from typing import Generic, TypeVar

import simpy

from flexports.engine.simpy_engine.call import Call
from flexports.engine.simpy_engine.clock import BEGINS, ENDS, Clock

Served = TypeVar("Served")


class Wait(simpy.Event, Generic[Served]):
    """A call's place in a queue. It is over when the call is served or gives up.

    The value of the event is what the call is served with, or None. Calls are served by rank: by
    priority, and then in order of joining.
    """

    def __init__(self, clock: Clock, call: Call, joined: int) -> None:
        super().__init__(clock)
        self.call = call
        self.rank = (call.line.priority, joined)
        self._patience: simpy.Event | None = None

    def until(self, patience_ends: simpy.Event) -> None:
        """The call gives up at an event, unless it is served before."""
        assert patience_ends.callbacks is not None
        patience_ends.callbacks.append(self.give_up)
        self._patience = patience_ends

    def serve(self, served: Served) -> None:
        """The call is served. What follows from that is a beginning."""
        self._end(served, BEGINS)

    def give_up(self, _: object = None) -> None:
        """The call has waited for long enough, unless it was served before."""
        if not self.triggered:
            self._end(None, ENDS)

    def _end(self, served: Served | None, place: int) -> None:
        if self._patience is not None and self._patience.callbacks is not None:
            self._patience.callbacks.clear()
        self._ok = True
        self._value = served
        self.env.schedule(self, priority=place)  # type: ignore[arg-type]
