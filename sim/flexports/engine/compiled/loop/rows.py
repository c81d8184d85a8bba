"""Rows and numbers of the floor's tables, as the loop reaches them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from numba import types

from flexports.engine.compiled.layout import CALL, RECORDS
from flexports.engine.compiled.loop.memory import (
    copier_of,
    numbers_of,
    putter_of,
    rows_of,
)

Record: TypeAlias = Any
FloorAtWork: TypeAlias = Any
"""The one row of a table of `FLOOR`."""


def _rows(table: str) -> Callable[[Any, int], Record]:
    """The function that returns a row of a table."""
    return rows_of(table, RECORDS[table])


def _changing(table: str, number: Any) -> tuple[Callable[..., Any], Callable[..., None]]:
    """The functions that read and set a number of a table."""
    return numbers_of(table, number), putter_of(table, number)


# Row `index` of a table: of the floor's steps, of the calls in progress, and so on.
step_at = _rows("steps")
shift_at = _rows("shifts")
roll_at = _rows("rolls")
stream_at = _rows("streams")
node_at = _rows("nodes")
item_at = _rows("stack")
call_at = _rows("calls")
blank_call_at = _rows("blank_calls")
copy_call = copier_of(CALL)
agent_at = _rows("agents")
user_at = _rows("users")
team_at = _rows("teams")
line_at = _rows("lines")
pool_at = _rows("pools")
row_at = _rows("rows")
spell_at = _rows("spells")
duty_at = _rows("duty")
counts_at = _rows("counts")
port_counts_at = _rows("port_counts")
by_interval_at = _rows("by_interval")
ports_by_interval_at = _rows("ports_by_interval")

# Number `index` of a table.
listed = numbers_of("lists", types.int64, constant=True)
meaning_of = numbers_of("outcomes", types.int64, constant=True)
value_at = numbers_of("values", types.float64, constant=True)
base_of = numbers_of("bases", types.int64, constant=True)
base_anew_at = numbers_of("anew", types.int64, constant=True)
ports_of = numbers_of("runs", types.int64, constant=True)
arrival_s = numbers_of("arrivals_s", types.float64, constant=True)
arrival_line = numbers_of("arrival_lines", types.int64, constant=True)
arrival_call = numbers_of("arrival_calls", types.int64, constant=True)
edge_s = numbers_of("edges_s", types.float64, constant=True)
interval_edge_s = numbers_of("interval_edges_s", types.float64, constant=True)
interval_edge = numbers_of("interval_edges", types.int64, constant=True)
seats_in = numbers_of("seats", types.int64, constant=True)
free_seats_in, put_free_seats = _changing("free_seats", types.int64)
head_of, put_head = _changing("heads", types.int32)
occupied_at, put_occupied = _changing("occupied", types.int64)
scratch_at, put_scratch = _changing("scratch", types.int32)
spent_at, put_spent = _changing("spent", types.int64)
busy_time_at, put_busy_time = _changing("busy_time", types.int64)
in_bin, put_in_bin = _changing("histograms", types.int64)
