"""The path of a key in a floor's tables: ``agents.sales.count``, ``sources.toll-free.rate``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from flexports.floor import Floor
from flexports.floor.complaints import joined
from flexports.floor.toml_text import toml_value
from flexports.floor.write import file_value
from flexports.keys import DeclaredKey, Keyed, Tagged, declared_keys
from flexports.problems import one_of

Step: TypeAlias = str | int
Steps: TypeAlias = tuple[Step, ...]
Tables: TypeAlias = dict[str, Any]

EXAMPLE = "write one such as 'agents.sales.count' or 'sources.toll-free.rate'"
#: What tells things apart, or decides which keys they have, is not varied.
_FIXED = ("name", "kind")
_WHAT = {"agents": "group of agents", "sources": "source"}
_NAME = r'"[^"]*"|[^."]+'
_PATH = re.compile(rf"(?:{_NAME})(?:\.(?:{_NAME}))*")


def path_name(name: str) -> str:
    """Return a name as it stands in a path: in quotes if there is a dot in it."""
    return f'"{name}"' if "." in name else name


def names_in(path: str) -> list[str]:
    """Return the names of a path.

    Raises
    ------
    ValueError
        ``rule; remedy``.

    Examples
    --------
    >>> names_in('sources."toll.free".rate')
    ['sources', 'toll.free', 'rate']
    """
    if not _PATH.fullmatch(path):
        raise ValueError(f"is not the path of a key; {EXAMPLE}")
    return [name.strip('"').strip() for name in re.findall(_NAME, path)]


def place_of(steps: Sequence[Step]) -> str:
    """Return steps as complaints about a floor name them.

    Examples
    --------
    >>> place_of(("sources", 1, "talk", "mean"))
    'sources[1].talk.mean'
    """
    place = ""
    for step in steps:
        place = joined(place, f"[{step}]" if isinstance(step, int) else step)
    return place


def located(path: str, floor: Floor, tables: Tables) -> Steps:
    """Return the steps of a path through a floor's tables, where its key can be set.

    Tables on the way that the file leaves out are added, with what holds by default.

    Parameters
    ----------
    path : str
        Groups of agents and sources are named by their names.
    floor : Floor
        What the tables describe.
    tables : dict
        A copy of the tables, which is changed.

    Raises
    ------
    ValueError
        ``rule; remedy``, if the path leads nowhere.
    """
    walk = _Walk(floor, tables)
    *way, last = names_in(path)
    for name in way:
        walk.enter(name)
    return walk.end(last)


def put(tables: Tables, steps: Steps, value: object) -> None:
    """Set the key that `located` found."""
    table: Any = tables
    for step in steps[:-1]:
        table = table[step]
    table[steps[-1]] = value


class _Walk:
    """A walk through what a floor is and, at the same time, through the tables that say so."""

    def __init__(self, floor: Floor, tables: Tables) -> None:
        self._here: object = floor
        self._kind: type[Keyed] | None = Floor
        self._table: Any = tables
        self._steps: list[Step] = []
        self._names: list[str] = []

    def enter(self, name: str) -> None:
        """Go into a table."""
        if self._at_a_list:
            self._choose(name)
            return
        declared = self._declared(name)
        inside = getattr(self._here, declared.field, None) if declared is not None else None
        if name not in self._table:
            default = file_value(declared, inside) if declared is not None else None
            self._table[name] = {} if default in (None, ()) else default
        self._step(name, name, inside)
        self._kind = _kind_of(inside, declared)
        if not isinstance(self._table, dict) and not self._at_a_list:
            self._refuse_bare(name)

    def end(self, name: str) -> Steps:
        """Return the steps to a key of the table that the walk has come to."""
        if self._at_a_list:
            self._choose(name)
            raise ValueError(f"names all of a {self._what}; name one of its keys: {self._keys}")
        declared = self._declared(name)
        if name in _WHAT and len(self._steps) == 0:
            raise ValueError(f"names every {_WHAT[name]}; {EXAMPLE}")
        if declared is not None and name in _FIXED:
            remedy = "leave it out, and write another floor for it"
            raise ValueError(f"is what tells things apart, and cannot be a factor; {remedy}")
        return (*self._steps, name)

    @property
    def _at_a_list(self) -> bool:
        return len(self._steps) == 1 and self._steps[0] in _WHAT

    @property
    def _what(self) -> str:
        return _WHAT[str(self._steps[0])]

    @property
    def _keys(self) -> str:
        known = (one.key for one in declared_keys(type(self._here)))
        return ", ".join(key for key in known if key not in _FIXED)

    def _choose(self, name: str) -> None:
        elements = self._here if isinstance(self._here, tuple) else ()
        known = [one.name for one in elements]
        if name not in known:
            remedy = one_of(name, known) if known else "leave it out: there is none"
            raise ValueError(f"names '{name}', which is no {self._what} of the floor; {remedy}")
        number = known.index(name)
        self._step(number, name, elements[number])
        self._kind = type(elements[number])

    def _step(self, step: Step, name: str, inside: object) -> None:
        self._steps.append(step)
        self._names.append(path_name(name))
        self._here, self._table = inside, self._table[step]

    def _declared(self, name: str) -> DeclaredKey | None:
        """Return what is known of a key here; of tables without declared keys, nothing is."""
        if self._kind is None:
            return None
        known = {one.key: one for one in declared_keys(self._kind)}
        if name not in known:
            whose = f"key of {'.'.join(self._names)}" if self._names else "table of a floor"
            remedy = one_of(name, known)
            if not remedy.startswith("did you mean"):
                remedy = f"write one of: {', '.join(known)}"
            raise ValueError(f"names '{name}', which is no {whose}; {remedy}")
        return known[name]

    def _refuse_bare(self, name: str) -> None:
        what = "a list" if isinstance(self._table, list) else toml_value(self._table)
        rule = f"goes into {name}, which the floor writes as {what} and not as a table"
        raise ValueError(f"{rule}; vary {name} itself, or write it as a table in the floor")


def _kind_of(inside: object, declared: DeclaredKey | None) -> type[Keyed] | None:
    """Return the class of a table, also of one that the floor leaves out."""
    if isinstance(inside, Keyed):
        return type(inside)
    if declared is None or any(isinstance(mark, Tagged) for mark in declared.marks):
        return None
    element = declared.element
    return element if isinstance(element, type) and issubclass(element, Keyed) else None


def within(tables: Mapping[str, Any]) -> Tables:
    """Return a copy of tables in which keys can be set."""
    copied = _copied(tables)
    assert isinstance(copied, dict)
    return copied


def _copied(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {name: _copied(one) for name, one in part.items()}
    return [_copied(one) for one in part] if isinstance(part, list) else part
