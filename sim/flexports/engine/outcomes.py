"""What an engine returns: what happened to every call of one day, and what every agent did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]

CALL_COLUMNS = (
    "source",  # the number of the line
    "call",  # its number within the source and the day
    "attempt",  # 1 is the first
    "first_s",  # when its first attempt began: the arrival, the press, the start of the dial
    "began_s",  # when this one did
    "offered_s",  # when it wanted a port
    "gave_up_s",  # when it gave up waiting for one
    "outcome",  # the code of the outcome
    "port_from_s",
    "port_to_s",  # of the call's own port
    "asked_s",  # when it joined the queue for an agent
    "held_to_s",  # when an agent answered or the caller gave up
    "reached_s",  # when it came to what it was made for: the dial to a lead
    "answered_s",  # when a talk began, inbound or outbound
    "talk_to_s",
    "agent",  # his number through all teams
    "recorded",  # RECORDED, MISSED or NOT_WANTED
)
WORK_COLUMNS = ("agent", "activity", "from_s", "to_s")

_SORTED_BY = 2  # source, call, attempt; agent, activity, time

NOT_WANTED = 0.0
RECORDED = 1.0
MISSED = -1.0
NO_AGENT = -1.0


@dataclass(frozen=True)
class Table:
    """Named columns of equal length, float64; NaN says that it did not happen."""

    columns: tuple[str, ...]
    values: FloatArray
    """Shape (rows, columns)."""

    @classmethod
    def from_log(cls, columns: tuple[str, ...], log: Sequence[float]) -> Table:
        """Make a table of numbers in row after row, in order of its first columns."""
        return cls.in_order(columns, np.fromiter(log, np.float64, len(log)))

    @classmethod
    def in_order(cls, columns: tuple[str, ...], values: FloatArray) -> Table:
        """Make a table of rows, in order of its first columns."""
        rows = values.reshape(-1, len(columns))
        return cls(columns, rows[np.lexsort(rows[:, _SORTED_BY::-1].T)])

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, column: str) -> FloatArray:
        return self.values[:, self.columns.index(column)]


@dataclass(frozen=True)
class DayOutcomes:
    """One day on one port count.

    Attributes
    ----------
    calls : Table
        A row an attempt, with `CALL_COLUMNS`, in order of source, call and attempt.
    work : Table
        A row a spell of an agent's work, with `WORK_COLUMNS`, in order of agent, activity, time.
    """

    calls: Table
    work: Table
