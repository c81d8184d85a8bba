"""Days of which the rates change, worked out: Kolmogorov's equations, piece by piece.

The number of calls present is a birth-and-death chain with other arrivals in each piece of the
profile. A piece is solved by the exponential of its matrix, with which the time spent in each state
is found as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Piece:
    """A rate, and for how long it holds."""

    rate_per_s: float
    length_s: float


def sinusoid(mean_per_s: float, swing: float, period_s: float, pieces: int) -> list[Piece]:
    """One period of ``mean (1 + swing sin)``, as pieces that each have their mean rate."""
    edges = np.linspace(0, 2 * np.pi, pieces + 1)
    means = -np.diff(np.cos(edges)) / np.diff(edges)
    return [Piece(mean_per_s * (1 + swing * mean), period_s / pieces) for mean in means.tolist()]


@dataclass(frozen=True)
class Present:
    """Callers present: at most `ports`, of whom `servers` are served, each for `served_s`."""

    ports: int
    servers: int
    served_s: float

    def through(self, state: Vector, piece: Piece) -> tuple[Vector, Vector]:
        """Probabilities after a piece, and the expected time in each state within it."""
        size = self.ports + 1
        both = np.zeros((2 * size, 2 * size))
        both[:size, :size] = self._rates(piece.rate_per_s) * piece.length_s
        both[:size, size:] = np.eye(size) * piece.length_s
        grown = np.concatenate([state, np.zeros(size)]) @ expm(both)
        return grown[:size], grown[size:]

    def arrivals_by_state(self, state: Vector, pieces: Sequence[Piece]) -> tuple[Vector, Vector]:
        """How many calls find 0, 1, ... present, on average; and the probabilities at the end."""
        found = np.zeros(self.ports + 1)
        for piece in pieces:
            state, spent = self.through(state, piece)
            found += piece.rate_per_s * spent
        return found, state

    def periodic(self, pieces: Sequence[Piece], periods: int = 40) -> Vector:
        """The share of the calls of one period that find 0, 1, ... present, in the long run."""
        state = np.eye(self.ports + 1)[0]
        for _ in range(periods):
            found, state = self.arrivals_by_state(state, pieces)
        return found / found.sum()

    def _rates(self, arrivals_per_s: float) -> NDArray[np.float64]:
        leaving = np.minimum(np.arange(1, self.ports + 1), self.servers) / self.served_s
        rates = np.diag(np.full(self.ports, arrivals_per_s), 1) + np.diag(leaving, -1)
        return rates - np.diag(rates.sum(axis=1))


def waits_at_most(within_s: float, ahead: int, leaving_per_s: float) -> float:
    """Whether `ahead` + 1 agents become free, one after another, within a time: Erlang's law."""
    mean = leaving_per_s * within_s
    terms = (mean**k / math.factorial(k) for k in range(ahead + 1))
    return 1 - math.exp(-mean) * math.fsum(terms)
