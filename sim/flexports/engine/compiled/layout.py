"""The records that the loop works on: what one call, agent, team, line, ... is in memory.

All that belongs to one call stands together. Lists are chains through the rows: `first` and `last`
of whoever keeps the list, `next` and `prev` of its members; `NOBODY` ends them.
"""

from __future__ import annotations

from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flexports.engine.compiled.floor_record import record, small_record
from flexports.engine.counts import (
    CALL_COUNTS,
    HIGH,
    INTERVAL_COUNTS,
    PORT_COUNTS,
    PORT_INTERVAL_COUNTS,
)
from flexports.engine.outcomes import CALL_COLUMNS, NO_AGENT, NOT_WANTED, WORK_COLUMNS

NOBODY = -1
"""No call, agent, step, draw, line: the end of a list."""

assert NO_AGENT == NOBODY, "who is with a call is told as it is known here"

# What each thing that something can happen to has in the event list; see `wheel`.
NODE = small_record(
    "next",
    "prev",
    "happens",  # of a call: the operation that it goes on with, or another meaning (`calls`)
    time_s="f8",
    slot="i8",
    place="i2",
    where="i2",  # which list it stands in
)

# An attempt: what its row in the results tells, and what it is about at the moment.
CALL = small_record(
    "outcome",
    "agent",
    "recorded",
    "line",
    "pc",  # its step
    "flow",  # the first step of its flow
    "tries",
    "with_agent",
    "user",  # who started it and waits for its end
    "at_an_end",
    "first_counted",
    "first_offered",
    "next",
    "prev",
    **dict.fromkeys((column for column in CALL_COLUMNS if column.endswith("_s")), "f8"),
    counts_at_s="f8",  # when it was offered, or else began
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
    *("has_shifts", "duty", "duty_end", "on_duty_from", "on_duty_to", "first", "last"),
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

ROLL = record(
    *("starters", "length", "size", "needed"),
    *("first", "attributes"),  # where the values of the first attribute begin; one follows another
)

SHIFT = record("team", from_s="f8", to_s="f8")

STEP = small_record(
    "op",
    "draw",
    "other",  # where a side way begins, or a list of ways
    "second",
    "code",
    "most",
    "flag",
    "alone",  # whether it is the call's own affair: nobody else can tell when it begins
    "continuous",  # whether nothing else happens at the very instant at which it ends
    "no_blank",  # all bits; of a blank none: it takes the first of all values, which is 0
    "talks",  # all bits if it is a talk, else none
    base="i8",  # where the values of its draw begin
    second_base="i8",
)

STREAM = record("first", "second", "third", "function", "out", "size")
"""A column to be filled: the state in which a stream begins, the function that draws, where to."""

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
    "streams": STREAM,
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


def blank_call() -> NDArray[Any]:
    """A call to which nothing has happened yet, in its first attempt; shape (1,)."""
    blank = np.zeros(1, CALL)
    for name in ("offered_s", "gave_up_s", "port_from_s", "port_to_s", "asked_s", "held_to_s"):
        blank[name] = nan
    for name in ("reached_s", "answered_s", "talk_to_s"):
        blank[name] = nan
    blank["tries"] = 1
    blank["recorded"] = int(NOT_WANTED)
    blank["agent"] = blank["user"] = blank["with_agent"] = NOBODY
    return blank
