"""The experiment, frozen: what is to be run, and all that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flexports.experiment.precision import Wanted
from flexports.experiment.table import Design
from flexports.floor import Floor, floor_text


@dataclass(frozen=True)
class FloorFile:
    """A floor of an experiment: its name, and its file as the experiment has it."""

    name: str
    file: str


@dataclass(frozen=True)
class Point:
    """One floor with one combination of the factors' values.

    Attributes
    ----------
    number : int
        From 1, in the order of the experiment.
    floor_name : str
        Of the floor that it varies.
    settings : mapping of str to value
        By the path of a key, its value as a file has it; empty where there are no factors.
    floor : Floor
        The whole floor, validated, with the experiment's targets.
    """

    number: int
    floor_name: str
    settings: Mapping[str, Any]
    floor: Floor

    @property
    def floor_text(self) -> str:
        """The file that describes this floor, with nothing left to defaults or to other files."""
        return floor_text(self.floor)


@dataclass(frozen=True)
class Experiment:
    """Floors x port counts x factors x days x targets.

    Attributes
    ----------
    name : str
    floors : tuple of FloorFile
    ports : tuple of int
        Port counts, ascending.
    days : int or None
        Days on each port count; None if precisions decide.
    precision : tuple of Wanted
        Run until all of these are reached; empty if the days are fixed.
    max_days, max_time_s : int or None, float or None
        What may be spent on that.
    seed : int
    confidence : float
    design : Design
    factors : mapping
        By the path of a key, a tuple of values or a `Range`.
    targets : mapping
        What stands in the file: these targets hold in place of the floors' own.
    points : tuple of Point
    text : str
        The file.
    floor_texts : mapping of str to str
        The files that it names, and those that these name. With `text` they make the same
        experiment again: see `read_experiment_text`.
    """

    name: str
    floors: tuple[FloorFile, ...]
    ports: tuple[int, ...]
    days: int | None
    precision: tuple[Wanted, ...]
    max_days: int | None
    max_time_s: float | None
    seed: int
    confidence: float
    design: Design
    factors: Mapping[str, Any]
    targets: Mapping[str, Any]
    points: tuple[Point, ...]
    text: str
    floor_texts: Mapping[str, str]


@dataclass(frozen=True)
class Summary:
    """How much an experiment asks for.

    Attributes
    ----------
    points : int
    ports : tuple of int
    days : int
        On each port count of each point; the most, if precisions decide.
    is_most : bool
        Whether precisions decide, so that it may be fewer.
    """

    points: int
    ports: tuple[int, ...]
    days: int
    is_most: bool

    @property
    def day_simulations(self) -> int:
        """Days on all port counts of all points together."""
        return self.points * len(self.ports) * self.days


DEFAULT_DAYS, DEFAULT_MAX_DAYS = 100, 6400


def summary(experiment: Experiment) -> Summary:
    """Return how much an experiment asks for, before any of it is run."""
    days = experiment.days or experiment.max_days or DEFAULT_MAX_DAYS
    is_most = experiment.days is None
    return Summary(len(experiment.points), experiment.ports, days, is_most)
