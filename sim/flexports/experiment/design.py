"""Which combinations of the factors' values are tried."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from flexports.experiment.ranges import Range

if TYPE_CHECKING:
    from scipy.stats.qmc import QMCEngine

Kind: TypeAlias = Literal["grid", "list", "latin-hypercube", "sobol"]
#: All of them, by the names that files use; those that draw their points want ranges.
KINDS: tuple[str, ...] = get_args(Kind)
DRAWN = ("latin-hypercube", "sobol")
#: What keeps the numbers of designs apart from all others of the same seed: "design" in ASCII.
_DESIGN = int.from_bytes(b"design", "big")

Settings: TypeAlias = Mapping[str, object]
Factors: TypeAlias = Mapping[str, tuple[object, ...] | Range]


def size_of(kind: str, factors: Factors, points: int | None) -> int:
    """Return how many combinations a design has, without making them.

    Examples
    --------
    >>> size_of("grid", {"agents.sales.count": (5, 10), "ports.count": (4, 6, 8)}, None)
    6
    """
    if kind in DRAWN:
        return points or 0
    lengths = [len(values) for values in factors.values() if not isinstance(values, Range)]
    return math.prod(lengths) if kind == "grid" else max(lengths, default=1)


def combinations(
    kind: str, factors: Factors, points: int | None, seed: int
) -> Iterator[dict[str, object]]:
    """Yield the combinations of a design, in an order that the design alone decides.

    Parameters
    ----------
    kind : str
        ``grid``: all of them, the last factor changing fastest. ``list``: the first values of all
        factors, then the second ones, and so on. The others draw from ranges, as scipy does.
    factors : mapping
        By path, values or a range.
    points : int or None
        How many are drawn.
    seed : int
        Decides what is drawn, and nothing else does.

    Examples
    --------
    >>> list(combinations("list", {"a": (1, 2), "b": (10, 20)}, None, seed=1))
    [{'a': 1, 'b': 10}, {'a': 2, 'b': 20}]
    """
    if kind in DRAWN:
        yield from _drawn(kind, factors, points or 0, seed)
        return
    columns = [values for values in factors.values() if not isinstance(values, Range)]
    rows = product(*columns) if kind == "grid" or not columns else zip(*columns, strict=True)
    for row in rows:
        yield dict(zip(factors, row, strict=True))


def _drawn(kind: str, factors: Factors, points: int, seed: int) -> Iterator[dict[str, object]]:
    ranges = {path: one for path, one in factors.items() if isinstance(one, Range)}
    for row in _engine(kind, len(ranges), seed).random(points).tolist():
        yield {path: one.at(share) for (path, one), share in zip(ranges.items(), row, strict=True)}


def _engine(kind: str, dimensions: int, seed: int) -> QMCEngine:
    from scipy.stats import qmc

    # scipy spawns from the sequence of seeds and never looks at a generator's state: the key must
    # be in the sequence. A stream of `flexports.tape`, which is a state, would not do.
    key = np.random.SeedSequence([_DESIGN, seed])
    engine = qmc.Sobol if kind == "sobol" else qmc.LatinHypercube
    return engine(dimensions, rng=np.random.Generator(np.random.PCG64(key)))
