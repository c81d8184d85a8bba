"""The tape of one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from flexports.tape.pen import Laws, Pen
from flexports.tape.rolls import ArrivedRoll, StartedRoll
from flexports.tape.streams import FloatArray, Streams

_ALL_SOURCES = ""
"""No source has this name."""


class Drawn(Protocol):
    """A source, as far as the tape is concerned."""

    @property
    def name(self) -> str:
        """The name that keys its streams."""
        ...

    def draws(self) -> Laws:
        """What is drawn for each call, by the names that its flow uses."""
        ...

    def arrivals_s(self, pen: Pen, opens_s: float, length_s: float) -> FloatArray | None:
        """When its calls begin, ascending; None where agents start them."""
        ...


class Reel:
    """One source's part of the tape: its arrivals and the draws of its calls."""

    def __init__(self, pen: Pen, laws: Laws, arrivals_s: FloatArray | None) -> None:
        self._pen = pen
        self._laws = laws
        self.arrivals_s = np.empty(0) if arrivals_s is None else arrivals_s
        self.arrived = ArrivedRoll(pen, laws, len(self.arrivals_s))
        self._started: dict[str, StartedRoll] = {}

    def started(self, group: str, starters: int) -> StartedRoll:
        """Return the draws of the calls that agents of a group start, or users if it is ""."""
        if group not in self._started:
            self._started[group] = StartedRoll(self._pen, self._laws, group, starters)
        return self._started[group]


class Arrivals(NamedTuple):
    """Every arrival of a day in order of time, then source, then call.

    Attributes
    ----------
    times_s : array of float64, shape (arrivals,)
    sources, calls : array of int64, shape (arrivals,)
    """

    times_s: FloatArray
    sources: NDArray[np.int64]
    calls: NDArray[np.int64]


@dataclass(frozen=True)
class Tape:
    """The random input of one day, a reel for each source in the order of the floor."""

    reels: tuple[Reel, ...]

    @cached_property
    def in_order(self) -> Arrivals:
        """Every arrival."""
        times = [reel.arrivals_s for reel in self.reels]
        lengths = [len(each) for each in times]
        sources = np.repeat(np.arange(len(times)), lengths)
        calls = np.concatenate([np.arange(length) for length in lengths])
        joined = np.concatenate(times)
        if max(lengths, default=0) == len(joined):  # of one source, and so in order
            return Arrivals(joined, sources, calls)
        order = np.argsort(joined, kind="stable")
        return Arrivals(joined[order], sources[order], calls[order])

    def arrivals(self) -> Iterator[tuple[float, int, int]]:
        """Every arrival, one by one: (time, source, call)."""
        return zip(*(column.tolist() for column in self.in_order), strict=True)


@dataclass(frozen=True)
class Tapes:
    """The tapes of one floor from one seed, day by day.

    Attributes
    ----------
    sources : sequence
        The sources of a floor.
    seed : int
        The seed of the whole experiment.
    opens_s, length_s : float
        Opening time (seconds after midnight) and hours (seconds), for rates by time of day.
    day_cv : float
        The spread of a gamma factor on the rates of all sources together.
    """

    sources: Sequence[Drawn]
    seed: int
    opens_s: float
    length_s: float
    day_cv: float = 0.0

    @cached_property
    def _streams(self) -> Streams:
        return Streams(self.seed)

    @cached_property
    def _laws(self) -> list[Laws]:
        return [source.draws() for source in self.sources]

    def of_day(self, day: int) -> Tape:
        """Draw the tape of one day, from 0.

        A tape goes on drawing as engines ask for more: it and its `Tapes` are for one thread.
        """
        day_factor = self._streams.factor(day, _ALL_SOURCES, self.day_cv)
        reels = []
        for source, laws in zip(self.sources, self._laws, strict=True):
            pen = Pen(self._streams, day, source.name, day_factor)
            reels.append(Reel(pen, laws, source.arrivals_s(pen, self.opens_s, self.length_s)))
        return Tape(tuple(reels))
