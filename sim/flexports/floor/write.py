"""A floor as the file that describes it."""

from collections.abc import Iterator
from typing import Any

from flexports.floor.floor import Floor
from flexports.floor.source import keys_in_order
from flexports.floor.toml_text import toml_key, toml_value
from flexports.keys import DeclaredKey, Keyed
from flexports.laws import Law, law_table


def file_value(declared: DeclaredKey, value: object) -> object:
    """Return a key's value as a file holds it: durations as text, tables as mappings."""
    if value is None:
        return None
    if isinstance(value, Law):
        return law_table(value)
    if isinstance(value, Keyed):
        return file_table(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Keyed):
        return [file_table(one) for one in value]
    return declared.value.show(value) if declared.value is not None else value


def file_table(table: Keyed) -> dict[str, Any]:
    """Return what a file holds of a table: every key but those that say no more than silence."""
    found = {
        one.key: file_value(one, getattr(table, one.field)) for one in keys_in_order(type(table))
    }
    return {name: value for name, value in found.items() if value not in (None, {}, [], ())}


def floor_text(floor: Floor) -> str:
    """Return the TOML text that describes a floor, with nothing left to defaults.

    Reading it gives the floor back, value for value.

    Examples
    --------
    >>> from flexports.floor import Day
    >>> lines = floor_text(Floor(name="Nobody", day=Day(length_s=3600.0))).splitlines()
    >>> lines[:5]
    ['name = "Nobody"', '', '[day]', 'length = "1 h"', 'opens = "09:00"']
    """
    return "\n".join(_lines(file_table(floor))) + "\n"


def _lines(tables: dict[str, Any]) -> Iterator[str]:
    for name, value in tables.items():
        if not isinstance(value, dict | list):
            yield f"{name} = {toml_value(value)}"
    for name, value in tables.items():
        if isinstance(value, dict | list):
            head = f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            for table in value if isinstance(value, list) else [value]:
                yield from ("", head)
                yield from (f"{toml_key(one)} = {toml_value(it)}" for one, it in table.items())
