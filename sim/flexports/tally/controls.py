"""Controls: numbers of a day that the tape decides, whatever the ports, and whose means are known.

What they are, and why they tell so much of a day's blocking, stands in docs/statistics.md; what
their means are is the business of `flexports.study.controls`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flexports.tally.frame import Frame
from flexports.tally.pairs import Numbers
from flexports.tally.related import relations_of
from flexports.tally.strands import Strands
from flexports.tape import Tape
from flexports.ticks import IntArray

LOAD, TAIL, ABOVE = "load", "tail", "above"
"""Of an unlimited pool: how long all ports begun in the span are held; for how long at least as
many ports are busy as there are; and for how long how many more, summed over these."""

UNLIMITED = 10_000
"""A number of ports that is never reached."""


@dataclass(frozen=True)
class Controls:
    """Which controls a floor has.

    Attributes
    ----------
    arrivals : tuple of (str, int)
        Sources of which the calls that arrive in the span are counted, with their numbers.
    occupancy : bool
        The ports busy in an unlimited pool are watched, in a run of their own.
    """

    arrivals: tuple[tuple[str, int], ...] = ()
    occupancy: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """One for each control."""
        arrivals = tuple(map(arrivals_name, (name for name, _ in self.arrivals)))
        return arrivals + ((LOAD, TAIL, ABOVE) if self.occupancy else ())

    def arrived(self, tape: Tape, span_s: tuple[float, float]) -> list[int]:
        """How many calls of each source arrive in the span."""
        return [
            int(np.diff(tape.reels[number].arrivals_s.searchsorted(span_s))[0])
            for _, number in self.arrivals
        ]


def arrivals_name(source: str) -> str:
    """The name of the control that counts a source's arrivals."""
    return f"arrivals of {source}"


def occupied(busy_ticks: IntArray, load_ticks: int, ports: int) -> list[int]:
    """The controls of one day's use of an unlimited pool, for one port count.

    Parameters
    ----------
    busy_ticks : array of int64
        Time for which exactly 0, 1, 2, ... ports were busy.
    load_ticks : int
    ports : int

    Examples
    --------
    Two ports busy for 5 ticks and three for 1: at least two for 6, and one more for 1.

    >>> occupied(np.array([10, 4, 5, 1]), 17, ports=2)
    [17, 6, 1]
    """
    beyond = busy_ticks[ports:]
    return [load_ticks, int(beyond.sum()), int(beyond @ np.arange(len(beyond)))]


def controlled(
    frames: Sequence[Frame], days: Sequence[int], quantities: Numbers, controls: Numbers
) -> list[Strands | None]:
    """Sum controls and related quantities by strands of days, for each port count.

    Parameters
    ----------
    frames : sequence of Frame
        Of each port count.
    days : sequence of int
        The number of each day.
    quantities : array of object, shape (ports, quantities, days)
    controls : array of object, shape (ports, controls, days)
    """
    if not controls.shape[1]:
        return [None] * len(frames)
    return [
        Strands.of_days(
            relations_of(frame).controlled, days, [*control.tolist(), *quantity.tolist()]
        )
        for frame, quantity, control in zip(frames, quantities, controls, strict=True)
    ]
