"""Two floors on the same days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flexports.engine import DEFAULT_ENGINE
from flexports.estimates import Estimate
from flexports.estimates.differences import Difference
from flexports.estimates.floors import floor_differences
from flexports.floor import Floor
from flexports.problems import NOTHING, InputError, Problem
from flexports.study.progress import Progress
from flexports.study.results import CONFIDENCE, Shown, Sweep
from flexports.study.runner import at_work
from flexports.study.settings import DEFAULT_SEED, Settings
from flexports.study.sweep import as_floor, port_counts
from flexports.tally import Tallies, merged

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_DAYS = 200
_COLUMNS = (
    *("ports_before", "ports_after", "source", "metric", "unit", "before", "after"),
    *("value", "low", "high", "days"),
)


@dataclass(frozen=True, repr=False)
class Compared(Shown):
    """How one floor differs from another, on the same days.

    Attributes
    ----------
    before, after : Sweep
        Each floor by itself, on one port count or several.
    by_day : (sequence of Tallies, sequence of Tallies)
        Of each day by itself, before and after.
    """

    before: Sweep
    after: Sweep
    by_day: tuple[Sequence[Tallies], Sequence[Tallies]]

    @property
    def days(self) -> int:
        """Days of each floor."""
        return self.before.days

    def __repr__(self) -> str:
        """Return one line: the floors and the days."""
        names = " with ".join(each.trial.floor.name for each in (self.before, self.after))
        return f"<Comparison of {names}: {self.days} days>"

    @property
    def ports(self) -> Sequence[tuple[int, int]]:
        """The port counts that are compared: before, after."""
        return tuple(zip(self.before.ports, self.after.ports, strict=True))

    @cached_property
    def differences(self) -> Sequence[Difference]:
        """The second floor minus the first, for every metric that both have.

        `ports` of each is that of the second floor, `against` that of the first.
        """
        return [
            each
            for pair in self.ports
            for each in floor_differences(
                [day[pair[0]] for day in self.by_day[0]],
                [day[pair[1]] for day in self.by_day[1]],
                self._alone(pair),
                pair,
                self.before.confidence,
            )
            if self._means_the_same(each.metric)
        ]

    def _means_the_same(self, metric: str) -> bool:
        """Whether a metric is the same on both floors: service levels are of a time."""
        times = {each.trial.within_s for each in (self.before, self.after)}
        return metric != "service_level" or len(times) == 1

    def _alone(
        self, pair: tuple[int, int]
    ) -> tuple[Mapping[tuple[str, str], Estimate], Mapping[tuple[str, str], Estimate]]:
        return (_by_metric(self.before, pair[0]), _by_metric(self.after, pair[1]))

    def estimates_of(self, difference: Difference) -> tuple[Estimate, Estimate]:
        """Return what a metric is on each floor by itself: before, after."""
        named = difference.source, difference.metric
        return (
            self.before.estimate(difference.against, *named),
            self.after.estimate(difference.ports, *named),
        )

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The rows of the tidy table."""
        rows = []
        for each in self.differences:
            before, after = self.estimates_of(each)
            named = (each.against, each.ports, each.source, each.metric, each.unit)
            cells = (*named, before.value, after.value, each.value, each.low, each.high, self.days)
            rows.append(dict(zip(_COLUMNS, cells, strict=True)))
        return rows

    @property
    def table(self) -> pd.DataFrame:
        """The tidy table: a row for each port count, source and metric.

        Columns
        -------
        ports_before, ports_after, source, metric, unit
        before, after
            The metric on each floor.
        value, low, high
            The second minus the first, with its interval.
        days
        """
        import pandas as pd

        return pd.DataFrame(self.rows, columns=_COLUMNS)


def compare(
    before: Floor | str | Path,
    after: Floor | str | Path,
    ports: int | Iterable[int] | None = None,
    *,
    days: int = DEFAULT_DAYS,
    seed: int = DEFAULT_SEED,
    engine: str = DEFAULT_ENGINE,
    workers: int = 1,
    confidence: float = CONFIDENCE,
    executor: Executor | None = None,
    progress: Progress | bool = False,
) -> Compared:
    """Tell how a floor differs from another, on the same days.

    Sources of the same name have the same traffic on both floors, so that a difference is known far
    better than either of the two.

    Parameters
    ----------
    before, after : Floor or path
    ports : int or iterable of int, optional
        The port counts, of both floors; by default each floor's own.
    days : int, default 200
    seed : int
    engine : str
    workers : int
        Threads; or processes, for an engine that the interpreter runs.
    confidence : float
        Of every interval.
    executor : Executor, optional
        Who runs the days in place of `workers`.
    progress : bool or callable
        True shows a bar; a callable is told each `Standing`.

    Returns
    -------
    Compared

    Raises
    ------
    InputError
        If a floor or a number cannot be used.

    Examples
    --------
    >>> from flexports.floor.template import new_floor_text
    >>> from flexports.floor.read import parse_floor
    >>> plain = parse_floor(new_floor_text("Plain"))
    >>> compare(plain, plain, ports=4, days=3)
    <Comparison of Plain with Plain: 3 days>
    """
    settings = Settings(
        days=days,
        seed=seed,
        engine=engine,
        workers=workers,
        confidence=confidence,
        executor=executor,
        progress=progress,
        controls=False,
    )
    with at_work(settings) as runner_of:
        runners = [runner_of(as_floor(each)) for each in (before, after)]
        counts = [_counts(runner.trial.floor, ports) for runner in runners]
        one, other = (
            runner.each_day(own, days) for runner, own in zip(runners, counts, strict=True)
        )
    return Compared(
        Sweep(runners[0].trial, merged(one), confidence),
        Sweep(runners[1].trial, merged(other), confidence),
        (one, other),
    )


def _counts(floor: Floor, ports: int | Iterable[int] | None) -> Sequence[int]:
    """The port counts that were asked for, or the floor's own.

    Raises
    ------
    InputError
        If there is none, or one is out of range.
    """
    if ports is not None:
        return port_counts([ports] if isinstance(ports, int) else ports)
    if floor.ports.count is None:
        rule = f"is missing, and {floor.name!r} has none of its own"
        raise InputError(Problem("ports", NOTHING, rule, "write 5, or 4-8"))
    return (floor.ports.count,)


def _by_metric(sweep: Sweep, ports: int) -> Mapping[tuple[str, str], Estimate]:
    return {(each.source, each.metric): each for each in sweep.estimates[ports]}
