"""Port counts, and other sizes, as people write them: ``1-12``, ``4,6,8``, ``4-40:4``."""

from __future__ import annotations

import re

MOST_PORTS = 10_000
_PART = re.compile(r"(?P<first>\d{1,9})(?:-(?P<last>\d{1,9})(?::(?P<step>\d{1,9}))?)?")
_EXAMPLES = "write a number, a range or a list: 7, 1-12, 4-40:4 or 4,6,8"


def counts_in(text: str, most: int = MOST_PORTS) -> list[int]:
    """Return the counts of a text, ascending, each once.

    Parameters
    ----------
    text : str
    most : int
        The largest count that is allowed.

    Raises
    ------
    ValueError
        With a message of the form ``rule; remedy``.

    Examples
    --------
    >>> counts_in("1-3, 10-20:5")
    [1, 2, 3, 10, 15, 20]
    """
    counts: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"names no port counts; {_EXAMPLES}")
        counts.update(_range(match, most))
    return sorted(counts)


def _range(match: re.Match[str], most: int) -> range:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    step = int(match["step"] or 1)
    if last < first:
        raise ValueError(f"runs backwards; write {last}-{first}")
    if step < 1:
        raise ValueError(f"has a step of 0; write {first}-{last}")
    if first < 1 or last > most:
        raise ValueError(f"is out of range; write numbers from 1 to {most}")
    return range(first, last + 1, step)
