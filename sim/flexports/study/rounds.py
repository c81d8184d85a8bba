"""How many days a point of an experiment gets, and after which of them that is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from flexports.experiment import Experiment, Wanted, summary
from flexports.study.precision import lacking
from flexports.study.results import Sweep
from flexports.study.schedule import Deadline, looks, spans


class Schedule(Protocol):
    """When to look at the days that were run, and whether they are enough."""

    @property
    def is_out_of_time(self) -> bool:
        """Whether no more days are begun, but for the first of each point."""
        ...

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
    is_out_of_time: bool = field(default=False, init=False)

    def rounds(self) -> Iterable[range]:
        """All days at once."""
        return [range(self.days)]

    def is_enough(self, sweep: Sweep) -> bool:
        """Whether all of them were run."""
        return sweep.days >= self.days


@dataclass(frozen=True)
class UntilPrecise:
    """Days until all that was asked for is known well enough.

    Attributes
    ----------
    wanted : tuple of Wanted
    most_days : int
    deadline : Deadline
        After it no days are begun, but for the first of each point.
    """

    wanted: tuple[Wanted, ...]
    most_days: int
    deadline: Deadline = field(default_factory=Deadline)

    @property
    def is_out_of_time(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline.has_passed

    def rounds(self) -> Iterator[range]:
        """The days up to each look."""
        return spans(looks(self.most_days))

    def is_enough(self, sweep: Sweep) -> bool:
        """Whether no metric that was asked for is known less well, at a look.

        Days on the way from a look to the next are not judged: that would be one more look.
        """
        return sweep.days in looks(self.most_days) and not lacking(sweep, self.wanted)


def schedule_of(experiment: Experiment) -> Schedule:
    """Return the schedule that an experiment asks for, beginning now."""
    if experiment.days is not None:
        return FixedDays(experiment.days)
    most = summary(experiment).days
    return UntilPrecise(experiment.precision, most, Deadline(experiment.max_time_s))
