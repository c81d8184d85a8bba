"""What a floor needs: its blocking on as many port counts as it takes to see it.

The blocking of a count is that of the source that has most. A count surely meets a target if the
whole interval of every source lies below it, and surely misses it if that of some source lies
above; the intervals of the sources hold at once, at 95 %. So three numbers of a count are enough:
the largest value, the largest lower end and the largest upper end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audit.plan import Budget, Plan
from flexports.floor import Floor, Targets
from flexports.study.blocks import calls_a_day
from flexports.study.results import Sweep
from flexports.study.rules import RULES, Facts, Records, facts_of
from flexports.study.runner import Runner
from flexports.study.settings import Settings
from flexports.study.targets import targets_of
from flexports.tally import Tally

CONFIDENCE = 0.95
_UNLIMITED = 10_000
_PILOT_DAYS = 20
_ALL_COUNTS = 32
"""Where so many ports were never in use at once, every count above the mean is tried."""
_NEAR = 6
"""Closer than this, all counts between two are tried; further apart, two on the way."""
_BEYOND = 8
"""So many ports more than were ever in use in the records, some days may need."""
_FAR = 10
"""A count that blocks so many times the target is far below the need."""
_ENDS_WITHIN = 0.02
"""Of a large count, the ends of an interval are not sought more finely than this."""
_ROUNDS = 16
"""A round draws the days anew, which costs more than some port counts more."""


@dataclass(frozen=True)
class Seen:
    """What one port count showed: the largest of any source, and the cost a month."""

    ports: int
    blocking: float
    low: float
    high: float
    cost: float


@dataclass(frozen=True)
class Pilot:
    """Some days on an unlimited pool, of another seed: the records that a company would have."""

    records: Records
    guesses: tuple[int, ...]
    attempts_a_day: Mapping[str, float]
    """Of each source that wants a port."""


@dataclass(frozen=True)
class Found:
    """All that was learned of a floor."""

    days: int
    facts: Facts
    seen: Sequence[Seen]


def found(plan: Plan, floor: Floor) -> Found:
    """Simulate a floor on the counts that its needs, and the rules, ask for."""
    pilot = _pilot(plan, floor)
    days = _days(plan.budget, floor, pilot)
    facts = facts_of(floor, records=pilot.records)
    with (settings := _settings(plan, days, len(pilot.attempts_a_day))).crew() as crew:
        search = Search(Runner(floor, settings, crew), plan.targets, tuple(pilot.attempts_a_day))
        search.look(_first_counts(plan, facts, pilot))
        search.settle(most=pilot.records.peak + _BEYOND)
    return Found(days, facts, search.seen)


def _settings(plan: Plan, days: int, sources: int) -> Settings:
    """So sure of each source that all of them together are as sure as `CONFIDENCE` (Bonferroni)."""
    confidence = 1.0 - (1.0 - CONFIDENCE) / max(1, sources)
    return Settings(days=days, seed=plan.seed, confidence=confidence)


def _pilot(plan: Plan, floor: Floor) -> Pilot:
    settings = Settings(days=_PILOT_DAYS, seed=plan.seed + 1, controls=False)
    with settings.crew() as crew:
        sweep = Runner(floor, settings, crew).run([_UNLIMITED], _PILOT_DAYS)
    tally = sweep.tallies[_UNLIMITED]
    guesses = tuple(_guess(tally, target) for target in plan.targets)
    attempts = {
        name: sweep.estimate(_UNLIMITED, name, "offered").value for name in _wanting(floor, sweep)
    }
    return Pilot(Records.of(tally), guesses, attempts)


def _wanting(floor: Floor, sweep: Sweep) -> list[str]:
    """The sources that want a port."""
    limited = replace(floor, targets=Targets(blocking=0.01))
    return [each.source for each in targets_of(limited, sweep) if each.metric == "blocking"]


def _guess(tally: Tally, target: float) -> int:
    """The count that would do if the unlimited pool, cut off there, kept its proportions.

    So it is for Poisson calls that are lost (Erlang); elsewhere it is a place to begin.
    """
    shares = tally.busy.ticks / tally.busy.ticks.sum()
    below = shares.cumsum()
    median = int(below.searchsorted(0.5))
    return next(
        (ports for ports in range(median, len(shares)) if shares[ports] <= target * below[ports]),
        len(shares),
    )


def _days(budget: Budget, floor: Floor, pilot: Pilot) -> int:
    """So many days that each source is seen often enough, within the budget."""
    a_day = max(calls_a_day(floor), 1.0)
    fewest_calls = min((one for one in pilot.attempts_a_day.values() if one > 0), default=1.0)
    wanted = max(budget.calls / a_day, budget.of_a_source / fewest_calls)
    differ = floor.day.day_cv or any(getattr(one, "day_cv", 0.0) for one in floor.sources)
    least = budget.fewest_days_that_differ if differ else budget.fewest_days
    return round(min(budget.most_days, max(least, min(wanted, budget.most_calls / a_day))))


def _first_counts(plan: Plan, facts: Facts, pilot: Pilot) -> Iterator[int]:
    peak = pilot.records.peak
    if peak <= _ALL_COUNTS:
        yield from range(max(1, int(pilot.records.mean)), peak + _NEAR)
    else:
        yield from _about(pilot.guesses)
    for count in counts_of_rules(plan, facts).values():
        yield from (one for one in count if 1 <= one <= peak + 1)


def _about(guesses: Sequence[int]) -> Iterator[int]:
    for guess in guesses:
        step = max(1, round(0.1 * guess**0.5))
        yield from (guess + step * place for place in (-3, -2, -1, 0, 1, 3))


def counts_of_rules(plan: Plan, facts: Facts) -> Mapping[str, tuple[int, ...]]:
    """Return the count of every rule for each target; a floor has at least one port."""
    asked = [replace(facts, blocking=target) for target in plan.targets]
    return {rule.key: tuple(max(1, rule.ports(each) or 0) for each in asked) for rule in RULES}


def missing(plan: Plan, facts: Facts, seen: Iterable[int]) -> list[int]:
    """Return the counts that rules give and that were not run, but for those beyond the peak."""
    assert facts.records is not None
    most = facts.records.peak + 1
    given = {count for counts in counts_of_rules(plan, facts).values() for count in counts}
    return sorted(count for count in given - set(seen) if count <= most)


def completed(plan: Plan, floor: Floor, days: int, counts: Sequence[int]) -> Sequence[Seen]:
    """Simulate a floor on more counts, on the days that it had."""
    sources = _pilot(plan, floor).attempts_a_day
    with (settings := _settings(plan, days, len(sources))).crew() as crew:
        search = Search(Runner(floor, settings, crew), plan.targets, tuple(sources))
        search.look(counts)
    return search.seen


class Search:
    """Looks at port counts until the needs for all targets, and their intervals, are known.

    Parameters
    ----------
    runner : Runner
    targets : sequence of float
    sources : sequence of str
        Those that want a port.
    """

    def __init__(self, runner: Runner, targets: Sequence[float], sources: Sequence[str]) -> None:
        self._runner, self._targets, self._sources = runner, targets, sources
        self._seen: dict[int, Seen] = {}

    @property
    def seen(self) -> list[Seen]:
        """All counts that were run, ascending."""
        return [self._seen[ports] for ports in sorted(self._seen)]

    def look(self, counts: Iterable[int]) -> None:
        """Run some counts, all on the same days."""
        new = sorted({count for count in counts if count >= 1} - set(self._seen))
        if new:
            sweep = self._runner.run(new, self._runner.settings.most_days)
            self._seen |= {ports: self._told(sweep, ports) for ports in new}

    def settle(self, most: int) -> None:
        """Go on until each end of each need lies between two neighbours."""
        for _ in range(_ROUNDS):
            wanted = {
                count
                for target in self._targets
                for end in ("low", "blocking", "high")
                for count in self._between(end, target, most)
            } - set(self._seen)
            if not wanted:
                return
            self.look(wanted)

    def _between(self, end: str, target: float, most: int) -> Iterable[int]:
        meeting = [one.ports for one in self._seen.values() if getattr(one, end) <= target]
        first = min(meeting, default=None)
        if first is None:
            highest = max(self._seen)
            if self._seen[highest].blocking > _FAR * target:
                return [min(2 * highest, most)]
            step = max(1, round(_ENDS_WITHIN * highest))
            return [min(highest + step * place, most) for place in range(1, _NEAR)]
        below = max((ports for ports in self._seen if ports < first), default=0)
        if end != "blocking" and first - below <= _ENDS_WITHIN * first:
            return ()
        if first - below <= _NEAR:
            return range(below + 1, first)
        third = (first - below) // 3
        return [below + third, first - third]

    def _told(self, sweep: Sweep, ports: int) -> Seen:
        each = [sweep.estimate(ports, source, "blocking") for source in self._sources]
        cost = sweep.estimate(ports, "cost", "cost_per_month").value
        return Seen(
            ports,
            max((one.value for one in each), default=0.0),
            max((one.low for one in each), default=0.0),
            max((one.high for one in each), default=0.0),
            cost,
        )
