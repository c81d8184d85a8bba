"""What every kind of source shares, and where kinds are found.

A kind is one file in :mod:`flexports.sources` (or in a package that offers the entry point
``flexports.sources``): a frozen dataclass, derived from `Source`, whose field ``kind`` has the name
that files use. Being defined registers it; nothing here knows it.
"""

import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Protocol

from pydantic_core import core_schema

from flexports.floor.parts import Day, Group, Pools, Ports, Targets
from flexports.keys import (
    Count,
    CountOrZero,
    DeclaredKey,
    Keyed,
    Name,
    Names,
    Share,
    Tagged,
    declared_keys,
    key,
)
from flexports.laws import Constant, LawField
from flexports.problems import Problem

ENTRY_POINTS = "flexports.sources"

NO_TIME = Constant(0.0)

_KINDS: dict[str, type["Source"]] = {}


class Surroundings(Protocol):
    """What a source sees of its floor when it is asked for problems."""

    @property
    def day(self) -> Day: ...  # noqa: D102
    @property
    def ports(self) -> Ports: ...  # noqa: D102
    @property
    def targets(self) -> Targets: ...  # noqa: D102
    @property
    def agents(self) -> tuple[Group, ...]: ...  # noqa: D102
    @property
    def sources(self) -> tuple["Source", ...]: ...  # noqa: D102
    @property
    def licences(self) -> Pools: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True)
class Source(Keyed):
    """What makes calls: the keys and the hooks that every kind has.

    Parameters
    ----------
    kind : str
        The name of the kind; a subclass narrows it to a ``Literal`` with that default.
    name : str
        The source's name; its kind, if it has none.
    priority : int
        1 is served first, by agents and by ports.
    keep_free : int
        The source may take a port only if more than this many are free (trunk reservation).
    limit : int, optional
        The most ports that it may hold at once.
    """

    kind: str
    name: Annotated[
        str,
        Name("toll-free"),
        key("Name of the source, in every table.", example='"toll-free"', unset="its kind"),
    ] = ""
    priority: Annotated[Count, key("1 is served first.", example="1")] = 1
    keep_free: Annotated[
        CountOrZero, key("Ports that it leaves free for the others.", example="0")
    ] = 0
    limit: Annotated[
        Count | None, key("Most ports that it may hold at once.", example="4", unset="no limit")
    ] = None

    #: Whether the commented starting file has it in force, and not only as a comment.
    in_new_floor: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Register the kind under the name that files use."""
        super().__init_subclass__(**kwargs)
        kind = cls.__dict__.get("kind")
        if isinstance(kind, str):
            _KINDS[kind] = cls

    def __post_init__(self) -> None:
        """Name the source after its kind if it has no name."""
        if self.name == "":
            object.__setattr__(self, "name", self.kind)
        super().__post_init__()

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups whose agents it needs, in order of preference."""
        return ()

    @property
    def wants_group(self) -> bool:
        """Whether it cannot do without a group of agents."""
        return False

    @property
    def dials_for(self) -> tuple[str, ...]:
        """Names of the groups whose idle agents it makes dial; only one source may."""
        return ()

    @property
    def licences_needed(self) -> tuple[str, ...]:
        """Licences that the agents of its groups must hold."""
        return ()

    def with_groups(self, names: tuple[str, ...]) -> "Source":
        """Return the source with these groups if it needs some and names none."""
        return self

    def problems(self, floor: Surroundings) -> Iterable[Problem]:
        """Yield what is wrong with it on this floor; places are its own keys."""
        return ()

    def doubts(self, floor: Surroundings) -> Iterable[Problem]:
        """Yield what is valid on this floor and hardly meant; places are its own keys."""
        return ()


@dataclass(frozen=True, kw_only=True)
class WantsAgent(Source):
    """A source whose calls ask for an agent."""

    agents: Annotated[
        Names,
        key(
            "Groups that serve it, in order of preference.",
            example='["sales"]',
            unset="the only group",
        ),
    ] = ()
    talk: Annotated[
        LawField,
        key(
            "Agent and caller speak; the port is held.",
            example='{ distribution = "lognormal", mean = "3 min", cv = 1.0 }',
        ),
    ]
    wrap_up: Annotated[
        LawField, key("The agent's work after it; the port is free.", example='"20 s"')
    ] = NO_TIME

    @property
    def groups(self) -> tuple[str, ...]:
        """Names of the groups that serve it, in order of preference."""
        return self.agents

    @property
    def wants_group(self) -> bool:
        """Whether it cannot do without a group of agents."""
        return True

    def with_groups(self, names: tuple[str, ...]) -> "Source":
        """Return the source with these groups if it names none."""
        return self if self.agents else replace(self, agents=names)


@dataclass(frozen=True, kw_only=True)
class Holds(Source):
    """A source whose callers hold for an agent, and hang up when they have had enough."""

    patience: Annotated[
        LawField | None,
        key(
            "How long a caller will hold.",
            example='{ distribution = "exponential", mean = "2 min" }',
            unset="they hold for ever",
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Records(Source):
    """A source with conversations, some of which are recorded on one more port."""

    record: Annotated[
        Share, key("Share of talks recorded, each on one more port.", example="0.25")
    ] = 0.0


def kinds() -> Mapping[str, type[Source]]:
    """Return the kinds of source by the names that files use."""
    _load()
    return MappingProxyType(dict(sorted(_KINDS.items())))


def keys_in_order(table: type[Keyed]) -> list[DeclaredKey]:
    """Return the keys as one fills them in: what it is, its own, then what others have as well."""
    if not issubclass(table, Source):
        return list(declared_keys(table))
    common = {one.key for one in declared_keys(Source)}
    first = {"kind": 0, "name": 1, "agents": 2}

    def rank(one: DeclaredKey) -> tuple[int, bool, bool]:
        return first.get(one.key, 3), one.key in common, one.field not in table.__annotations__

    return sorted(declared_keys(table), key=rank)


def forget_kind(kind: str) -> None:
    """Take a kind out of the register: for tests that define one."""
    _KINDS.pop(kind, None)


@cache
def _load() -> None:
    try:
        package = import_module("flexports.sources")
    except ModuleNotFoundError as error:
        if error.name != "flexports.sources":
            raise
    else:
        for module in pkgutil.iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
    for point in entry_points(group=ENTRY_POINTS):
        point.load()


@dataclass(frozen=True)
class SourceMark(Tagged):
    """The mark that makes a field of type `Source` readable from a file."""

    tag: ClassVar[str] = "kind"
    what: ClassVar[str] = "a kind of source"

    def choices(self) -> Mapping[str, type[Source]]:
        """Return the kinds by the names that files use."""
        return kinds()

    def table(self, value: object, info: core_schema.ValidationInfo) -> object:
        """Return the table itself."""
        if not isinstance(value, Mapping):
            raise ValueError("is not a table; write [[sources]] and its keys on the lines below")
        return value


SourceField = Annotated[Source, SourceMark()]
