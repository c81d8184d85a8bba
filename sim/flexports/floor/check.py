"""What one part of a floor demands of the others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from flexports.floor.clock import spells_within
from flexports.floor.floor import Floor
from flexports.floor.source import Source
from flexports.problems import NOTHING, InputError, Problem, one_of

#: Rows of a table are keyed by a source's name, a group's name, or this.
ROW_OF_PORTS = "ports"
ROW_OF_COSTS = "cost"


@dataclass(frozen=True)
class Context:
    """What is known of a floor's file beyond the parts of it that could be read.

    Parameters
    ----------
    source_places, group_places : sequence of str
        Where each source and group stands: ``sources[1]``.
    more_sources, more_groups : sequence of str
        Names of those that could not be read, and so are not on the floor.
    """

    source_places: Sequence[str]
    group_places: Sequence[str]
    more_sources: Sequence[str] = field(default=())
    more_groups: Sequence[str] = field(default=())
    incomplete: bool = False


def check_floor(floor: Floor) -> None:
    """Refuse a floor whose parts do not fit together: for floors that are built in Python.

    Raises
    ------
    InputError
        With all problems.
    """
    problems = [problem.under("floor: ") for problem in problems_of(floor, whole(floor))]
    if problems:
        raise InputError(problems)


def whole(floor: Floor) -> Context:
    """Return the context of a floor of which everything could be read."""
    return Context(
        source_places=[f"sources[{place}]" for place in range(len(floor.sources))],
        group_places=[f"agents[{place}]" for place in range(len(floor.agents))],
    )


def problems_of(floor: Floor, context: Context) -> Iterator[Problem]:
    """Yield what does not fit together."""
    if not floor.sources and not context.incomplete:
        remedy = 'add [[sources]] with a kind, such as kind = "inbound"'
        yield Problem("sources", NOTHING, "is missing", remedy)
    yield from _names(floor, context)
    yield from _targets(floor, context)
    yield from _shifts(floor, context)
    for source, place in zip(floor.sources, context.source_places, strict=True):
        found = list(_groups(source, floor, context))
        found += _reservation(source, floor)
        if not found and not context.more_groups:
            found += _licences(source, floor)
            found += source.problems(floor)
        yield from (one.under(f"{place}." if one.place else place, source.name) for one in found)
    yield from _dialers(floor, context)


def _names(floor: Floor, context: Context) -> Iterator[Problem]:
    taken: dict[str, str] = {ROW_OF_PORTS: "the ports' rows", ROW_OF_COSTS: "the costs' rows"}
    groups = zip((group.name for group in floor.agents), context.group_places, strict=True)
    sources = zip((source.name for source in floor.sources), context.source_places, strict=True)
    for name, place in chain(groups, sources):
        if name in taken:
            rule = f"is already the name of {taken[name]}"
            yield Problem(f"{place}.name", name, rule, "write a name of its own")
        taken.setdefault(name, place)


def _targets(floor: Floor, context: Context) -> Iterator[Problem]:
    known = [source.name for source in floor.sources] + list(context.more_sources)
    for target in ("blocking", "abandonment", "missed_recordings"):
        value = getattr(floor.targets, target)
        for name in value if isinstance(value, Mapping) else ():
            if name not in known:
                rule = "is not the name of a source"
                yield Problem(f"targets.{target}.{name}", NOTHING, rule, one_of(name, known))


def _shifts(floor: Floor, context: Context) -> Iterator[Problem]:
    opens_s, length_s = floor.day.opens_s, floor.day.length_s
    for group, place in zip(floor.agents, context.group_places, strict=True):
        if group.shifts and not spells_within(group.shifts, opens_s, length_s):
            rule = "is never on duty while the floor is open"
            yield Problem(
                f"{place}.shifts", NOTHING, rule, "write shifts within the day", group.name
            )


def _groups(source: Source, floor: Floor, context: Context) -> Iterator[Problem]:
    known = [group.name for group in floor.agents] + list(context.more_groups)
    for name in source.groups:
        if name not in known:
            rule = "is a group that nobody defined"
            remedy = one_of(name, known) if known else f'add [[agents]] with name = "{name}"'
            yield Problem("agents", name, rule, remedy)
    if source.wants_group and not source.groups and len(known) != 1:
        remedy = "add [[agents]] with a count: its calls want an agent"
        if known:
            remedy = f'write agents = "{known[0]}", or another of: {", ".join(known)}'
        if known or not context.incomplete:
            yield Problem("agents", NOTHING, "is missing", remedy)


def _reservation(source: Source, floor: Floor) -> Iterator[Problem]:
    ports = floor.ports.count
    if ports is not None and source.keep_free >= ports:
        rule = f"leaves none of {ports} ports to it"
        yield Problem("keep_free", source.keep_free, rule, f"write {ports - 1} or less")


def _licences(source: Source, floor: Floor) -> Iterator[Problem]:
    for name in source.groups:
        held = floor.group(name).licences
        for licence in source.licences_needed:
            if licence not in held:
                rule = f"is a group without the licence '{licence}', which this source needs"
                yield Problem("agents", name, rule, f"add '{licence}' to the group's licences")


def _dialers(floor: Floor, context: Context) -> Iterator[Problem]:
    dialer_of: dict[str, str] = {}
    for source, place in zip(floor.sources, context.source_places, strict=True):
        for name in source.dials_for:
            if name in dialer_of:
                rule = f"already dials for '{dialer_of[name]}'"
                remedy = "give each dialer a group of its own"
                yield Problem(f"{place}.agents", name, rule, remedy, of=source.name)
            dialer_of.setdefault(name, source.name)
