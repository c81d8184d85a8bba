"""The floors that an experiment names, before any factor is set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from flexports.experiment.experiment import FloorFile
from flexports.experiment.files import Files, with_durations
from flexports.experiment.table import is_experiment
from flexports.floor import Floor
from flexports.floor.read import floor_of
from flexports.floor.text import parse_toml
from flexports.problems import InputError, Problem

_PLACE = "floor"


@dataclass(frozen=True)
class Base:
    """A floor before its factors are set.

    Attributes
    ----------
    file : FloorFile
    tables : dict
        What its file holds.
    floor : Floor
    """

    file: FloorFile
    tables: Mapping[str, Any]
    floor: Floor


def floor_in(tables: Mapping[str, Any], name: str, file: str, files: Files) -> Floor:
    """Return the floor that tables describe.

    Parameters
    ----------
    tables : mapping
    name : str
        Its name, if the tables give none.
    file : str
        The file that the tables are from.
    files : Files

    Raises
    ------
    InputError
        With places that begin with the floor's own keys.
    """
    try:
        return floor_of(with_durations(tables, file, files), _PLACE, None, name)
    except InputError as error:
        raise InputError(_without(f"{_PLACE}: ", error.problems)) from None


def read_base(place: str, file: str, files: Files) -> Base:
    """Return one floor of an experiment, as its file has it.

    Parameters
    ----------
    place : str
        The key that names it.
    file : str
    files : Files

    Raises
    ------
    InputError
    """
    tables = _tables(place, file, files)
    try:
        floor = floor_in(tables, PurePath(file).stem, file, files)
    except InputError as error:
        prefix = f"{place}: {files.shown(file)}: "
        raise InputError(one.under(prefix) for one in error.problems) from None
    return Base(FloorFile(floor.name, file), tables, floor)


def with_targets(base: Base, targets: Mapping[str, Any], files: Files) -> Base:
    """Return a floor with an experiment's targets in place of its own, key by key.

    Raises
    ------
    InputError
    """
    tables = {**base.tables, "targets": {**base.tables.get("targets", {}), **targets}}
    return Base(base.file, tables, floor_in(tables, base.file.name, base.file.file, files))


def twice_named(bases: Sequence[Base]) -> Iterator[Problem]:
    """Yield floors that have the name of another."""
    files: dict[str, str] = {}
    for base in bases:
        name, file = base.file.name, base.file.file
        if name in files:
            rule = f"is a floor of the name '{name}', as '{files[name]}' is"
            yield Problem("floors", file, rule, "give each floor a name of its own")
        files.setdefault(name, file)


def _tables(place: str, file: str, files: Files) -> dict[str, Any]:
    try:
        tables = parse_toml(files.floor(file), files.shown(file))
    except InputError as error:
        raise InputError(one.under(f"{place}: ") for one in error.problems) from None
    if is_experiment(tables):
        raise InputError(Problem(place, file, "is an experiment", "name a floor's file"))
    return tables


def _without(prefix: str, problems: Sequence[Problem]) -> Iterator[Problem]:
    for one in problems:
        place = one.place.removeprefix(prefix)
        yield Problem(place, one.value, one.rule, one.remedy, one.of)
