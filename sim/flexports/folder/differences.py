"""How one experiment differs from another, key by key, in words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from flexports.problems import NOTHING, shortened

_MOST = 5
"""So many differences are told: who sees more knows that it is another experiment."""


def differences_text(there: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """Tell what differs; nothing if nothing does.

    Parameters
    ----------
    there, asked : mapping of str to value
        What there is and what is asked for, by its place.

    Examples
    --------
    >>> print(differences_text({"seed": 5, "days": 20}, {"seed": 6}))
    seed 5 where 6 is asked for, days 20 where none is
    """
    told = [
        _told(place, *values)
        for place in dict.fromkeys((*there, *asked))
        if (values := (there.get(place, NOTHING), asked.get(place, NOTHING)))[0] != values[1]
    ]
    if len(told) > _MOST:
        told[_MOST:] = [f"and {len(told) - _MOST} more"]
    return ", ".join(told)


def _told(place: str, there: object, asked: object) -> str:
    if asked is NOTHING:
        return f"{place} {shortened(there)} where none is"
    found = "left out" if there is NOTHING else shortened(there)
    return f"{place} {found} where {shortened(asked)} is asked for"


def keys_of(text: str, prefix: str = "") -> dict[str, Any]:
    """Return the values of a TOML text by their places; of any other text, its lines.

    Examples
    --------
    >>> keys_of("sources = [{ rate = '1 per h' }]", "a.toml: ")
    {'a.toml: sources[0].rate': '1 per h'}
    """
    try:
        return leaves(tomllib.loads(text), prefix)
    except ValueError:
        return lines_of(text, prefix)


def lines_of(text: str, prefix: str = "") -> dict[str, Any]:
    """Return the lines of a text by their places."""
    return {f"{prefix}line {number}": line for number, line in enumerate(text.splitlines(), 1)}


def leaves(tree: object, prefix: str = "") -> dict[str, Any]:
    """Return the values of a tree by their places."""
    return {f"{prefix}{place}": value for place, value in _leaves(tree, "")}


def _leaves(tree: object, place: str) -> Iterator[tuple[str, object]]:
    if isinstance(tree, Mapping):
        dot = "." if place else ""
        for name, branch in tree.items():
            yield from _leaves(branch, f"{place}{dot}{name}")
    elif isinstance(tree, list) and any(isinstance(branch, Mapping) for branch in tree):
        for at, branch in enumerate(tree):
            yield from _leaves(branch, f"{place}[{at}]")
    else:
        yield place, tree
