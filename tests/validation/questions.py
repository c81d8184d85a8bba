"""The cases, and what simulations are asked about them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from flexports.floor import Floor, check_floor
from flexports.study.blocks import Trial
from flexports.study.exact import Standing, exact_values
from validation.agreement import Simulated
from validation.floors import ALWAYS_A_PORT, DAYS
from validation.readings import Days, Metric, Reading

CASES_FILE = Path(__file__).parent / "cases.json"

Case = Mapping[str, Any]


@cache
def cases() -> Mapping[str, Case]:
    """All cases, by id."""
    return {case["id"]: case for case in json.loads(CASES_FILE.read_text(encoding="utf-8"))}


@dataclass(frozen=True)
class Question:
    """One value that is known, and how a simulation answers it.

    Attributes
    ----------
    case : str
        The id of the case that gives the value; for what the tool works out by itself, "".
    what : str
        The metric in the words of the case.
    published : object
        What a source prints, if the case says so; None.
    """

    case: str
    what: str
    value: float
    ports: int
    reading: Reading
    published: object = None


@dataclass(frozen=True)
class Simulation:
    """Days of one floor on some port counts, and what they are asked."""

    name: str
    family: str
    floor: Floor
    ports: tuple[int, ...]
    questions: tuple[Question, ...]
    days: int = DAYS

    @property
    def seed(self) -> int:
        """Its own, so that what chance does to one simulation it does not do to the next."""
        return crc32(self.name.encode())

    def run(self) -> Days:
        """Simulate all days, each reduced by itself."""
        check_floor(self.floor)
        trial = Trial(self.floor, self.seed)
        each = (range(day, day + 1) for day in range(self.days))
        return Days(trial, [trial.tallies(day, self.ports) for day in each])

    def exact(self) -> Iterator[Question]:
        """Every value that the tool shows beside its own simulation, where it calls it exact."""
        for ports in self.ports:
            if ports == ALWAYS_A_PORT:  # callers may hold without end: no finite chain
                continue
            for each in exact_values(self.floor, ports):
                if each.standing is not Standing.EXPONENTIAL:
                    what = f"{each.source}: {each.metric}"
                    yield Question("", what, each.value, ports, Metric(each.source, each.metric))


Answer = tuple[Question, Simulated]


def answers(questions: Sequence[Question], days: Days) -> Sequence[Answer]:
    """Every question with what the simulation says."""
    return [(question, question.reading.of(days, question.ports)) for question in questions]


def ask(case: str, ports: int, *readings: Reading | None) -> tuple[Question, ...]:
    """The values of a case that gives several metrics; None where days cannot tell one."""
    told = cases()[case]
    metrics, values = _listed(told["metric"]), _listed(told["value"])
    published = _listed(told.get("published", {}).get("value", [None] * len(values)))
    return tuple(
        Question(case, what, value, ports, reading, printed)
        for what, value, printed, reading in zip(metrics, values, published, readings, strict=True)
        if reading is not None
    )


def ask_row(case: str, reading: Reading, ports: Sequence[int]) -> tuple[Question, ...]:
    """The values of a case that gives one metric for each number of ports."""
    told = cases()[case]
    row = dict(zip(told["model"]["ports"], told["value"], strict=True))
    what = told["metric"].partition(", for ports")[0].partition(" for each")[0]
    return tuple(Question(case, what, row[each], each, reading) for each in ports)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
