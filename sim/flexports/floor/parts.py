"""The parts of a floor other than its sources: the day, the ports, the targets, the agents."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from flexports.floor.licences import AGENT_LICENCES, LicenceList, missing_conditions
from flexports.floor.shares import ShareBySource
from flexports.floor.shifts import Shifts
from flexports.keys import (
    Bounds,
    ClockS,
    Count,
    DurationS,
    Keyed,
    Name,
    Number,
    PositiveDurationS,
    Share,
    key,
)
from flexports.laws.base import SMALLEST_CV
from flexports.problems import InputError, Problem
from flexports.units import format_duration

#: Shorter days make no sense, and longer ones lose their digits.
SHORTEST_DAY_S, LONGEST_DAY_S = 1.0, 1000 * 86400.0
_CVS_OF_DAYS = Bounds(at_least=0.0, at_most=10.0)


@dataclass(frozen=True)
class DayCvNumber(Number):
    """A coefficient of variation, or 0 for days that are alike."""

    what: str = "a coefficient of variation"
    example: str = "0.1"
    bounds: Bounds = _CVS_OF_DAYS

    def check(self, value: float) -> None:
        """Refuse what no factor could be drawn with."""
        super().check(value)
        if 0 < value < SMALLEST_CV:
            raise ValueError(f"is too small to matter; write 0, or {SMALLEST_CV:f} or more")


#: Spread of a gamma factor of mean 1 on the rates of a day.
DayCv = Annotated[float, DayCvNumber()]


@dataclass(frozen=True, kw_only=True)
class Day(Keyed):
    """From opening to closing: one replication.

    Parameters
    ----------
    length_s : float
        From opening to closing.
    opens_s : float
        Time of opening, in seconds after midnight. Only profiles and pictures need it.
    warm_up_s : float
        What is offered before this time from opening does not count.
    """

    length_s: Annotated[
        PositiveDurationS,
        key("From opening to closing.", alias="length", example='"8 h"'),
    ] = 28800.0
    opens_s: Annotated[
        ClockS, key("When it opens, for profiles and pictures.", alias="opens", example='"09:00"')
    ] = 32400.0
    warm_up_s: Annotated[
        DurationS,
        key("What is offered earlier than this does not count.", alias="warm_up", example='"0 s"'),
    ] = 0.0
    day_cv: Annotated[
        DayCv,
        key("How days differ: spread of a factor common to all arrivals.", example="0.0"),
    ] = 0.0

    def __post_init__(self) -> None:
        """Refuse a day that is too short or long, and a warm-up that leaves nothing to count."""
        super().__post_init__()
        if not SHORTEST_DAY_S <= self.length_s <= LONGEST_DAY_S:
            short, long = format_duration(SHORTEST_DAY_S), format_duration(LONGEST_DAY_S)
            rule, remedy = "is no length of a day", f"write from '{short}' to '{long}'"
            raise InputError(Problem("length", format_duration(self.length_s), rule, remedy))
        if self.warm_up_s >= self.length_s:
            value, length = format_duration(self.warm_up_s), format_duration(self.length_s)
            rule, remedy = f"leaves nothing of a day of {length}", f"write less than '{length}'"
            raise InputError(Problem("warm_up", value, rule, remedy))


@dataclass(frozen=True, kw_only=True)
class Ports(Keyed):
    """The pool of flex ports."""

    count: Annotated[
        Count | None,
        key("Ports rented today; a sweep tries others.", example="7", unset="not known"),
    ] = None


@dataclass(frozen=True, kw_only=True)
class ServiceLevel(Keyed):
    """A share of callers answered within a time."""

    share: Annotated[Share, key("Share of those who ask for an agent.", example="0.8")]
    within_s: Annotated[
        DurationS, key("Answered within this time.", alias="within", example='"20 s"')
    ]


@dataclass(frozen=True, kw_only=True)
class Targets(Keyed):
    """What the answer must meet. Each is a largest share: of every source, or by source's name."""

    blocking: Annotated[
        float | Mapping[str, float],
        ShareBySource(),
        key("Largest share of attempts that find no port.", example="0.01"),
    ] = 0.01
    service_level: Annotated[
        ServiceLevel | None,
        key(
            "Smallest share answered within a time.",
            example='{ share = 0.8, within = "20 s" }',
            unset="no target",
        ),
    ] = None
    abandonment: Annotated[
        Annotated[float | Mapping[str, float], ShareBySource()] | None,
        key("Largest share of callers who give up.", example="0.05", unset="no target"),
    ] = None
    missed_recordings: Annotated[
        Annotated[float | Mapping[str, float], ShareBySource()] | None,
        key("Largest share of recordings that find no port.", example="0.05", unset="no target"),
    ] = None

    def blocking_of(self, source: str) -> float | None:
        """Return the largest blocking that a source may have; None if it has no target."""
        return _of(self.blocking, source)

    def abandonment_of(self, source: str) -> float | None:
        """Return the largest abandonment that a source may have; None if it has no target."""
        return _of(self.abandonment, source)

    def missed_recordings_of(self, source: str) -> float | None:
        """Return the largest share of recordings that a source may miss; None without target."""
        return _of(self.missed_recordings, source)


@dataclass(frozen=True, kw_only=True)
class Group(Keyed):
    """Agents who are alike.

    Parameters
    ----------
    name : str
        Its name; its agents are "name 1", "name 2", ...
    count : int
        How many agents.
    licences : tuple of str
        What each of them holds.
    """

    name: Annotated[str, Name("sales"), key("Name of the group.", example='"sales"')] = "agents"
    count: Annotated[Count, key("How many agents.", example="5")]
    licences: Annotated[
        tuple[str, ...],
        LicenceList(),
        key(
            "What each of them holds.",
            example='["crm", "dialer-tab", "dialer", "agent-login", "elf", "fax"]',
        ),
    ] = AGENT_LICENCES
    shifts: Annotated[
        tuple[tuple[float, float], ...],
        Shifts(),
        key(
            "When they are on duty.",
            example='[["09:00", "12:00"], ["13:00", "17:00"]]',
            unset="the whole day",
        ),
    ] = ()

    def __post_init__(self) -> None:
        """Refuse licences without those that they are contingent on."""
        super().__post_init__()
        object.__setattr__(self, "licences", tuple(self.licences))
        problems = [
            Problem("licences", list(self.licences), f"has '{held}' without '{wanted}'", remedy)
            for held, wanted, remedy in missing_conditions(self.licences)
        ]
        if problems:
            raise InputError(problems)

    @property
    def agent_names(self) -> tuple[str, ...]:
        """The names of its agents."""
        return tuple(f"{self.name} {number}" for number in range(1, self.count + 1))


@dataclass(frozen=True, kw_only=True)
class Pools(Keyed):
    """Sizes of the pooled licences; left out, a pool is large enough."""

    dialer_tab: Annotated[
        Count | None,
        key("Dialer screens.", alias="dialer-tab", example="5", unset="large enough"),
    ] = None
    dialer: Annotated[
        Count | None, key("Seats on the power dialer.", example="5", unset="large enough")
    ] = None
    fax: Annotated[Count | None, key("Fax licences.", example="1", unset="large enough")] = None

    def size(self, licence: str) -> int | None:
        """Return how many there are; None if there are enough."""
        size: int | None = getattr(self, licence.replace("-", "_"), None)
        return size


def _of(target: float | Mapping[str, float] | None, source: str) -> float | None:
    return target.get(source) if isinstance(target, Mapping) else target
