"""The records that the loop works on: what one call, agent, team, line, ... is in memory.

All that belongs to one call stands together. Lists are chains through the rows: `first` and `last`
of whoever keeps the list, `next` and `prev` of its members; `NOBODY` ends them.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from flexports.engine.compiled.floor_record import record, small_record
from flexports.engine.compiled.memory import copier_of, rows_of
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
    dials="i8",  # how many he has made
    locked_out_since_s="f8",
)

USER = record("line", "place", "made")

TEAM = record(
    *("dials", "flow", "roll", "pause", "dialers"),
    *("shifts", "shifts_end", "seats", "seats_end", "serves", "serves_end"),
    *("has_shifts", "duty", "duty_end", "first", "last"),
)

LINE = record(
    *("pool", "priority", "keep_free", "limit", "held", "flow", "roll", "users", "pause"),
    *("asks", "asks_end", "unserved", "own_lines", "waits", "dials", "reaches"),
    *("first", "last", "first_for_port", "last_for_port", "tried"),
    *("hold_bins", "wait_bins", "speed_bins"),
)

POOL = record("size", "free", "waiting", "joined", "lines", "lines_end")

ROLL = record("starters", "length", "needed")

SHIFT = record("team", from_s="f8", to_s="f8")

STEP = small_record("op", "draw", "other", "second", "code", "most", "flag")

WORK_ITEM = np.dtype([("what", "i8"), ("who", "i4")], align=True)

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
