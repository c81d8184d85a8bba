"""What a report is made of: runs, differences, exact values, one day, and where it is from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from flexports.estimates.differences import Difference
from flexports.floor import Floor, Setting
from flexports.floor.profile import Profile
from flexports.floor.source import keys_in_order
from flexports.study.exact import Exact, exact_sweep
from flexports.study.results import Sweep
from flexports.study.simulate import SimulatedDay, simulate
from flexports.study.size import Size, size
from flexports.study.sweep import MOST_PORTS, sweep

_BELOW, _ABOVE = 7, 4
"""The counts about the answer between which a reader may choose."""
_NEAR = 8
"""So much further off the rule of thumb's count and today's are among them too."""
_STEPS_S = (300.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0)
_MOST_STEPS = 16


@dataclass(frozen=True)
class Origin:
    """Where the results of a report come from, and what makes them again.

    Attributes
    ----------
    file : str
        The floor or the results folder.
    sha256 : str
        Of the floor's file; empty if there is none.
    command : str
        The line that makes the report again.
    version : str
        Of flexports.
    settings : sequence of Setting
        Every setting in force.
    more : sequence of str
        What else there is to say of it, as sentences.
    """

    file: str
    sha256: str
    command: str
    version: str
    settings: Sequence[Setting] = ()
    more: Sequence[str] = ()


@dataclass(frozen=True)
class Answered:
    """A point of an experiment, and its answer."""

    number: int
    floor: str
    settings: str
    size: Size


@dataclass(frozen=True)
class Material:
    """What a report is made of.

    Attributes
    ----------
    size : Size
        The answer, with all port counts of the page.
    counts : sequence of int
        Those between which a reader may choose.
    together : Sweep or None
        The counts run on the same days: differences between neighbours are paired.
    by_time : Sweep or None
        Counted by interval of the day.
    day : SimulatedDay
        One day at the centre.
    origin : Origin
    points : sequence of Answered
        All points of the experiment that this is one of, of which there are days.
    points_in_all : int
        How many the experiment has.
    """

    size: Size
    counts: Sequence[int]
    together: Sweep | None
    by_time: Sweep | None
    day: SimulatedDay
    origin: Origin
    points: Sequence[Answered] = ()
    points_in_all: int = 0

    @property
    def sweep(self) -> Sweep:
        """All port counts."""
        return self.size.sweep

    @property
    def floor(self) -> Floor:
        """The company."""
        return self.sweep.trial.floor

    @property
    def centre(self) -> int:
        """The answer; without one, the count that comes nearest to it."""
        return centre_of(self.size)

    @cached_property
    def exact(self) -> Sequence[Exact]:
        """What can be worked out without simulation."""
        return exact_sweep(self.floor, self.counts)

    def differences(self, ports: int, against: int) -> Sequence[Difference]:
        """How one count differs from another; none if the two were not run together."""
        return self._differences.get((ports, against), ())

    @cached_property
    def steps(self) -> Sequence[Difference]:
        """How each count differs from the one below it."""
        if self.together is None:
            return ()
        try:
            return self.together.differences()
        except ValueError:  # they were run apart
            return ()

    @cached_property
    def _differences(self) -> Mapping[tuple[int, int], Sequence[Difference]]:
        found: dict[tuple[int, int], list[Difference]] = {}
        for each in self.steps:
            found.setdefault((each.ports, each.against), []).append(each)
            found.setdefault((each.against, each.ports), []).append(_turned(each))
        return found


def centre_of(found: Size) -> int:
    """The answer; without one, the count that comes nearest to it."""
    return found.best.ports if found.ports is None else found.ports


@dataclass(frozen=True)
class Run:
    """Runs what a report of a floor needs.

    Attributes
    ----------
    floor : Floor
    keywords : mapping of str to object
        Of `flexports.study.size.size`.
    """

    floor: Floor
    keywords: Mapping[str, Any] = field(default_factory=dict)

    def material(self, origin: Origin) -> Material:
        """Find the answer, and run the counts about it together."""
        found = size(self.floor, **self.keywords)
        counts = counts_about(found)
        kept = ("seed", "engine", "workers", "confidence", "controls", "cluster", "progress")
        together = sweep(
            self.floor,
            counts,
            days=found.sweep.fewest_days,
            by_s=_step_s(self.floor) if varies_by_time(self.floor) else None,
            **{name: value for name, value in self.keywords.items() if name in kept},
        )
        tallies = together.tallies.beside(found.sweep.tallies)
        whole = Sweep(found.sweep.trial, tallies, found.sweep.confidence)
        found = replace(found, sweep=whole)
        by_time = None if together.trial.by_s is None else together
        day = day_of(found)
        return Material(found, counts, together, by_time, day, origin)


def day_of(found: Size) -> SimulatedDay:
    """The first of the days, at the answer."""
    trial = found.sweep.trial
    return simulate(trial.floor, centre_of(found), day=0, seed=trial.seed, engine=trial.engine)


def counts_about(found: Size) -> Sequence[int]:
    """All counts about the answer; up to the rule of thumb's and today's if these are near."""
    centre = centre_of(found)
    first, last = max(1, centre - _BELOW), min(centre + _ABOVE, MOST_PORTS)
    for count in (found.rule.ports, found.sweep.trial.floor.ports.count):
        if count is not None and first - _NEAR <= count <= last + _NEAR:
            first, last = min(first, max(count, 1)), max(last, min(count, MOST_PORTS))
    return range(first, last + 1)


def varies_by_time(floor: Floor) -> bool:
    """Whether anything on a floor depends on the time of day."""
    if any(group.shifts for group in floor.agents):
        return True
    return any(
        _is_timed(key.key, getattr(source, key.field))
        for source in floor.sources
        for key in keys_in_order(type(source))
    )


def _is_timed(name: str, value: object) -> bool:
    if isinstance(value, Profile):
        return not value.is_constant
    return name in ("starts", "list", "mass") and bool(value)


def _step_s(floor: Floor) -> float:
    """Into how long intervals the day is cut."""
    length_s = floor.day.length_s
    enough = (each for each in _STEPS_S if length_s / each <= _MOST_STEPS)
    return next(enough, length_s / _MOST_STEPS)


def _turned(each: Difference) -> Difference:
    """The same the other way round."""
    return Difference(
        each.against,
        each.ports,
        each.source,
        each.metric,
        each.unit,
        -each.value,
        -each.high,
        -each.low,
        each.alone,
    )
