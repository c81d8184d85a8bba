"""How often the 95 % intervals of whole studies contain the truth.

Runs 1,000 small studies, each from a seed of its own, of every floor in `known_floors`: sampling,
the compiled engine, tallies, estimates and the rule that stops a study at a precision, with and
without controls. Counts how often the interval of each metric lies below the truth, and above it.

Run it from the root of the repository: ``python experiments/study_coverage.py``; with ``--write
docs/statistics.md`` it puts its tables there. It takes half an hour on two cores.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

import wrong_answers
from flexports.estimates.differences import differences
from flexports.study.blocks import Trial, blocks
from flexports.study.results import Sweep
from flexports.study.runner import Runner
from flexports.study.settings import Settings
from flexports.study.sweep import run_until_precise
from flexports.study.workers import default_workers
from flexports.tally import Tallies, merged
from known_floors import Known, Metric, known_floors, rare_floors

STUDIES = 1000
A_TIME = 20
"""Studies that are run by one worker at a time."""
DAYS = (30, 100, 300)
MOST_DAYS = 324
CONTROLS, PLAIN, PAIRED = "with controls", "without", "paired"


class Row(NamedTuple):
    """Studies of one metric, all run alike."""

    floor: str
    metric: str
    ports: str
    plan: str


class Told(NamedTuple):
    """One interval: whether the truth is beyond its ends, its half-width and the days it took."""

    below: bool
    above: bool
    relative: float
    days: int


Sums = dict[tuple[Row, str], NDArray[np.float64]]
"""By row and way: studies, those below, those above, sums of half-widths and of days."""


class Remembering:
    """Days of one trial that are run once, whoever asks for them, in whatever order."""

    def __init__(self, trial: Trial, ports: Sequence[int]) -> None:
        self.trial = trial
        self._ports = ports
        self._known: dict[int, Tallies] = {}

    def first(self, days: int) -> Tallies:
        """Tallies of the first so many days."""
        if days not in self._known:
            before = max((each for each in self._known if each < days), default=0)
            more = [
                self.trial.tallies(b, self._ports)
                for b in blocks(range(before, days), self.trial.floor)
            ]
            self._known[days] = merged([self._known[before], *more] if before else more)
        return self._known[days]


class RememberingRunner(Runner):
    """A runner that looks for its days where they are remembered."""

    def __init__(self, days: Remembering, settings: Settings) -> None:
        with settings.crew() as crew:
            super().__init__(days.trial.floor, settings, crew)
        self._remembered = days

    def run(self, ports: Sequence[int], days: int) -> Sweep:
        """Return what these port counts had on the first so many days."""
        tallies = self._remembered.first(days).among(ports)
        return Sweep(self.trial, tallies, self.settings.confidence)


def study(known: Known, number: int) -> Iterator[tuple[tuple[Row, str], Told]]:
    """One study: every interval of it whose truth is known."""
    seed = seed_of(known.name, number)
    days = Remembering(Trial(known.floor, seed), known.ports)
    for fixed in DAYS:
        tallies = days.first(fixed)
        for way in (CONTROLS, PLAIN):
            trial = replace(days.trial, controls=way == CONTROLS)
            yield from _of_sweep(known, Sweep(trial, tallies), way, f"{fixed} days")
        yield from _of_pairs(known, Sweep(days.trial, tallies), f"{fixed} days")
    for ports, precision in known.precisions:
        for way in (CONTROLS, PLAIN):
            settings = Settings(
                precision=precision, max_days=MOST_DAYS, seed=seed, controls=way == CONTROLS
            )
            found = run_until_precise(RememberingRunner(days, settings), [ports])
            (wanted,) = settings.wanted
            named = f"{wanted}"
            yield from _of_sweep(known, found, way, named, {wanted.metric})


def seed_of(name: str, number: int) -> int:
    """A seed that no other floor's studies have."""
    return crc32(name.encode()) << 20 | number


def _of_sweep(
    known: Known, sweep: Sweep, way: str, plan: str, only: set[str] | None = None
) -> Iterator[tuple[tuple[Row, str], Told]]:
    for metric, truth in known.truth.items():
        if metric.ports in sweep.tallies and (only is None or metric.metric in only):
            each = sweep.estimate(*metric)
            row = Row(known.name, _name(metric, known), str(metric.ports), plan)
            yield (row, way), _told(each.low, each.high, truth, sweep.days)


def _of_pairs(known: Known, sweep: Sweep, plan: str) -> Iterator[tuple[tuple[Row, str], Told]]:
    for fewer, more in pairwise(known.ports):
        for each in differences(sweep.tallies.among((fewer, more)), more, sweep.estimates, 0.95):
            one, other = (Metric(c, each.source, each.metric) for c in (fewer, more))
            if one in known.truth and other in known.truth:
                truth = known.truth[one] - known.truth[other]
                row = Row(known.name, _name(one, known), f"{fewer} - {more}", plan)
                yield (row, PAIRED), _told(each.low, each.high, truth, sweep.days)


def _name(metric: Metric, known: Known) -> str:
    several = len(known.floor.sources) > 1 and metric.source != "ports"
    return f"{metric.metric} of {metric.source}" if several else metric.metric


def _told(low: float, high: float, truth: float, days: int) -> Told:
    return Told(high < truth, low > truth, (high - low) / 2 / abs(truth), days)


# ---- Many studies


@cache
def all_floors() -> Mapping[str, Known]:
    """By name."""
    return {known.name: known for known in (*known_floors(), *rare_floors())}


def some_studies(job: tuple[str, range]) -> Sums:
    """Some studies of one floor."""
    name, numbers = job
    sums: Sums = defaultdict(lambda: np.zeros(5))
    for number in numbers:
        for key, told in study(all_floors()[name], number):
            sums[key] += (1, *told)
    return dict(sums)


