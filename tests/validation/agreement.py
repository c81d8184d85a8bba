"""Whether a theory value lies where the simulation says: asked here, and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import t as student_t

ASKED = 1000
"""No more values than this are compared with simulations in the whole battery."""

CONFIDENCE = 1 - 0.01 / ASKED
"""Of each interval, so that all of them together are 99 % (Bonferroni)."""

USUAL = 0.95

_ROUNDING = 1e-9
"""A share of exactly 1 may come out of a chain as 1.0000000000000002."""


@dataclass(frozen=True)
class Simulated:
    """What a simulation says of one number.

    Attributes
    ----------
    value : float
    low, high : float
        The interval at the level of the battery.
    usual : float
        Half of the interval that one would give for this number alone, at 95 %.
    """

    value: float
    low: float
    high: float
    usual: float

    def contains(self, theory: float) -> bool:
        """Whether a theory value lies where the simulation says."""
        return self.low - _ROUNDING <= theory <= self.high + _ROUNDING

    @property
    def precision(self) -> float:
        """Half of the usual interval, as a share of the value."""
        return self.usual / abs(self.value) if self.value else math.inf


def narrowed(days: int) -> float:
    """The usual half-width as a share of one at the level of the battery (Student)."""
    usual = student_t.ppf((1 + USUAL) / 2, days - 1)
    return float(usual / student_t.ppf((1 + CONFIDENCE) / 2, days - 1))


def ratio_over_days(above: Sequence[float], below: Sequence[float]) -> Simulated:
    """Total over total across independent days, by the delta method and Student's t.

    For the numbers that cases give and tables do not. It is worked in floating point and without
    regard for rare events, unlike the estimates of the package: a check on them as well.
    """
    days = len(above)
    value = math.fsum(above) / math.fsum(below)
    squares = math.fsum((y - value * x) ** 2 for y, x in zip(above, below, strict=True))
    deviation = math.sqrt(days / (days - 1) * squares) / math.fsum(below)
    half = deviation * float(student_t.ppf((1 + CONFIDENCE) / 2, days - 1))
    return Simulated(value, value - half, value + half, half * narrowed(days))
