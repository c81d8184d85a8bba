"""One source's calls of one day, counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flexports.engine.outcomes import MISSED, NOT_WANTED, Table
from flexports.flows import LEFT_BY_HAND, Plan
from flexports.tally.busy import Legs
from flexports.tally.frame import SOURCE, Frame, SourceFrame
from flexports.tally.hold import HoldCounts
from flexports.tally.moments import Moments
from flexports.tally.ticks import BoolArray, FloatArray, to_ticks, total


@dataclass(frozen=True)
class SourceDay:
    """The calls of one source on one day, and which of them count.

    Attributes
    ----------
    plan : Plan
    frame : Frame
    number : int
        The source's.
    calls : Table
        Its rows.
    """

    plan: Plan
    frame: Frame
    number: int
    calls: Table

    @cached_property
    def legs(self) -> Legs:
        """The ports that its calls held, whether they count or not."""
        return Legs.of(self.calls)

    @cached_property
    def counted(self) -> BoolArray:
        """Attempts offered within the span; those that wanted no port, begun within it."""
        offered_s = self.calls["offered_s"]
        return self._inside(np.where(np.isnan(offered_s), self.calls["began_s"], offered_s))

    def moments(self) -> Moments:
        """The day's quantities; those that make no sense for the source are zero."""
        quantities = {"carried_ticks": self.legs.within(self.frame.span).ticks}
        if self._source.wants_port:
            quantities |= self._ports_wanted()
        if self._source.wants_agent:
            quantities |= self._agents_asked()
        if self._source.records:
            quantities |= self._recordings()
        if self._source.dials:
            quantities |= self._dials()
        return Moments.of_day(SOURCE, [quantities.get(name, 0) for name in SOURCE.names])

    def holds(self) -> HoldCounts | None:
        """The day's holds, if its calls want an agent."""
        if not self._source.wants_agent:
            return None
        return HoldCounts.of_day(self._held_s[self._asked])

    def _ports_wanted(self) -> dict[str, int]:
        blocked = self._offered & np.isnan(self.calls["port_from_s"])
        fresh = self._offered & (self.calls["attempt"] == 1.0)
        return {
            "offered": _count(self._offered),
            "blocked": _count(blocked),
            "fresh": _count(fresh),
            "lost": _count(fresh[self._firsts_of(self._lost)]),
        }

    def _agents_asked(self) -> dict[str, int]:
        asked = self._asked
        answered = asked & ~np.isnan(self.calls["answered_s"])
        talk_s = self.calls["talk_to_s"][answered] - self.calls["answered_s"][answered]
        return {
            "asked": _count(asked),
            "answered": _count(answered),
            "abandoned": _count(asked) - _count(answered),
            "in_time": _count(self._held_s[answered] <= self.frame.within_s),
            "hold_ticks": total(to_ticks(self._held_s[asked])),
            "hold_answered_ticks": total(to_ticks(self._held_s[answered])),
            "talk_ticks": total(to_ticks(talk_s)),
        }

    def _recordings(self) -> dict[str, int]:
        recorded = self.calls["recorded"]
        return {
            "recordings": _count(self.counted & (recorded != NOT_WANTED)),
            "missed": _count(self.counted & (recorded == MISSED)),
        }

    def _dials(self) -> dict[str, int]:
        by_hand = self.counted & self._ended(LEFT_BY_HAND)
        return {
            "dials": _count(self._inside(self.calls["began_s"])),
            "by_hand": _count(by_hand),
            "messages": _count(by_hand | self._offered),
        }

    @property
    def _source(self) -> SourceFrame:
        return self.frame.sources[self.number]

    @cached_property
    def _offered(self) -> BoolArray:
        return self.counted & ~np.isnan(self.calls["offered_s"])

    @cached_property
    def _asked(self) -> BoolArray:
        return self.counted & ~np.isnan(self.calls["asked_s"])

    @cached_property
    def _held_s(self) -> FloatArray:
        return self.calls["held_to_s"] - self.calls["asked_s"]

    @property
    def _lost(self) -> BoolArray:
        lost = np.zeros(len(self.calls), dtype=np.bool_)
        for outcome in self.plan.lost_outcomes:
            lost |= self._ended(outcome)
        return lost

    def _ended(self, outcome: str) -> BoolArray:
        if outcome not in self.plan.outcomes:
            return np.zeros(len(self.calls), dtype=np.bool_)
        return np.equal(self.calls["outcome"], self.plan.outcomes.index(outcome))

    def _firsts_of(self, attempts: BoolArray) -> NDArray[np.intp]:
        """Where the first attempts stand of the calls whose last ones these are."""
        firsts = np.where(self.calls["attempt"] == 1.0, np.arange(len(self.calls)), 0)
        return np.maximum.accumulate(firsts)[attempts]

    def _inside(self, times_s: FloatArray) -> BoolArray:
        return (times_s >= self.frame.from_s) & (times_s < self.frame.to_s)


def _count(rows: BoolArray) -> int:
    return int(np.count_nonzero(rows))
