"""Engines: deterministic functions from flows, a tape and a port count to what happened.

All engines give the same outcome for every call, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from flexports.engine.outcomes import DayOutcomes, Table
from flexports.flows import Plan
from flexports.problems import InputError, Problem, one_of
from flexports.tape import Tape

__all__ = ["DEFAULT_ENGINE", "ENGINES", "DayOutcomes", "Engine", "Table", "engine_named"]

Engine = Callable[[Plan, Tape, int], DayOutcomes]

DEFAULT_ENGINE = "simpy"
ENGINES: Mapping[str, str] = {"simpy": "flexports.engine.simpy_engine.day"}
"""Where each engine's `run_day` is; loaded when it is first asked for."""


def engine_named(name: str) -> Engine:
    """Return an engine by its name.

    Raises
    ------
    InputError
        If there is none of this name.
    """
    if name not in ENGINES:
        raise InputError(Problem("engine", name, "is no engine", one_of(name, ENGINES)))
    return cast(Engine, import_module(ENGINES[name]).run_day)
