"""Everything random, drawn before the simulation starts.

A tape holds the random input of one day: when calls arrive and, for each call, how long its talk
lasts, when its patience is spent, how its dial ends. Engines only read it, so every port count and
every engine sees the same traffic (common random numbers).

Each sequence of draws has its own stream, keyed by seed, day, name of the source and attribute, and
for the calls that an agent starts by his group and his place in it. Nothing else counts: adding a
source, an agent or a port leaves every other stream as it was. Streams come from one Philox
generator (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), whose key and counter
can be set at will: seed, source, group and attribute make the key; day and agent are the high words
of the counter, which leaves 2**128 blocks of draws to each stream.

A sequence that nobody knows the length of (an agent's dials) grows by being drawn again from its
beginning, twice as long. Laws fill an array one value after another (`Law.sample`), so the longer
sequence begins with the shorter one, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_FIRST_LENGTH = 64
_AMPLE = 1.1
"""How many more draws than a sequence is expected to need are made at first."""


class Starter(NamedTuple):
    """The agent who starts a sequence of calls: his group, and his place in it from 0."""

    group: str
    place: int


NOBODY = Starter("", 0)
_ALL_SOURCES = ""
"""No source has this name."""


class Sampled(Protocol):
    """What a law offers to the tape."""

    def sample(self, generator: np.random.Generator, size: int) -> FloatArray:
        """Draw `size` values, of which the first k do not depend on `size`."""
        ...


Laws = Mapping[str, Sampled]


@lru_cache(maxsize=4096)
def _key(seed: int, source: str, group: str, attribute: str) -> NDArray[np.uint64]:
    text = f"{seed}\0{source}\0{group}\0{attribute}".encode()
    return np.frombuffer(blake2b(text, digest_size=16).digest(), dtype="<u8").astype(np.uint64)


class Streams:
    """The streams of one seed: a generator set to the beginning of the one that is asked for.

    One generator serves all streams in turn, because setting its key and counter costs a tenth of
    making a new one. It is therefore good until the next stream is asked for.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._philox = np.random.Philox(0)
        self._generator = np.random.Generator(self._philox)
        self._state = self._philox.state
        self._counter = np.zeros(4, dtype=np.uint64)

    def at(
        self, day: int, source: str, attribute: str, starter: Starter = NOBODY
    ) -> np.random.Generator:
        """Return the generator at the beginning of a stream."""
        self._counter[2], self._counter[3] = starter.place, day
        self._state["state"] = {
            "counter": self._counter,
            "key": _key(self._seed, source, starter.group, attribute),
        }
        self._state["buffer_pos"] = 4  # nothing is left over from the stream before
        self._state["has_uint32"] = 0
        self._philox.state = self._state
        return self._generator

    def factor(self, day: int, source: str, cv: float) -> float:
        """Draw how busy a day is: a gamma factor of mean 1."""
        if cv == 0:
            return 1.0
        return float(self.at(day, source, "day_cv").gamma(cv**-2, cv**2))


class Pen:
    """Draws what one source needs for one day."""

    def __init__(self, streams: Streams, day: int, source: str, day_factor: float = 1.0) -> None:
        self._streams = streams
        self._day = day
        self._source = source
        self._day_factor = day_factor

    def draw(
        self, attribute: str, law: Sampled, size: int, starter: Starter = NOBODY
    ) -> FloatArray:
        """Draw the first `size` values of an attribute."""
        return law.sample(self._streams.at(self._day, self._source, attribute, starter), size)

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
        starts = np.asarray(starts_s, dtype=np.float64)
        rates = np.asarray(rates_per_s, dtype=np.float64) * self._busyness(day_cv)
        mean_at_end = np.cumsum(np.diff(starts, append=max(until_s, starts[-1])) * rates)
        mean_at_start = np.concatenate(([0.0], mean_at_end[:-1]))
        unit_epochs = self._unit_epochs(attribute, float(mean_at_end[-1]))
        piece = np.searchsorted(mean_at_end, unit_epochs, side="right")
        epochs = starts[piece] + (unit_epochs - mean_at_start[piece]) / rates[piece]
        return epochs[epochs < until_s]

    def _busyness(self, day_cv: float) -> float:
        return self._day_factor * self._streams.factor(self._day, self._source, day_cv)

    def _unit_epochs(self, attribute: str, until: float) -> FloatArray:
        size = int(until + 6 * until**0.5) + 16
        while True:
            generator = self._streams.at(self._day, self._source, attribute)
            epochs = np.cumsum(generator.standard_exponential(size))
            if epochs[-1] >= until:
                return epochs[epochs < until]
            size *= 2


