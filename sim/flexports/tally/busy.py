"""Ports in use: how many, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flexports.engine.outcomes import RECORDED, Table
from flexports.ticks import IntArray, clipped, to_ticks, total


@dataclass(frozen=True)
class Legs:
    """When ports, or lines, were held, in any order.

    Attributes
    ----------
    from_ticks, to_ticks : array of int64, shape (legs,)
    """

    from_ticks: IntArray
    to_ticks: IntArray

    @classmethod
    def of_calls(cls, calls: Table) -> Legs:
        """The port, or line, of each call itself."""
        own = ~np.isnan(calls["port_from_s"])
        return cls(to_ticks(calls["port_from_s"][own]), to_ticks(calls["port_to_s"][own]))

    @classmethod
    def of_recordings(cls, calls: Table) -> Legs:
        """The ports of their recordings: always flex ports."""
        recorded = calls["recorded"] == RECORDED
        return cls(to_ticks(calls["answered_s"][recorded]), to_ticks(calls["talk_to_s"][recorded]))

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

    def just_before(self, tick: int) -> int:
        """How many were held up to some time, by calls that began before it."""
        return int(np.count_nonzero((self.from_ticks < tick) & (self.to_ticks >= tick)))

    @property
    def ticks(self) -> int:
        """How long they lasted in all."""
        return total(self.to_ticks - self.from_ticks)

    def __len__(self) -> int:
        return len(self.from_ticks)


@dataclass(frozen=True)
class BusyPath:
    """How many ports were busy from each time to the next, within a span of one day.

    At equal times, what ends comes before what begins: a port that passes from one call to the next
    at one instant was one port.

    Attributes
    ----------
    times : array of int64, shape (n + 1,)
        Ascending; the first and the last are the ends of the span.
    busy : array of int64, shape (n,)
    """

    times: IntArray
    busy: IntArray

    @classmethod
    def of(cls, legs: Legs, span: tuple[int, int]) -> BusyPath:
        """That of all ports that were held."""
        begin, end = span
        inside = legs.within(span)
        # The last bit makes an end sort before a beginning at the same time.
        events = np.concatenate((inside.to_ticks << 1, inside.from_ticks << 1 | 1))
        events.sort(kind="stable")  # the fastest for times that stand in long runs, as here
        times = np.concatenate(([begin], events >> 1, [end]))
        return cls(times, np.concatenate(([0], np.cumsum(((events & 1) << 1) - 1))))

    def busy_ticks_between(self, edges: IntArray) -> IntArray:
        """Time summed over the ports, from each edge to the next; edges lie within the span."""
        return self._between(self.busy, edges)

    def full_ticks_between(self, ports: int, edges: IntArray) -> IntArray:
        """Time with all of `ports` ports busy, from each edge to the next."""
        return self._between((self.busy >= ports).astype(np.int64), edges)

    def _between(self, height: IntArray, edges: IntArray) -> IntArray:
        area = np.concatenate(([0], np.cumsum(height * np.diff(self.times))))
        step = np.minimum(self.times.searchsorted(edges, side="right"), len(height)) - 1
        between: IntArray = np.diff(area[step] + height[step] * (edges - self.times[step]))
        return between

    def full_spells(self, ports: int) -> Legs:
        """From when to when all of `ports` ports were busy.

        A port that is taken again at the instant of its release was not free in between: the spell
        goes on.
        """
        lasting = np.diff(self.times) > 0
        full = np.concatenate(([False], self.busy[lasting] >= ports, [False]))
        times = np.append(self.times[:-1][lasting], self.times[-1])
        return Legs(times[full[1:] & ~full[:-1]], times[full[:-1] & ~full[1:]])


def full_spells_begun(path: BusyPath, legs: Legs, ports: int) -> Legs:
    """The spells with all ports busy that began within the path's span, cut off at its end."""
    spells, begin = path.full_spells(ports), int(path.times[0])
    under_way = begin > 0 and legs.just_before(begin) >= ports
    if under_way and len(spells) and spells.from_ticks[0] == begin:
        return Legs(spells.from_ticks[1:], spells.to_ticks[1:])
    return spells


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

        Examples
        --------
        Two legs that overlap over [5, 8), within [0, 20):

        >>> legs = Legs(np.array([2, 5]), np.array([8, 11]))
        >>> BusyTime.of_day(legs, (0, 20)).ticks.tolist()
        [11, 6, 3]
        """
        return cls.of_path(BusyPath.of(legs, span))

    @classmethod
    def of_path(cls, path: BusyPath) -> BusyTime:
        """That of one day's path."""
        # Floats are exact here: the weights are whole, and their sum, the span, is below 2**53.
        weights = np.diff(path.times)
        return cls(np.bincount(path.busy, weights=weights).astype(np.int64))

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
