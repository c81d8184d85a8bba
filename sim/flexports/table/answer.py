"""The answer to "how many ports?", as sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from flexports.counts import MOST_PORTS
from flexports.estimates import Estimate
from flexports.study.size import DaysBy, Size
from flexports.study.targets import Failure, Target, Verdict, wants_ports
from flexports.table.numbers import ports_text
from flexports.table.page import Text
from flexports.table.wording import Wording

_MOST_CLAUSES = 3
_MORE_DAYS = 1.3
"""So that the interval would not just touch the bound."""
_MOST_DAYS = 100_000
_MORE = {
    DaysBy.SEARCH: "--max-days",
    DaysBy.CALLER: "--days",
    DaysBy.EXPERIMENT: "ask for them in the experiment",
}
_SO_MANY = {
    DaysBy.SEARCH: "about --max-days {}",
    DaysBy.CALLER: "about --days {}, or leave --days out",
    DaysBy.EXPERIMENT: "about {} in the experiment",
}
"""Whoever gave the days cannot give the most of them too."""
_TELLS = 0.2
"""The least distance from a target that days can tell, as a part of their interval's reach.

Intervals that judge reach three to four standard errors, and half of all estimates are off by more
than two thirds of one: where the true value is as far from the target, they may well fall on it.
"""


def answer_texts(size: Size) -> Sequence[Text]:
    """Return the answer, what one port fewer fails on, and the rule of thumb."""
    said = _Said(size)
    return [Text(said.headline(), role="answer"), Text(said.rule_of_thumb())]


def answer_sentences(size: Size) -> Sequence[str]:
    """Return the answer sentence by sentence; the first says it."""
    return list(_Said(size).answer())


def rule_sentence(size: Size) -> str:
    """Return what the rule of thumb gives, and what that count would mean."""
    return _Said(size).rule_of_thumb()


def count_text(size: Size, ports: int) -> str:
    """Return what a port count that was tried means for the targets."""
    return _Said(size).of_count(ports)


class _Said:
    """What is said of one answer."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._floor = size.sweep.trial.floor
        self._words = Wording(self._floor)
        self._verdicts = {each.ports: each for each in size.verdicts}

    def headline(self) -> str:
        """Say how many ports are needed, or why no count can be named."""
        return " ".join(self.answer())

    def answer(self) -> Iterator[str]:
        """Yield the same, sentence by sentence."""
        if not self._size.targets:
            return self._nothing_to_meet()
        if self._size.ports is not None:
            return self._found(self._size.ports)
        return self._impossible() if self._size.best.is_certain else self._unsettled()

    def of_count(self, ports: int) -> str:
        """Say what a count means for the targets."""
        if not self._size.targets:
            return "There is no target to meet."
        verdict = self._verdicts[ports]
        if verdict.meets_all:
            return f"All targets are met: {self._all_met(ports)}."
        start = "A target is missed" if verdict.is_certain else "Not decided"
        return f"{start}: {self._words.all_missed(verdict.failures)}."

    def rule_of_thumb(self) -> str:
        """Say what the rule of thumb gives, and what that count would mean."""
        rule = self._size.rule
        start = (
            f"The rule of thumb gives {rule.ports} (a bare minimum of {rule.bare_minimum}, plus "
            f"{rule.ports - rule.bare_minimum})"
        )
        verdict = self._verdicts.get(rule.ports)
        if verdict is None:
            return f"{start}: {self._why_not_tried(rule.ports)}."
        if not self._size.targets:
            return f"{start}."
        return f"{start}{self._beside_the_answer(rule.ports)}: {self._meaning(verdict)}."

    def _nothing_to_meet(self) -> Iterator[str]:
        if wants_ports(self._floor):
            yield f"{self._floor.name} has no target that flex ports could miss."
            yield "Write one under [targets] to learn how many it needs."
        else:
            yield f"{self._floor.name} needs no flex ports: nothing on it wants one."

    def _why_not_tried(self, ports: int) -> str:
        if ports > MOST_PORTS:
            return "too many to try"
        is_planned = self._size.days_by is DaysBy.EXPERIMENT
        which = "of the experiment" if is_planned else "that were tried"
        return f"that is not among the port counts {which}"

    def _found(self, ports: int) -> Iterator[str]:
        settled = self._below_is_settled(ports)
        sure = f"{100 * self._size.sweep.confidence:g} % sure"
        yield (
            f"{self._floor.name} needs {ports_text(ports)}{'' if settled else ' to be safe'}: "
            f"with {ports}, {self._all_met(ports)} ({sure})."
        )
        below = self._verdicts.get(ports - 1)
        if below is None:
            return
        yield f"With {below.ports}{self._one_fewer(below)}."
        if not settled:
            days = self._size.sweep.days_of(below.ports)
            targets = "the target" if len(below.failures) == 1 else "the targets"
            meets = f"{ports_text(below.ports)} meet{'s' if below.ports == 1 else ''} {targets}"
            yield f"{days:,} days do not settle whether {meets}."
            yield self._what_would_decide(below.failures, days)
        yield from self._other_windows(ports)

    def _below_is_settled(self, ports: int) -> bool:
        below = self._verdicts.get(ports - 1)
        return below is None or below.is_certain

    def _other_windows(self, ports: int) -> Iterator[str]:
        """Say where more ports than needed miss a target."""
        worse = [each for each in self._size.verdicts if each.ports > ports and _misses(each)]
        if worse:
            failures = [each for each in worse[0].failures if each.is_certain]
            missed = self._words.all_missed(failures)
            yield f"More is not better: with {worse[0].ports}, {missed}."

    def _all_met(self, ports: int) -> str:
        pairs = self._nearest_first(ports)
        told = self._words.all_met(pairs[:_MOST_CLAUSES])
        more = len(pairs) - _MOST_CLAUSES
        if more <= 0:
            return told
        return f"{told}, and {more} more {'target is' if more == 1 else 'targets are'} met"

    def _nearest_first(self, ports: int) -> Sequence[tuple[Target, Estimate]]:
        pairs = [(each, self._estimate(ports, each)) for each in self._size.targets]
        if len(pairs) <= _MOST_CLAUSES:
            return pairs
        return sorted(pairs, key=lambda pair: -_shortfall(*pair))

    def _one_fewer(self, below: Verdict) -> str:
        if len(self._size.targets) == 1:
            return f" {self._words.missed_briefly(below.failures[0])}"
        return f", {self._words.all_missed(below.failures)}"

    def _impossible(self) -> Iterator[str]:
        best = self._size.best
        yield f"No number of flex ports meets the targets of {self._floor.name}."
        yield f"The best is {best.ports}: with it, {self._words.all_missed(best.failures)}."
        if not any(each.target.asks_for_ports for each in best.failures):
            yield "Agents are what is short there, not ports."

    def _unsettled(self) -> Iterator[str]:
        best = self._size.best
        days = self._size.sweep.days_of(best.ports)
        yield f"{days:,} days are too few to say how many flex ports {self._floor.name} needs:"
        yield f"with {best.ports}, {self._words.all_missed(best.failures)}."
        yield self._what_would_decide(best.failures, days)

    def _what_would_decide(self, failures: Sequence[Failure], run: int) -> str:
        days = days_to_decide(failures, run)
        if any(math.isnan(each.estimate.value) for each in failures):
            return f"More days may bring some: {_MORE[self._size.days_by]}."
        if any(each.target.bound in (0.0, 1.0) for each in failures if not each.is_certain):
            return "No number of days can show that something never happens."
        if days is None:
            return "That lies so near to the target that no number of days is likely to decide it."
        return f"More days would decide it: {_SO_MANY[self._size.days_by].format(days)}."

    def _beside_the_answer(self, ports: int) -> str:
        needed = self._size.ports
        if needed is None:
            return ""
        if needed == ports:
            return ", as many as needed"
        return f", {abs(needed - ports)} {'fewer' if ports < needed else 'more'} than needed"

    def _meaning(self, verdict: Verdict) -> str:
        if verdict.failures:
            return self._words.all_missed(verdict.failures, most=1)
        return self._words.all_met(self._nearest_first(verdict.ports)[:2])

    def _estimate(self, ports: int, target: Target) -> Estimate:
        return self._size.judged.estimate(ports, target.source, target.metric)


