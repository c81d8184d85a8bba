"""Run an experiment into a results folder, and read what is there."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

from flexports.engine import DEFAULT_ENGINE, engine_named
from flexports.experiment import Experiment, Point, read_experiment, read_experiment_text
from flexports.folder import ResultsFolder, open_results, pieces, read_manifest
from flexports.folder.results import MANIFEST
from flexports.problems import NOTHING, InputError, Problem
from flexports.study.bars import showing
from flexports.study.blocks import Trial, blocks
from flexports.study.hiring import hired
from flexports.study.manifest import manifest_of
from flexports.study.precision import standing_text
from flexports.study.progress import Progress, Standing
from flexports.study.results import Sweep
from flexports.study.rounds import Schedule, schedule_of
from flexports.study.studied import StudiedPoint, Study
from flexports.study.workers import Crew
from flexports.tally import Tallies, merged

File = str | os.PathLike[str]


def run_experiment(
    experiment: Experiment | File,
    folder: File,
    *,
    workers: int = 1,
    crew: Crew | None = None,
    engine: str = DEFAULT_ENGINE,
    schedule: Schedule | None = None,
    executor: Executor | None = None,
    cluster: str | None = None,
    progress: Progress | bool = False,
) -> Study:
    """Run an experiment into a results folder; go on where an earlier run of it has stopped.

    Days are saved as they are done, some together, each file whole or not at all. Whenever and
    however a run ends, the next one does only what is missing, and the results are the same to the
    last bit.

    Parameters
    ----------
    experiment : Experiment or path
    folder : path
        Of the results; it is made if it is not there.
    workers : int
    crew : Crew, optional
        Who runs the days, in place of so many workers.
    engine : str
    schedule : Schedule, optional
        In place of the one that the experiment asks for.
    executor, cluster, progress
        As for `sweep`.

    Returns
    -------
    Study

    Raises
    ------
    InputError
        If the experiment cannot be used; or the folder, because it holds something else, is in use
        by another run, or is on a disk that is full.
    """
    if not isinstance(experiment, Experiment):
        experiment = read_experiment(experiment)
    ran = engine_named(engine)
    manifest = manifest_of(experiment, ran.name)
    engaged = nullcontext(crew) if crew else hired(ran.name, workers, executor, cluster)
    with (
        open_results(Path(folder), manifest) as held,
        engaged as at_work,
        showing(progress) as told,
    ):
        _warn_of_other_surroundings(held, held.manifest.other_surroundings(manifest))
        run = _Run(experiment, held, at_work, ran.name, told)
        return run.study(schedule or schedule_of(experiment))


def read_results(folder: File) -> Study:
    """Return what a results folder holds, also while it is being filled.

    Parameters
    ----------
    folder : path

    Returns
    -------
    Study
        Of the points of which there are days, each with its days from the first to where they end.

    Raises
    ------
    InputError
        If it is no results folder, or a file in it is damaged.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    held = ResultsFolder(path, manifest)
    place = str(path / MANIFEST)
    experiment = read_experiment_text(manifest.text, manifest.floor_texts, place)
    schedule = schedule_of(experiment)
    found = []
    for point in experiment.points:
        parts = held.in_order(point.number)
        for first in islice(parts, 1):
            trial = Trial(point.floor, experiment.seed, manifest.engine)
            sweep = Sweep(trial, merged(chain([first], parts)), experiment.confidence)
            found.append(StudiedPoint(point, sweep, schedule.is_enough(sweep), sweep.days))
    return Study(experiment, path, tuple(found))


@dataclass
class _Run:
    """Runs what is missing of an experiment."""

    experiment: Experiment
    held: ResultsFolder
    crew: Crew
    engine: str
    progress: Progress
    done: int = 0
    """Days of the points before."""
    saved: int = 0
    """How many of these had been saved before."""
    precision: str = ""
    """How well what was asked for is known so far, of the point under way."""

    def study(self, schedule: Schedule) -> Study:
        found = []
        for point in self.experiment.points:
            found.append(_PointRun(self, point).studied(schedule))
            self.done += found[-1].sweep.days
            self.saved += found[-1].saved_days
        return Study(self.experiment, self.held.path, tuple(found))

    def tell(self, point: Point, days: int, of: int, saved: int) -> None:
        """Tell how far the point under way is, and how many of its days had been saved before."""
        to_come = len(self.experiment.points) - point.number + 1
        told = self.done + days, self.done + to_come * of
        self.progress(Standing(*told, self.precision, self.saved + saved))


class _PointRun:
    """Runs what is missing of a point."""

    def __init__(self, run: _Run, point: Point) -> None:
        self._run = run
        self._point = point
        self._trial = Trial(point.floor, run.experiment.seed, run.engine)
        self._saved = list(run.held.kept(point.number))
        self._saved_days = 0
        self._wanted = tuple(run.experiment.precision)

    def studied(self, schedule: Schedule) -> StudiedPoint:
        """Run round after round, until that is enough or the time is over."""
        so_far: list[Tallies] = []
        is_enough = False
        for days in schedule.rounds():
            so_far = [merged(chain(so_far, self._tallies(days, schedule)))]
            sweep = Sweep(self._trial, so_far[0], self._run.experiment.confidence)
            is_enough = schedule.is_enough(sweep)
            self._run.precision = "" if is_enough else standing_text(sweep, self._wanted)
            if is_enough or sweep.days < days.stop:
                break
        return StudiedPoint(self._point, sweep, is_enough, self._saved_days)

    def _tallies(self, days: range, schedule: Schedule) -> Iterator[Tallies]:
        """Yield days in order: those that are saved, and the others as they are done and saved.

        When the time is over it ends with the days that are saved together next, and so with the
        first days that are not saved; but not before the first of all.
        """
        held, number = self._run.held, self._point.number
        self._refuse_chunks_across(days.stop)
        block = held.manifest.point(number).days_in_a_block
        parts = list(pieces(days, block, self._saved))
        new = (self._blocks(part.days) for part in parts if not part.is_saved)
        found = self._done(list(chain.from_iterable(new)), days.stop)
        for part in parts:
            if part.is_saved:
                self._saved_days += len(part.days)
                yield held.load(number, part.days)
            elif part.days.start and schedule.is_out_of_time:
                return
            else:
                tallies = merged(islice(found, len(self._blocks(part.days))))
                held.save(number, part.days, tallies)
                yield tallies

    def _blocks(self, days: range) -> list[range]:
        return list(blocks(days, self._trial.floor))

    def _done(self, jobs: list[range], of: int) -> Iterator[Tallies]:
        run = partial(self._trial.tallies, ports=self._run.experiment.ports)
        for job, tallies in zip(jobs, self._run.crew.in_order(run, jobs), strict=True):
            self._run.tell(self._point, job.stop, of, self._saved_days)
            yield tallies

    def _refuse_chunks_across(self, day: int) -> None:
        """Refuse days that were saved together and of which only some are to be looked at."""
        for days in self._saved:
            if days.start < day < days.stop:
                place = f"{self._run.held.path}: point {self._point.number}"
                rule = f"has days {days.start} to {days.stop - 1} in one file"
                remedy = f"to look at the first {day} days alone, name another folder"
                raise InputError(Problem(place, NOTHING, rule, remedy))


def _warn_of_other_surroundings(held: ResultsFolder, others: Iterable[str]) -> None:
    told = "; ".join(others)
    if told:
        warnings.warn(
            f"{held.path}: was begun in other surroundings ({told}): its days are as good, but may "
            "differ from those of a single run in their last bits",
            RuntimeWarning,
            stacklevel=3,
        )
