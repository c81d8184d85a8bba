"""Runs days of one floor, and keeps what it has run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, reduce
from itertools import chain

from flexports.engine import engine_named
from flexports.floor import Floor
from flexports.study.bars import showing
from flexports.study.blocks import Trial, blocks
from flexports.study.progress import Progress, Standing, silent
from flexports.study.results import Sweep
from flexports.study.schedule import Deadline
from flexports.study.settings import Settings
from flexports.study.workers import Crew
from flexports.tally import Tallies, merged


class Runner:
    """Runs days of one floor and keeps what it has run.

    Port counts that are run together stay together for as long as they have the same days: only
    then is it known how they differ from day to day.
    """

    def __init__(
        self, floor: Floor, settings: Settings, crew: Crew, told: Progress = silent
    ) -> None:
        engine = engine_named(settings.engine).name
        self.trial = Trial(floor, settings.seed, engine, settings.by_s, settings.controls)
        self.settings = settings
        self._crew = crew
        self._told = told
        self._deadline = Deadline(settings.max_time_s)
        self._kept: list[Tallies] = []
        self._standing = ""

    def tell(self, precision: str) -> None:
        """Tell from now on how well something is known so far."""
        self._standing = precision

    @property
    def is_out_of_time(self) -> bool:
        """Whether no more days are begun."""
        return self._deadline.has_passed

    def run(self, ports: Sequence[int], days: int) -> Sweep:
        """Run these port counts until each has had so many days, and return what they had.

        Fewer, if the time is over: but one block of days in any case.
        """
        found: list[Tallies] = []
        for kept in self._groups(ports):
            more = self._blocks(range(kept.days, days), list(kept))
            found.append(merged(chain([kept], more)))
        new = sorted(set(ports) - {count for kept in found for count in kept})
        if new:
            found.append(merged(self._blocks(range(days), new)))
        self._keep(found)
        return Sweep(self.trial, reduce(Tallies.beside, found), self.settings.confidence)

    def pilot(self, days: int, ports: Sequence[int]) -> Sweep:
        """Run the first few days only, and keep nothing."""
        tallies = merged(self._blocks(range(days), ports))
        return Sweep(self.trial, tallies, self.settings.confidence)

    def each_day(self, ports: Sequence[int], days: int) -> Sequence[Tallies]:
        """Run these port counts on some days, keep nothing, and return each day by itself."""
        jobs = list(blocks(range(days), self.trial.floor))
        found: list[Tallies] = []
        for block in self._crew.in_order(partial(_one_by_one, self.trial, ports), jobs):
            found += block
            self._told(Standing(len(found), days))
        return found

    def _groups(self, ports: Sequence[int]) -> Iterator[Tallies]:
        """What there is of some port counts."""
        for kept in self._kept:
            asked_for = [count for count in kept if count in ports]
            if asked_for:
                yield kept.among(asked_for)

    def _keep(self, found: Sequence[Tallies]) -> None:
        """Keep what was found in place of what there was of the same port counts."""
        renewed = {count for tallies in found for count in tallies}
        rest = [
            kept.among(others)
            for kept in self._kept
            if (others := [count for count in kept if count not in renewed])
        ]
        self._kept = [*rest, *found]

    def _blocks(self, days: range, counts: Sequence[int]) -> Iterator[Tallies]:
        """Run some days, a block after another, for as long as there is time."""
        jobs = list(blocks(days, self.trial.floor))
        run = partial(self.trial.tallies, ports=counts)
        for job, tallies in zip(jobs, self._crew.in_order(run, jobs), strict=True):
            self._told(Standing(job.stop, days.stop, self._standing))
            yield tallies
            if self.is_out_of_time:
                return


def _one_by_one(trial: Trial, ports: Sequence[int], days: range) -> Sequence[Tallies]:
    return [trial.tallies(range(day, day + 1), ports) for day in days]


@contextmanager
def at_work(settings: Settings) -> Iterator[Callable[[Floor], Runner]]:
    """Give a runner for every floor, for as long as this lasts; all of them share the workers."""
    with showing(settings.progress) as told, settings.crew() as crew:
        yield lambda floor: Runner(floor, settings, crew, told)
