"""The floor: the model of one company, frozen."""

from dataclasses import dataclass
from importlib import import_module
from typing import Annotated

from flexports.floor.parts import Day, Group, Pools, Ports, Targets
from flexports.floor.prices import Prices
from flexports.floor.source import Source, SourceField
from flexports.keys import Keyed, Name, key

_DAY, _PORTS, _TARGETS, _POOLS = Day(), Ports(), Targets(), Pools()


@dataclass(frozen=True, kw_only=True)
class Floor(Keyed):
    """The model of one company: agents, licences, ports, sources, targets.

    ``dataclasses.replace`` makes variants. :func:`flexports.floor.check_floor` tells what is wrong
    with a floor that was built in Python; one that was read from a file has been checked.

    Examples
    --------
    >>> floor = Floor(name="Nobody", agents=(Group(name="sales", count=2),))
    >>> floor.agent_names()
    ('sales 1', 'sales 2')
    """

    name: Annotated[
        str, Name("My company"), key("Name of the company.", example='"My company"')
    ] = "floor"
    day: Annotated[Day, key("From opening to closing: one replication.")] = _DAY
    ports: Annotated[Ports, key("The pool of flex ports.")] = _PORTS
    targets: Annotated[Targets, key("What the answer must meet.")] = _TARGETS
    agents: Annotated[tuple[Group, ...], key("Groups of agents.")] = ()
    sources: Annotated[tuple[SourceField, ...], key("What makes calls.")] = ()
    licences: Annotated[Pools, key("Sizes of the pooled licences.")] = _POOLS
    prices: Annotated[Prices | None, key("What things cost.", unset="no costs")] = None

    def __post_init__(self) -> None:
        """Give the only group to the sources that name none."""
        super().__post_init__()
        object.__setattr__(self, "agents", tuple(self.agents))
        if len(self.agents) == 1:
            only = (self.agents[0].name,)
            object.__setattr__(
                self, "sources", tuple(source.with_groups(only) for source in self.sources)
            )

    def group(self, name: str) -> Group:
        """Return the group of agents of this name.

        Raises
        ------
        KeyError
        """
        return {group.name: group for group in self.agents}[name]

    def source(self, name: str) -> Source:
        """Return the source of this name.

        Raises
        ------
        KeyError
        """
        return {source.name: source for source in self.sources}[name]

    def agent_names(self) -> tuple[str, ...]:
        """Return the names of all agents: ``("sales 1", "sales 2", ...)``."""
        return tuple(name for group in self.agents for name in group.agent_names)

    def _repr_html_(self) -> str:
        # By name, because words are made of floors and not floors of words.
        return str(import_module("flexports.table").html(self))
