"""Drawing what one source needs for one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from flexports.tape.streams import FloatArray, Streams


class Sampled(Protocol):
    """What a law offers to the tape."""

    @property
    def is_continuous(self) -> bool:
        """Whether no value comes up twice."""
        ...

    @property
    def standard(self) -> str | None:
        """The generator's method that draws, once for each value, what is to be shaped."""
        ...

    def shape(self, out: FloatArray) -> None:
        """Make values of what was drawn by `standard`."""
        ...

    def fill(self, generator: np.random.Generator, out: FloatArray) -> None:
        """Fill `out` with values, of which the first k do not depend on how many there are."""
        ...


Laws = Mapping[str, Sampled]


class Pen:
    """Draws what one source needs for one day."""

    def __init__(self, streams: Streams, day: int, source: str, day_factor: float = 1.0) -> None:
        self._streams = streams
        self._day = day
        self._source = source
        self._day_factor = day_factor

    def draw(self, attribute: str, law: Sampled, size: int) -> FloatArray:
        """Draw the first `size` values of an attribute."""
        out = np.empty(size)
        self.fill(out, attribute, law)
        return out

    def fill(
        self, out: FloatArray, attribute: str, law: Sampled, group: str = "", part: int = 0
    ) -> None:
        """Fill `out` with the first values of a stream."""
        law.fill(self._streams.at(self._day, self._source, attribute, group, part), out)

    def begin(self, attribute: str, group: str = "", part: int = 0) -> bytes:
        """The state in which a stream begins, as `Streams.begin` tells it."""
        return self._streams.begin(self._day, self._source, attribute, group, part)

    def poisson(
        self,
        attribute: str,
        starts_s: Sequence[float],
        rates_per_s: Sequence[float],
        until_s: float,
        day_cv: float = 0.0,
    ) -> FloatArray:
        """Draw the epochs of a Poisson process with a piecewise constant rate.

        Epochs of a process of rate 1 are laid along the mean number of arrivals so far (a change of
        time: Cinlar 1975, "Introduction to Stochastic Processes", chapter 4), so that a higher rate
        brings the same arrivals sooner.

        Parameters
        ----------
        attribute : str
            The name of the stream.
        starts_s : sequence of float
            Where each rate begins, ascending, seconds from opening.
        rates_per_s : sequence of float
            One for each start.
        until_s : float
            No arrival at or after this time.
        day_cv : float
            The spread of a gamma factor of mean 1 on the rates of the day; the factor that all
            sources share comes on top of it.

        Returns
        -------
        array of float64, ascending
        """
        busyness = self._busyness(day_cv)
        if len(rates_per_s) == 1:
            start_s, rate = starts_s[0], rates_per_s[0] * busyness
            unit_epochs = self._unit_epochs(attribute, (max(until_s, start_s) - start_s) * rate)
            return _before(until_s, start_s + unit_epochs / rate)
        starts = np.asarray(starts_s, dtype=np.float64)
        rates = np.asarray(rates_per_s, dtype=np.float64) * busyness
        mean_at_end = np.cumsum(np.diff(starts, append=max(until_s, starts[-1])) * rates)
        mean_at_start = np.concatenate(([0.0], mean_at_end[:-1]))
        unit_epochs = self._unit_epochs(attribute, float(mean_at_end[-1]))
        piece = np.searchsorted(mean_at_end, unit_epochs, side="right")
        epochs = starts[piece] + (unit_epochs - mean_at_start[piece]) / rates[piece]
        return _before(until_s, epochs)

    def _busyness(self, day_cv: float) -> float:
        return self._day_factor * self._streams.factor(self._day, self._source, day_cv)

    def _unit_epochs(self, attribute: str, until: float) -> FloatArray:
        size = int(until + 6 * until**0.5) + 16
        while True:
            generator = self._streams.at(self._day, self._source, attribute)
            epochs = np.cumsum(generator.standard_exponential(size))
            if epochs[-1] >= until:
                return _before(until, epochs)
            size *= 2


def _before(time_s: float, ascending: FloatArray) -> FloatArray:
    """Those of some ascending times that come before another."""
    return ascending[: int(ascending.searchsorted(time_s))]
