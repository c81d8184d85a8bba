"""Try port counts on the same days."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from flexports.engine import DEFAULT_ENGINE, engine_named
from flexports.floor import Floor, check_floor, read_floor
from flexports.problems import InputError, Problem
from flexports.study.blocks import Trial, blocks
from flexports.study.results import CONFIDENCE, Sweep
from flexports.study.workers import Crew
from flexports.tally import Tallies, merged
from flexports.tally.frame import SHORTEST_INTERVAL_S

DEFAULT_DAYS = 100
DEFAULT_SEED = 1
MOST_DAYS = 6400
MOST_PORTS = 10_000
_FEWEST_DAYS = 2
_MOST_DAYS_EVER = 1_000_000
_LEAST_SURE, _MOST_SURE = 0.5, 0.9999

Progress = Callable[[int, int], None]
"""Told how many days are done, of how many."""


def silent(done: int, of: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Settings:
    """How to run a study: on how many days, from which seed, on what.

    Attributes
    ----------
    days : int or None
        Days on each port count. With `precision`, the most; None: 100, or 6,400 with `precision`.
    precision : float or None
        Run until every blocking is known this well: half its interval, as a share of itself or of
        its target, whichever is more.
    """

    days: int | None = None
    seed: int = DEFAULT_SEED
    engine: str = DEFAULT_ENGINE
    workers: int = 1
    confidence: float = CONFIDENCE
    precision: float | None = None
    progress: Progress = silent
    by_s: float | None = None

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

    def _problems(self) -> Iterable[Problem]:
        if self.days is not None and not _FEWEST_DAYS <= self.days <= _MOST_DAYS_EVER:
            yield Problem(
                "days",
                self.days,
                "is too few: an interval needs 2 days or more"
                if self.days < _FEWEST_DAYS
                else "is more than can be run",
                "write 100",
            )
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
        if self.precision is not None and not 0 < self.precision < 1:
            yield Problem(
                "precision", self.precision, "is not between 0 and 1", "write 0.05 for 5 percent"
            )

    def _wrong_types(self) -> Iterable[Problem]:
        for name in ("days", "seed", "workers"):
            value = getattr(self, name)
            if value is not None and type(value) is not int:
                yield Problem(name, value, "is not a whole number", "write one such as 100")
        for name in ("confidence", "precision", "by_s"):
            value = getattr(self, name)
            if value is not None and type(value) not in (int, float):
                yield Problem(name, value, "is not a number", "write one such as 0.95")

    @property
    def most_days(self) -> int:
        """The days to run, or the most if a precision decides."""
        if self.days is not None:
            return self.days
        return DEFAULT_DAYS if self.precision is None else MOST_DAYS

    def crew(self) -> Crew:
        """Engage the workers, as the engine likes them best."""
        return Crew(self.workers, in_threads=engine_named(self.engine).uses_threads)

    def rounds(self) -> Sequence[range]:
        """Days in rounds after which the precision is looked at; each doubles what there is."""
        if self.precision is None:
            return [range(self.most_days)]
        ends = [min(50, self.most_days)]
        while ends[-1] < self.most_days:
            ends.append(min(2 * ends[-1], self.most_days))
        return [range(start, end) for start, end in zip([0, *ends], ends, strict=False)]


def sweep(
    floor: Floor | str | Path,
    ports: Iterable[int],
    *,
    days: int | None = None,
    seed: int = DEFAULT_SEED,
    engine: str = DEFAULT_ENGINE,
    workers: int = 1,
    confidence: float = CONFIDENCE,
    precision: float | None = None,
    progress: Progress = silent,
    by_s: float | None = None,
) -> Sweep:
    """Run a floor on several port counts, all on the same traffic.

    Parameters
    ----------
    floor : Floor or path
    ports : iterable of int
        The port counts.
    days : int, default 100
        Days on each port count; with `precision`, the most (default 6,400).
    seed : int
        One seed gives one result, whatever the port counts, the workers and the engine.
    engine : str
    workers : int
        Threads; or processes, for an engine that the interpreter runs. A script that asks for more
        than one of these keeps its work under ``if __name__ == "__main__":``.
    confidence : float
        Of every interval.
    precision : float, optional
        Run until every blocking is known this well: half its interval as a share of itself or of
        its target, whichever is more.
    progress : callable, optional
        Told how many days are done, of how many.
    by_s : float, optional
        Count by intervals of the day of this length too: see `Sweep.by_interval`.

    Returns
    -------
    Sweep

    Raises
    ------
    InputError
        If the floor or a number cannot be used.

    Examples
    --------
    >>> from flexports.floor.template import new_floor_text
    >>> from flexports.floor.read import parse_floor
    >>> result = sweep(parse_floor(new_floor_text("Plain")), ports=[2, 4], days=3, seed=7)
    >>> result.ports
    (2, 4)
    """
    settings = Settings(days, seed, engine, workers, confidence, precision, progress, by_s)
    with settings.crew() as crew:
        return Runner(as_floor(floor), settings, crew).sweep(ports)


def as_floor(floor: Floor | str | Path) -> Floor:
    """Return the floor, checked, or read from its file if it is a path."""
    if not isinstance(floor, Floor):
        return read_floor(floor)
    check_floor(floor)
    return floor


class Runner:
    """Runs days of one floor and keeps what it has run."""

    def __init__(self, floor: Floor, settings: Settings, crew: Crew) -> None:
        self.trial = Trial(floor, settings.seed, engine_named(settings.engine).name, settings.by_s)
        self.settings = settings
        self._crew = crew
        self._kept: Tallies | None = None

    def sweep(self, ports: Iterable[int]) -> Sweep:
        """Run the days on these port counts, until the precision is reached if there is one.

        Without one, a count that was run before is not run again.
        """
        counts = port_counts(ports)
        if self.settings.precision is None:
            return self._completed(counts)
        so_far: list[Tallies] = []
        for days in self.settings.rounds():
            so_far = [merged(chain(so_far, self._run(days, counts)))]
            result = Sweep(self.trial, so_far[0], self.settings.confidence)
            if is_precise(result, self.settings.precision):
                break
        return result

    def _completed(self, counts: Sequence[int]) -> Sweep:
        missing = [count for count in counts if self._kept is None or count not in self._kept]
        if missing:
            found = merged(self._run(range(self.settings.most_days), missing))
            self._kept = found if self._kept is None else self._kept.beside(found)
        assert self._kept is not None
        return Sweep(self.trial, self._kept.among(counts), self.settings.confidence)

    def pilot(self, days: int, ports: Sequence[int]) -> Sweep:
        """Run the first few days only."""
        days = min(days, self.settings.most_days)
        tallies = merged(self._run(range(days), ports))
        return Sweep(self.trial, tallies, self.settings.confidence)

    def _run(self, days: range, counts: Sequence[int]) -> Iterable[Tallies]:
        jobs = list(blocks(days, self.trial.floor))
        run = partial(self.trial.tallies, ports=counts)
        for job, tallies in zip(jobs, self._crew.in_order(run, jobs), strict=True):
            self.settings.progress(job.stop, days.stop)
            yield tallies


def port_counts(ports: Iterable[int]) -> tuple[int, ...]:
    """Return port counts ascending, each once.

    Raises
    ------
    InputError
        If there is none, or one is out of range.
    """
    given: list[object] = list(ports)
    for count in given:
        if type(count) is not int:
            rule, remedy = "is no port count", "write whole numbers"
            raise InputError(Problem("ports", count, rule, remedy))
    counts = tuple(sorted({count for count in given if isinstance(count, int)}))
    if not counts:
        raise InputError(Problem("ports", [], "names no port count", "write 1-12"))
    wrong = [count for count in counts if not 1 <= count <= MOST_PORTS]
    if wrong:
        raise InputError(
            Problem("ports", wrong[0], "is no port count", f"write a number from 1 to {MOST_PORTS}")
        )
    return counts


def is_precise(result: Sweep, precision: float) -> bool:
    """Whether every blocking that has a target is known well enough."""
    floor = result.trial.floor
    return all(
        each.half_width <= precision * max(each.value, bound)
        for estimates in result.estimates.values()
        for each in estimates
        if each.metric == "blocking"
        and not math.isnan(each.value)
        and (bound := floor.targets.blocking_of(each.source)) is not None
    )
