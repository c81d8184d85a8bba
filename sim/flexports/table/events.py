"""One day as a list of events, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import NamedTuple

from flexports.engine.outcomes import MISSED, RECORDED, Table
from flexports.flows import DIALING, TALKING
from flexports.study.simulate import SimulatedDay

_DAY_S = 86_400


class Event(NamedTuple):
    """Something that happened.

    At equal times, what ends comes before what begins, as on the floor.
    """

    time_s: float
    """Since opening."""
    order: int
    """Among those of the same time."""
    what: str
    source: str
    call: int | None
    agent: str
    ports: int
    """How the number of busy ports changes."""


@dataclass(frozen=True)
class Spell:
    """A stretch of an agent's work."""

    activity: str
    from_s: float
    to_s: float
    agent: int


# The order at equal times: what ends before what begins, and the steps of one call as they follow.
(
    _WORK_ENDS,
    _TALK_ENDS,
    _PORT_BACK,
    _GIVES_UP,
    _NO_ISSUE,
    _ARRIVES,
    _OFFERED,
    _ASKS,
    _ANSWERED,
    _RECORDING,
    _WORK_BEGINS,
    _DIALS,
) = range(12)


def events_of(day: SimulatedDay) -> Sequence[Event]:
    """Return everything that happened on a day, in order."""
    return sorted(_Chronicle(day).events())


class _Chronicle:
    """Reads events off the outcomes of a day."""

    def __init__(self, day: SimulatedDay) -> None:
        self._day = day
        self._agents = day.trial.floor.agent_names()
        self._spells = list(_spells(day))
        self._dialed_to = {
            (each.agent, each.from_s): each.to_s
            for each in self._spells
            if each.activity == DIALING
        }
        self._owners: dict[tuple[int, float], tuple[str, int]] = {}

    def events(self) -> Iterator[Event]:
        """Yield all events, call by call and agent by agent."""
        calls = self._day.outcomes.calls
        for row in calls.values.tolist():
            yield from self._of_call(dict(zip(calls.columns, row, strict=True)))
        for spell in self._spells:
            if spell.activity not in (DIALING, TALKING):
                yield from self._of_spell(spell)

    def _of_call(self, call: Mapping[str, float]) -> Iterator[Event]:
        source = self._day.plan.lines[int(call["source"])].name
        number, agent = int(call["call"]), int(call["agent"])
        name = self._agents[agent] if agent >= 0 else ""
        dials = self._day.plan.dialer_of(int(call["source"]))
        for time_s, order, what, ports, by_agent in self._steps(call, dials):
            if not isnan(time_s):
                yield Event(
                    time_s, order, what, source, number, name if by_agent or dials else "", ports
                )
        for time_s in (call["talk_to_s"], call["offered_s"]):
            self._owners[agent, time_s] = source, number

    def _steps(
        self, call: Mapping[str, float], dials: bool
    ) -> Iterator[tuple[float, int, str, int, bool]]:
        attempt = f" (attempt {int(call['attempt'])})" if call["attempt"] > 1 else ""
        if dials:
            yield call["began_s"], _DIALS, f"dials{attempt}", 0, True
        else:
            yield call["began_s"], _ARRIVES, f"arrives{attempt}", 0, False
        blocked = isnan(call["port_from_s"])
        if blocked:
            yield call["offered_s"], _OFFERED, "finds no port", 0, False
        yield call["port_from_s"], _OFFERED, "takes a port", 1, False
        yield call["asked_s"], _ASKS, "holds for an agent", 0, False
        if isnan(call["answered_s"]):
            yield call["held_to_s"], _GIVES_UP, "gives up", 0, False
        yield call["answered_s"], _ANSWERED, "talk begins", 0, True
        yield from _recording(call)
        yield call["talk_to_s"], _TALK_ENDS, "talk ends", 0, True
        yield call["port_to_s"], _PORT_BACK, "gives the port back", -1, False
        yield from self._dial_without_issue(call, dials)

    def _dial_without_issue(
        self, call: Mapping[str, float], dials: bool
    ) -> Iterator[tuple[float, int, str, int, bool]]:
        """A dial that came to neither a port nor a talk: its end is that of the agent's work."""
        if dials and isnan(call["offered_s"]) and isnan(call["answered_s"]):
            ended_s = self._dialed_to.get((int(call["agent"]), call["began_s"]), float("nan"))
            yield ended_s, _NO_ISSUE, self._day.plan.outcomes[int(call["outcome"])], 0, True

    def _of_spell(self, spell: Spell) -> Iterator[Event]:
        source, number = self._owners.get((spell.agent, spell.from_s), ("", None))
        agent, activity = self._agents[spell.agent], spell.activity.replace("_", " ")
        yield Event(spell.from_s, _WORK_BEGINS, f"{activity} begins", source, number, agent, 0)
        yield Event(spell.to_s, _WORK_ENDS, f"{activity} ends", source, number, agent, 0)


def _recording(call: Mapping[str, float]) -> Iterator[tuple[float, int, str, int, bool]]:
    if call["recorded"] == RECORDED:
        yield call["answered_s"], _RECORDING, "recording takes a port", 1, False
        yield call["talk_to_s"], _PORT_BACK, "recording gives its port back", -1, False
    elif call["recorded"] == MISSED:
        yield call["answered_s"], _RECORDING, "recording finds no port", 0, False


def _spells(day: SimulatedDay) -> Iterator[Spell]:
    work: Table = day.outcomes.work
    for agent, activity, from_s, to_s in work.values.tolist():
        yield Spell(day.plan.activities[int(activity)], from_s, to_s, int(agent))


def clock_text(seconds: float) -> str:
    """Return a time after midnight, to the tenth of a second: ``09:00:18.4``.

    Examples
    --------
    >>> clock_text(32418.446), clock_text(86_400.0)
    ('09:00:18.4', '24:00:00.0')
    """
    tenths = int(seconds * 10 + 0.5)
    days, tenths = divmod(tenths, _DAY_S * 10) if tenths > _DAY_S * 10 else (0, tenths)
    hours, tenths = divmod(tenths, 36_000)
    minutes, tenths = divmod(tenths, 600)
    later = f" +{days} d" if days else ""
    return f"{hours:02d}:{minutes:02d}:{tenths // 10:02d}.{tenths % 10}{later}"
