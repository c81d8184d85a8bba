"""Products of what happened on two port counts on the same day, summed over days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flexports.tally.related import Relations

Numbers = NDArray[np.object_]
"""Python integers: exact, and without a largest value."""

_LARGEST = 2**62
_HALF = 26
"""Bits of a half of a number, in ticks of up to 140 years."""
_MOST_DAYS = 2**9
"""Of which products of halves surely add up in 64 bits."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Of every metric, the products of its quantities on any two port counts, summed over days.

    Attributes
    ----------
    ports : tuple of int
        The port counts, ascending.
    products : tuple of array of object, each of shape (quantities, ports, quantities, ports)
        Of each metric, in the order of `Relations.metrics`.
    """

    ports: tuple[int, ...]
    products: tuple[Numbers, ...]

    @classmethod
    def of_days(cls, relations: Relations, ports: Sequence[int], days: Numbers) -> Pairs:
        """Multiply and sum some days.

        Parameters
        ----------
        relations : Relations
        ports : sequence of int
        days : array of object, shape (ports, quantities, days)
            Of each port count, the quantities of `Relations.quantities`, by day.
        """
        order = np.argsort(ports)
        days = days[order]
        return cls(
            tuple(int(ports[place]) for place in order),
            tuple(
                _products(days[:, [relations.place[each] for each in metric.quantities]])
                for metric in relations.metrics
            ),
        )

    def __add__(self, other: Pairs) -> Pairs:
        if self.ports != other.ports:
            raise ValueError("these days were run on different port counts and do not add up")
        both = zip(self.products, other.products, strict=True)
        return Pairs(self.ports, tuple(one + another for one, another in both))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Pairs)
            and self.ports == other.ports
            and all(map(np.array_equal, self.products, other.products))
        )

    __hash__ = None  # type: ignore[assignment]

    def among(self, ports: Sequence[int]) -> Pairs:
        """Those of some of the port counts."""
        places = [self.ports.index(count) for count in sorted(ports)]
        picked = tuple(each[:, places][:, :, :, places] for each in self.products)
        return Pairs(tuple(sorted(ports)), picked)

    def of(self, metric: int, one: int, other: int) -> Numbers:
        """The products of a metric's quantities on two port counts, or on one with itself.

        Returns
        -------
        array of object, shape (quantities, quantities)
            Rows of `one`, columns of `other`.
        """
        found: Numbers = self.products[metric][:, self.ports.index(one), :, self.ports.index(other)]
        return found

    def to_dict(self) -> dict[str, Any]:
        """Plain lists of integers: of each metric, its matrix on and above the diagonal."""
        return {"ports": list(self.ports), "products": [_half(each) for each in self.products]}

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> Pairs:
        """Undo `to_dict`."""
        ports = tuple(saved["ports"])
        return cls(ports, tuple(_whole(half, len(ports)) for half in saved["products"]))


def _products(days: Numbers) -> Numbers:
    """Of shape (ports, quantities, days): products summed over days."""
    ports, quantities, number = days.shape
    rows = days.swapaxes(0, 1).reshape(quantities * ports, number)
    products = _times_itself(rows)
    return products.reshape(quantities, ports, quantities, ports)


def _times_itself(rows: Numbers) -> Numbers:
    """Rows times rows, exactly; in 64 bits where that is enough."""
    largest = max(map(abs, rows.ravel().tolist()), default=0)
    if largest * largest * max(1, rows.shape[1]) < _LARGEST:
        small = rows.astype(np.int64)
        return (small @ small.T).astype(object)
    if largest >= 2 ** (2 * _HALF) or rows.shape[1] > _MOST_DAYS:
        return np.asarray(rows @ rows.T, dtype=object)
    high = (rows >> _HALF).astype(np.int64)
    low = (rows & (2**_HALF - 1)).astype(np.int64)
    cross = (high @ low.T).astype(object)
    tops = (high @ high.T).astype(object) << 2 * _HALF
    return np.asarray(tops + ((cross + cross.T) << _HALF) + (low @ low.T), dtype=object)


def _half(products: Numbers) -> list[int]:
    size = products.shape[0] * products.shape[1]
    found: list[int] = products.reshape(size, size)[np.triu_indices(size)].tolist()
    return found


def _whole(half: Sequence[int], ports: int) -> Numbers:
    size = int((8 * len(half) + 1) ** 0.5 - 1) // 2
    square = np.zeros((size, size), dtype=object)
    square[np.triu_indices(size)] = half
    square = np.triu(square) + np.triu(square, 1).T
    return square.reshape(size // ports, ports, size // ports, ports)
