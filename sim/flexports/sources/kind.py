"""What every kind of source has beside its keys: draws, arrivals and a flow."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from flexports.floor import Floor, Group, Source
from flexports.flows import WRAPPING_UP, Steps, Work
from flexports.laws import Law
from flexports.tape import FloatArray, Pen, Sampled

Drawn = Sampled
"""A law, a coin, a choice, or whatever else a kind may draw with."""


class Need(Enum):
    """What a source uses ports for, as the rule of thumb tells them apart."""

    MESSAGES = "automated messages"
    CALLERS = "callers who shall not wait"
    RECORDINGS = "recordings"


@dataclass(frozen=True)
class PortUse:
    """One use of ports by one source, worked out on paper.

    Attributes
    ----------
    need : Need
    load_erl : float
        Offered load at the busiest time of the day, if no port is short.
    arithmetic : str
        How it comes about: ``5 agents x 0.4 x 44 s / 44 s``.
    """

    need: Need
    load_erl: float
    arithmetic: str


def wrapping_up(law: Law) -> Steps:
    """The agent's work after a talk: no step at all where it takes no time."""
    return (Work(WRAPPING_UP, "wrap_up"),) if law.expected_s else ()


class Kind(Source):
    """A source that an engine can run.

    A subclass is a frozen dataclass with a field ``kind: Literal["its name"] = "its name"``.
    """

    @abstractmethod
    def flow(self) -> Steps:
        """What each of its calls, or each dial, goes through."""

    @abstractmethod
    def draws(self) -> Mapping[str, Drawn]:
        """What is drawn for each call, by the names that the flow uses."""

    def arrivals_s(self, pen: Pen, opens_s: float, length_s: float) -> FloatArray | None:
        """When its calls begin, seconds from opening; None where agents start them."""
        return None

    def poisson_rate_per_s(self, opens_s: float, length_s: float) -> float | None:
        """The rate of its calls if they are a Poisson stream of one rate all day, else None.

        0 where agents start them.
        """
        return 0.0

    def flow_of(self, group: Group) -> Steps:
        """What dials of this group's agents go through."""
        return self.flow()

    def draws_on(self, floor: Floor) -> Mapping[str, Drawn]:
        """What is drawn for each call, where that depends on the floor too."""
        return self.draws()

    def own_lines_on(self, floor: Floor) -> int | None:
        """How many lines of its own it has; None if it takes flex ports."""
        return None

    def limit_on(self, floor: Floor) -> int | None:
        """The most ports that it may hold at once."""
        return self.limit

    @property
    def is_steady_from_opening(self) -> bool:
        """Whether its Poisson stream, if it is one, has its rate from the first second on."""
        return True

    @property
    def users(self) -> int:
        """How many users start its calls one at a time; 0 where calls arrive or agents dial."""
        return 0

    @property
    def pauses(self) -> bool:
        """Whether a draw `pause` comes before each call that users or agents start."""
        return False

    @abstractmethod
    def expected_calls(self, floor: Floor, opens_s: float, length_s: float) -> float:
        """Roughly how many calls an engine has to run in a day."""

    @abstractmethod
    def uses(self, floor: Floor) -> Iterable[PortUse]:
        """What the rule of thumb counts."""
