"""Streams of random numbers, each keyed by what it is for and by nothing else."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_WORDS = 3
"""Words of a stream's state that its key decides; the fourth of SFC64 counts from 1."""


@lru_cache(maxsize=4096)
def _hash_of(seed: int, source: str, group: str, attribute: str) -> blake2b:
    """What the streams of one attribute have in common; it is copied, and never updated."""
    text = f"{seed}\0{source}\0{group}\0{attribute}\0".encode()
    return blake2b(text, digest_size=8 * _WORDS)


class Streams:
    """The streams of one seed: a generator set to the beginning of the one that is asked for.

    One generator serves all streams in turn, because setting its state costs a tenth of making a
    new one. It is therefore good until the next stream is asked for, and for one thread.

    Notes
    -----
    The generator is SFC64 (Doty-Humphrey, PractRand 0.94, "sfc"), of 256 bits: a hash of the key
    gives 192 of them, and the last 64 are a counter, so that no stream repeats within 2**64 draws.
    That two streams ever meet has a chance of some 2**-150 for a million of them.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._bits = np.random.SFC64(0)
        self._generator = np.random.Generator(self._bits)
        self._state = self._bits.state
        self._words = np.ones(_WORDS + 1, dtype=np.uint64)
        self._state["state"] = {"state": self._words}
        self._state["has_uint32"] = 0

    def begin(self, day: int, source: str, attribute: str, group: str = "", part: int = 0) -> bytes:
        """The state in which a stream begins: its first three words, little-endian."""
        key = _hash_of(self._seed, source, group, attribute).copy()
        key.update(b"%d\0%d" % (day, part))
        return key.digest()

    def at(
        self, day: int, source: str, attribute: str, group: str = "", part: int = 0
    ) -> np.random.Generator:
        """Return the generator at the beginning of a stream."""
        begin = self.begin(day, source, attribute, group, part)
        self._words[:_WORDS] = np.frombuffer(begin, dtype="<u8")
        self._bits.state = self._state
        return self._generator

    def factor(self, day: int, source: str, cv: float) -> float:
        """Draw how busy a day is: a gamma factor of mean 1."""
        if cv == 0:
            return 1.0
        return float(self.at(day, source, "day_cv").gamma(cv**-2, cv**2))
