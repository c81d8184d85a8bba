"""Sums of a day's quantities by strands of days: enough to see how days differ, in bounded memory.

Every `STRANDS`-th day is of one strand. As long as there are no more days than strands, each day is
told by itself; later a strand is the sum of some days, which are as independent of those of another
strand, and more alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from flexports.tally.pairs import Numbers
from flexports.ticks import IntArray

STRANDS = 128


@dataclass(frozen=True, eq=False)
class Strands:
    """Sums over the days of each strand.

    Attributes
    ----------
    names : tuple of str
        The quantities.
    days : array of int64, shape (STRANDS,)
        How many days there are of each strand.
    sums : array of object, shape (STRANDS, quantities)
        Python integers.

    Examples
    --------
    >>> calls = Strands.of_days(("offered",), [0, 1, STRANDS], [[10, 20, 30]])
    >>> calls.sums[:2].tolist(), calls.days[:2].tolist(), calls.sum("offered")
    ([[40], [20]], [2, 1], 60)
    """

    names: tuple[str, ...]
    days: IntArray
    sums: Numbers

    @classmethod
    def of_days(
        cls, names: Sequence[str], days: Sequence[int], quantities: Sequence[Sequence[int]]
    ) -> Strands:
        """Several days' quantities: of each name, one number a day; `days` are their numbers."""
        strands = np.array(days) % STRANDS
        sums = _zeros(len(names))
        for strand, values in zip(strands, zip(*quantities, strict=True), strict=True):
            sums[strand] += np.array(values, dtype=object)
        return cls(tuple(names), np.bincount(strands, minlength=STRANDS).astype(np.int64), sums)

    def __add__(self, other: Strands) -> Strands:
        if self.names != other.names:
            raise ValueError("these sums are of different quantities and do not add up")
        return Strands(self.names, self.days + other.days, self.sums + other.sums)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Strands)
            and self.names == other.names
            and np.array_equal(self.days, other.days)
            and np.array_equal(self.sums, other.sums)
        )

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each quantity stands."""
        return {name: place for place, name in enumerate(self.names)}

    def sum(self, name: str) -> int:
        """The sum over all days of a quantity."""
        return sum(self.sums[:, self.place[name]].tolist())

    def to_dict(self) -> dict[str, Any]:
        """Plain lists of integers, of the strands that have days; JSON keeps them exactly."""
        used = np.flatnonzero(self.days)
        return {
            "strands": used.tolist(),
            "days": self.days[used].tolist(),
            "sums": self.sums[used].tolist(),
        }

    @classmethod
    def from_dict(cls, names: Sequence[str], saved: Mapping[str, Any]) -> Strands:
        """Undo `to_dict`."""
        if any(len(sums) != len(names) for sums in saved["sums"]):
            raise ValueError("the saved sums are not of the quantities that this version keeps")
        days, sums = np.zeros(STRANDS, dtype=np.int64), _zeros(len(names))
        for strand, number, values in zip(
            saved["strands"], saved["days"], saved["sums"], strict=True
        ):
            days[strand], sums[strand] = number, values
        return cls(tuple(names), days, sums)


def _zeros(quantities: int) -> Numbers:
    return np.zeros((STRANDS, quantities), dtype=object)
