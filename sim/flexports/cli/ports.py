"""Port counts as people write them: ``1-12``, ``4,6,8``, ``4-40:4``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from flexports.problems import InputError, Problem, split_message

_PART = re.compile(r"(?P<first>\d{1,9})(?:-(?P<last>\d{1,9})(?::(?P<step>\d{1,9}))?)?")
_EXAMPLES = "write a number, a range or a list: 7, 1-12, 4-40:4 or 4,6,8"


def parse_ports(text: str, most: int, option: str = "--ports") -> Sequence[int]:
    """Return the port counts of a text, ascending, each once.

    Parameters
    ----------
    text : str
    most : int
        The largest count that is allowed.
    option : str
        Where the text stands.

    Raises
    ------
    InputError

    Examples
    --------
    >>> parse_ports("1-3, 10-20:5", 100)
    [1, 2, 3, 10, 15, 20]
    """
    counts: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part.strip())
        if match is None:
            raise InputError(Problem(option, text, "names no port counts", _EXAMPLES))
        counts.update(_range(match, text, most, option))
    return sorted(counts)


def _range(match: re.Match[str], text: str, most: int, option: str) -> range:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    step = int(match["step"] or 1)
    if last < first:
        raise InputError(Problem(option, text, "runs backwards", f"write {last}-{first}"))
    if step < 1:
        raise InputError(Problem(option, text, "has a step of 0", f"write {first}-{last}"))
    if first < 1 or last > most:
        remedy = f"write numbers from 1 to {most}"
        raise InputError(Problem(option, text, "is out of range", remedy))
    return range(first, last + 1, step)


def read_option(option: str, text: str, read: Callable[[str], float]) -> float:
    """Return what an option's text means; what it does not mean is an `InputError`."""
    try:
        return read(text)
    except ValueError as error:
        raise InputError(Problem(option, text, *split_message(str(error)))) from error
