"""Ports in use: how many, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flexports.engine.outcomes import RECORDED, Table
from flexports.tally.ticks import IntArray, clipped, to_ticks, total


@dataclass(frozen=True)
class Legs:
    """When ports were held, in any order: a call's own port, and the one of its recording.

    Attributes
    ----------
    from_ticks, to_ticks : array of int64, shape (legs,)
    """

    from_ticks: IntArray
    to_ticks: IntArray

    @classmethod
    def of(cls, calls: Table) -> Legs:
        """All holdings of ports by some calls."""
        own = ~np.isnan(calls["port_from_s"])
        recorded = calls["recorded"] == RECORDED
        begins = (calls["port_from_s"][own], calls["answered_s"][recorded])
        ends = (calls["port_to_s"][own], calls["talk_to_s"][recorded])
        return cls(to_ticks(np.concatenate(begins)), to_ticks(np.concatenate(ends)))

    @classmethod
    def of_all(cls, parts: Sequence[Legs]) -> Legs:
        """Those of several sources together."""
        none = np.empty(0, dtype=np.int64)
        return cls(
            np.concatenate([none, *(part.from_ticks for part in parts)]),
            np.concatenate([none, *(part.to_ticks for part in parts)]),
        )

    def within(self, span: tuple[int, int]) -> Legs:
        """Their parts within a span; a leg that has no length there is no leg."""
        begins, ends = clipped(self.from_ticks, span), clipped(self.to_ticks, span)
        real = begins < ends
        return Legs(begins[real], ends[real])

    def begun_in(self, span: tuple[int, int]) -> Legs:
        """Those that began within a span, whole."""
        begin, end = span
        inside = (self.from_ticks >= begin) & (self.from_ticks < end)
        return Legs(self.from_ticks[inside], self.to_ticks[inside])

    @property
    def ticks(self) -> int:
        """How long they lasted in all."""
        return total(self.to_ticks - self.from_ticks)

    def __len__(self) -> int:
        return len(self.from_ticks)


@dataclass(frozen=True, eq=False)
class BusyTime:
    """Time at each number of busy ports, over days.

    Attributes
    ----------
    ticks : array of int64
        Time for which exactly 0, 1, 2, ... ports were busy, up to the most that ever were.
    """

    ticks: IntArray

    @classmethod
    def of_day(cls, legs: Legs, span: tuple[int, int]) -> BusyTime:
        """One day's, within a span.

        At equal times, what ends comes before what begins: a port that passes from one call to the
        next at one instant was one port.

        Examples
        --------
        Two legs that overlap over [5, 8), within [0, 20):

        >>> legs = Legs(np.array([2, 5]), np.array([8, 11]))
        >>> BusyTime.of_day(legs, (0, 20)).ticks.tolist()
        [11, 6, 3]
        """
        begin, end = span
        inside = legs.within(span)
        # The last bit makes an end sort before a beginning at the same time.
        events = np.concatenate((inside.to_ticks << 1, inside.from_ticks << 1 | 1))
        events.sort(kind="stable")  # the fastest for times that stand in long runs, as here
        times = np.concatenate(([begin], events >> 1, [end]))
        busy = np.concatenate(([0], np.cumsum(((events & 1) << 1) - 1)))
        # Floats are exact here: the weights are whole, and their sum, the span, is below 2**53.
        return cls(np.bincount(busy, weights=np.diff(times)).astype(np.int64))

    def __add__(self, other: BusyTime) -> BusyTime:
        short, long = sorted((self.ticks, other.ticks), key=len)
        both = long.copy()
        both[: len(short)] += short
        return BusyTime(both)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BusyTime) and np.array_equal(self.ticks, other.ticks)

    __hash__ = None  # type: ignore[assignment]

    @property
    def peak(self) -> int:
        """The most ports that were busy at once."""
        return len(self.ticks) - 1

    @property
    def busy_ticks(self) -> int:
        """Time summed over the ports."""
        return sum(number * ticks for number, ticks in enumerate(self.ticks.tolist()))

    def full_ticks(self, ports: int) -> int:
        """Time with all of `ports` ports busy."""
        return int(self.ticks[ports:].sum())
