"""How a study tells how far it is. What shows it is in `flexports.study.bars`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Standing:
    """How far a study is.

    Attributes
    ----------
    done : int
        Days that are done.
    of : int or None
        Days that there will be; None if nobody knows.
    precision : str
        What is known so far, and how well it shall be: ``blocking of toll-free +-3.1 %, 2 %
        wanted``. Empty where no precision was asked for.
    saved : int
        How many of those done were there before it began: they took it no time.
    """

    done: int
    of: int | None
    precision: str = ""
    saved: int = 0


Progress: TypeAlias = Callable[[Standing], None]
"""Told how far a study is, again and again."""


def silent(standing: Standing) -> None:
    """Tell nobody."""
