"""After how many days a study looks at what it has, and whether it goes on.

The looks are fixed before the first day is run, and days are added to those that there are: so the
days of a study follow from its floor and its settings alone, whatever the workers. Who looks often,
and stops as soon as an interval happens to be short, stops too early too often; so the first look
is not an early one, and each has half as many days more than the last.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from flexports.experiment import Experiment, Wanted, summary
from flexports.study.precision import lacking
from flexports.study.results import Sweep

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


class Schedule(Protocol):
    """How many days a point of an experiment gets, and after which of them that is looked at."""

    def rounds(self) -> Iterable[range]:
        """Days to run, one range after another, from day 0 and without gaps."""
        ...

    def is_enough(self, sweep: Sweep) -> bool:
        """Whether a point whose days say this needs no more of them."""
        ...


@dataclass(frozen=True)
class FixedDays:
    """As many days as were asked for."""

    days: int

    def rounds(self) -> Iterable[range]:
        """All days at once."""
        return [range(self.days)]

    def is_enough(self, sweep: Sweep) -> bool:
        """Whether all of them were run."""
        return sweep.days >= self.days


@dataclass(frozen=True)
class UntilPrecise:
    """Days until all that was asked for is known well enough, from look to look.

    Attributes
    ----------
    wanted : tuple of Wanted
    most_days : int
    deadline : Deadline
        After it no round is begun, but for the first of each point.
    """

    wanted: tuple[Wanted, ...]
    most_days: int
    deadline: Deadline

    def rounds(self) -> Iterator[range]:
        """Days from each look to the next."""
        start = 0
        for end in looks(self.most_days):
            if start and self.deadline.has_passed:
                return
            yield range(start, end)
            start = end

    def is_enough(self, sweep: Sweep) -> bool:
        """Whether every estimate of each metric is known as well as was asked for."""
        return not lacking(sweep, self.wanted)


def schedule_of(experiment: Experiment) -> Schedule:
    """Return the schedule that an experiment asks for, beginning now."""
    if experiment.days is not None:
        return FixedDays(experiment.days)
    most = summary(experiment).days
    return UntilPrecise(tuple(experiment.precision), most, Deadline(experiment.max_time_s))
