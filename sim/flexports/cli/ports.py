"""Options that hold what people write for numbers: port counts, durations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from flexports.counts import counts_in
from flexports.problems import InputError, Problem, split_message

T = TypeVar("T")


def parse_ports(text: str, most: int, option: str = "--ports") -> Sequence[int]:
    """Return the port counts of an option, ascending, each once; see `counts_in`.

    Raises
    ------
    InputError
    """
    return read_option(option, text, lambda written: counts_in(written, most))


def read_option(option: str, text: str, read: Callable[[str], T]) -> T:
    """Return what an option's text means; what it does not mean is an `InputError`."""
    try:
        return read(text)
    except ValueError as error:
        raise InputError(Problem(option, text, *split_message(str(error)))) from error
