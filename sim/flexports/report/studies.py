"""What a report of a results folder is made of: what is there, and nothing run anew but one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flexports.experiment import Point, summary
from flexports.floor.settings import settings_of
from flexports.floor.toml_text import toml_value
from flexports.problems import InputError, Problem
from flexports.report.material import Answered, Material, Origin, centre_of, day_of
from flexports.study.results import Sweep
from flexports.study.rule import rule_of_thumb
from flexports.study.schedule import looks
from flexports.study.size import DaysBy, Size
from flexports.study.studied import Study
from flexports.study.targets import targets_of

_MOST_COUNTS = 40


def material_of_study(study: Study, number: int, command: str, version: str) -> Material:
    """Return what a report of a point of a study is made of.

    Parameters
    ----------
    study : Study
    number : int
        The point.
    command : str
        The line that makes the report again.
    version : str
        Of flexports.

    Raises
    ------
    InputError
        If there are no days of this point.
    """
    found = {each.point.number: each for each in study.points}
    if number not in found:
        known = ", ".join(map(str, found)) or "none yet: run the experiment first"
        rule = "is no point that has days"
        raise InputError(Problem("--point", number, rule, f"there are: {known}"))
    at_looks = _looks(study)
    answered = [
        Answered(
            each.point.number,
            each.point.floor_name,
            settings_text(each.point.settings),
            size_of(each.sweep, at_looks),
        )
        for each in study.points
    ]
    size = next(each.size for each in answered if each.number == number)
    origin = _origin(study, found[number].point, command, version)
    counts, sweep = _near(size), size.sweep
    by_time = None if sweep.trial.by_s is None else sweep
    in_all = len(study.experiment.points)
    return Material(size, counts, sweep, by_time, day_of(size), origin, answered, in_all)


def size_of(sweep: Sweep, at_looks: int = 1) -> Size:
    """Return the answer among the port counts of a sweep."""
    floor = sweep.trial.floor
    return Size(
        sweep,
        targets_of(floor, sweep),
        rule_of_thumb(floor),
        at_looks,
        days_by=DaysBy.EXPERIMENT,
    )


def settings_text(chosen: Mapping[str, Any]) -> str:
    """Return the factors of a point in one line."""
    return "; ".join(f"{path} = {toml_value(value)}" for path, value in chosen.items())


def _looks(study: Study) -> int:
    """How often the days could have been looked at."""
    experiment = study.experiment
    if experiment.days is not None:
        return 1
    return len(looks(summary(experiment).days))


def _near(size: Size) -> Sequence[int]:
    """The counts that are there, about the answer."""
    counts = list(size.sweep.ports)
    place = counts.index(centre_of(size))
    first = max(0, min(place - _MOST_COUNTS // 2, len(counts) - _MOST_COUNTS))
    return counts[first : first + _MOST_COUNTS]


def _origin(study: Study, point: Point, command: str, version: str) -> Origin:
    experiment = study.experiment
    more = [f"Experiment: {experiment.name}"]
    if len(experiment.points) > 1:
        chosen = settings_text(point.settings)
        of = f"Point {point.number} of {len(experiment.points)}"
        more.append(f"{of}: {chosen}" if chosen else of)
    if point.number in study.unfinished:
        more.append("This point has fewer days than the experiment asks for.")
    return Origin(str(study.folder), "", command, version, settings_of(point.floor), more)
