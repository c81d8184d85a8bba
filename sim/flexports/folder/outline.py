"""Plain lists and dicts taken apart into lists of whole numbers, and put together again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

Tree: TypeAlias = Any
"""What JSON can hold."""
Part: TypeAlias = tuple[str, list[int]]
"""Where in a tree a list of whole numbers stands, and the list."""

_NUMBERS = "#"
"""Stands in an outline for a list of whole numbers."""


def outline(tree: Tree) -> Tree:
    """Return a tree with a mark in place of each list of whole numbers.

    Examples
    --------
    >>> outline({"days": 2, "sums": [3, 4], "teams": [{"sums": []}]})
    {'days': 2, 'sums': '#', 'teams': [{'sums': '#'}]}
    """
    if isinstance(tree, dict):
        return {name: outline(branch) for name, branch in tree.items()}
    if isinstance(tree, list):
        return _NUMBERS if _is_numbers(tree) else [outline(branch) for branch in tree]
    return tree


def parts(tree: Tree, path: str = "") -> Iterator[Part]:
    """Yield the lists of whole numbers of a tree.

    Examples
    --------
    >>> dict(parts({"days": 2, "sums": [3, 4], "teams": [{"sums": []}]}))
    {'sums': [3, 4], 'teams[0].sums': []}
    """
    if isinstance(tree, list) and _is_numbers(tree):
        yield path, tree
        return
    for step, branch in _branches(tree, path):
        yield from parts(branch, step)


def whole(outlined: Tree, numbers: Iterator[Part], path: str = "") -> Tree:
    """Return the tree of which this is the outline and these are the parts, in order.

    Raises
    ------
    ValueError
        If the next part is another than the outline has there.
    """
    if outlined == _NUMBERS:
        found, values = next(numbers, ("nothing", []))
        if found != path:
            raise ValueError(f"{found} stands where {path} should")
        return values
    if isinstance(outlined, dict):
        steps = _branches(outlined, path)
        return {
            name: whole(branch, numbers, step)
            for name, (step, branch) in zip(outlined, steps, strict=True)
        }
    if isinstance(outlined, list):
        return [whole(branch, numbers, step) for step, branch in _branches(outlined, path)]
    return outlined


def _is_numbers(tree: list[Any]) -> bool:
    return all(type(branch) is int for branch in tree)


def _branches(tree: Tree, path: str) -> Iterator[tuple[str, Tree]]:
    if isinstance(tree, dict):
        dot = "." if path else ""
        yield from ((f"{path}{dot}{name}", branch) for name, branch in tree.items())
    elif isinstance(tree, list):
        yield from ((f"{path}[{at}]", branch) for at, branch in enumerate(tree))
