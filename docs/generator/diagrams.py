"""Time diagrams as text: a short day of agents, ports and callers, from its trace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from math import isnan
from typing import Any

from flexports.floor.read import read_floor
from flexports.flows import BY_HAND, DIALING, RINGING, TALKING, WRAPPING_UP
from flexports.plot.day import lanes_of, legs_of
from flexports.study.simulate import SimulatedDay, simulate

_WIDTH = 60
_ACTIVITIES = {DIALING: "d", TALKING: "t", WRAPPING_UP: "w", BY_HAND: "h", RINGING: "r"}
_WORDS = {
    "d": "dials",
    "t": "talks",
    "w": "wraps up",
    "h": "leaves the message in person",
    "r": "is rung",
    "=": "holds a port",
    "#": "the next call holds it",
    "-": "waits for a port",
    "~": "holds for an agent",
    "x": "gives up",
    "!": "finds no port",
}


def diagram(model: str, ports: int, until_s: float, seed: int = 1) -> str:
    """Return the diagram of the beginning of a floor's first day.

    Parameters
    ----------
    model : str
        The floor's file.
    ports : int
    until_s : float
        Where it ends, in seconds from opening.
    seed : int
    """
    day = simulate(read_floor(model), ports, seed=seed)
    lines = [*_agents(day), *_ports(day), *_callers(day)]
    shown = Canvas(until_s)
    for name, marks in lines:
        shown.line(name, marks)
    return shown.text()


@dataclass(frozen=True)
class Mark:
    """What is drawn from one time to another; to an earlier one: at a time."""

    from_s: float
    to_s: float
    sign: str


@dataclass
class Canvas:
    """Lines of text, a character for so many seconds."""

    until_s: float
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def step_s(self) -> float:
        """How long a character is."""
        return self.until_s / _WIDTH

    def line(self, name: str, marks: Iterable[Mark]) -> None:
        """Draw a line; nothing where nothing is to be seen."""
        cells = [" "] * _WIDTH
        for mark in marks:
            first = round(mark.from_s / self.step_s)
            last = max(round(mark.to_s / self.step_s), first + 1)
            cells[first:last] = mark.sign * len(cells[first:last])
        if text := "".join(cells).rstrip():
            self.lines.append((name, text))

    def text(self) -> str:
        """Return all lines under a ruler, and what their signs mean."""
        wide = max(len(name) for name, _ in self.lines)
        rows = [f"{name:<{wide}}  {drawn}" for name, drawn in self.lines]
        used = {sign for _, drawn in self.lines for sign in drawn}
        told = ", ".join(f"{sign} {words}" for sign, words in _WORDS.items() if sign in used)
        return "\n".join([f"{'seconds':<{wide}}  {self._ruler()}", *rows, "", told]) + "\n"

    def _ruler(self) -> str:
        tenth = _WIDTH // 6
        ticks = (f"{place * self.step_s:<{tenth}g}" for place in range(0, _WIDTH, tenth))
        return "".join(ticks) + f"{self.until_s:g}"


def _agents(day: SimulatedDay) -> Iterator[tuple[str, Iterable[Mark]]]:
    work = day.outcomes.work
    columns = (work[name].tolist() for name in work.columns)
    spells = list(zip(*columns, strict=True))
    for number, name in enumerate(day.trial.floor.agent_names()):
        yield (
            name,
            [
                Mark(from_s, to_s, _ACTIVITIES[day.plan.activities[int(activity)]])
                for agent, activity, from_s, to_s in spells
                if agent == number
            ],
        )


def _ports(day: SimulatedDay) -> Iterator[tuple[str, Iterable[Mark]]]:
    legs = legs_of(day)
    lanes = list(zip(legs, lanes_of(legs), strict=True))
    for port in range(1, day.ports + 1):
        held = [leg for leg, lane in lanes if lane == port]
        signs = zip(held, cycle("=#"))  # so that one can tell where the next call begins
        yield f"port {port}", [Mark(leg.from_s, leg.to_s, sign) for leg, sign in signs]


def _callers(day: SimulatedDay) -> Iterator[tuple[str, Iterable[Mark]]]:
    rows = day.calls.to_dict("records")
    for row in rows:
        if day.trial.floor.source(str(row["source"])).dials_for == ():
            yield f"{row['source']} {row['call'] + 1}", list(_of_call(row))


def _of_call(row: Mapping[Any, Any]) -> Iterator[Mark]:
    if isnan(row["port_from_s"]):
        yield Mark(row["offered_s"], row["offered_s"], "!")
        return
    yield Mark(row["offered_s"], row["port_from_s"], "-")
    yield Mark(row["port_from_s"], row["port_to_s"], "=")
    if not isnan(row["hold_s"]):
        end_s = row["port_to_s"] if isnan(row["answered_s"]) else row["answered_s"]
        if row["hold_s"]:
            yield Mark(end_s - row["hold_s"], end_s, "~")
        if isnan(row["answered_s"]):
            yield Mark(end_s, end_s, "x")
    if not isnan(row["answered_s"]):
        yield Mark(row["answered_s"], row["talk_to_s"], "t")
