"""The pool of flex ports."""

from __future__ import annotations

from flexports.flows import Line


class Ports:
    """Ports that all lines share, with what each line may not take.

    A line may take a port if more than its `keep_free` are free (trunk reservation) and its calls
    hold fewer than its `limit`. A recording may take any free port, and its port does not count
    towards the limit.
    """

    def __init__(self, count: int) -> None:
        self.free = count
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
        self.free += 1
        if line.limit is not None:
            self._held[line.name] -= 1

    def take_for_recording(self) -> bool:
        """Take a port for a recording; False if there is none."""
        if self.free == 0:
            return False
        self.free -= 1
        return True

    def release_from_recording(self) -> None:
        """Give back the port of a recording."""
        self.free += 1