class Draws:
    """The draws of a sequence of calls: `values[attribute][i]` is what call i gets.

    Plain lists, because an engine reads one number at a time.
    """

    def __init__(self, pen: Pen, laws: Laws, length: int, starter: Starter = NOBODY) -> None:
        self._pen = pen
        self._laws = laws
        self._starter = starter
        self.length = length
        self.values: dict[str, list[float]] = {}
        self._anew: dict[tuple[str, int], list[float]] = {}
        for attribute in laws:
            self.values[attribute] = self._drawn(attribute, attribute)

    def grow(self) -> None:
        """Draw as many again; what was drawn stays as it was."""
        self.length *= 2
        self._anew.clear()
        for attribute in self._laws:
            self.values[attribute] = self._drawn(attribute, attribute)

    def anew(self, attribute: str, attempt: int, index: int) -> float:
        """What call `index` gets of an attribute that is drawn anew for every attempt."""
        if (attribute, attempt) not in self._anew:
            stream = f"{attribute}, attempt {attempt}"
            self._anew[attribute, attempt] = self._drawn(attribute, stream)
        return self._anew[attribute, attempt][index]

    def _drawn(self, attribute: str, stream: str) -> list[float]:
        law = self._laws[attribute]
        drawn: list[float] = self._pen.draw(stream, law, self.length, self._starter).tolist()
        return drawn


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

    def calls_an_agent(self, length_s: float) -> float:
        """Roughly how many calls one agent starts, if he does."""
        ...


class Reel:
    """One source's part of the tape: its arrivals and the draws of its calls."""

    def __init__(
        self, pen: Pen, laws: Laws, arrivals_s: FloatArray | None, calls_an_agent: float
    ) -> None:
        self._pen = pen
        self._laws = laws
        self._calls_an_agent = int(_AMPLE * calls_an_agent) + _FIRST_LENGTH
        self.arrivals_s: list[float] = [] if arrivals_s is None else arrivals_s.tolist()
        self.draws = Draws(pen, laws, len(self.arrivals_s))
        self._by_starter: dict[Starter, Draws] = {}

    def of_agent(self, starter: Starter) -> Draws:
        """Return the draws of the calls that one agent starts."""
        if starter not in self._by_starter:
            self._by_starter[starter] = Draws(self._pen, self._laws, self._calls_an_agent, starter)
        return self._by_starter[starter]


@dataclass(frozen=True)
class Tape:
    """The random input of one day, a reel for each source in the order of the floor."""

    reels: tuple[Reel, ...]

    def arrivals(self) -> Iterator[tuple[float, int, int]]:
        """Every arrival in order of time, then source, then call: (time, source, call)."""
        times = [np.asarray(reel.arrivals_s) for reel in self.reels]
        lines = np.repeat(np.arange(len(times)), [len(each) for each in times])
        calls = np.concatenate([np.arange(len(each)) for each in times])
        joined = np.concatenate(times)
        order = np.lexsort((calls, lines, joined))
        return zip(
            joined[order].tolist(), lines[order].tolist(), calls[order].tolist(), strict=True
        )


def draw_tape(
    sources: Sequence[Drawn],
    *,
    seed: int,
    day: int,
    opens_s: float,
    length_s: float,
    day_cv: float = 0.0,
) -> Tape:
    """Draw the tape of one day.

    Parameters
    ----------
    sources : sequence
        The sources of a floor.
    seed : int
        The seed of the whole experiment.
    day : int
        The number of the day, from 0.
    opens_s, length_s : float
        Opening time (seconds after midnight) and hours (seconds), for rates by time of day.
    day_cv : float
        The spread of a gamma factor on the rates of all sources together.

    Returns
    -------
    Tape
    """
    streams = Streams(seed)
    day_factor = streams.factor(day, _ALL_SOURCES, day_cv)
    reels = []
    for source in sources:
        pen = Pen(streams, day, source.name, day_factor)
        arrivals_s = source.arrivals_s(pen, opens_s, length_s)
        reels.append(Reel(pen, source.draws(), arrivals_s, source.calls_an_agent(length_s)))
    return Tape(tuple(reels))
