"""``flexports size --over``: something else on the floor that is varied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flexports.problems import InputError, Problem

_RUN = re.compile(r"(?P<first>\d{1,6})-(?P<last>\d{1,6})")
_WHOLE = re.compile(r"\d{1,9}")
_REMEDY = "write a key of the floor and its values: sources.toll-free.keep_free=0-3"
_MOST = 1000


def parse_over(text: str) -> tuple[str, Sequence[object]]:
    """Return path and values of a text such as ``agents.sales.count=5,10,20``.

    Raises
    ------
    InputError

    Examples
    --------
    >>> parse_over("licences.dialer=3-5")
    ('licences.dialer', [3, 4, 5])
    >>> parse_over("sources.toll-free.rate=12 per hour, 18 per hour")
    ('sources.toll-free.rate', ['12 per hour', '18 per hour'])
    >>> parse_over('"sources.booking line.keep_free"=0')
    ('sources.booking line.keep_free', [0])
    """
    path, equals, written = text.partition("=")
    values = [value for part in written.split(",") for value in _values(part.strip())]
    if not equals or not path.strip() or not values:
        raise InputError(Problem("--over", text, "has no values", _REMEDY))
    return _without_quotes(path.strip()), values


def _without_quotes(path: str) -> str:
    """A path that stands in quotes as a whole, as an experiment's file has it."""
    inside = path[1:-1]
    return inside if path == f'"{inside}"' and '"' not in inside else path


def _values(part: str) -> Sequence[object]:
    run = _RUN.fullmatch(part)
    if run is not None:
        first, last = int(run["first"]), int(run["last"])
        if not first <= last < first + _MOST:
            raise InputError(Problem("--over", part, "is no range", "write one such as 3-8"))
        return range(first, last + 1)
    if _WHOLE.fullmatch(part):
        return [int(part)]
    try:
        return [float(part)]
    except ValueError:
        return [part] if part else []
