"""Reading a floor: the whole file is checked, and all that is wrong is told at once."""

import os
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from flexports.floor.check import Context, problems_of
from flexports.floor.complaints import problems_in
from flexports.floor.doubts import doubts_of
from flexports.floor.floor import Floor
from flexports.floor.source import kinds
from flexports.floor.text import parse_toml, read_text
from flexports.laws import known_laws
from flexports.problems import NOTHING, InputError, Problem

Tables = dict[str, Any]

#: The keys of a floor that hold a list of tables, each of which may be right or wrong by itself.
_LISTS = ("agents", "sources")
#: What an experiment says and no floor does: which floors it takes, and what it varies on them.
_OF_EXPERIMENTS = {"floor", "floors", "factors"}


def read_floor(path: str | os.PathLike[str]) -> Floor:
    """Return the floor that a TOML file describes.

    Parameters
    ----------
    path : path-like
        The file. A floor without a name is called after it.

    Raises
    ------
    InputError
        With every problem of the file: place, value, rule, remedy.
    """
    file = Path(path)
    tables = parse_toml(read_text(file), str(path))
    return _doubted(floor_of(tables, str(path), file.parent, file.stem), str(path))


def parse_floor(text: str, place: str = "<text>", folder: Path | None = None) -> Floor:
    """Return the floor that a TOML text describes.

    Parameters
    ----------
    text : str
        As the file would hold it.
    place : str
        What stands for the file's name in messages.
    folder : Path, optional
        Where files that the text names are looked for; the current folder by default.

    Raises
    ------
    InputError
        With every problem of the text.

    Examples
    --------
    >>> parse_floor("name = 'Nobody'")
    Traceback (most recent call last):
    flexports.problems.InputError: <text>: sources: is missing; add [[sources]] with a kind...
    """
    return _doubted(floor_of(parse_toml(text, place), place, folder, "floor"), place)


def _doubted(floor: Floor, place: str) -> Floor:
    """Return a floor, with a warning of all on it that is hardly meant."""
    for doubt in doubts_of(floor):
        warnings.warn(str(doubt.under(f"{place}: ")), UserWarning, stacklevel=3)
    return floor


def floor_of(raw: Tables, place: str, folder: Path | None, name: str) -> Floor:
    """Return the floor of a file's tables.

    Raises
    ------
    InputError
    """
    if _OF_EXPERIMENTS & set(raw) and not set(_LISTS) & set(raw):
        rule = "is an experiment, not a floor"
        remedy = "run it with `flexports run`, or name one of its floors"
        raise InputError(Problem(place, NOTHING, rule, remedy))
    raw = {"name": name, **raw}
    floor, problems, failed = _validated(raw, folder)
    if floor is None:  # tell also how the parts that are right fit together
        floor, _, more = _validated(_without(raw, failed), folder)
        failed = failed if not more else []
    if floor is not None:
        problems += problems_of(floor, _context(raw, failed))
    if problems:
        names = _source_names(raw)
        raise InputError(_named(problem, names).under(f"{place}: ") for problem in problems)
    assert floor is not None
    return floor


def _validated(
    raw: Tables, folder: Path | None
) -> tuple[Floor | None, list[Problem], list[tuple[int | str, ...]]]:
    """Return the floor, or what is wrong and the parts that it is wrong with."""
    try:
        return _adapter().validate_python(raw, context={"folder": folder}), [], []
    except ValidationError as error:
        failed = [_part(detail["loc"]) for detail in error.errors(include_url=False)]
        return None, problems_in(error, raw, Floor), failed


def _adapter() -> TypeAdapter[Floor]:
    return _adapter_of(tuple(kinds().values()), tuple(known_laws().values()))


@lru_cache(maxsize=8)
def _adapter_of(kinds: tuple[type, ...], laws: tuple[type, ...]) -> TypeAdapter[Floor]:
    return TypeAdapter(Floor)


def _part(loc: Sequence[int | str]) -> tuple[int | str, ...]:
    in_list = len(loc) > 1 and loc[0] in _LISTS and isinstance(loc[1], int)
    return tuple(loc[:2]) if in_list else tuple(loc[:1])


def _without(raw: Tables, failed: Iterable[tuple[int | str, ...]]) -> Tables:
    failed = set(failed)
    kept = {name: value for name, value in raw.items() if (name,) not in failed}
    for name in _LISTS:
        if isinstance(kept.get(name), list):
            kept[name] = [one for at, one in enumerate(kept[name]) if (name, at) not in failed]
    return kept


def _context(raw: Tables, failed: Sequence[tuple[int | str, ...]]) -> Context:
    places: dict[str, list[str]] = {}
    more: dict[str, list[str]] = {}
    for name in _LISTS:
        tables = raw.get(name) if (name,) not in failed else None
        tables = tables if isinstance(tables, list) else []
        lost = [at for at in range(len(tables)) if (name, at) in failed]
        places[name] = [f"{name}[{at}]" for at in range(len(tables)) if at not in lost]
        more[name] = [_name(tables[at]) for at in lost]
    return Context(
        source_places=places["sources"],
        group_places=places["agents"],
        more_sources=more["sources"],
        more_groups=more["agents"],
        incomplete=bool(failed),
    )


def _name(table: object) -> str:
    if not isinstance(table, Mapping):
        return ""
    return str(table.get("name", table.get("kind", "agents")))


def _source_names(raw: Tables) -> dict[str, str]:
    tables = raw.get("sources")
    tables = tables if isinstance(tables, list) else []
    return {f"sources[{at}]": _name(table) for at, table in enumerate(tables)}


def _named(problem: Problem, names: Mapping[str, str]) -> Problem:
    return problem.under("", names.get(problem.place.partition(".")[0], ""))
