"""The smallest port count that meets the targets, and how sure that is.

A count is said to meet a target, or to miss it, only if the whole interval lies on one side of the
bound. Those intervals hold at once, so that the answer is wrong with a chance of no more than one
minus the confidence:

- for all looks: after the first, at most `_FIRST_LOOK` days, counts about which nothing is certain
  are run on, doubling their days, until it is or the days are spent (`flexports.estimates.looks`);
- for all targets of a count (Bonferroni);
- for all counts: where more ports can only help, the intervals of the one count that matters on
  either side are enough, because a larger count that fails, or a smaller one that does not, would
  show on it before (a test of hypotheses in order: Marcus, Peritz and Gabriel 1976, "On closed
  testing procedures", Biometrika 63, 655-660). A service level or an abandonment may go either way
  with ports; it counts as many times as there may be counts tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flexports.engine import DEFAULT_ENGINE
from flexports.estimates.looks import tail_at_each_look
from flexports.floor import Floor
from flexports.study.blocks import calls_a_day
from flexports.study.precision import Precision, lacking
from flexports.study.progress import Progress
from flexports.study.results import CONFIDENCE, Shown, Sweep
from flexports.study.rule import Rule, rule_of_thumb
from flexports.study.runner import Runner, at_work
from flexports.study.schedule import looks
from flexports.study.settings import DEFAULT_SEED, MOST_DAYS, Settings
from flexports.study.sweep import MOST_PORTS, as_floor
from flexports.study.targets import Target, Verdict, targets_of, verdict

if TYPE_CHECKING:
    import pandas as pd

_ALL_BELOW = 12
"""Up to so many ports, every smaller count is tried."""
_BELOW, _ABOVE = 8, 2
"""The counts about the answer that are tried, where there are more."""
_PILOT_DAYS = 10
_SAMPLE = 8
"""How many counts are tried where it is not blocking that fails."""
_FIRST_LOOK, _GROWTH = 100, 2.0
_MOST_CALLS = 20_000_000
"""Of one port count, unless the days are given: a large floor tells much in a few days."""
_COUNTS_AT_ONCE = 16
"""Port counts of which a service level or an abandonment may be judged."""


class DaysBy(Enum):
    """Who says how many days there are at most, and so may allow more."""

    SEARCH = "the search, up to max_days"
    CALLER = "whoever gave the days"
    EXPERIMENT = "the experiment"


@dataclass(frozen=True, repr=False)
class Size(Shown):
    """The answer, and why.

    Attributes
    ----------
    sweep : Sweep
        The port counts that were tried.
    targets : sequence of Target
    rule : Rule
        The rule of thumb on this floor.
    looks : int
        How often the days were, or could have been, looked at.
    at_once : int
        How many sizings shall be right together.
    days_by : DaysBy
    """

    sweep: Sweep
    targets: Sequence[Target]
    rule: Rule
    looks: int = 1
    at_once: int = 1
    days_by: DaysBy = DaysBy.SEARCH

    def __repr__(self) -> str:
        """Return one line: the floor and the answer."""
        return f"<Size of {self.sweep.trial.floor.name}: ports={self.ports}>"

    @cached_property
    def judged(self) -> Sweep:
        """The same port counts, with intervals that hold for all looks, targets and counts."""
        claims = sum(1 if each.asks_for_ports else _COUNTS_AT_ONCE for each in self.targets)
        tail = (1.0 - self.sweep.confidence) / 2.0 / max(claims, 1) / self.at_once
        confidence = 1.0 - 2.0 * tail_at_each_look(tail, self.looks)
        return Sweep(self.sweep.trial, self.sweep.tallies, confidence)

    @cached_property
    def verdicts(self) -> Sequence[Verdict]:
        """What each count fails on, ascending."""
        return [verdict(self.judged, ports, self.targets) for ports in self.sweep.ports]

    @cached_property
    def undecided(self) -> Sequence[Verdict]:
        """The counts that may do with fewer ports.

        Not those that surely miss a target; nor any below one that surely lacks ports. Below one
        that misses another target, which ports may do no good, a count may still meet all.
        """
        below = [each for each in self.verdicts if self.ports is None or each.ports < self.ports]
        too_few = max((each.ports for each in below if each.surely_lacks_ports), default=0)
        return [each for each in below if each.ports > too_few and not each.is_certain]

    @property
    def windows(self) -> Sequence[range]:
        """Consecutive counts among those tried that meet all targets."""
        found: list[range] = []
        for each in self.verdicts:
            if each.meets_all:
                joins = bool(found) and found[-1].stop == each.ports
                start = found.pop().start if joins else each.ports
                found.append(range(start, each.ports + 1))
        return found

    @cached_property
    def ports(self) -> int | None:
        """The smallest count of which the confidence bounds meet all targets; None if none does."""
        return next((each.ports for each in self.verdicts if each.meets_all), None)

    @property
    def best(self) -> Verdict:
        """Where no count meets all targets, the one that comes nearest to it.

        That is the one that surely misses the fewest targets; of several, the one that is not shown
        to meet the fewest; of several, the one of which the worst is least bad.
        """
        return min(self.verdicts, key=self._distance)

    def is_tried(self, ports: int) -> bool:
        """Whether a count was tried."""
        return ports in self.sweep.tallies

    def verdict_on(self, ports: int) -> Verdict:
        """What a count that was tried fails on."""
        return next(each for each in self.verdicts if each.ports == ports)

    def _distance(self, one: Verdict) -> tuple[int, int, float]:
        """How many targets are missed, surely and at all, and the largest shortfall.

        That is a share of its bound, so that targets of different sizes compare; by itself it would
        let one target that nothing meets outweigh all others.
        """
        surely = sum(each.is_certain for each in one.failures)
        return surely, len(one.failures), self._worst_shortfall(one)

    def _worst_shortfall(self, one: Verdict) -> float:
        return max(
            (
                each.target.shortfall(each.estimate) / max(each.target.bound, 1e-9)
                for each in one.failures
            ),
            default=0.0,
        )

    @property
    def table(self) -> pd.DataFrame:
        """The tidy table of all counts that were tried."""
        return self.sweep.table


def size(
    floor: Floor | str | Path,
    *,
    days: int | None = None,
    seed: int = DEFAULT_SEED,
    engine: str = DEFAULT_ENGINE,
    workers: int = 1,
    confidence: float = CONFIDENCE,
    precision: Precision | None = None,
    max_days: int | None = None,
    max_time_s: float | None = None,
    controls: bool = True,
    executor: Executor | None = None,
    cluster: str | None = None,
    progress: Progress | bool = False,
) -> Size:
    """Find the smallest port count that meets all targets of a floor.

    Parameters
    ----------
    floor : Floor or path
    days : int, optional
        Just so many days on each port count. By default as many as the answer takes: 100, and more
        for counts of which these do not say whether they meet the targets.
    confidence : float
        That the answer is right; and of each interval of the table by itself.
    precision : float, str or sequence of str, optional
        Go on until this is known this well of every count tried, too.
    max_days : int, optional
        The most days on a port count; by default 6,400, and fewer on floors of many calls a day.
    max_time_s : float, optional
        No more days are begun after this time.
    seed, engine, workers, controls, executor, cluster, progress
        As for `sweep`.

    Returns
    -------
    Size
        With `ports` the answer, or None.

    Raises
    ------
    InputError
        If the floor or a number cannot be used.

    Notes
    -----
    A count meets a target if the whole confidence interval does. Ports beyond the most that were
    ever busy on an unlimited pool change nothing (but for those that a source keeps free), so the
    answer lies up to there: a pilot of a few days finds it roughly, by halving, and more days are
    run on the counts about it, and on more counts until the one below the answer fails. Blocking
    falls with ports; a service level need not, and where it is what fails, counts up to there are
    tried in steps.
    """
    settings = Settings(
        days=days,
        seed=seed,
        engine=engine,
        workers=workers,
        confidence=confidence,
        precision=precision,
        max_days=max_days,
        max_time_s=max_time_s,
        controls=controls,
        executor=executor,
        cluster=cluster,
        progress=progress,
    )
    with at_work(settings) as runner_of:
        return Search(runner_of(as_floor(floor))).answer()


def looks_of(settings: Settings, floor: Floor) -> Sequence[int]:
    """After how many days a search looks at what it knows."""
    if settings.days is not None:
        return [settings.days]
    most = settings.max_days
    if most is None:
        affordable = int(_MOST_CALLS / max(calls_a_day(floor), 1.0))
        most = max(_FIRST_LOOK, min(MOST_DAYS, affordable))
    return looks(most, _FIRST_LOOK, _GROWTH)


class Search:
    """Which counts to try, and on how many days.

    Parameters
    ----------
    runner : Runner
    at_once : int
        How many sizings, this among them, shall be right together.
    """

    def __init__(self, runner: Runner, at_once: int = 1) -> None:
        self._runner = runner
        self._at_once = at_once
        self._floor = runner.trial.floor
        self._rule = rule_of_thumb(self._floor)
        self._looks = looks_of(runner.settings, self._floor)
        self._days_by = DaysBy.SEARCH if runner.settings.days is None else DaysBy.CALLER
        self._most = self._enough()

    def answer(self) -> Size:
        """Look after more and more days, at those counts that are still in doubt."""
        found = self._settled(set(self._first_counts()))
        for days in self._looks[1:]:
            in_doubt = self._in_doubt(found)
            if not in_doubt or self._runner.is_out_of_time:
                break
            self._runner.run(in_doubt, days)
            found = self._settled(set(found.sweep.ports))
        return found

    def _settled(self, tried: set[int]) -> Size:
        """Try more counts for as long as those there are do not show where the answer lies."""
        while True:
            result = self._runner.run(sorted(tried), self._looks[0])
            targets = targets_of(self._floor, result)
            times = len(self._looks), self._at_once
            found = Size(result, targets, self._rule, *times, self._days_by)
            more = set(self._next_counts(found)) - tried
            if not more:
                return found
            tried |= more

    def _in_doubt(self, found: Size) -> Sequence[int]:
        """The counts of which more days would tell something that matters."""
        imprecise = {each.ports for each in lacking(found.sweep, self._runner.settings.wanted)}
        undecided = {each.ports for each in found.undecided if each.can_be_decided}
        return sorted(imprecise | undecided)

    def _enough(self) -> int:
        """A count beyond which more ports change nothing, on the days that are run."""
        unlimited = self._runner.pilot(self._looks[0], [MOST_PORTS])
        kept_free = max((source.keep_free for source in self._floor.sources), default=0)
        peak = unlimited.tallies[MOST_PORTS].busy.peak
        return min(max(1, peak) + kept_free, MOST_PORTS)

    def _first_counts(self) -> Iterator[int]:
        """All counts about a guess; those of the rule of thumb among them."""
        guess = self._guess()
        lowest = 1 if guess <= _ALL_BELOW else guess - _BELOW
        yield from range(lowest, min(guess + _ABOVE, MOST_PORTS) + 1)
        for count in (self._rule.bare_minimum, self._rule.ports):
            yield max(1, min(count, MOST_PORTS))

    def _guess(self) -> int:
        """The smallest count of which a pilot's blocking meets the targets, found by halving."""
        low, high = 1, self._most
        while low < high:
            middle = (low + high) // 2
            if self._seems_to_have_enough(middle):
                high = middle
            else:
                low = middle + 1
        return low

    def _seems_to_have_enough(self, ports: int) -> bool:
        pilot = self._runner.pilot(min(_PILOT_DAYS, self._looks[0]), [ports])
        return all(
            target.seems_met_by(pilot.estimate(ports, target.source, target.metric))
            for target in targets_of(self._floor, pilot)
            if target.asks_for_ports
        )

    def _next_counts(self, found: Size) -> Iterable[int]:
        """More counts: between the answer and the largest that fails below it, or further up."""
        if found.ports is not None:
            failing = [each.ports for each in found.verdicts if each.ports < found.ports]
            return _between(max(failing, default=0), found.ports)
        if not found.is_tried(self._most):
            return [self._most]
        if found.verdict_on(self._most).lacks_ports:
            return ()  # fewer ports would block more
        highest = max(each.ports for each in found.verdicts if each.lacks_ports or each.ports == 1)
        return _in_steps(highest + 1, self._most, _SAMPLE)


def _between(failing: int, meeting: int) -> Iterable[int]:
    """What to try between a count that fails and one that meets the targets."""
    if meeting - failing > _BELOW:
        return [(failing + meeting) // 2]
    return range(failing + 1, meeting)


def _in_steps(first: int, last: int, most: int) -> Sequence[int]:
    """At most so many of the counts from first to last, evenly."""
    step = max(1, (last - first + 1) // most)
    return range(first, last + 1, step)
