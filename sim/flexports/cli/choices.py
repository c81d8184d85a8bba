"""The options of every command that simulates, declared once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from typing import Any, get_type_hints

from flexports.cli.options import (
    Cluster,
    Confidence,
    Days,
    EngineName,
    MaxDays,
    MaxTime,
    Plain,
    Precision,
    Seed,
    Workers,
)
from flexports.cli.ports import read_option


@dataclass(frozen=True)
class Choices:
    """How to simulate: None where the study's own default holds."""

    days: Days = None
    precision: Precision = None
    max_days: MaxDays = None
    max_time: MaxTime = None
    seed: Seed = None
    confidence: Confidence = None
    plain: Plain = False
    engine: EngineName = None
    workers: Workers = None
    cluster: Cluster = None

    def keywords(self) -> dict[str, Any]:
        """Return what was chosen, as the arguments of a study."""
        from flexports.study.workers import default_workers
        from flexports.units import duration_s

        named = dict(vars(self))
        max_time, plain = named.pop("max_time"), named.pop("plain")
        chosen = {name: value for name, value in named.items() if value not in (None, [])}
        if max_time is not None:
            chosen["max_time_s"] = read_option("--max-time", max_time, duration_s)
        return {"workers": default_workers(), "controls": not plain, **chosen}


def with_choices(command: Callable[..., None], *, days: object = Days) -> Callable[..., None]:
    """Give a command the options of `Choices`, in place of its parameter `choices`.

    The command line reads a function's signature, so that is what is changed. How many days there
    are by default, which `days` says, is a command's own.
    """
    own = inspect.signature(command)
    hints = get_type_hints(command, include_extras=True)
    choosing = {**get_type_hints(Choices, include_extras=True), "days": days}
    more = [
        inspect.Parameter(each.name, inspect.Parameter.KEYWORD_ONLY, default=each.default)
        for each in fields(Choices)
    ]
    names = [each.name for each in more]

    @wraps(command)
    def chosen(*arguments: Any, **named: Any) -> None:
        given = {name: named.pop(name) for name in names}
        command(*arguments, **named, choices=Choices(**given))

    parameters: list[inspect.Parameter] = []
    for each in own.parameters.values():
        parameters += more if each.name == "choices" else [each]
    types = {**hints, **choosing}
    chosen.__signature__ = own.replace(  # type: ignore[attr-defined]
        parameters=[each.replace(annotation=types[each.name]) for each in parameters]
    )
    chosen.__annotations__ = {each.name: types[each.name] for each in parameters}
    return chosen
