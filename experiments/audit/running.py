"""Which floors are run, on how many processes."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import partial
from itertools import islice
from multiprocessing import get_context
from time import monotonic
from typing import Any, TypeAlias

from audit.floors import floor_of
from audit.need import completed, found, missing
from audit.other_shapes import SHAPES
from audit.plan import Plan
from audit.saving import Job, Saved, line_of, rows_of
from flexports.floor import Floor
from flexports.study.rules import Records, facts_of

Line: TypeAlias = dict[str, Any]

COMPANY_X = "company_x"


def jobs(plan: Plan, share: float = 1.0) -> list[Job]:
    """Return the floors of a share of the audit, those of all shapes mixed evenly.

    Parameters
    ----------
    plan : Plan
    share : float
        The first so many of the draws: a Sobol sequence spreads any beginning evenly.
    """
    shapes = list(SHAPES)
    own = [Job(COMPANY_X, at, draw) for at, draw in enumerate(plan.draws())]
    others = [
        Job(shapes[at % len(shapes)], at, draw)
        for at, draw in enumerate(plan.draws_of_other_shapes())
    ]
    first = [
        (at / len(all_of_it), job)
        for all_of_it in (own, others)
        for at, job in enumerate(all_of_it[: math.ceil(share * len(all_of_it))])
    ]
    return [job for _, job in sorted(first, key=lambda one: one[0])]


def floor_for(plan: Plan, job: Job) -> Floor:
    """Return the floor of a job."""
    if job.shape == COMPANY_X:
        return floor_of(plan, job.draw, job.key)
    return SHAPES[job.shape](plan, job.draw)


def run_one(plan: Plan, job: Job) -> Line:
    """Simulate one floor; what is saved of it."""
    return line_of(job, found(plan, floor_for(plan, job)))


def complete_one(plan: Plan, job: Job, line: Line) -> Line | None:
    """Simulate the counts that rules give and that are not saved; None if there is none."""
    floor = floor_for(plan, job)
    facts = facts_of(floor, records=Records(**line["records"]))
    counts = missing(plan, facts, (row[0] for row in line["seen"]))
    if not counts:
        return None
    return {**line, "seen": rows_of(completed(plan, floor, line["days"], counts))}


def run(plan: Plan, todo: Sequence[Job], saved: Saved, workers: int) -> None:
    """Run what is not saved yet, and save each floor as it is done.

    A floor that is saved and lacks a count that a rule gives gets that one: a rule that is new, or
    changed, needs no new run.
    """
    there = saved.lines()
    work = [partial(run_one, plan, job) for job in todo if job.key not in there]
    work += [partial(complete_one, plan, job, there[job.key]) for job in todo if job.key in there]
    progress = _Progress(len(work))
    for line in _done(work, workers):
        if line is not None:
            saved.add(line)
        progress.one_more()
    progress.end()


def _done(work: Sequence[Callable[[], Line | None]], workers: int) -> Iterator[Line | None]:
    if workers == 1:
        yield from (one() for one in work)
        return
    waiting, under_way = iter(work), set[Future[Line | None]]()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        while True:
            more = islice(waiting, 2 * workers - len(under_way))
            under_way |= {pool.submit(one) for one in more}
            if not under_way:
                return
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            yield from (one.result() for one in done)


class _Progress:
    """How far it is, on a terminal: nothing elsewhere."""

    def __init__(self, of: int) -> None:
        self._of, self._done = of, 0
        self._began = monotonic()
        self._shown = sys.stderr.isatty()

    def one_more(self) -> None:
        self._done += 1
        if self._shown:
            spent_s = monotonic() - self._began
            left_s = spent_s / self._done * (self._of - self._done)
            told = f"{self._done} of {self._of} floors, {left_s / 60:.0f} min to go"
            print(f"\r{told:<50}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._shown:
            print(file=sys.stderr)
