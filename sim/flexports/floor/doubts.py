"""What is valid on a floor, and yet hardly meant."""

from collections.abc import Iterator

from flexports.floor.check import whole
from flexports.floor.clock import hours_of, spells_within
from flexports.floor.floor import Floor
from flexports.floor.parts import Day, Group
from flexports.problems import NOTHING, Problem
from flexports.units import format_clock


def doubts_of(floor: Floor) -> Iterator[Problem]:
    """Yield what has no effect on a valid floor, or another than it seems to have."""
    context = whole(floor)
    for group, place in zip(floor.agents, context.group_places, strict=True):
        found = [*_never_busy(group, floor), *_never_there(group, floor.day)]
        yield from (one.under(f"{place}." if one.place else place, group.name) for one in found)
    for source, place in zip(floor.sources, context.source_places, strict=True):
        yield from (one.under(f"{place}.", source.name) for one in source.doubts(floor))


def _never_busy(group: Group, floor: Floor) -> Iterator[Problem]:
    of_the_only_group = len(floor.agents) == 1 and any(one.wants_group for one in floor.sources)
    named = {name for source in floor.sources for name in (*source.groups, *source.dials_for)}
    if group.name not in named and not of_the_only_group:
        yield Problem(
            "",
            NOTHING,
            "is a group that no source names: it answers nothing and dials nothing",
            f"write agents = '{group.name}' in a source, or leave the group out",
        )


def _never_there(group: Group, day: Day) -> Iterator[Problem]:
    hours = day.opens_s, day.length_s
    for number, shift in enumerate(group.shifts):
        if not spells_within((shift,), *hours):
            yield Problem(
                f"shifts[{number}]",
                [format_clock(time_s) for time_s in shift],
                f"is outside the opening hours, {hours_of(*hours)}, and has no effect",
                "write a shift within them, or change day.opens and day.length",
            )
