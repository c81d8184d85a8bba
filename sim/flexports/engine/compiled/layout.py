"""The records that the loop works on: what one call, agent, team, line, ... is in memory.

All that belongs to one call stands together. Lists are chains through the rows: `first` and `last`
of whoever keeps the list, `next` and `prev` of its members; `NOBODY` ends them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numba import types

from flexports.engine.compiled.floor_record import record, small_record
from flexports.engine.compiled.memory import copier_of, numbers_of, putter_of, rows_of
from flexports.engine.counts import (
    CALL_COUNTS,
    HIGH,
    INTERVAL_COUNTS,
    PORT_COUNTS,
    PORT_INTERVAL_COUNTS,
)
from flexports.engine.outcomes import CALL_COLUMNS, WORK_COLUMNS

NOBODY = -1
"""No call, agent, step, draw, line: the end of a list."""

Record: TypeAlias = Any
FloorAtWork: TypeAlias = Any
"""The one row of a table of `FLOOR`."""

# What each thing that something can happen to has in the event list; see `wheel`.
NODE = small_record(
    "next",
    "prev",
    "place",
    "where",  # which list it stands in
    time_s="f8",
    slot="i8",
)

# An attempt: what its row in the results tells, and what it is about at the moment.
CALL = small_record(
    "outcome",
    "agent",
    "recorded",
    "line",
    "pc",  # its step
    "flow",  # the first step of its flow
    "resume",  # what its event means
    "tries",
    "with_agent",
    "user",  # who started it and waits for its end
    "at_an_end",
    "first_counted",
    "first_fresh",
    "next",
    "prev",
    **dict.fromkeys((column for column in CALL_COLUMNS if column.endswith("_s")), "f8"),
    first_offered_s="f8",
    number="i8",
    draws="i8",  # where its draws stand in the values of each attribute
    joined="i8",  # its rank in a queue, after priority
    port_from_ticks="i8",
)

AGENT = small_record(
    "team",
    "place",  # in his team
    "number",  # among all who dial for his line
    "resume",
    "idle",
    "seated",
    "locked_out",
    "next",  # among the idle of his team
    "prev",
    "next_locked_out",
    "prev_locked_out",
    "dials",  # how many he has made
    draws="i8",  # where those of the next stand in the values of each attribute
    locked_out_since_s="f8",
)

USER = record("line", "place", "made")

TEAM = record(
    *("dials", "flow", "roll", "pause", "dialers"),
    *("shifts", "shifts_end", "seats", "seats_end", "serves", "serves_end"),
    *("has_shifts", "duty", "duty_end", "first", "last"),
    "spent",  # where its times stand in the present run
)

LINE = record(
    *("pool", "priority", "keep_free", "limit", "held", "flow", "roll", "users", "pause"),
    *("asks", "asks_end", "unserved", "own_lines", "waits", "dials", "reaches"),
    *("first", "last", "first_for_port", "last_for_port", "tried"),
    *("hold_bins", "wait_bins", "speed_bins"),
    "counts",  # its row in the present run
)

POOL = record("size", "free", "waiting", "joined", "lines", "lines_end")

ROLL = record("starters", "length", "size", "needed")

SHIFT = record("team", from_s="f8", to_s="f8")

STEP = small_record(
    "op",
    "draw",
    "other",  # where a side way begins, or a list of ways
    "second",
    "code",
    "most",
    "flag",
    base="i8",  # where the values of its draw begin
    second_base="i8",
)

WORK_ITEM = small_record("what", "who")

ROW = record(**dict.fromkeys(CALL_COLUMNS, "f8"))
SPELL = record(**dict.fromkeys(WORK_COLUMNS, "f8"))
DUTY = record("from_ticks", "to_ticks")

COUNTS = record(*CALL_COUNTS, *(name + HIGH for name in CALL_COUNTS if name.endswith("_ticks")))
PORTS_COUNTS = record(
    *PORT_COUNTS, *(name + HIGH for name in PORT_COUNTS if name.endswith("_ticks"))
)
BY_INTERVAL = record(*INTERVAL_COUNTS, "hold_ticks" + HIGH)
PORTS_BY_INTERVAL = record(*PORT_INTERVAL_COUNTS)

RECORDS = {
    "steps": STEP,
    "shifts": SHIFT,
    "rolls": ROLL,
    "nodes": NODE,
    "stack": WORK_ITEM,
    "calls": CALL,
    "blank_calls": CALL,
    "agents": AGENT,
    "users": USER,
    "teams": TEAM,
    "lines": LINE,
    "pools": POOL,
    "rows": ROW,
    "spells": SPELL,
    "counts": COUNTS,
    "port_counts": PORTS_COUNTS,
    "by_interval": BY_INTERVAL,
    "ports_by_interval": PORTS_BY_INTERVAL,
    "duty": DUTY,
    "heads": np.dtype("i4"),
    "scratch": np.dtype("i4"),
    **dict.fromkeys(("values", "arrivals_s", "edges_s", "interval_edges_s"), np.dtype("f8")),
}
"""What stands in each table; int64 in those that are not named."""


def _changing(table: str, number: Any) -> tuple[Callable[..., Any], Callable[..., None]]:
    """The functions that read and set a number of a table."""
    return numbers_of(table, number), putter_of(table, number)


# Row `index` of a table: of the floor's steps, of the calls in progress, and so on.
step_at = rows_of("steps", STEP)
shift_at = rows_of("shifts", SHIFT)
roll_at = rows_of("rolls", ROLL)
node_at = rows_of("nodes", NODE)
item_at = rows_of("stack", WORK_ITEM)
call_at = rows_of("calls", CALL)
blank_call_at = rows_of("blank_calls", CALL)
copy_call = copier_of(CALL)
agent_at = rows_of("agents", AGENT)
user_at = rows_of("users", USER)
team_at = rows_of("teams", TEAM)
line_at = rows_of("lines", LINE)
pool_at = rows_of("pools", POOL)
row_at = rows_of("rows", ROW)
spell_at = rows_of("spells", SPELL)
duty_at = rows_of("duty", DUTY)
counts_at = rows_of("counts", COUNTS)
port_counts_at = rows_of("port_counts", PORTS_COUNTS)
by_interval_at = rows_of("by_interval", BY_INTERVAL)
ports_by_interval_at = rows_of("ports_by_interval", PORTS_BY_INTERVAL)

# Number `index` of a table.
listed = numbers_of("lists", types.int64, constant=True)
meaning_of = numbers_of("outcomes", types.int64, constant=True)
value_at = numbers_of("values", types.float64, constant=True)
base_of = numbers_of("bases", types.int64, constant=True)
base_anew_at = numbers_of("anew", types.int64, constant=True)
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
