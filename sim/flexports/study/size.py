"""The smallest port count that meets the targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flexports.engine import DEFAULT_ENGINE
from flexports.floor import Floor
from flexports.study.results import CONFIDENCE, Shown, Sweep
from flexports.study.rule import Rule, rule_of_thumb
from flexports.study.sweep import (
    DEFAULT_SEED,
    MOST_PORTS,
    Progress,
    Runner,
    Settings,
    as_floor,
    silent,
)
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


@dataclass(frozen=True)
class Size(Shown):
    """The answer, and why.

    Attributes
    ----------
    sweep : Sweep
        The port counts that were tried.
    targets : sequence of Target
    rule : Rule
        The rule of thumb on this floor.
    """

    sweep: Sweep
    targets: Sequence[Target]
    rule: Rule

    @cached_property
    def verdicts(self) -> Sequence[Verdict]:
        """What each count fails on, ascending."""
        return [verdict(self.sweep, ports, self.targets) for ports in self.sweep.ports]

    @cached_property
    def ports(self) -> int | None:
        """The smallest count of which the confidence bounds meet all targets; None if none does."""
        return next((each.ports for each in self.verdicts if each.meets_all), None)

    @property
    def best(self) -> Verdict:
        """Where no count meets all targets, the one that comes nearest to it."""
        return min(self.verdicts, key=self._worst_shortfall)

    def is_tried(self, ports: int) -> bool:
        """Whether a count was tried."""
        return ports in self.sweep.tallies

    def verdict_on(self, ports: int) -> Verdict:
        """What a count that was tried fails on."""
        return next(each for each in self.verdicts if each.ports == ports)

    def _worst_shortfall(self, one: Verdict) -> float:
        """The largest shortfall as a share of its bound."""
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
    precision: float | None = None,
    progress: Progress = silent,
) -> Size:
    """Find the smallest port count that meets all targets of a floor.

    Parameters
    ----------
    floor : Floor or path
    days, seed, engine, workers, confidence, precision, progress
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
    answer lies up to there: a pilot of a few days finds it roughly, by halving, and all days are
    run on the counts about it, and on more until the count below the answer fails. Blocking falls
    with ports; a service level need not, and where it is what fails, counts up to there are tried
    in steps.
    """
    settings = Settings(days, seed, engine, workers, confidence, precision, progress)
    with settings.crew() as crew:
        return Search(Runner(as_floor(floor), settings, crew)).answer()


class Search:
    """Which counts to try."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._floor = runner.trial.floor
        self._rule = rule_of_thumb(self._floor)
        self._most = self._enough()

    def answer(self) -> Size:
        """Try the counts about a first guess, and more for as long as they do not decide."""
        tried = set(self._first_counts())
        while True:
            result = self._runner.sweep(tried)
            found = Size(result, targets_of(self._floor, result), self._rule)
            more = set(self._next_counts(found)) - tried
            if not more:
                return found
            tried |= more

    def _enough(self) -> int:
        """A count beyond which more ports change nothing, on the days that are run."""
        unlimited = self._runner.sweep([MOST_PORTS])
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
        pilot = self._runner.pilot(_PILOT_DAYS, [ports])
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
