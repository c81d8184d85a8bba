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
    "is_ready",
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
    try:
        module = import_module(ENGINES[name])
        if name == DEFAULT_ENGINE:
            module.try_out()
    except Exception as error:
        if name != DEFAULT_ENGINE:
            raise
        warnings.warn(
            f"the compiled engine cannot be used here ({type(error).__name__}: {error}); "
            "the SimPy engine runs instead, with the same results, some hundred times slower",
            RuntimeWarning,
            stacklevel=2,
        )
        return engine_named(REFERENCE_ENGINE)
    return Engine(
        name,
        module.run_day,
        getattr(module, "count_day", None),
        getattr(module, "USES_THREADS", False),
    )


def is_ready(name: str = DEFAULT_ENGINE) -> bool:
    """Whether an engine can begin at once; else it takes some seconds to be made ready, once."""
    if name != DEFAULT_ENGINE:
        return True
    try:
        from flexports.engine.compiled.compiling import is_compiled
    except Exception:
        return True  # it cannot be used: the other takes its place
    return is_compiled()
