"""The files that an experiment names: read from a folder, or from what was kept of them."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flexports.floor.complaints import joined
from flexports.floor.text import read_text
from flexports.laws.empirical import parse_durations, read_durations_text
from flexports.problems import NOTHING, InputError, Problem


class Files:
    """Texts of files, by their names as the experiment has them, each read once.

    Parameters
    ----------
    folder : Path
        Where the experiment lies.
    kept : mapping of str to str, optional
        The texts; without it they are read from the folder.

    Attributes
    ----------
    texts : dict of str to str
        All that was read: with these, the experiment is the same without the files.
    """

    def __init__(self, folder: Path, kept: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._kept = kept
        self.texts: dict[str, str] = {}
        self.durations = cache(self._durations)

    def shown(self, name: str) -> str:
        """Return the name of a file for messages."""
        return os.path.normpath(self._path(name))

    def floor(self, name: str) -> str:
        """Return the text of a floor.

        Raises
        ------
        InputError
        """
        self.texts[name] = (
            read_text(self._path(name)) if self._kept is None else self._kept_text(name)
        )
        return self.texts[name]

    def _durations(self, floor: str, file: str) -> tuple[float, ...]:
        """Return the durations in a file that a floor names."""
        name = posixpath.join(posixpath.dirname(floor), file)
        text = (
            read_durations_text(self._path(name), file)
            if self._kept is None
            else self._kept_text(name)
        )
        self.texts[name] = text
        return parse_durations(text, file)

    def _path(self, name: str) -> Path:
        return self._folder / name

    def _kept_text(self, name: str) -> str:
        assert self._kept is not None
        if name not in self._kept:
            rule, remedy = "is not among the files that were kept", "begin a new run"
            raise InputError(Problem(name, NOTHING, rule, remedy))
        return self._kept[name]


def with_durations(tables: Any, floor: str, files: Files, place: str = "") -> Any:
    """Return tables with the durations themselves in place of the files that hold them.

    Parameters
    ----------
    tables : dict, list or value
        Of a floor.
    floor : str
        The floor's file: those of durations are relative to it.
    files : Files
    place : str
        Where the tables stand.

    Raises
    ------
    InputError
        If such a file cannot be used.
    """
    if isinstance(tables, list):
        return [
            with_durations(one, floor, files, f"{place}[{at}]") for at, one in enumerate(tables)
        ]
    if not isinstance(tables, dict):
        return tables
    inside = {
        name: with_durations(one, floor, files, joined(place, name)) for name, one in tables.items()
    }
    return _read(inside, floor, files, place) if _names_a_file(inside) else inside


def _names_a_file(table: Mapping[str, Any]) -> bool:
    named = table.get("distribution") == "empirical" and isinstance(table.get("file"), str)
    return named and "values" not in table


def _read(table: dict[str, Any], floor: str, files: Files, place: str) -> dict[str, Any]:
    file = table.pop("file")
    try:
        return {**table, "values": files.durations(floor, file)}
    except InputError as error:
        raise InputError(one.under(f"{place}.") for one in error.problems) from None
