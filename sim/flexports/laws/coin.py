"""Coins and choices: what decides which way a call goes. Not laws of a duration, not in files."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flexports.keys import Keyed, Share
from flexports.problems import InputError, Problem

#: How far shares may miss a sum of 1: what decimal fractions lose when they are added.
SUM_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Coin(Keyed):
    """1 with probability `share`, else 0.

    Examples
    --------
    >>> Coin(1.0).sample(np.random.default_rng(1), 3)
    array([1., 1., 1.])
    """

    share: Share

    def sample(self, generator: np.random.Generator, size: int) -> NDArray[np.float64]:
        """Return `size` zeros and ones, as floats."""
        return (generator.random(size) < self.share).astype(np.float64)


@dataclass(frozen=True)
class Choice(Keyed):
    """The place of one of the shares, which add up to 1: 0, 1, 2, ... as a float.

    Examples
    --------
    >>> Choice((0.0, 1.0, 0.0)).sample(np.random.default_rng(1), 3)
    array([1., 1., 1.])
    """

    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse shares that are not from 0 to 1 or do not add up to 1."""
        total = math.fsum(self.shares)
        if any(not 0 <= share <= 1 for share in self.shares) or abs(total - 1) > SUM_TOLERANCE:
            rule, remedy = "are not shares that add up to 1", "give shares from 0 to 1 with sum 1"
            raise InputError(Problem("Choice.shares", self.shares, rule, remedy))

    def sample(self, generator: np.random.Generator, size: int) -> NDArray[np.float64]:
        """Return the places chosen, as floats."""
        edges = np.cumsum(self.shares)
        # Over the last edge, so that rounding in the sum never makes a share of zero come up.
        chosen = np.searchsorted(edges / edges[-1], generator.random(size), side="right")
        return chosen.astype(np.float64)
