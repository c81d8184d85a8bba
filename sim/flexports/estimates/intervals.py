"""Confidence intervals that hold where little was seen.

docs later
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from scipy import special

Interval: TypeAlias = tuple[float, float]

UNKNOWN: Interval = (math.nan, math.nan)
_LARGEST = 1e12


@dataclass(frozen=True)
class Certainty:
    """How sure, from how many independent days.

    Attributes
    ----------
    confidence : float
        Of a two-sided interval, say 0.95.
    days : int
    """

    confidence: float
    days: int

    def __post_init__(self) -> None:
        if not 0.0 < self.confidence < 1.0:
            raise ValueError(f"a confidence of {self.confidence} is not between 0 and 1; say 0.95")

    @property
    def tail(self) -> float:
        """The chance of an error on one side, alpha / 2."""
        return (1.0 - self.confidence) / 2.0

    @cached_property
    def shrink(self) -> float:
        """By what the effective number of events shrinks as the variance is itself estimated.

        The square of the normal quantile over Student's with days - 1 degrees of freedom.
        """
        normal = special.ndtri(1.0 - self.tail)
        return float((normal / special.stdtrit(self.days - 1, 1.0 - self.tail)) ** 2)

    @property
    def unseen(self) -> float:
        """The mean number of events of which seeing none at all is just credible: 3.69 at 95 %."""
        return -math.log(self.tail)

    @property
    def unseen_days(self) -> float:
        """The share of days of which seeing none is just credible."""
        return float(-math.expm1(math.log(self.tail) / self.days))


def share_of_calls(events: int, calls: int, variance: float, sure: Certainty) -> Interval:
    if calls == 0 or sure.days < 2:
        return UNKNOWN
    if events == 0:
        return 0.0, -math.expm1(2.0 * math.log(sure.tail) / calls)
    if events == calls:
        return math.exp(2.0 * math.log(sure.tail) / calls), 1.0
    share = events / calls
    return clopper_pearson(share, min(_effective(share, variance, sure), calls), sure)


def share_of_time(
    share: float, variance: float, sure: Certainty, unseen: float | None = None
) -> Interval:
    if sure.days < 2:
        return UNKNOWN
    most = sure.unseen_days if unseen is None else min(unseen, 1.0)
    if share <= 0.0:
        return 0.0, most
    if share >= 1.0:
        return 1.0 - most, 1.0
    if variance <= 0.0:
        return share * (1.0 - most), share + (1.0 - share) * most
    return clopper_pearson(share, _effective(share, variance, sure), sure)


def amount(value: float, variance: float, sure: Certainty, unseen: float) -> Interval:
    if sure.days < 2:
        return UNKNOWN
    if variance <= 0.0:
        return max(value - unseen, 0.0), value + unseen
    events = min(value * value / variance * sure.shrink, _LARGEST)
    low = float(special.gammaincinv(events, sure.tail))
    high = float(special.gammaincinv(events + 1.0, 1.0 - sure.tail))
    return value * low / events, value * high / events


def clopper_pearson(share: float, trials: float, sure: Certainty) -> Interval:
    events, others = share * trials, (1.0 - share) * trials
    low = special.betaincinv(events, others + 1.0, sure.tail)
    high = special.betaincinv(events + 1.0, others, 1.0 - sure.tail)
    return min(float(low), share), max(float(high), share)


def _effective(share: float, variance: float, sure: Certainty) -> float:
    if variance <= 0.0:
        return _LARGEST
    return min(share * (1.0 - share) / variance * sure.shrink, _LARGEST)
