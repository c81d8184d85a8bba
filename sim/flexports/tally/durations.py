"""A histogram of durations that can be inverted with an interval, in memory that no day adds to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from flexports.ticks import FloatArray, IntArray

SHORTEST_S, LONGEST_S, STEP = 0.05, 172_800.0, 1.01


def _edges() -> FloatArray:
    bins = int(np.ceil(np.log(LONGEST_S / SHORTEST_S) / np.log(STEP)))
    return np.concatenate([[0.0], np.geomspace(SHORTEST_S, LONGEST_S, bins + 1)])


EDGES_S = _edges()
"""Zero, then 0.05 s to two days in steps of 1 %. Longer durations lie beyond the last."""


@dataclass(frozen=True, eq=False)
class DurationCounts:
    """Sums over days of what a distribution, and the variance of its ratio, are made of.

    With N the durations of a day (the holds of all who asked for an agent, say) and C(x) those of
    them that are x or shorter, for every edge x: the sums over days of C(x), of C(x)**2 and of
    C(x) N. (The sums of N and N**2 are among the source's moments: of ``asked``, say.)

    Attributes
    ----------
    counts, squares, crosses : array of int64, shape (edges,)
    """

    counts: IntArray
    squares: IntArray
    crosses: IntArray

    @classmethod
    def of_day(cls, durations_s: FloatArray) -> DurationCounts:
        """Count one day's durations."""
        bins = np.searchsorted(EDGES_S, durations_s)
        counts = np.bincount(bins, minlength=len(EDGES_S) + 1)[:-1].cumsum()
        return cls(counts, counts * counts, counts * len(durations_s))

    def __add__(self, other: DurationCounts) -> DurationCounts:
        return DurationCounts(
            self.counts + other.counts,
            self.squares + other.squares,
            self.crosses + other.crosses,
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DurationCounts) and all(map(np.array_equal, self._all, other._all))

    __hash__ = None  # type: ignore[assignment]

    @property
    def _all(self) -> tuple[IntArray, IntArray, IntArray]:
        return self.counts, self.squares, self.crosses

    def to_dict(self) -> dict[str, Any]:
        """Plain lists, up to the longest duration: beyond it nothing changes."""
        changes = np.flatnonzero(np.diff(self.crosses))
        used = int(changes[-1]) + 2 if len(changes) else 1
        return {
            "counts": self.counts[:used].tolist(),
            "squares": self.squares[:used].tolist(),
            "crosses": self.crosses[:used].tolist(),
        }

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> DurationCounts:
        """Undo `to_dict`."""
        return cls(*(_filled(saved[name]) for name in ("counts", "squares", "crosses")))


def _filled(start: list[int]) -> IntArray:
    values = np.array(start, dtype=np.int64)
    return np.pad(values, (0, len(EDGES_S) - len(values)), mode="edge")


HOLD_EDGES_S = EDGES_S
HoldCounts = DurationCounts
"""Hold was the first of the durations; by this name it is still met."""
