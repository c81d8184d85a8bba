"""What an experiment will take, by trying a few days of a few of its points.

What a results folder has of it already is not run again, and so takes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import fmean

from flexports.engine import DEFAULT_ENGINE, engine_named
from flexports.experiment import Experiment, Point, Summary, summary
from flexports.folder import ResultsFolder, chunks, look_into, saved_size
from flexports.study.blocks import Trial, days_in_a_block
from flexports.study.manifest import manifest_of
from flexports.study.results import Sweep
from flexports.study.rounds import schedule_of
from flexports.tally import Tallies, merged

_POINTS_TRIED = 3
_LONG_ENOUGH_S = 0.2
_MOST_DAYS_TRIED = 64


@dataclass(frozen=True)
class Forecast:
    """What an experiment will take.

    Attributes
    ----------
    asked : Summary
        Points, port counts and days.
    time_s : float
        For the days that are left.
    size : int
        Bytes on disk, of these days.
    saved_days, left_days : int
        Days on each port count, of all points together: those that are there, and those to be run;
        at most, if precisions decide.
    """

    asked: Summary
    time_s: float
    size: int
    saved_days: int
    left_days: int


def forecast(
    experiment: Experiment,
    *,
    workers: int = 1,
    engine: str = DEFAULT_ENGINE,
    folder: Path | None = None,
) -> Forecast:
    """Try a few days of a few points, and tell what all of them will take.

    Parameters
    ----------
    experiment : Experiment
    workers : int
    engine : str
    folder : Path, optional
        For the results: what it has already is left out. Nothing is written there.

    Raises
    ------
    InputError
        If the folder holds something else.
    """
    asked, ran = summary(experiment), engine_named(engine).name
    saved, left = 0, asked.points * asked.days
    if folder is not None:
        saved, left = _there(experiment, folder, ran)
    if not left:
        return Forecast(asked, 0.0, 0, saved, left)
    last = len(experiment.points) - 1
    places = sorted({last * at // (_POINTS_TRIED - 1) for at in range(_POINTS_TRIED)})
    tried = [_tried(experiment, experiment.points[place], ran) for place in places]
    time_s, size = (fmean(each) * left / asked.days for each in zip(*tried, strict=True))
    return Forecast(asked, time_s / workers, round(size), saved, left)


def _there(experiment: Experiment, folder: Path, engine: str) -> tuple[int, int]:
    """Return how many days of all points are saved, and how many are left."""
    held = look_into(folder, manifest_of(experiment, engine))
    saved, left = 0, 0
    for point in experiment.points:
        whole = held.whole(point.number)
        days = sum(map(len, whole))
        saved += days
        if not _is_done(experiment, point, held, whole):
            left += summary(experiment).days - days
    return saved, left


def _is_done(
    experiment: Experiment, point: Point, held: ResultsFolder, whole: Sequence[range]
) -> bool:
    """Whether a run would do nothing: look, as it does, as far as all days are there."""
    schedule = schedule_of(experiment)
    trial = Trial(point.floor, experiment.seed, held.manifest.engine)
    so_far: list[Tallies] = []
    for days in schedule.rounds():
        parts = [part for part in whole if days.start <= part.start and part.stop <= days.stop]
        if sum(map(len, parts)) < len(days):
            return False
        so_far = [merged(chain(so_far, (held.load(point.number, part) for part in parts)))]
        if schedule.is_enough(Sweep(trial, so_far[0], experiment.confidence)):
            return True
    return True  # all that may be run


def _tried(experiment: Experiment, point: Point, engine: str) -> tuple[float, int]:
    """Return the time that the days of a point take, and the size of its files."""
    days = summary(experiment).days
    trial = Trial(point.floor, experiment.seed, engine)
    trial.tallies(range(1), experiment.ports)  # an engine may have to be made first
    number, taken_s = 1, 0.0
    while taken_s < _LONG_ENOUGH_S and number < min(days, _MOST_DAYS_TRIED):
        number = min(2 * number, days)
        begun_s = time.perf_counter()
        tallies = trial.tallies(range(number), experiment.ports)
        taken_s = time.perf_counter() - begun_s
    files = sum(1 for _ in chunks(range(days), days_in_a_block(point.floor)))
    return taken_s / number * days, files * saved_size(tallies)
