"""Which days are saved together.

A chunk is one or more whole blocks. Chunks grow with the days before them: what a killed run loses
is a small part of what it has done, and a study of any length makes a few hundred files at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

GROWTH = 24
"""A chunk is so many times smaller than what lies before it."""

_NAME = re.compile(r"days-(\d{8})-(\d{8})\.parquet")


class Piece(NamedTuple):
    """Some days, and whether they are saved already."""

    days: range
    is_saved: bool


def chunks(days: range, block: int) -> Iterator[range]:
    """Cut days into chunks.

    Parameters
    ----------
    days : range
    block : int
        How many days make a block.

    Examples
    --------
    >>> len(list(chunks(range(100_000), block=8)))
    191
    >>> [len(chunk) for chunk in chunks(range(40_000, 44_000), block=8)]
    [1664, 1736, 600]
    """
    start = days.start
    while start < days.stop:
        size = block * max(1, start // (block * GROWTH))
        yield range(start, min(start + size, days.stop))
        start += size


def pieces(days: range, block: int, saved: Iterable[range]) -> Iterator[Piece]:
    """Cut days into the chunks that are saved, and chunks between them that are not.

    Examples
    --------
    >>> for days, is_saved in pieces(range(6), 2, [range(2, 4), range(6, 8)]):
    ...     print(days, is_saved)
    range(0, 2) False
    range(2, 4) True
    range(4, 6) False
    """
    start = days.start
    for chunk in sorted(saved, key=lambda each: each.start):
        if chunk.start >= start and chunk.stop <= days.stop:
            yield from (Piece(new, False) for new in chunks(range(start, chunk.start), block))
            yield Piece(chunk, True)
            start = chunk.stop
    yield from (Piece(new, False) for new in chunks(range(start, days.stop), block))


def folder_name(point: int) -> str:
    """Return the name of the folder of a point's chunks."""
    return f"point-{point:04}"


def file_name(days: range) -> str:
    """Return the name of the file of a chunk.

    Examples
    --------
    >>> file_name(range(400, 800)), days_in(file_name(range(400, 800))), days_in("notes.txt")
    ('days-00000400-00000799.parquet', range(400, 800), None)
    """
    return f"days-{days.start:08}-{days.stop - 1:08}.parquet"


def days_in(name: str) -> range | None:
    """Return the days that the name of a file says; None if it is not that of a chunk."""
    match = _NAME.fullmatch(name)
    days = match and range(int(match[1]), int(match[2]) + 1)
    return days or None
