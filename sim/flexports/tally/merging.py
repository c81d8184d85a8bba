"""The tally: sums of days on one port count, which add up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import add
from typing import Any, TypeVar

import numpy as np

from flexports.tally.busy import BusyTime
from flexports.tally.durations import DurationCounts
from flexports.tally.frame import Frame
from flexports.tally.intervals import IntervalTally
from flexports.tally.moments import Moments
from flexports.tally.quantities import DURATIONS, HOLD, PORTS, SOURCE
from flexports.tally.related import relations_of
from flexports.tally.strands import Strands

_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Tally:
    """Sums over one or more days on one port count.

    All of it is integers, so ``(a + b) + c == a + (b + c)`` and ``a + b == b + a`` to the last bit.

    Attributes
    ----------
    frame : Frame
        What was observed; tallies add up only if theirs are equal.
    days : int
    sources : tuple of Moments
        Daily quantities `flexports.tally.quantities.SOURCE` of each source.
    durations : tuple of mapping of str to DurationCounts
        Of each source, the histograms that make sense for it, by their names in
        `flexports.tally.quantities.DURATIONS`.
    ports : Moments
        Daily quantities `flexports.tally.quantities.PORTS`.
    teams : tuple of Moments
        Each group's time by activity.
    busy : BusyTime
    failures : Moments
        What went wrong (`Frame.failures`), with all products of any two: what the variance of a sum
        of them, each with its price, is made of. Counts only, so that prices can change later.
    by_interval : IntervalTally or None
        The same days by intervals, if they are told so.
    controlled : Strands or None
        The controls of the frame and what they may explain (`flexports.tally.related`), by strands
        of days; None without controls.
    """

    frame: Frame
    days: int
    sources: tuple[Moments, ...]
    durations: tuple[Mapping[str, DurationCounts], ...]
    ports: Moments
    teams: tuple[Moments, ...]
    busy: BusyTime
    failures: Moments
    by_interval: IntervalTally | None = None
    controlled: Strands | None = None

    def __post_init__(self) -> None:
        # No number of a histogram is above the sum over days of the square of what it counts.
        counted = [number for _, number in DURATIONS.values()]
        if any(each.product(name, name) > _LARGEST for each in self.sources for name in counted):
            raise OverflowError("too many calls over too many days for the counts of durations")
        if self.days * self.frame.span_ticks > _LARGEST:
            raise OverflowError("too many days for the time at each number of busy ports")

    @property
    def holds(self) -> tuple[DurationCounts | None, ...]:
        """The histogram of hold of each source whose calls want an agent."""
        return tuple(durations.get(HOLD) for durations in self.durations)

    def merge(self, other: Tally) -> Tally:
        """Add other days on the same port count.

        Raises
        ------
        ValueError
            If the two were not observed alike.
        """
        if self.frame != other.frame:
            raise ValueError(f"these days do not add up: {self.frame} and {other.frame}")
        return Tally(
            self.frame,
            self.days + other.days,
            tuple(map(add, self.sources, other.sources)),
            tuple(map(_both, self.durations, other.durations)),
            self.ports + other.ports,
            tuple(map(add, self.teams, other.teams)),
            self.busy + other.busy,
            self.failures + other.failures,
            _both_told(self.by_interval, other.by_interval),
            _both_told(self.controlled, other.controlled),
        )

    __add__ = merge

    def to_dict(self) -> dict[str, Any]:
        """Plain values, lists and dicts; JSON keeps all of it exactly."""
        return {
            "frame": self.frame.to_dict(),
            "days": self.days,
            "sources": [source.to_dict() for source in self.sources],
            "durations": [
                {name: counts.to_dict() for name, counts in durations.items()}
                for durations in self.durations
            ],
            "ports": self.ports.to_dict(),
            "teams": [team.to_dict() for team in self.teams],
            "busy_ticks": self.busy.ticks.tolist(),
            "failures": self.failures.to_dict(),
            "by_interval": None if self.by_interval is None else self.by_interval.to_dict(),
            "controlled": None if self.controlled is None else self.controlled.to_dict(),
        }

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> Tally:
        """Undo `to_dict`, also after a passage through JSON."""
        frame, told = Frame.from_dict(saved["frame"]), saved["by_interval"]
        controlled = saved["controlled"]
        return cls(
            frame,
            saved["days"],
            tuple(Moments.from_dict(SOURCE, source) for source in saved["sources"]),
            tuple(
                {name: DurationCounts.from_dict(counts) for name, counts in durations.items()}
                for durations in saved["durations"]
            ),
            Moments.from_dict(PORTS, saved["ports"]),
            tuple(
                Moments.from_dict(team.layout, sums)
                for team, sums in zip(frame.teams, saved["teams"], strict=True)
            ),
            BusyTime(np.array(saved["busy_ticks"], dtype=np.int64)),
            Moments.from_dict(frame.failures_layout, saved["failures"]),
            None if told is None else IntervalTally.from_dict(told),
            None
            if controlled is None
            else Strands.from_dict(relations_of(frame).controlled, controlled),
        )


def _both(
    one: Mapping[str, DurationCounts], other: Mapping[str, DurationCounts]
) -> Mapping[str, DurationCounts]:
    return {name: counts + other[name] for name, counts in one.items()}


Told = TypeVar("Told", IntervalTally, Strands)


def _both_told(one: Told | None, other: Told | None) -> Told | None:
    return None if one is None or other is None else one + other
