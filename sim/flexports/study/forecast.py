"""What an experiment will take, by trying a few days of a few of its points."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import fmean

from flexports.engine import DEFAULT_ENGINE, engine_named
from flexports.experiment import Experiment, Point, Summary, summary
from flexports.folder import chunks, saved_size
from flexports.study.blocks import Trial, days_in_a_block

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
    size : int
        Bytes on disk.
    """

    asked: Summary
    time_s: float
    size: int


def forecast(experiment: Experiment, *, workers: int = 1, engine: str = DEFAULT_ENGINE) -> Forecast:
    """Try a few days of a few points, and tell what all of them will take."""
    asked, ran = summary(experiment), engine_named(engine).name
    last = len(experiment.points) - 1
    places = sorted({last * at // (_POINTS_TRIED - 1) for at in range(_POINTS_TRIED)})
    tried = [_tried(experiment, experiment.points[place], ran) for place in places]
    time_s, size = (fmean(each) * asked.points for each in zip(*tried, strict=True))
    return Forecast(asked, time_s / workers, round(size))


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
