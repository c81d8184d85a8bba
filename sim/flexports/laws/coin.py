"""Coins and choices: what decides which way a call goes. Not laws of a duration, not in files."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flexports.keys import Keyed, Share
from flexports.laws.base import Sampler, Standard
from flexports.problems import InputError, Problem

#: How far shares may miss a sum of 1: what decimal fractions lose when they are added.
SUM_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Coin(Keyed, Sampler):
    """1 with probability `share`, else 0.

    Examples
    --------
    >>> Coin(1.0).sample(np.random.default_rng(1), 3)
    array([1., 1., 1.])
    """

    share: Share

    @property
    def standard(self) -> Standard:
        """A uniform."""
        return Standard.UNIFORM

    def shape(self, out: NDArray[np.float64]) -> None:
        """Make zeros and ones."""
        np.less(out, self.share, out=out)


@dataclass(frozen=True)
class Choice(Keyed, Sampler):
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

    @property
    def standard(self) -> Standard:
        """A uniform."""
        return Standard.UNIFORM

    @cached_property
    def _edges(self) -> tuple[float, ...]:
        # Over the last edge, so that rounding in the sum never makes a share of zero come up.
        edges = np.cumsum(self.shares)
        return tuple(edge for edge in (edges[:-1] / edges[-1]).tolist() if edge < 1.0)

    def shape(self, out: NDArray[np.float64]) -> None:
        """Make the places chosen: of how many edges a uniform is not below."""
        if not self._edges:
            out.fill(0.0)
            return
        first, *others = (out >= edge for edge in self._edges)
        out[:] = first
        for each in others:
            out += each
