"""The tally: sums of days on one port count, which add up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import add
from typing import Any

import numpy as np

from flexports.tally.busy import BusyTime
from flexports.tally.frame import PORTS, SOURCE, Frame
from flexports.tally.hold import HoldCounts
from flexports.tally.moments import Moments

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
        Daily quantities `flexports.tally.frame.SOURCE` of each source.
    holds : tuple of (HoldCounts or None)
        Of each source whose calls want an agent.
    ports : Moments
        Daily quantities `flexports.tally.frame.PORTS`.
    teams : tuple of Moments
        Each group's time by activity.
    busy : BusyTime
    """

    frame: Frame
    days: int
    sources: tuple[Moments, ...]
    holds: tuple[HoldCounts | None, ...]
    ports: Moments
    teams: tuple[Moments, ...]
    busy: BusyTime

    def __post_init__(self) -> None:
        # Every number that a HoldCounts keeps is at most the sum over days of asked**2.
        if any(source.product("asked", "asked") > _LARGEST for source in self.sources):
            raise OverflowError("too many calls over too many days for the counts of hold")
        if self.days * self.frame.span_ticks > _LARGEST:
            raise OverflowError("too many days for the time at each number of busy ports")

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
            tuple(map(_both, self.holds, other.holds)),
            self.ports + other.ports,
            tuple(map(add, self.teams, other.teams)),
            self.busy + other.busy,
        )

    __add__ = merge

    def to_dict(self) -> dict[str, Any]:
        """Plain values, lists and dicts; JSON keeps all of it exactly."""
        return {
            "frame": self.frame.to_dict(),
            "days": self.days,
            "sources": [source.to_dict() for source in self.sources],
            "holds": [None if hold is None else hold.to_dict() for hold in self.holds],
            "ports": self.ports.to_dict(),
            "teams": [team.to_dict() for team in self.teams],
            "busy_ticks": self.busy.ticks.tolist(),
        }

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> Tally:
        """Undo `to_dict`, also after a passage through JSON."""
        frame = Frame.from_dict(saved["frame"])
        return cls(
            frame,
            saved["days"],
            tuple(Moments.from_dict(SOURCE, source) for source in saved["sources"]),
            tuple(None if hold is None else HoldCounts.from_dict(hold) for hold in saved["holds"]),
            Moments.from_dict(PORTS, saved["ports"]),
            tuple(
                Moments.from_dict(team.layout, sums)
                for team, sums in zip(frame.teams, saved["teams"], strict=True)
            ),
            BusyTime(np.array(saved["busy_ticks"], dtype=np.int64)),
        )


def _both(one: HoldCounts | None, other: HoldCounts | None) -> HoldCounts | None:
    return None if one is None or other is None else one + other
