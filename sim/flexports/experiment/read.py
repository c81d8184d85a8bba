"""Reading an experiment: the whole of it is checked, and all that is wrong is told at once."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from flexports.experiment.bases import Base, read_base, twice_named, with_targets
from flexports.experiment.check import problems_of
from flexports.experiment.complaints import once
from flexports.experiment.experiment import DEFAULT_DAYS, Experiment, FloorFile, Point
from flexports.experiment.files import Files
from flexports.experiment.metrics import metrics_on
from flexports.experiment.opened import Opened
from flexports.experiment.points import points_of
from flexports.experiment.precision import Wanted
from flexports.experiment.table import ExperimentTable
from flexports.experiment.values import paths_in
from flexports.floor.complaints import problems_in
from flexports.floor.text import parse_toml, read_text
from flexports.problems import NOTHING, InputError, Problem

BEGIN = "write name, floor (a floor's file) and ports, at least"

#: Stands for a key that could not be read, so that the others can be looked at.
_INSTEAD: Mapping[str, Any] = {"name": "experiment", "ports": 1}


def read_experiment(path: str | os.PathLike[str]) -> Experiment:
    """Return the experiment that a TOML file describes, with the floors that it names.

    Parameters
    ----------
    path : path-like

    Raises
    ------
    InputError
        With every problem of the file and of its floors: place, value, rule, remedy.
    """
    file = Path(path)
    return parse_experiment(read_text(file), str(path), file.parent)


def parse_experiment(text: str, place: str = "<text>", folder: Path | None = None) -> Experiment:
    """Return the experiment that a TOML text describes.

    Parameters
    ----------
    text : str
        As the file would hold it.
    place : str
        What stands for the file's name in messages.
    folder : Path, optional
        Where the floors are looked for; the current folder by default.

    Raises
    ------
    InputError

    Examples
    --------
    >>> parse_experiment("ports = '1-12'")
    Traceback (most recent call last):
    flexports.problems.InputError: <text>: name: is missing; add name = "Company X at its peak"...
    """
    return _Reader(text, place, Files(folder or Path())).experiment()


def read_experiment_text(
    text: str, floor_texts: Mapping[str, str], place: str = "<text>"
) -> Experiment:
    """Return an experiment from texts alone: what its `text` and `floor_texts` were.

    Parameters
    ----------
    text : str
    floor_texts : mapping of str to str
        No file is read but these.
    place : str
        What stands for the file's name in messages.

    Raises
    ------
    InputError
        Also if it names a file that is not among them.
    """
    return _Reader(text, place, Files(Path(), floor_texts)).experiment()


@dataclass(frozen=True)
class _Reader:
    """Reads one experiment."""

    text: str
    place: str
    files: Files

    def experiment(self) -> Experiment:
        """Return it, if nothing is wrong."""
        raw = parse_toml(self.text, self.place, BEGIN)
        if {"agents", "sources"} & set(raw) and not {"floor", "floors"} & set(raw):
            rule, remedy = "is a floor, not an experiment", "size it with `flexports size`"
            raise self._refused([Problem("", NOTHING, rule, f"{remedy}, or name it in one")])
        table, problems, failed = _validated(raw)
        targets = {} if "targets" in failed else raw.get("targets", {})
        bases, wrong = self._bases(table, targets)
        opened = [Opened(base, paths_in(raw), self.files, len(bases) > 1) for base in bases]
        problems += [*problems_of(table, raw, failed), *wrong]
        problems += [problem for one in opened for problem in one.wrong_paths]
        if problems:
            raise self._refused(problems)
        points = self._points(opened, table)
        return self._made(table, tuple(base.file for base in bases), targets, points)

    def _points(self, opened: Sequence[Opened], table: ExperimentTable) -> tuple[Point, ...]:
        try:
            points = points_of(opened, table.factors, table.design, table.seed)
        except InputError as error:
            raise self._refused(error.problems) from None
        unknown = list(_metrics_that_nothing_has(table.precision, points))
        if unknown:
            raise self._refused(unknown)
        return points

    def _bases(
        self, table: ExperimentTable, targets: Mapping[str, Any]
    ) -> tuple[list[Base], list[Problem]]:
        bases: list[Base] = []
        problems: list[Problem] = []
        for place, file in _named(table):
            try:
                bases.append(read_base(place, file, self.files))
                if targets:
                    bases[-1] = with_targets(bases[-1], targets, self.files)
            except InputError as error:
                problems += error.problems
        return bases, [*problems, *twice_named(bases)]

    def _made(
        self,
        table: ExperimentTable,
        floors: tuple[FloorFile, ...],
        targets: Mapping[str, Any],
        points: tuple[Point, ...],
    ) -> Experiment:
        fixed = None if table.precision else table.days or DEFAULT_DAYS
        return Experiment(
            name=table.name,
            floors=floors,
            ports=table.ports,
            days=fixed,
            precision=table.precision,
            max_days=table.max_days,
            max_time_s=table.max_time_s,
            seed=table.seed,
            confidence=table.confidence,
            design=table.design,
            factors=table.factors,
            targets=targets,
            points=points,
            text=self.text,
            floor_texts=self.files.texts,
        )

    def _refused(self, problems: Iterable[Problem]) -> InputError:
        return InputError(
            one.under(f"{self.place}: " if one.place else self.place) for one in once(problems)
        )


def _validated(raw: Mapping[str, Any]) -> tuple[ExperimentTable, list[Problem], set[str]]:
    """Return what could be read of the table, what is wrong, and the keys that it is wrong with."""
    try:
        return _adapter().validate_python(raw), [], set()
    except ValidationError as error:
        problems = problems_in(error, raw, ExperimentTable)
        failed = {str(detail["loc"][0]) for detail in error.errors(include_url=False)}
    right = {name: value for name, value in raw.items() if name not in failed}
    return _adapter().validate_python({**_INSTEAD, **right}), problems, failed


@cache
def _adapter() -> TypeAdapter[ExperimentTable]:
    return TypeAdapter(ExperimentTable)


def _named(table: ExperimentTable) -> list[tuple[str, str]]:
    """Return the files of the floors, each with the key that names it."""
    one = [("floor", table.floor)] if table.floor is not None else []
    return one + [(f"floors[{at}]", file) for at, file in enumerate(table.floors)]


def _metrics_that_nothing_has(
    precision: Iterable[Wanted], points: Iterable[Point]
) -> Iterator[Problem]:
    for wanted in precision:
        if not any(wanted.metric in metrics_on(point.floor) for point in points):
            rule = f"asks for {wanted.metric}, which nothing on the floor has"
            yield Problem("precision", str(wanted), rule, "leave it out, or ask for blocking")
