"""What others call: days by the compiled engine."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from flexports.engine.compiled.workplace import Workplace
from flexports.engine.counts import DayCounts, Watch
from flexports.engine.outcomes import CALL_COLUMNS, WORK_COLUMNS, DayOutcomes, Table
from flexports.flows import Plan
from flexports.tape import Tape


class _Last(threading.local):
    """The workplace that this thread used last."""

    plan: Plan | None = None
    workplace: Workplace


_last = _Last()


@contextmanager
def _at_work(plan: Plan) -> Iterator[Workplace]:
    """The tables of a floor, for this thread; made anew when it goes to another floor.

    Nobody knows what an error or an interrupt left half done: tables that one met are not used
    again.
    """
    if _last.plan is not plan:
        if _last.plan != plan:
            _last.workplace = Workplace(plan)
        _last.plan = plan
    try:
        yield _last.workplace
    except BaseException:
        _last.plan = None
        raise


USES_THREADS = True
"""The interpreter is free while a day runs."""


def try_out() -> None:
    """Compile the engine, or find it compiled, and run nothing."""
    Workplace(Plan((), (), closing_s=1.0)).run_nothing()


def run_day(plan: Plan, tape: Tape, ports: int) -> DayOutcomes:
    """Run one day, and tell every call.

    Parameters
    ----------
    plan : Plan
        The flows, the teams and the closing time.
    tape : Tape
        The random input of the day.
    ports : int
        The number of flex ports.

    Returns
    -------
    DayOutcomes
        What happened to every call, those that ran past closing included.
    """
    with _at_work(plan) as workplace:
        rows, spells = workplace.rows_of(tape, ports)
    return DayOutcomes(
        calls=Table.in_order(CALL_COLUMNS, rows.view(np.float64)),
        work=Table.in_order(WORK_COLUMNS, spells.view(np.float64)),
    )


def count_day(plan: Plan, tape: Tape, ports: Sequence[int], watch: Watch) -> DayCounts:
    """Run one day on several port counts, and count what happens.

    Parameters
    ----------
    plan : Plan
    tape : Tape
    ports : sequence of int
        Port counts.
    watch : Watch
        What is to be counted.

    Returns
    -------
    DayCounts
    """
    with _at_work(plan) as workplace:
        tables = workplace.counts_of(tape, tuple(ports), watch)
    runs, lines, teams = len(ports), len(plan.lines), len(plan.teams)
    return DayCounts(
        sources=tables["counts"].reshape(runs, lines),
        ports=tables["port_counts"],
        spent=tables["spent"].reshape(runs, teams, len(plan.activities)),
        busy_time=tables["busy_time"].reshape(runs, -1),
        histograms=tables["histograms"].reshape(runs, watch.number_of_histograms, watch.bins),
        by_interval=tables["by_interval"].reshape(runs, lines, watch.intervals),
        ports_by_interval=tables["ports_by_interval"].reshape(runs, watch.intervals),
    )
