"""Kinds of which calls arrive by themselves, some days more and some days fewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from flexports.floor.keys import key
from flexports.floor.parts import DayCv
from flexports.sources.kind import Kind


@dataclass(frozen=True, kw_only=True)
class Arriving(Kind):
    """A kind with a rate that may differ from day to day."""

    day_cv: Annotated[
        DayCv, key("How its days differ: spread of a factor on its rate.", example="0.1")
    ] = 0.0
