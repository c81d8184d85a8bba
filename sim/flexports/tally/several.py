"""Tallies of the same days on several port counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from flexports.tally.merging import Tally
from flexports.tally.pairs import Pairs


@dataclass(frozen=True)
class Tallies(Mapping[int, Tally]):
    """A tally for each port count, ascending, and what ties them.

    Attributes
    ----------
    by_ports : mapping of int to Tally
    pairs : Pairs or None
        Products of what happened on two counts on the same day; None of a single count, and of days
        that were not run on all counts together.
    """

    by_ports: Mapping[int, Tally]
    pairs: Pairs | None = None

    def __getitem__(self, ports: int) -> Tally:
        return self.by_ports[ports]

    def __iter__(self) -> Iterator[int]:
        return iter(self.by_ports)

    def __len__(self) -> int:
        return len(self.by_ports)

    def __add__(self, other: Tallies) -> Tallies:
        """Add other days on the same port counts."""
        if self.by_ports.keys() != other.by_ports.keys():
            raise ValueError("these days were run on different port counts and do not add up")
        return Tallies(
            {count: tally + other[count] for count, tally in self.items()},
            None if self.pairs is None or other.pairs is None else self.pairs + other.pairs,
        )

    @property
    def days(self) -> int:
        """How many days each port count has."""
        return next(iter(self.values())).days

    def beside(self, other: Tallies) -> Tallies:
        """The same days on the port counts of both; what ties the two is not known."""
        both = {**self.by_ports, **other.by_ports}
        return Tallies({count: both[count] for count in sorted(both)})

    def among(self, ports: Iterable[int]) -> Tallies:
        """Those of some of the port counts."""
        counts = sorted(set(ports))
        pairs = self.pairs if len(counts) > 1 else None
        return Tallies(
            {count: self[count] for count in counts},
            None if pairs is None else pairs.among(counts),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain values, lists and dicts; JSON keeps all of it exactly."""
        return {
            "tallies": [tally.to_dict() for tally in self.values()],
            "pairs": None if self.pairs is None else self.pairs.to_dict(),
        }

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> Tallies:
        """Undo `to_dict`, also after a passage through JSON."""
        tallies, pairs = map(Tally.from_dict, saved["tallies"]), saved["pairs"]
        return cls(
            {tally.frame.ports: tally for tally in tallies},
            None if pairs is None else Pairs.from_dict(pairs),
        )


def merged(parts: Iterable[Tallies]) -> Tallies:
    """Add up tallies of the same port counts over different days, as they come."""
    return reduce(add, parts)
