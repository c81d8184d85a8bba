"""The unit of work: some consecutive days of one floor, on some port counts, reduced to tallies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypedDict

from flexports.engine import DEFAULT_ENGINE, Engine, engine_named
from flexports.floor import Floor
from flexports.flows import Plan
from flexports.sources import kinds_of, plan_of, sources_on
from flexports.study.controls import KnownControls
from flexports.tally import CountedDays, Tallies, ToldDays
from flexports.tally.controls import UNLIMITED, Controls
from flexports.tape import Tape, Tapes

DayAndTape: TypeAlias = tuple[int, Tape]


class Observed(TypedDict):
    """What is observed of a day."""

    warm_up_s: float
    within_s: float
    by_s: float | None
    controls: Controls


_CALLS_IN_A_BLOCK = 20_000
_FEWEST_DAYS, _MOST_DAYS = 5, 100
"""Of a block: adding up takes as long for one day as for a few."""
_FEWEST_BLOCKS = 24
"""Of many days: enough for all workers to end at about the same time."""
_SERVICE_LEVEL_S = 20.0


@dataclass(frozen=True)
class Trial:
    """All that decides what a day brings, but for its number and the ports: floor, seed, engine."""

    floor: Floor
    seed: int
    engine: str = DEFAULT_ENGINE
    by_s: float | None = None
    """Count by intervals of the day of this length, too."""
    controls: bool = True
    """Watch the numbers of a day of which the mean is known, to take out what they explain."""

    @cached_property
    def plan(self) -> Plan:
        """What the engine runs."""
        return plan_of(self.floor)

    @property
    def within_s(self) -> float:
        """The time of the service level: the target's, or 20 s."""
        target = self.floor.targets.service_level
        return _SERVICE_LEVEL_S if target is None else target.within_s

    def tape(self, day: int) -> Tape:
        """Draw the tape of one day."""
        return self.tapes().of_day(day)

    def tapes(self) -> Tapes:
        """The tapes of all days; for one thread."""
        hours = self.floor.day
        return Tapes(sources_on(self.floor), self.seed, hours.opens_s, hours.length_s, hours.day_cv)

    def tallies(self, days: range, ports: Iterable[int]) -> Tallies:
        """Run some days on some port counts, all on the same tapes."""
        engine, tapes, counts = engine_named(self.engine), self.tapes(), set(ports)
        run = self._told if engine.count_day is None else self._counted
        days_and_tapes = ((day, tapes.of_day(day)) for day in days)
        return run(engine, days_and_tapes, self.runs(counts)).among(counts)

    def _counted(self, engine: Engine, tapes: Iterable[DayAndTape], runs: Sequence[int]) -> Tallies:
        """Have the engine count what happens on the days."""
        assert engine.count_day is not None
        counted = CountedDays(self.plan, runs, **self._observed)
        for day, tape in tapes:
            with self._noted(day):
                counted.add(day, tape, engine.count_day(self.plan, tape, runs, counted.watch))
        return counted.tallies()

    def _told(self, engine: Engine, tapes: Iterable[DayAndTape], runs: Sequence[int]) -> Tallies:
        """Count what the engine tells of every call."""
        told = ToldDays(self.plan, runs, **self._observed)
        for day, tape in tapes:
            outcomes = []
            for count in told.ports:
                with self._noted(day, count):
                    outcomes.append(engine.run_day(self.plan, tape, count))
            told.add(day, tape, outcomes)
        return told.tallies()

    def runs(self, ports: Iterable[int]) -> Sequence[int]:
        """The port counts, ascending, and an unlimited pool if it is watched."""
        watched = {UNLIMITED} if self.known.which.occupancy else set()
        return sorted({*ports, *watched})

    @cached_property
    def known(self) -> KnownControls:
        """The numbers of a day of which the mean is known."""
        return KnownControls(self.floor, watched=self.controls)

    @property
    def _observed(self) -> Observed:
        warm_up_s = self.floor.day.warm_up_s
        return {
            "warm_up_s": warm_up_s,
            "within_s": self.within_s,
            "by_s": self.by_s,
            "controls": self.known.which,
        }

    @contextmanager
    def _noted(self, day: int, count: int | None = None) -> Iterator[None]:
        """Have an error say where it happened."""
        try:
            yield
        except Exception as error:
            ports = "" if count is None else f", {count} ports"
            error.add_note(f"floor {self.floor.name!r}, seed {self.seed}, day {day}{ports}")
            raise


def blocks(days: range, floor: Floor) -> Iterator[range]:
    """Cut days into blocks of some 20,000 calls; many days into larger ones, and 24 or more.

    How they are cut is nothing to the results: tallies add up exactly.
    """
    least = days_in_a_block(floor)
    size = max(least, min(len(days) // _FEWEST_BLOCKS, _MOST_DAYS))
    for start in range(days.start, days.stop, size):
        yield range(start, min(start + size, days.stop))


def days_in_a_block(floor: Floor) -> int:
    """How many days make the smallest block: a matter of the floor alone."""
    days = int(_CALLS_IN_A_BLOCK / max(calls_a_day(floor), 1.0))
    return max(_FEWEST_DAYS, min(_MOST_DAYS, days))


def calls_a_day(floor: Floor) -> float:
    """Roughly how many calls an engine has to run in a day."""
    hours = floor.day
    return sum(
        source.expected_calls(floor, hours.opens_s, hours.length_s) for source in kinds_of(floor)
    )
