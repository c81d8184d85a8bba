"""Engines: deterministic functions from flows, a tape and a port count to what happened.

All engines give the same outcome for every call, to the last bit.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from flexports.engine.counts import DayCounts, Watch
from flexports.engine.outcomes import DayOutcomes, Table
from flexports.engine.signals import signals_come_again, signals_wait
from flexports.flows import Plan
from flexports.problems import InputError, Problem, one_of
from flexports.tape import Tape

__all__ = [
    "DEFAULT_ENGINE",
    "ENGINES",
    "REFERENCE_ENGINE",
    "DayCounts",
    "DayOutcomes",
    "Engine",
    "Table",
    "Watch",
    "engine_named",
]

RunDay = Callable[[Plan, Tape, int], DayOutcomes]
CountDay = Callable[[Plan, Tape, Sequence[int], Watch], DayCounts]

DEFAULT_ENGINE = "compiled"
REFERENCE_ENGINE = "simpy"
ENGINES: Mapping[str, str] = {
    "compiled": "flexports.engine.compiled.engine",
    "simpy": "flexports.engine.simpy_engine.day",
}
"""Where each engine's `run_day` is; loaded when it is first asked for."""


@dataclass(frozen=True)
class Engine:
    """An engine.

    Attributes
    ----------
    name : str
    run_day : callable
        Runs a day on a port count, and tells every call.
    count_day : callable or None
        Runs a day on several port counts, and counts what happens; None if it cannot.
    uses_threads : bool
        Whether several threads of one process run it side by side.
    """

    name: str
    run_day: RunDay
    count_day: CountDay | None = None
    uses_threads: bool = False

    def __call__(self, plan: Plan, tape: Tape, ports: int) -> DayOutcomes:
        """Run a day."""
        return self.run_day(plan, tape, ports)


@lru_cache
def engine_named(name: str) -> Engine:
    """Return an engine by its name.

    The compiled engine needs numba. Where that cannot be used, the SimPy engine takes its place,
    with a warning: it gives the same numbers.

    Raises
    ------
    InputError
        If there is none of this name.
    """
    if name not in ENGINES:
        raise InputError(Problem("engine", name, "is no engine", one_of(name, ENGINES)))
    if name == DEFAULT_ENGINE and (reason := _why_not_compiled()):
        warnings.warn(
            f"the compiled engine cannot be used here ({reason}); the SimPy engine runs instead: "
            "it gives the same numbers, some 100 times slower",
            RuntimeWarning,
            stacklevel=2,
        )
        name = REFERENCE_ENGINE
    module = import_module(ENGINES[name])
    return Engine(
        name,
        module.run_day,
        getattr(module, "count_day", None),
        getattr(module, "USES_THREADS", False),
    )


def _why_not_compiled() -> str | None:
    """Compile the default engine, if that has not been done; tell what prevents it, if anything.

    numba may be missing, too old or too new for this Python, or fail on this machine in ways that
    have no common name.
    """
    try:
        with signals_wait():
            engine = import_module(ENGINES[DEFAULT_ENGINE])
        with signals_come_again():
            engine.try_out()
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return None
