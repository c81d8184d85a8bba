"""From a floor to what an engine runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from flexports.floor import Day, Floor, Group
from flexports.floor.clock import spells_within
from flexports.flows import (
    WHOLE_DAY,
    AskForAgent,
    Line,
    Plan,
    Team,
    goes_on_after_start,
    ports_taken,
    walk,
)
from flexports.sources.kind import Drawn, Kind
from flexports.tape import FloatArray, Pen

_DIALER_LICENCES = ("dialer-tab", "dialer")


def kinds_of(floor: Floor) -> tuple[Kind, ...]:
    """The sources of a floor, as kinds that can be run.

    Raises
    ------
    TypeError
        If a source has keys but neither draws nor a flow, or its flow takes more than one port or
        goes on after a `Start`.
    """
    for source in floor.sources:
        if not isinstance(source, Kind):
            raise TypeError(f"{type(source).__name__} cannot be run; derive it from Kind")
        if ports_taken(source.flow()) > 1:
            raise TypeError(f"{type(source).__name__} takes a second port; make that another call")
        if goes_on_after_start(source.flow()):
            raise TypeError(f"{type(source).__name__} goes on after Start; make that its last step")
    return tuple(source for source in floor.sources if isinstance(source, Kind))


@dataclass(frozen=True)
class OnFloor:
    """A source on its floor: what the tape draws for it."""

    source: Kind
    floor: Floor

    @property
    def name(self) -> str:
        """The source's name."""
        return self.source.name

    def draws(self) -> Mapping[str, Drawn]:
        """What is drawn for each call."""
        return self.source.draws_on(self.floor)

    def arrivals_s(self, pen: Pen, opens_s: float, length_s: float) -> FloatArray | None:
        """When its calls begin."""
        return self.source.arrivals_s(pen, opens_s, length_s)


def sources_on(floor: Floor) -> tuple[OnFloor, ...]:
    """The sources of a floor, as the tape wants them."""
    return tuple(OnFloor(source, floor) for source in kinds_of(floor))


def plan_of(floor: Floor) -> Plan:
    """Make the plan of a floor: every flow, every claim on ports, every team.

    Parameters
    ----------
    floor : Floor

    Returns
    -------
    Plan
        Lines in the order of the sources, teams in the order of the groups.
    """
    number_of = {group.name: number for number, group in enumerate(floor.agents)}
    lines = tuple(
        Line(
            name=source.name,
            flow=source.flow(),
            priority=source.priority,
            keep_free=source.keep_free,
            limit=source.limit_on(floor),
            asks=_asks(source, number_of),
            own_lines=source.own_lines_on(floor),
            users=source.users,
            pause="pause" if source.pauses else None,
        )
        for source in kinds_of(floor)
    )
    pools = _pools(floor)
    sizes = tuple(pools.values())
    return Plan(lines, _teams(floor, tuple(pools)), floor.day.length_s, sizes)


def _asks(source: Kind, number_of: Mapping[str, int]) -> tuple[int, ...]:
    """The teams that take a source's calls: none where agents only start or send them."""
    wants_agent = any(isinstance(step, AskForAgent) for step in walk(source.flow()))
    return tuple(number_of[name] for name in source.groups) if wants_agent else ()


def _pools(floor: Floor) -> dict[str, int]:
    """The pools of dialer seats that may be used up, by licence."""
    sizes = {licence: floor.licences.size(licence) for licence in _DIALER_LICENCES}
    return {licence: size for licence, size in sizes.items() if size is not None}


def _teams(floor: Floor, pools: Sequence[str]) -> tuple[Team, ...]:
    dialed_by = {
        name: number for number, source in enumerate(floor.sources) for name in source.dials_for
    }
    sources = kinds_of(floor)
    teams, first = [], 0
    for group in floor.agents:
        dials = dialed_by.get(group.name)
        team = Team(
            group.name,
            first,
            group.count,
            dials,
            flow=None if dials is None else sources[dials].flow_of(group),
            seats=() if dials is None else _seats(group, pools),
            shifts=_shifts(group, floor.day),
        )
        teams.append(team)
        first += group.count
    return tuple(teams)


def _seats(group: Group, pools: Sequence[str]) -> tuple[int, ...]:
    return tuple(number for number, pool in enumerate(pools) if pool in group.licences)


def _shifts(group: Group, day: Day) -> tuple[tuple[float, float], ...]:
    """Shifts in seconds from opening; one that lasts to closing or beyond has no other end."""
    if not group.shifts:
        return WHOLE_DAY
    spells = spells_within(group.shifts, day.opens_s, day.length_s)
    return tuple((from_s, inf if to_s >= day.length_s else to_s) for from_s, to_s in spells)