def all_studies(names: Iterable[str], studies: int, workers: int) -> Sums:
    """All studies of some floors, side by side."""
    jobs = [
        (name, range(start, min(start + A_TIME, studies)))
        for name in names
        for start in range(0, studies, A_TIME)
    ]
    sums: Sums = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as processes:
        for done, found in enumerate(processes.map(some_studies, jobs), start=1):
            print(f"\r{done} of {len(jobs)}", end="", file=sys.stderr, flush=True)
            for key, told in found.items():
                sums[key] = sums.get(key, 0.0) + told
    print(file=sys.stderr)
    return sums


# ---- Tables

ALLOWED = (930, 970)
"""Of 1,000 intervals at 95 %: a right one is outside once in some 270 rows."""
WAYS = (CONTROLS, PLAIN)
MARKS = "<!-- what experiments/study_coverage.py found -->", "<!-- so far -->"


@dataclass(frozen=True)
class Coverage:
    """What the studies of one row came to, run in one way."""

    studies: float
    below: float
    above: float
    relative: float
    days: float

    @classmethod
    def of(cls, sums: NDArray[np.float64]) -> Coverage:
        """Means of sums."""
        return cls(*map(float, sums[:3]), *map(float, sums[3:] / sums[0]))

    @property
    def covered(self) -> float:
        """How many intervals contain the truth."""
        return self.studies - self.below - self.above

    @property
    def is_allowed(self) -> bool:
        """Whether that is what 95 % means."""
        least, most = (each * self.studies / STUDIES for each in ALLOWED)
        return least <= self.covered <= most

    @property
    def cells(self) -> list[str]:
        """Covered, too low, too high, half-width and days."""
        wide = "no upper end" if np.isinf(self.relative) else f"{100 * self.relative:.2g} %"
        counts = (f"{each:.0f}" for each in (self.covered, self.below, self.above))
        return [*counts, wide, f"{self.days:.0f}"]


HEADS = ("covered", "low", "high", "±", "days")


def tables(sums: Sums, names: Iterable[str]) -> Iterator[str]:
    """Lines of a table for each floor, and one of the differences."""
    for name in names:
        of_floor = {row: _ways(sums, row) for row in dict.fromkeys(row for row, _ in sums)}
        mine = {row: ways for row, ways in of_floor.items() if row.floor == name}
        yield from _table(f"**{name}**", mine, WAYS)
        paired = {row: ways for row, ways in mine.items() if PAIRED in ways}
        if paired:
            yield from _table(f"**{name}**: differences between port counts", paired, (PAIRED,))


def _ways(sums: Sums, row: Row) -> dict[str, Coverage]:
    return {way: Coverage.of(sums[row, way]) for way in (*WAYS, PAIRED) if (row, way) in sums}


def _table(
    title: str, rows: Mapping[Row, dict[str, Coverage]], ways: Sequence[str]
) -> Iterator[str]:
    yield from (title, "")
    heads = [f"{head}, {way}" if way == PLAIN else head for way in ways for head in HEADS]
    yield "| " + " | ".join(["metric", "ports", "run", *heads]) + " |"
    yield "| --- | ---: | --- |" + " ---: |" * len(heads)
    for row, told in rows.items():
        if ways[-1] in told:
            cells = [cell for way in ways for cell in _cells(told, way)]
            yield "| " + " | ".join([row.metric, row.ports, row.plan, *cells]) + " |"
    yield ""


def _cells(told: dict[str, Coverage], way: str) -> list[str]:
    """Of what controls leave alone, once is enough."""
    if way == CONTROLS and told[CONTROLS] == told[PLAIN]:
        return [""] * len(HEADS)
    return told[way].cells


def outside(sums: Sums) -> Sequence[str]:
    """The rows whose intervals cover too seldom or too often, in words."""
    return [
        f"{row.floor}: {row.metric}, {row.ports} ports, {row.plan}, {way}: {found.covered:.0f}"
        for (row, way), told in sums.items()
        if not (found := Coverage.of(told)).is_allowed
    ]


def summary(sums: Sums, studies: int) -> Iterator[str]:
    """How many rows there are, and which are not what 95 % means."""
    wrong = outside(sums)
    least, most = (each * studies // STUDIES for each in ALLOWED)
    right = len(sums) - len(wrong)
    yield f"{studies:,} studies of each floor. {right} of {len(sums)} counts of intervals that"
    yield f"contain the truth are from {least} to {most}" + ("; the others:" if wrong else ".")
    yield ""
    if wrong:
        yield from (f"- {each}" for each in wrong)
        yield ""


def page(studies: int, workers: int) -> Iterator[str]:
    """All that is found."""
    often, seldom = ([known.name for known in floors()] for floors in (known_floors, rare_floors))
    sums = all_studies(often, studies, workers)
    yield from ("### Coverage", "", *summary(sums, studies), *tables(sums, often))
    yield from ("### Coverage where little is seen", "")
    yield from tables(all_studies(seldom, studies, workers), seldom)
    yield from ("### Wrong answers of size", "")
    yield from wrong_answers.table(max(1, studies // ASKED_LESS), workers)


ASKED_LESS = 4
"""Each question of `size` is asked in so many times fewer studies: there are several."""


def main() -> None:
    """Print the tables, or write them into a document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=STUDIES, help="of each floor")
    parser.add_argument("--workers", type=int, default=default_workers(), help="processes")
    parser.add_argument("--write", type=Path, help="a document that has a place for the tables")
    options = parser.parse_args()
    found = "\n".join(page(options.studies, options.workers))
    if options.write is None:
        print(found)
        return
    begin, end = MARKS
    before, _, rest = options.write.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    options.write.write_text(f"{before}{begin}\n\n{found}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
