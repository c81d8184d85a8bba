"""The unit of work: some consecutive days of one floor, on some port counts, reduced to tallies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TypeAlias, TypedDict

from flexports.engine import DEFAULT_ENGINE, Engine, engine_named
from flexports.floor import Floor
from flexports.flows import Plan
from flexports.sources import kinds_of, plan_of, sources_on
from flexports.tally import CountedDays, Tally, tally_day
from flexports.tape import Tape, Tapes

Tallies = dict[int, Tally]
"""By port count."""

DayAndTape: TypeAlias = tuple[int, Tape]


class Observed(TypedDict):
    """What is observed of a day."""

    warm_up_s: float
    within_s: float
    by_s: float | None


_CALLS_IN_A_BLOCK = 20_000
_SERVICE_LEVEL_S = 20.0


@dataclass(frozen=True)
class Trial:
    """All that decides what a day brings, but for its number and the ports: floor, seed, engine."""

    floor: Floor
    seed: int
    engine: str = DEFAULT_ENGINE
    by_s: float | None = None
    """Count by intervals of the day of this length, too."""

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

    def tallies(self, days: range, ports: Sequence[int]) -> Tallies:
        """Run some days on some port counts, all on the same tapes."""
        engine, tapes = engine_named(self.engine), self.tapes()
        run = self._told if engine.count_day is None else self._counted
        return run(engine, ((day, tapes.of_day(day)) for day in days), ports)

    def _counted(
        self, engine: Engine, tapes: Iterable[DayAndTape], ports: Sequence[int]
    ) -> Tallies:
        """Have the engine count what happens on the days."""
        assert engine.count_day is not None
        counted = CountedDays(self.plan, ports, **self._observed)
        for day, tape in tapes:
            with self._noted(day):
                counted.add(engine.count_day(self.plan, tape, ports, counted.watch))
        return dict(zip(ports, counted.tallies(), strict=True))

    def _told(self, engine: Engine, tapes: Iterable[DayAndTape], ports: Sequence[int]) -> Tallies:
        """Count what the engine tells of every call."""
        by_day: list[Tallies] = []
        for day, tape in tapes:
            tallies = {}
            for count in ports:
                with self._noted(day, count):
                    outcomes = engine.run_day(self.plan, tape, count)
                tallies[count] = tally_day(self.plan, outcomes, count, **self._observed)
            by_day.append(tallies)
        return merged(by_day)

    @property
    def _observed(self) -> Observed:
        warm_up_s = self.floor.day.warm_up_s
        return {"warm_up_s": warm_up_s, "within_s": self.within_s, "by_s": self.by_s}

    @contextmanager
    def _noted(self, day: int, count: int | None = None) -> Iterator[None]:
        """Have an error say where it happened."""
        try:
            yield
        except Exception as error:
            ports = "" if count is None else f", {count} ports"
            error.add_note(f"floor {self.floor.name!r}, seed {self.seed}, day {day}{ports}")
            raise


def merged(parts: Iterable[Tallies]) -> Tallies:
    """Add up tallies of the same port counts over different days, as they come."""
    return reduce(_both, parts)


def _both(one: Tallies, other: Tallies) -> Tallies:
    return {count: tally + other[count] for count, tally in one.items()}


def blocks(days: range, floor: Floor) -> Iterator[range]:
    """Cut days into blocks, each of some 20,000 calls."""
    size = days_in_a_block(floor)
    for start in range(days.start, days.stop, size):
        yield range(start, min(start + size, days.stop))


def days_in_a_block(floor: Floor) -> int:
    """How many days make a block: a matter of the floor alone."""
    hours = floor.day
    calls = sum(
        source.expected_calls(floor, hours.opens_s, hours.length_s) for source in kinds_of(floor)
    )
    return max(1, min(100, int(_CALLS_IN_A_BLOCK / max(calls, 1.0))))
