"""How often `size` is wrong, on small floors of which the answer is known.

The bounds of the targets lie close to what a port count has, so that the answer is hard to tell:
just below what it is with one port fewer than needed, or just above what it is with as many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from typing import NamedTuple
from zlib import crc32

from flexports.floor import Floor, ServiceLevel, Targets
from flexports.study.size import size
from flexports.study.targets import Target
from known_floors import (
    CALLS,
    HOUR_S,
    Known,
    Metric,
    company_x_floor,
    known_company,
    known_loss,
    known_queue,
    loss_floor,
    queue_floor,
)

MOST_DAYS = 400


class Answers(NamedTuple):
    """What studies answered: each is one of these."""

    right: int = 0
    too_few: int = 0
    too_many: int = 0
    none: int = 0
    """That no port count will do, though one does."""
    unsettled: int = 0

    @property
    def wrong(self) -> int:
        """All wrong ones."""
        return self.too_few + self.too_many + self.none

    def plus(self, other: Answers) -> Answers:
        """Those of both."""
        return Answers(*(one + another for one, another in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Question:
    """A floor with targets.

    Attributes
    ----------
    name : str
    floor : Floor
    targets : str
        In words.
    ports : int
        The smallest count that truly meets them.
    nearest : float
        How near the truth of any count comes to a bound, as a share of it.
    """

    name: str
    floor: Floor
    targets: str
    ports: int
    nearest: float


def question(name: str, known: Known, targets: Targets) -> Question:
    """Ask for the smallest port count, and work out the answer."""
    asked = [*_targets(known, targets)]
    meeting = [
        count
        for count in known.ports
        if all(
            _is_met(each, known.truth[Metric(count, each.source, each.metric)]) for each in asked
        )
    ]
    nearest = min(
        abs(known.truth[Metric(count, each.source, each.metric)] / each.bound - 1.0)
        for each in asked
        for count in (meeting[0] - 1, meeting[0])
    )
    words = ", ".join(f"{each.metric} {each.bound:.4g}" for each in asked)
    return Question(name, replace(known.floor, targets=targets), words, meeting[0], nearest)


def _targets(known: Known, targets: Targets) -> Iterator[Target]:
    (source,) = {metric.source for metric in known.truth if metric.metric == "blocking"}
    for metric, bound in (
        ("blocking", targets.blocking_of(source)),
        ("abandonment", targets.abandonment_of(source)),
        ("service_level", targets.service_level.share if targets.service_level else None),
    ):
        if bound is not None:
            yield Target(source, metric, bound)


def _is_met(target: Target, truth: float) -> bool:
    return truth >= target.bound if target.at_least else truth <= target.bound


@cache
def questions() -> Mapping[str, Question]:
    """All of them, by name."""
    return {each.name: each for each in _questions()}


def _questions() -> Iterator[Question]:
    small = known_loss("", loss_floor(2.0, hours=0.5), tuple(range(1, 9)))
    for share in (0.8, 0.95, 1.1):
        bound = small.truth[Metric(5, CALLS, "blocking")] * share
        name = f"loss, 2 erlangs: the bound is {share:g} times what 5 ports block"
        yield question(name, small, Targets(blocking=bound))
    large = known_loss("", loss_floor(20.0, hours=0.5), tuple(range(17, 26)))
    middle = sum(large.truth[Metric(count, CALLS, "blocking")] for count in (22, 23)) / 2
    yield question("loss, 20 erlangs: between 22 and 23 ports", large, Targets(blocking=middle))
    uneven = known_loss("", loss_floor(2.0, hours=0.5, day_cv=0.3), tuple(range(1, 9)))
    bound = uneven.truth[Metric(5, CALLS, "blocking")] * 0.9
    yield question(
        "loss, days differ: 0.9 times what 5 ports block", uneven, Targets(blocking=bound)
    )
    yield from _of_a_queue()
    company = known_company("", company_x_floor(), tuple(range(2, 8)))
    for share in (0.9, 1.1):
        bound = company.truth[Metric(4, "outbound", "blocking")] * share
        yield question(
            f"Company X: {share:g} times what 4 ports block", company, Targets(blocking=bound)
        )


def _of_a_queue() -> Iterator[Question]:
    """Three targets: ports help the first, and do the others no good."""
    floor = queue_floor(3.0, 5, patience_s=60.0)
    floor = replace(floor, day=replace(floor.day, length_s=floor.day.warm_up_s + HOUR_S / 2))
    queue = known_queue("", floor, tuple(range(4, 10)))
    ports = 6
    truth = {each.metric: value for each, value in queue.truth.items() if each.ports == ports}
    for share in (0.9, 1.1):
        targets = Targets(
            blocking=truth["blocking"] * share,
            abandonment=truth["abandonment"] * 2.5,
            service_level=ServiceLevel(share=1 - (1 - truth["service_level"]) * 2.5, within_s=20.0),
        )
        yield question(
            f"queue, three targets: {share:g} times what {ports} ports block", queue, targets
        )


def answers(job: tuple[str, range]) -> Answers:
    """Ask one question in some studies, each with a seed of its own."""
    found, (name, numbers) = Answers(), job
    for number in numbers:
        found = found.plus(answer(questions()[name], crc32(name.encode()) << 20 | number))
    return found


def answer(asked: Question, seed: int) -> Answers:
    """Ask one question once."""
    found = size(asked.floor, max_days=MOST_DAYS, seed=seed)
    if found.ports is not None and found.ports < asked.ports:
        return Answers(too_few=1)
    if found.undecided:
        return Answers(unsettled=1)
    if found.ports is None:
        return Answers(none=1)
    return Answers(right=1) if found.ports == asked.ports else Answers(too_many=1)


# ---- Many studies

_AT_A_TIME = 10


def all_answers(studies: int, workers: int) -> Mapping[str, Answers]:
    """Ask every question in so many studies, side by side."""
    jobs = [
        (name, range(start, min(start + _AT_A_TIME, studies)))
        for name in questions()
        for start in range(0, studies, _AT_A_TIME)
    ]
    found = dict.fromkeys(questions(), Answers())
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as processes:
        for (name, _), some in zip(jobs, processes.map(answers, jobs), strict=True):
            found[name] = found[name].plus(some)
    return found


def table(studies: int, workers: int) -> Iterator[str]:
    """Lines of a table, a line a question, and of what it comes to."""
    found = all_answers(studies, workers)
    total = Answers(*map(sum, zip(*found.values(), strict=True)))
    claims, wrong = sum(total) - total.unsettled, total.wrong
    yield f"{sum(total):,} studies, of which {claims:,} came to an answer; {wrong} of these are"
    yield f"wrong, {100 * wrong / claims:.2g} % (at most 5 % are allowed)."
    yield ""
    yield "| floor and bound | targets | answer | right | too few | too many | none | unsettled |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, told in found.items():
        asked = questions()[name]
        yield f"| {name} | {asked.targets} | {asked.ports} | " + " | ".join(map(str, told)) + " |"
    yield ""
