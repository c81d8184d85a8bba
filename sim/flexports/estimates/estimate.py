"""A value with its confidence interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

SHARE = "share"
SECONDS = "s"
PER_DAY = "per day"
PORTS = "ports"
LINES = "lines"


@dataclass(frozen=True)
class Estimate:
    """One metric of one source, of the ports, or of a group of agents.

    Attributes
    ----------
    source : str
        The name of the source or group, ``ports``, or ``cost``.
    metric : str
    unit : str
        ``share`` (0..1), ``s``, ``per day``, ``ports``, or ``lines`` of a source's own.
    value : float
        NaN where there was nothing to take it from: the share of no calls, the hold of nobody.
    low, high : float
        The confidence interval, never of zero width. NaN where the value is, and for one day alone.
        A quantile that those days cannot bound from above has an infinite `high`.
    """

    source: str
    metric: str
    unit: str
    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the length of the interval."""
        return (self.high - self.low) / 2.0

    @property
    def relative_half_width(self) -> float:
        """Half the length of the interval over the value; infinite for a value of zero.

        Examples
        --------
        >>> Estimate("toll-free", "blocking", "share", 0.10, 0.09, 0.12).relative_half_width
        0.15
        """
        if self.value == 0.0:
            return math.inf
        return self.half_width / abs(self.value)


@dataclass(frozen=True)
class IntervalEstimate(Estimate):
    """One metric in one interval of the day.

    Attributes
    ----------
    from_s : float
        When the interval begins, seconds from opening.
    """

    from_s: float
