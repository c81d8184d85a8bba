"""From a floor to what an engine runs."""

from __future__ import annotations

from flexports.floor import Floor
from flexports.flows import Line, Plan, Team
from flexports.sources.kind import Kind


def kinds_of(floor: Floor) -> tuple[Kind, ...]:
    """The sources of a floor, as kinds that can be run.

    Raises
    ------
    TypeError
        If a source has keys but neither draws nor a flow.
    """
    for source in floor.sources:
        if not isinstance(source, Kind):
            raise TypeError(f"{type(source).__name__} cannot be run; derive it from Kind")
    return tuple(source for source in floor.sources if isinstance(source, Kind))


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
            limit=source.limit,
            asks=tuple(number_of[name] for name in source.groups if name not in source.dials_for),
        )
        for source in kinds_of(floor)
    )
    return Plan(lines, _teams(floor), floor.day.length_s)


def _teams(floor: Floor) -> tuple[Team, ...]:
    dialed_by = {
        name: number for number, source in enumerate(floor.sources) for name in source.dials_for
    }
    teams, first = [], 0
    for group in floor.agents:
        teams.append(Team(group.name, first, group.count, dialed_by.get(group.name)))
        first += group.count
    return tuple(teams)
