"""Sums over days of daily quantities, and of the products that the variance of a ratio needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add, mul
from typing import Any


@dataclass(frozen=True)
class Layout:
    """Which daily quantities are summed, and which pairs of them are multiplied first.

    Attributes
    ----------
    names : tuple of str
        The quantities. The square of each is always summed.
    ratios : tuple of (str, str)
        Pairs, numerator and denominator, whose product is summed too.
    """

    names: tuple[str, ...]
    ratios: tuple[tuple[str, str], ...] = ()

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each quantity stands."""
        return {name: place for place, name in enumerate(self.names)}

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The places of the two factors of each product: first the squares, then the ratios."""
        squares = tuple((place, place) for place in range(len(self.names)))
        return squares + tuple((self.place[a], self.place[b]) for a, b in self.ratios)

    @cached_property
    def product_place(self) -> Mapping[tuple[int, int], int]:
        """Where the product of two quantities stands, whichever of them is named first."""
        places = {pair: place for place, pair in enumerate(self.pairs)}
        return places | {(b, a): place for (a, b), place in places.items()}


@dataclass(frozen=True)
class Moments:
    """Sums over days, as Python integers: exact, and without a largest value.

    Attributes
    ----------
    layout : Layout
    sums : tuple of int
        Of each quantity, over days.
    products : tuple of int
        Of each of the layout's pairs, multiplied within the day, over days.

    Examples
    --------
    >>> calls = Layout(("blocked", "offered"), ratios=(("blocked", "offered"),))
    >>> two_days = Moments.of_day(calls, [1, 10]) + Moments.of_day(calls, [3, 20])
    >>> two_days.sum("blocked"), two_days.product("blocked", "offered")
    (4, 70)
    """

    layout: Layout
    sums: tuple[int, ...]
    products: tuple[int, ...]

    @classmethod
    def of_day(cls, layout: Layout, quantities: Sequence[int]) -> Moments:
        """One day's quantities, in the order of the layout."""
        products = tuple(quantities[a] * quantities[b] for a, b in layout.pairs)
        return cls(layout, tuple(quantities), products)

    @classmethod
    def of_days(cls, layout: Layout, quantities: Sequence[Sequence[int]]) -> Moments:
        """Several days' quantities: of each, in the order of the layout, one number a day."""
        nothing = [not any(column) for column in quantities]
        products = tuple(
            0 if nothing[a] or nothing[b] else sum(map(mul, quantities[a], quantities[b]))
            for a, b in layout.pairs
        )
        return cls(layout, tuple(map(sum, quantities)), products)

    def __add__(self, other: Moments) -> Moments:
        if self.layout != other.layout:
            raise ValueError("these sums are of different quantities and do not add up")
        return Moments(
            self.layout,
            tuple(map(add, self.sums, other.sums)),
            tuple(map(add, self.products, other.products)),
        )

    def sum(self, name: str) -> int:
        """The sum over days of a quantity."""
        return self.sums[self.layout.place[name]]

    def product(self, one: str, other: str) -> int:
        """The sum over days of the product of two of a day's quantities."""
        places = self.layout.place
        return self.products[self.layout.product_place[places[one], places[other]]]

    def to_dict(self) -> dict[str, Any]:
        """Plain lists of integers; JSON keeps them exactly."""
        return {"sums": list(self.sums), "products": list(self.products)}

    @classmethod
    def from_dict(cls, layout: Layout, saved: Mapping[str, Any]) -> Moments:
        """Undo `to_dict`."""
        sums, products = tuple(saved["sums"]), tuple(saved["products"])
        if len(sums) != len(layout.names) or len(products) != len(layout.pairs):
            raise ValueError("the saved sums are not of the quantities that this version keeps")
        return cls(layout, sums, products)
