"""The floor: one record that tells the loop where everything is, and how far the day has come."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_LINE = 64
"""Bytes that a processor's cache fetches at once."""


def record(*fields: str, **kinds: str) -> np.dtype[Any]:
    """A record of int64 fields, and of fields of other kinds."""
    return np.dtype(list(kinds.items()) + [(name, "i8") for name in fields], align=True)


def small_record(*fields: str, **kinds: str) -> np.dtype[Any]:
    """A record of int32 fields, and of fields of other kinds."""
    return np.dtype(list(kinds.items()) + [(name, "i4") for name in fields], align=True)


def empty_rows(count: int, kind: np.dtype[Any]) -> NDArray[Any]:
    """Rows of zeros, the first where a line of the cache begins, so that few lie across two."""
    room = np.zeros(count * kind.itemsize + _LINE, np.uint8)
    begin = -room.ctypes.data % _LINE
    return room[begin : begin + count * kind.itemsize].view(kind)


TABLES = (
    # What does not change.
    *("steps", "lists", "shifts", "outcomes", "seats"),
    # The tape.
    *(
        "streams",
        "values",
        "bases",
        "anew",
        "rolls",
        "arrivals_s",
        "arrival_lines",
        "arrival_calls",
    ),
    # Who is on the floor, and what is to come.
    *(
        "nodes",
        "heads",
        "occupied",
        "scratch",
        "stack",
        "calls",
        "agents",
        "users",
        "teams",
        "lines",
    ),
    *("pools", "free_seats", "blank_calls"),
    "runs",  # the port counts
    # What is told of the day: every call, or counts, and what these are counted by.
    *("rows", "spells", "counts", "port_counts", "spent", "busy_time", "histograms"),
    *("by_interval", "ports_by_interval"),
    *("duty", "edges_s", "interval_edges_s", "interval_edges"),
)
"""Tables of which the floor holds the address, by name, and the length, as `of_` and the name."""

FLOOR = record(
    *TABLES,
    *(f"of_{name}" for name in TABLES),
    # The plan.
    *("code_of_locked_out", "code_of_retries", "has_seats", "activities", "attempts"),
    *("first_agent", "first_user", "first_call"),  # in the event list
    # What draws: a generator, its state, and how many streams it is to fill columns from.
    *("generator", "state", "to_fill"),
    # The event list.
    *("slot", "here", "mask", "pending", "coming", "until_look", "longest_until_look"),
    *("at_once", "begins_first", "begins_last", "looks_first", "looks_last"),
    # The day.
    *("run", "under_way", "free_call", "calls_made", "joined", "holding", "arrived"),
    *("top", "wants", "wanted"),
    *("locked_out_first", "locked_out_last", "rows_told", "spells_told"),
    # What is observed.
    *(
        "keeps_rows",
        "from_ticks",
        "to_ticks",
        "intervals",
        "number_of_histograms",
        "bins",
        "most_ports",
    ),
    # The path of the busy flex ports so far.
    *("ports", "busy", "since_ticks", "before", "full"),
    *("spell_counts", "interval", "busy_time_of_run"),
    closing_s="f8",
    now_s="f8",
    coming_s="f8",
    slots_per_s="f8",
    marked_s="f8",
    from_s="f8",
    to_s="f8",
    within_s="f8",
)