def days_to_decide(failures: Sequence[Failure], days: int) -> int | None:
    """Return how many days would probably settle what is in doubt; None if no sane number would.

    The length of an interval falls with the root of the days; where nothing was seen, its upper
    end falls with the days themselves. Few days that fall on the target do not show that the truth
    lies there: only many do.
    """
    needed = [_factor(each) for each in failures if not each.is_certain]
    total = days * max(needed, default=1.0) * _MORE_DAYS
    if not total <= _MOST_DAYS:
        return None
    step = 10 ** max(0, math.floor(math.log10(total)))
    return math.ceil(total / step * 2) * step // 2 if step > 1 else math.ceil(total)


def _misses(verdict: Verdict) -> bool:
    return not verdict.meets_all and verdict.is_certain


def _shortfall(target: Target, estimate: Estimate) -> float:
    return target.shortfall(estimate) / target.bound if target.bound else 0.0


def _factor(failure: Failure) -> float:
    target, estimate = failure.target, failure.estimate
    away = abs(target.bound - estimate.value)
    if estimate.value in (0.0, 1.0):
        return estimate.half_width * 2 / away
    above = estimate.value > target.bound
    reach = estimate.value - estimate.low if above else estimate.high - estimate.value
    return (reach / max(away, _TELLS * reach)) ** 2
