"""The days of one floor in one thread: what they need is made ready, and larger if too small."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flexports.engine.compiled.codes import (
    MORE_ATTEMPTS,
    MORE_CALLS,
    MORE_DRAWS,
    MORE_ROWS,
    NOTHING,
)
from flexports.engine.compiled.layout import NOBODY, RECORDS, blank_call
from flexports.engine.compiled.machine import loop
from flexports.engine.compiled.program import Program
from flexports.engine.compiled.reel import Draws
from flexports.engine.compiled.tables import Tables
from flexports.engine.counts import Watch
from flexports.flows import Plan
from flexports.tape import Tape

_FIRST_CALLS = 256
_FIRST_ROWS = 4096
_WATCHED = (
    *("from_s", "to_s", "from_ticks", "to_ticks", "within_s"),
    *("intervals", "number_of_histograms", "bins"),
)
"""Fields of the floor's record that a watch has by the same names."""


class Workplace:
    """A floor's tables, and the days that are run on them.

    Parameters
    ----------
    plan : Plan
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tables = Tables()
        self._program = Program(plan)
        self._draws = Draws(self._program)
        self._observed: tuple[Watch | None, tuple[int, ...]] | None = None
        self.tables.put(self._program.tables() | {"blank_calls": blank_call()})
        self.tables.set(self._program.constants())
        people = plan.agents + len(self.tables["users"])
        # Each agent and user has at most one thing to do at once, and a call that he is with.
        self.tables.lengthen("stack", 4 * people + 64)
        self._make_room_for_calls(_FIRST_CALLS)

    # ---- Days

    def rows_of(self, tape: Tape, ports: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """Run a day; return the rows of calls and of work, as they came."""
        self._observe(None, (ports,))
        self._run(tape)
        tables = self.tables
        rows, spells = tables.number("rows_told"), tables.number("spells_told")
        return tables["rows"][:rows], tables["spells"][:spells]

    def counts_of(self, tape: Tape, ports: tuple[int, ...], watch: Watch) -> Tables:
        """Run a day on several port counts; return the tables of counts, good until the next."""
        self._observe(watch, ports)
        self._zero_counts(watch, ports)
        self._run(tape)
        return self.tables

    def run_nothing(self) -> None:
        """Run no day, so that the loop is compiled."""
        loop()(self.tables.address)

    def _run(self, tape: Tape) -> None:
        tables = self.tables
        tables.set({"run": 0, "under_way": 0})
        self._take(self._draws.of(tape))
        run = loop()
        while (wants := run(tables.address)) != NOTHING:
            self._give(wants, tables.number("wanted"))

    def _give(self, wants: int, which: int) -> None:
        """Give the loop what it wants."""
        if wants == MORE_DRAWS:
            self._take(self._draws.more(which))
        elif wants == MORE_ATTEMPTS:
            self._take(self._draws.another_attempt())
        elif wants == MORE_CALLS:
            self._make_room_for_calls(2 * len(self.tables["calls"]))
        elif wants == MORE_ROWS:
            self._make_room_for_rows()
        else:
            error = ValueError("a draw is no number, or out of range")
            error.add_note(f"at {self.tables.number('now_s')!r} s of simulated time")
            raise error

    def _take(self, tables: Mapping[str, NDArray[Any]]) -> None:
        self.tables.put(tables)
        self.tables.set({"attempts": self._draws.attempts})

    # ---- Room

    def _make_room_for_calls(self, calls: int) -> None:
        tables = self.tables
        nodes = tables.number("first_call") + calls
        tables.lengthen("calls", calls)
        tables.lengthen("nodes", nodes)
        tables.lengthen("scratch", nodes)
        buckets = len(tables["heads"])
        tables.lengthen("heads", 1 << (16 * nodes - 1).bit_length())
        tables.lengthen("occupied", len(tables["heads"]) // 64)
        tables["heads"][buckets:] = NOBODY

    def _make_room_for_rows(self) -> None:
        least = _FIRST_ROWS + len(self.tables["steps"]) + self.plan.agents
        for name in ("rows", "spells"):
            self.tables.lengthen(name, max(least, 2 * len(self.tables[name])))

    # ---- What is counted

    def _zero_counts(self, watch: Watch, ports: tuple[int, ...]) -> None:
        runs, lines, teams = len(ports), len(self.plan.lines), len(self.plan.teams)
        rows = {
            "counts": lines,
            "port_counts": 1,
            "spent": teams * len(self.plan.activities),
            "busy_time": max(ports) + 1,
            "histograms": watch.number_of_histograms * watch.bins,
            "by_interval": lines * watch.intervals,
            "ports_by_interval": watch.intervals,
        }
        for name, of_run in rows.items():
            self.tables.zero(name, runs * of_run)

    def _observe(self, watch: Watch | None, ports: tuple[int, ...]) -> None:
        """Tell the loop what is observed, unless it knows."""
        if self._observed == (watch, ports):
            return
        self._observed = (watch, ports)
        self.tables.put({"runs": np.array(ports, dtype=np.int64)})
        self.tables.set({"keeps_rows": watch is None, "most_ports": max(ports)})
        if watch is None:
            return
        self.tables.set({name: getattr(watch, name) for name in _WATCHED})
        self.tables.put(
            {
                "edges_s": watch.edges_s,
                "interval_edges_s": np.array(watch.interval_edges_s),
                "interval_edges": np.array(watch.interval_edges, dtype=np.int64),
                "duty": np.array(
                    [shift for shifts in watch.duty for shift in shifts], dtype=RECORDS["duty"]
                ),
            }
        )
        self._number_what_is_told(watch)

    def _number_what_is_told(self, watch: Watch) -> None:
        """Give every team its shifts, and every line its histograms."""
        ends = np.cumsum([len(shifts) for shifts in watch.duty], dtype=np.int64)
        teams = self.tables["teams"]
        teams["duty_end"] = ends
        teams["duty"] = ends - [len(shifts) for shifts in watch.duty]
        first = [shifts[0] if shifts else (1, 0) for shifts in watch.duty]
        teams["on_duty_from"], teams["on_duty_to"] = np.array(first, np.int64).reshape(-1, 2).T
        numbers = iter(range(watch.number_of_histograms))
        for line, told in zip(self.tables["lines"], watch.histograms, strict=True):
            for name, is_told in zip(("hold_bins", "wait_bins", "speed_bins"), told, strict=True):
                line[name] = next(numbers) if is_told else NOBODY
