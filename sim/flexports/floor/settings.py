"""Every setting in force on a floor, and where each comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from flexports.floor.complaints import joined
from flexports.floor.read import floor_of
from flexports.floor.source import keys_in_order
from flexports.floor.text import parse_toml, read_text
from flexports.floor.toml_text import toml_value
from flexports.floor.write import file_table, file_value
from flexports.keys import DeclaredKey, Keyed, first_paragraph
from flexports.laws import Law


@dataclass(frozen=True)
class Setting:
    """One setting in force.

    Attributes
    ----------
    place : str
        The dotted key: ``sources[1].talk``.
    value : str
        As TOML text, or, where nothing is set, what holds then: ``they hold for ever``.
    came_from : str
        ``file``, ``default``, or ``option`` where the command line has it.
    note : str
        What the key means.
    """

    place: str
    value: str
    came_from: Literal["file", "default", "option"]
    note: str


def settings(source: str | Path) -> list[Setting]:
    r"""Return every setting in force, in the order of the declarations.

    Parameters
    ----------
    source : str or Path
        A Path is a file to read, a string the text of one.

    Raises
    ------
    InputError
        If it is not a floor.

    Examples
    --------
    >>> text = "[[agents]]\ncount = 2\n[[sources]]\nkind = 'inbound'\nrate = '9 per hour'"
    >>> length = next(one for one in settings(text) if one.place == "day.length")
    >>> length.value, length.came_from, length.note
    ('"8 h"', 'default', 'From opening to closing.')
    """
    if isinstance(source, Path):
        raw = parse_toml(read_text(source), str(source))
        return settings_in(floor_of(raw, str(source), source.parent, source.stem), raw)
    raw = parse_toml(source, "<text>")
    return settings_in(floor_of(raw, "<text>", None, "floor"), raw)


def settings_in(floor: Keyed, tables: dict[str, Any]) -> list[Setting]:
    """Return the same of a floor and the tables of the file that it was read from."""
    return list(_of_table(floor, tables, ""))


def settings_in_force(floor: Keyed, source: Path) -> list[Setting]:
    """Return every setting of a floor that was read from a file and may have been changed since.

    Parameters
    ----------
    floor : Floor
    source : Path
        The file.

    Raises
    ------
    InputError
        If it is not a floor.
    """
    raw = parse_toml(read_text(source), str(source))
    of_file = {each.place: each for each in settings(source)}
    return [
        each if of_file.get(each.place) == each else replace(each, came_from="option")
        for each in _of_table(floor, raw, "")
    ]


def settings_of(floor: Keyed) -> list[Setting]:
    """Return every setting of a floor of which no file is known, such as one of an experiment.

    What says no more than silence comes from ``default``.
    """
    return list(_of_table(floor, file_table(floor), ""))


def _of_table(table: Keyed, raw: object, place: str) -> Iterator[Setting]:
    given = raw if isinstance(raw, Mapping) else {}
    for declared in keys_in_order(type(table)):
        value = getattr(table, declared.field)
        yield from _of_key(_described(declared, table), value, given, joined(place, declared.key))


def _described(declared: DeclaredKey, table: Keyed) -> DeclaredKey:
    if declared.description or declared.key != "kind":
        return declared
    return replace(declared, description=" ".join(first_paragraph(type(table))))


def _of_key(
    declared: DeclaredKey, value: object, given: Mapping[str, Any], place: str
) -> Iterator[Setting]:
    inside = given.get(declared.key)
    if isinstance(value, tuple) and value and isinstance(value[0], Keyed):
        tables = inside if isinstance(inside, list) else [{} for _ in value]
        for number, (one, raw) in enumerate(zip(value, tables, strict=True)):
            yield from _of_table(one, raw, f"{place}[{number}]")
    elif isinstance(value, Keyed) and not isinstance(value, Law):
        yield from _of_table(value, inside, place)
    else:
        came_from: Literal["file", "default"] = "file" if declared.key in given else "default"
        shown = _shown(declared, value)
        note = declared.description
        if came_from == "default" and declared.unset is not None and value not in (None, ()):
            note = f"{note} Left out: {declared.unset}."
        yield Setting(place, shown, came_from, note)


def _shown(declared: DeclaredKey, value: object) -> str:
    if value is None or value == ():
        return declared.unset or "none"
    return toml_value(file_value(declared, value))
