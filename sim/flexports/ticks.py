"""Time as whole ticks, so that sums over days are exact whatever the order of the days.

A tick is 2**-20 s, about a microsecond. A time is rounded to it once, before anything is added up.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.int64]
FloatArray: TypeAlias = NDArray[np.float64]
BoolArray: TypeAlias = NDArray[np.bool_]

TICKS_PER_S = 2**20
LARGEST_S = float(2**62 // TICKS_PER_S)
_LOW = (1 << 32) - 1


def to_ticks(times_s: FloatArray) -> IntArray:
    """Round times to the nearest tick, the largest there is for times beyond some 270,000 years.

    They must be numbers: an array with NaN has no ticks.
    """
    ticks: IntArray = np.rint(np.minimum(times_s, LARGEST_S) * TICKS_PER_S).astype(np.int64)
    return ticks


def clipped(ticks: IntArray, span: tuple[int, int]) -> IntArray:
    """The times, or the end of the span that they lie beyond."""
    begin, end = span
    return np.minimum(np.maximum(ticks, begin), end)


def total(ticks: IntArray) -> int:
    """Sum as a Python integer, in two halves: exact for fewer than 2**31 terms of any size.

    Examples
    --------
    >>> total(np.array([2**62, 2**62, 2**62])) == 3 * 2**62
    True
    """
    return (int((ticks >> 32).sum()) << 32) + int((ticks & _LOW).sum())
