"""The smallest port count that meets the targets."""

from __future__ import annotations

from collections.abc import Sequence
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
from flexports.study.workers import Crew

if TYPE_CHECKING:
    import pandas as pd

_ALL_BELOW = 12
"""Up to so many ports, every smaller count is tried."""
_BELOW, _ABOVE = 8, 2
"""The counts about the answer that are tried, where there are more."""
_PILOT_DAYS = 10


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
    ever busy on an unlimited pool change nothing at all, so the answer lies below that peak: a
    pilot of a few days finds it roughly, by halving, and all days are run on the counts about it.
    """
    settings = Settings(days, seed, engine, workers, confidence, precision, progress)
    with Crew(workers) as crew:
        return Search(Runner(as_floor(floor), settings, crew)).answer()


class Search:
    """Which counts to try."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._floor = runner.trial.floor
        self._rule = rule_of_thumb(self._floor)

    def answer(self) -> Size:
        """Try the counts about a first guess, and more for as long as they do not decide."""
        tried = self._first_counts()
        while True:
            found = self._judged(self._runner.sweep(tried))
            more = self._next_counts(found)
            if not more:
                return found
            tried = tuple(sorted({*tried, *more}))

    def _judged(self, result: Sweep) -> Size:
        return Size(result, targets_of(self._floor, result), self._rule)

    def _first_counts(self) -> Sequence[int]:
        """All counts about a guess; those of the rule of thumb among them."""
        rule = [
            max(1, min(count, MOST_PORTS)) for count in (self._rule.bare_minimum, self._rule.ports)
        ]
        guess = self._guess(self._peak())
        lowest = 1 if guess <= _ALL_BELOW else guess - _BELOW
        window = range(lowest, min(guess + _ABOVE, MOST_PORTS) + 1)
        return sorted({*window, *rule})

    def _peak(self) -> int:
        """The most ports ever busy in a pilot on an unlimited pool."""
        pilot = self._runner.pilot(_PILOT_DAYS, [MOST_PORTS])
        return max(1, pilot.tallies[MOST_PORTS].busy.peak)

    def _guess(self, peak: int) -> int:
        """The smallest count whose estimates in a pilot meet the targets, found by halving."""
        low, high = 1, peak
        while low < high:
            middle = (low + high) // 2
            if self._seems_to_meet_all(middle):
                high = middle
            else:
                low = middle + 1
        return low

    def _seems_to_meet_all(self, ports: int) -> bool:
        pilot = self._runner.pilot(_PILOT_DAYS, [ports])
        return all(
            target.seems_met_by(pilot.estimate(ports, target.source, target.metric))
            for target in targets_of(self._floor, pilot)
            if target.asks_for_ports
        )

    def _next_counts(self, found: Size) -> Sequence[int]:
        """More counts: below if all so far meet the targets, above if more ports may help."""
        lowest, highest = found.sweep.ports[0], found.sweep.ports[-1]
        if found.verdicts[0].meets_all and lowest > 1:
            return range(max(1, lowest - _BELOW), lowest)
        if found.ports is None and found.verdicts[-1].wants_ports and highest < MOST_PORTS:
            return range(highest + 1, min(highest + 1 + highest // 4, MOST_PORTS) + 1)
        return ()
