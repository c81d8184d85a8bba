"""One source's calls of one day, counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flexports.engine.outcomes import MISSED, NO_AGENT, NOT_WANTED, Table
from flexports.flows import LEFT_BY_HAND, NO_ACTION, RETRIES, STALE, Plan
from flexports.tally.busy import Legs
from flexports.tally.durations import DurationCounts
from flexports.tally.frame import Frame, SourceFrame
from flexports.tally.moments import Moments
from flexports.tally.quantities import HOLD, PORT_WAIT, SOURCE
from flexports.ticks import BoolArray, FloatArray, to_ticks, total


@dataclass(frozen=True)
class SourceDay:
    """The calls of one source on one day, and which of them count.

    Attempts count one by one where the question is what they met: a free port, an agent in time.
    Calls count as a whole, by their first attempt, where it is what came of them in the end:
    whether they were lost, how long they went without a port, when a lead was dialed.

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

    @property
    def source(self) -> SourceFrame:
        """Which metrics make sense for it."""
        return self.frame.sources[self.number]

    @cached_property
    def legs(self) -> Legs:
        """The ports that its calls held, recordings included; or the lines, if it has its own."""
        own = Legs.of_calls(self.calls)
        if self.source.own_lines or not self.source.records:
            return own
        return Legs.of_all([own, self._recording_legs])

    @property
    def port_legs(self) -> Legs:
        """The flex ports that its calls held."""
        return self._recording_legs if self.source.own_lines else self.legs

    @property
    def _recording_legs(self) -> Legs:
        return Legs.of_recordings(self.calls)

    def moments(self) -> Moments:
        """The day's quantities; those that make no sense for the source are zero."""
        source, quantities = self.source, {"carried_ticks": self.legs.within(self.frame.span).ticks}
        if source.wants_port:
            quantities |= self._ports_wanted()
        if source.waits:
            quantities |= self._came_back()
        if source.own_lines:
            quantities |= self._lines_held()
        if source.wants_agent:
            quantities |= self._agents_asked()
        if source.records:
            quantities |= self._recordings()
        if source.dials:
            quantities |= self._dials()
        if source.reaches:
            quantities |= self._leads()
        return Moments.of_day(SOURCE, [quantities.get(name, 0) for name in SOURCE.names])

    def durations(self) -> dict[str, DurationCounts]:
        """Histograms of the durations that make sense for it."""
        return {
            name: DurationCounts.of_day(self._durations_s(name)) for name in self.source.durations
        }

    def failures(self, moments: Moments) -> list[int]:
        """What went wrong, of the day's quantities."""
        return [moments.sum(failure) for failure in self.source.failures]

    # ---- Which attempts

    @cached_property
    def when_s(self) -> FloatArray:
        """When an attempt was offered; one that wanted no port, when it began."""
        offered_s = self.calls["offered_s"]
        return np.where(np.isnan(offered_s), self.calls["began_s"], offered_s)

    @cached_property
    def counted(self) -> BoolArray:
        """Attempts offered within the span; those that wanted no port, begun within it."""
        return self._inside(self.when_s)

    @cached_property
    def offered(self) -> BoolArray:
        """Attempts that wanted a port."""
        return self.counted & ~np.isnan(self.calls["offered_s"])

    @cached_property
    def blocked(self) -> BoolArray:
        """Attempts that found no port: they never got one, or had to wait for it."""
        at_once = self.calls["port_from_s"] <= self.calls["offered_s"]  # False for NaN
        return self.offered & ~at_once

    @cached_property
    def asked(self) -> BoolArray:
        """Attempts that asked for an agent."""
        return self.counted & ~np.isnan(self.calls["asked_s"])

    @cached_property
    def answered(self) -> BoolArray:
        """Attempts that an agent took; a lead that he then did not reach is one too."""
        taken: BoolArray = self.calls["agent"] != NO_AGENT
        return self.asked & taken

    @cached_property
    def in_time(self) -> BoolArray:
        """Attempts answered within the time of the service level."""
        return self.answered & (self.held_s <= self.frame.within_s)

    @cached_property
    def held_s(self) -> FloatArray:
        """Hold; NaN for attempts that did not ask for an agent."""
        return self.calls["held_to_s"] - self.calls["asked_s"]

    # ---- Quantities

    def _ports_wanted(self) -> dict[str, int]:
        return {
            "offered": _count(self.offered),
            "blocked": _count(self.blocked),
            "fresh": _count(self._fresh),
            "lost": self._calls_of(self._lost, self._fresh),
        }

    def _came_back(self) -> dict[str, int]:
        return {
            "retries": _count(self.counted & (self.calls["attempt"] > 1.0)),
            "port_wait_ticks": total(to_ticks(self._port_waits_s)),
        }

    def _lines_held(self) -> dict[str, int]:
        begun = self.legs.begun_in(self.frame.span)
        return {"legs": len(begun), "leg_ticks": begun.ticks}

    def _agents_asked(self) -> dict[str, int]:
        talked = self.answered & ~np.isnan(self.calls["answered_s"])
        talk_s = self.calls["talk_to_s"][talked] - self.calls["answered_s"][talked]
        return {
            "asked": _count(self.asked),
            "answered": _count(self.answered),
            "abandoned": _count(self.asked) - _count(self.answered),
            "in_time": _count(self.in_time),
            "hold_ticks": total(to_ticks(self.held_s[self.asked])),
            "hold_answered_ticks": total(to_ticks(self.held_s[self.answered])),
            "talks": _count(talked),
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
            "messages": _count(by_hand | self.offered),
        }

    def _leads(self) -> dict[str, int]:
        leads, skipped = _count(self._first), self._calls_of(self._ended(NO_ACTION), self._first)
        return {
            "leads": leads,
            "skipped": skipped,
            "acted_on": leads - skipped,
            "stale": self._calls_of(self._ended(STALE), self._first),
            "dialed": len(self._speeds_s),
            "speed_to_lead_ticks": total(to_ticks(self._speeds_s)),
        }

    def _durations_s(self, name: str) -> FloatArray:
        if name == HOLD:
            return self.held_s[self.asked]
        return self._port_waits_s if name == PORT_WAIT else self._speeds_s

    @cached_property
    def _port_waits_s(self) -> FloatArray:
        """From a call's first wanting a port to its getting one, or giving up; 0 if at once."""
        calls = self.calls
        over_s = np.fmax(calls["offered_s"], np.fmax(calls["port_from_s"], calls["gave_up_s"]))
        last = self._of_calls(~self._ended(RETRIES), self._fresh)
        return over_s[last] - calls["offered_s"][self._firsts[last]]

    @cached_property
    def _speeds_s(self) -> FloatArray:
        """From a lead's arrival to the dial."""
        dialed = self._of_calls(~np.isnan(self.calls["reached_s"]), self._first)
        return self.calls["reached_s"][dialed] - self.calls["first_s"][dialed]

    # ---- Which calls

    @cached_property
    def _first(self) -> BoolArray:
        """First attempts."""
        first: BoolArray = self.calls["attempt"] == 1.0
        return self.counted & first

    @cached_property
    def _fresh(self) -> BoolArray:
        """First attempts that wanted a port."""
        return self.offered & self._first

    @cached_property
    def _firsts(self) -> NDArray[np.intp]:
        """Where the first attempt of each attempt's call stands."""
        firsts = np.where(self.calls["attempt"] == 1.0, np.arange(len(self.calls)), 0)
        return np.maximum.accumulate(firsts)

    def _of_calls(self, attempts: BoolArray, firsts: BoolArray) -> BoolArray:
        """Those attempts of which the call's first one is among `firsts`."""
        return attempts & firsts[self._firsts]

    def _calls_of(self, attempts: BoolArray, firsts: BoolArray) -> int:
        return _count(self._of_calls(attempts, firsts))

    @property
    def _lost(self) -> BoolArray:
        """Last attempts that the want of a port turned away for good.

        One outcome may tell of both wants, as of a lead that went stale for want of a port or of an
        agent; who got a port did not want for one.
        """
        lost = np.zeros(len(self.calls), dtype=np.bool_)
        for outcome in self.plan.lost_outcomes:
            lost |= self._ended(outcome)
        return lost & np.isnan(self.calls["port_from_s"])

    def _ended(self, outcome: str) -> BoolArray:
        if outcome not in self.plan.outcomes:
            return np.zeros(len(self.calls), dtype=np.bool_)
        return np.equal(self.calls["outcome"], self.plan.outcomes.index(outcome))

    def _inside(self, times_s: FloatArray) -> BoolArray:
        return (times_s >= self.frame.from_s) & (times_s < self.frame.to_s)


def _count(rows: BoolArray) -> int:
    return int(np.count_nonzero(rows))
