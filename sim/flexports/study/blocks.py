"""The unit of work: some consecutive days of one floor, on some port counts, reduced to tallies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from flexports.engine import DEFAULT_ENGINE, engine_named
from flexports.floor import Floor
from flexports.sources import kinds_of, plan_of, sources_on
from flexports.tally import Tally, tally_day
from flexports.tape import Tape, draw_tape

Tallies = dict[int, Tally]
"""By port count."""

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

    @property
    def within_s(self) -> float:
        """The time of the service level: the target's, or 20 s."""
        target = self.floor.targets.service_level
        return _SERVICE_LEVEL_S if target is None else target.within_s

    def tape(self, day: int) -> Tape:
        """Draw the tape of one day."""
        hours = self.floor.day
        return draw_tape(
            sources_on(self.floor),
            seed=self.seed,
            day=day,
            opens_s=hours.opens_s,
            length_s=hours.length_s,
            day_cv=hours.day_cv,
        )

    def tallies(self, days: range, ports: Sequence[int]) -> Tallies:
        """Run some days on some port counts, all on the same tapes."""
        run_day = engine_named(self.engine)
        plan = plan_of(self.floor)
        warm_up_s = self.floor.day.warm_up_s
        by_day: list[Tallies] = []
        for day in days:
            tape = self.tape(day)
            tallies = {}
            for count in ports:
                try:
                    outcomes = run_day(plan, tape, count)
                except Exception as error:
                    error.add_note(
                        f"floor {self.floor.name!r}, seed {self.seed}, day {day}, {count} ports"
                    )
                    raise
                tallies[count] = tally_day(
                    plan,
                    outcomes,
                    count,
                    warm_up_s=warm_up_s,
                    within_s=self.within_s,
                    by_s=self.by_s,
                )
            by_day.append(tallies)
        return merged(by_day)


def merged(parts: Sequence[Tallies]) -> Tallies:
    """Add up tallies of the same port counts over different days."""
    return {count: reduce(add, (part[count] for part in parts)) for count in parts[0]}


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
