"""Rolls: the draws of a sequence of calls, attribute by attribute."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from flexports.tape.pen import Laws, Pen, Sampled
from flexports.tape.streams import FloatArray

PART = 128
"""How many calls of each starter are drawn at a time."""


class Roll(ABC):
    """The draws of a sequence of calls: what each gets of each attribute.

    Attributes
    ----------
    starters : int
        How many agents or users start these calls, a sequence each; 1 where calls arrive.
    length : int
        How many calls of each starter are drawn so far.
    """

    starters: int
    length: int

    def __init__(self, pen: Pen, laws: Laws) -> None:
        self._pen = pen
        self._laws = laws

    @property
    def attributes(self) -> tuple[str, ...]:
        """What is drawn for each call."""
        return tuple(self._laws)

    def is_continuous(self, attribute: str) -> bool:
        """Whether no value of an attribute comes up twice."""
        return self._laws[attribute].is_continuous

    def law_of(self, attribute: str) -> Sampled:
        """What an attribute's values are drawn from."""
        return self._laws[attribute]

    @property
    def size(self) -> int:
        """How many values an attribute has, over all starters."""
        return self.starters * self.length

    def fill(self, out: FloatArray, attribute: str, attempt: int | None = None) -> None:
        """Fill `out`, shape (size,), with an attribute.

        Parameters
        ----------
        out : array of float64
            Call i of starter j stands at `place(i, j)`.
        attribute : str
        attempt : int, optional
            For what is drawn for every attempt anew: which attempt.
        """
        self._fill(out, stream_of(attribute, attempt), attribute)

    def begins(self, attribute: str, attempt: int | None = None) -> Sequence[bytes]:
        """Where the streams of an attribute begin, each for as many of the values as the others.

        As `Streams.begin` tells it; none if the values come from elsewhere.
        """
        return self._begins(stream_of(attribute, attempt))

    @abstractmethod
    def _begins(self, stream: str) -> Sequence[bytes]: ...

    @abstractmethod
    def _fill(self, out: FloatArray, stream: str, attribute: str) -> None: ...

    @abstractmethod
    def column(self, stream: str, attribute: str, starter: int, length: int) -> FloatArray:
        """The first `length` values of one starter, of which no more than drawn."""

    def draws(self, starter: int = 0) -> Draws:
        """Return the draws of one starter's calls as lists."""
        return Draws(self, starter)


def stream_of(attribute: str, attempt: int | None) -> str:
    """The name of the stream of an attribute, or of an attempt's own draw of it."""
    return attribute if attempt is None else f"{attribute}, attempt {attempt}"


def place(index: int, starter: int, starters: int) -> int:
    """Where call `index` of a starter stands in the values of an attribute of a `StartedRoll`."""
    return (index // PART * starters + starter) * PART + index % PART


def next_place(place: int, starters: int) -> int:
    """Where the next call of the same starter stands."""
    place += 1
    return place if place % PART else place + (starters - 1) * PART


class ArrivedRoll(Roll):
    """The draws of calls that arrive: as many as there are."""

    starters = 1

    def __init__(self, pen: Pen, laws: Laws, calls: int) -> None:
        super().__init__(pen, laws)
        self.length = calls

    def _begins(self, stream: str) -> Sequence[bytes]:
        return (self._pen.begin(stream),)

    def _fill(self, out: FloatArray, stream: str, attribute: str) -> None:
        self._pen.fill(out, stream, self._laws[attribute])

    def column(self, stream: str, attribute: str, starter: int, length: int) -> FloatArray:
        """The first `length` values."""
        return self._pen.draw(stream, self._laws[attribute], length)


class StartedRoll(Roll):
    """The draws of calls that agents of one group, or users, start: as many as they come to.

    Parts of 128 calls have a stream each, in which the starters stand one after another. So one
    more starter leaves the draws of the others as they were, and so does one more part; how long
    the calls of a day last, how many there are of them and how many were drawn play no role.
    """

    def __init__(self, pen: Pen, laws: Laws, group: str, starters: int) -> None:
        super().__init__(pen, laws)
        self._group = group
        self.starters = starters
        self.length = PART
        self._parts: dict[tuple[str, int], FloatArray] = {}

    @property
    def parts(self) -> int:
        """How many parts are drawn."""
        return self.length // PART

    def lengthen(self, parts: int) -> None:
        """See to it that there are so many parts; what was drawn stays as it was."""
        self.length = max(self.length, parts * PART)

    def _begins(self, stream: str) -> Sequence[bytes]:
        return [self._pen.begin(stream, self._group, part) for part in range(self.parts)]

    def _fill(self, out: FloatArray, stream: str, attribute: str) -> None:
        for part, values in enumerate(out.reshape(self.parts, -1)):
            self._pen.fill(values, stream, self._laws[attribute], self._group, part)

    def column(self, stream: str, attribute: str, starter: int, length: int) -> FloatArray:
        """The first `length` values of one starter, a whole number of parts."""
        parts = (self._part(stream, attribute, part)[starter] for part in range(length // PART))
        return np.concatenate(tuple(parts))

    def _part(self, stream: str, attribute: str, part: int) -> FloatArray:
        if (stream, part) not in self._parts:
            values = np.empty(self.starters * PART)
            self._pen.fill(values, stream, self._laws[attribute], self._group, part)
            self._parts[stream, part] = values.reshape(self.starters, PART)
        return self._parts[stream, part]


class Draws:
    """The draws of one starter's calls: `values[attribute][i]` is what call i gets.

    Plain lists, because whoever uses them reads one number at a time; each is drawn when it is
    first asked for.
    """

    def __init__(self, roll: Roll, starter: int) -> None:
        self._roll = roll
        self._starter = starter
        self.length = roll.length
        self.values = _Columns(self)
        self._anew: dict[tuple[str, int], list[float]] = {}

    def grow(self) -> None:
        """Draw more of what can go on; what was drawn stays as it was."""
        assert isinstance(self._roll, StartedRoll), "calls that arrive are all drawn"
        self.length *= 2
        self._roll.lengthen(self.length // PART)
        self.values.clear()
        self._anew.clear()

    def anew(self, attribute: str, attempt: int, index: int) -> float:
        """What call `index` gets of an attribute that is drawn anew for every attempt."""
        if (attribute, attempt) not in self._anew:
            self._anew[attribute, attempt] = self.column(attribute, attempt)
        return self._anew[attribute, attempt][index]

    def column(self, attribute: str, attempt: int | None = None) -> list[float]:
        """Every value drawn so far."""
        stream = stream_of(attribute, attempt)
        drawn: list[float] = self._roll.column(
            stream, attribute, self._starter, self.length
        ).tolist()
        return drawn


class _Columns(dict[str, list[float]]):
    """Lists by attribute, made when they are first asked for."""

    def __init__(self, draws: Draws) -> None:
        super().__init__()
        self._draws = draws

    def __missing__(self, attribute: str) -> list[float]:
        column = self[attribute] = self._draws.column(attribute)
        return column
