"""After how many days a study looks at what it has, and whether it goes on.

The looks are fixed before the first day is run, and days are added to those that there are: so the
days of a study follow from its floor and its settings alone, whatever the workers. Who looks often,
and stops as soon as an interval happens to be short, stops too early too often; so the first look
is not an early one, and each has half as many days more than the last.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

FIRST_LOOK = 64
"""Days before the first look at a precision."""
GROWTH = 1.5


def looks(most: int, first: int = FIRST_LOOK, growth: float = GROWTH) -> Sequence[int]:
    """Return the numbers of days after which a study looks, up to the most that it may run.

    Examples
    --------
    >>> looks(200)
    [64, 96, 144, 200]
    >>> looks(400, first=100, growth=2.0)
    [100, 200, 400]
    """
    found = [min(first, most)]
    while found[-1] < most:
        found.append(min(math.ceil(found[-1] * growth), most))
    return found


@dataclass(frozen=True)
class Deadline:
    """The time after which no more days are begun.

    Attributes
    ----------
    allowed_s : float or None
        From now on; None: any time.
    """

    allowed_s: float | None = None
    _began_s: float = field(default_factory=time.monotonic)

    @property
    def has_passed(self) -> bool:
        """Whether it is over."""
        return self.allowed_s is not None and time.monotonic() - self._began_s >= self.allowed_s


def spans(ends: Sequence[int]) -> Iterator[range]:
    """The days from each look to the next."""
    return (range(start, end) for start, end in zip([0, *ends], ends, strict=False))
