"""How to run a study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property

from flexports.engine import DEFAULT_ENGINE, engine_named
from flexports.experiment.precision import Wanted
from flexports.problems import InputError, Problem
from flexports.study.hiring import hired
from flexports.study.precision import Precision, wanted_of
from flexports.study.progress import Progress
from flexports.study.results import CONFIDENCE
from flexports.study.schedule import looks
from flexports.study.workers import Crew
from flexports.tally.frame import SHORTEST_INTERVAL_S

DEFAULT_DAYS = 100
DEFAULT_SEED = 1
MOST_DAYS = 6400
_FEWEST_DAYS = 2
_MOST_DAYS_EVER = 1_000_000
_LEAST_SURE, _MOST_SURE = 0.5, 0.9999
_WHOLE = ("days", "seed", "workers", "max_days")
_NUMBERS = ("confidence", "by_s", "max_time_s")


@dataclass(frozen=True)
class Settings:
    """How to run a study: on how many days, from which seed, on what.

    Attributes
    ----------
    days : int or None
        Days on each port count; None: as many as `precision` takes, or 100.
    precision : float, str, or sequence
        Run until this is known this well (`flexports.experiment.precision`).
    max_days : int or None
        The most days, with a precision; None: 6,400.
    max_time_s : float or None
        With a precision: no more days are begun after this time.
    controls : bool
        Take out what the tape's known means explain (`flexports.estimates.explained`).
    executor, cluster
        Who runs the days, in place of `workers` of this machine (`flexports.study.hiring`).
    progress : bool or callable
        True shows a bar; a callable is told each `flexports.study.progress.Standing`.
    """

    days: int | None = None
    seed: int = DEFAULT_SEED
    engine: str = DEFAULT_ENGINE
    workers: int = 1
    confidence: float = CONFIDENCE
    precision: Precision | None = None
    progress: Progress | bool = False
    by_s: float | None = None
    max_days: int | None = None
    max_time_s: float | None = None
    controls: bool = True
    executor: Executor | None = None
    cluster: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be run.

        Raises
        ------
        InputError
        """
        problems = list(self._wrong_types()) or list(self._problems())
        if problems:
            raise InputError(problems)
        engine_named(self.engine)
        _ = self.wanted

    def _problems(self) -> Iterable[Problem]:
        for name, days in (("days", self.days), ("max_days", self.max_days)):
            if days is not None and not _FEWEST_DAYS <= days <= _MOST_DAYS_EVER:
                rule = "is more than can be run"
                if days < _FEWEST_DAYS:
                    rule = "is too few: an interval needs 2 days or more"
                yield Problem(name, days, rule, "write 100")
        if self.by_s is not None and not self.by_s >= SHORTEST_INTERVAL_S:
            yield Problem("by", self.by_s, "is no length of an interval", "write '15 min'")
        if not 0 <= self.seed < 2**64:
            yield Problem(
                "seed", self.seed, "is not a seed", "write a whole number from 0 to 2**64 - 1"
            )
        if self.workers < 1:
            yield Problem("workers", self.workers, "is too few", "write 1 or more")
        if not _LEAST_SURE <= self.confidence <= _MOST_SURE:
            rule = f"is not from {_LEAST_SURE} to {_MOST_SURE}"
            yield Problem("confidence", self.confidence, rule, "write 0.95")
        if self.max_time_s is not None and not self.max_time_s > 0:
            yield Problem("max_time", self.max_time_s, "is no time", "write '10 min'")
        yield from self._at_odds()

    def _at_odds(self) -> Iterable[Problem]:
        """What says twice, or in two ways, how many days to run."""
        if self.days is not None and self.max_days is not None:
            remedy = "leave out one of the two"
            yield Problem("max_days", self.max_days, f"stands beside days, {self.days}", remedy)

    def _wrong_types(self) -> Iterable[Problem]:
        for name in _WHOLE:
            value = getattr(self, name)
            if value is not None and type(value) is not int:
                yield Problem(name, value, "is not a whole number", "write one such as 100")
        for name in _NUMBERS:
            value = getattr(self, name)
            if value is not None and type(value) not in (int, float):
                yield Problem(name, value, "is not a number", "write one such as 0.95")

    @cached_property
    def wanted(self) -> tuple[Wanted, ...]:
        """What precision is asked for."""
        return wanted_of(self.precision)

    @property
    def most_days(self) -> int:
        """The days to run, or the most if a precision decides."""
        if self.days is not None:
            return self.days
        if self.max_days is not None:
            return self.max_days
        return MOST_DAYS if self.wanted else DEFAULT_DAYS

    @property
    def looks(self) -> Sequence[int]:
        """After how many days to see whether the precision is reached."""
        return looks(self.most_days) if self.wanted else [self.most_days]

    def crew(self) -> Crew:
        """Engage the workers."""
        return hired(self.engine, self.workers, self.executor, self.cluster)
