"""Tallies of days that an engine has counted by itself, in place of telling every call."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flexports.engine.counts import (
    CALL_COUNTS,
    INTERVAL_COUNTS,
    PORT_COUNTS,
    PORT_INTERVAL_COUNTS,
    DayCounts,
    Watch,
    whole_numbers,
)
from flexports.flows import LOCKED_OUT, Plan
from flexports.tally.busy import BusyTime
from flexports.tally.controls import Controls, controlled, occupied
from flexports.tally.durations import EDGES_S, DurationCounts
from flexports.tally.frame import Frame, frame_of
from flexports.tally.intervals import IntervalTally
from flexports.tally.merging import Tally
from flexports.tally.moments import Moments
from flexports.tally.pairs import Numbers, Pairs
from flexports.tally.quantities import (
    DURATIONS,
    PORTS,
    PORTS_BY_INTERVAL,
    SOURCE,
    SOURCE_BY_INTERVAL,
)
from flexports.tally.related import PORTS_OWNER, relations_of
from flexports.tally.several import Tallies
from flexports.tally.strands import Strands
from flexports.tape import Tape

_PEAK = PORT_COUNTS.index("peak")


def watch_of(frame: Frame) -> Watch:
    """What an engine has to count for this frame."""
    return Watch(
        frame.from_s,
        frame.to_s,
        *frame.span,
        frame.within_s,
        EDGES_S,
        tuple(tuple(name in source.durations for name in DURATIONS) for source in frame.sources),
        tuple(team.shifts for team in frame.teams),
        frame.edges_s,
        frame.edges,
    )


class CountedDays:
    """Adds up days, and makes a tally of them for each port count.

    Parameters
    ----------
    plan : Plan
        What the engine runs.
    ports : sequence of int
        The port counts, in the order of the engine's runs.
    warm_up_s, within_s, by_s
        As for `flexports.tally.tally_day`.
    controls : Controls
        If they watch an unlimited pool, the last of the port counts is it.
    """

    def __init__(
        self,
        plan: Plan,
        ports: Sequence[int],
        *,
        warm_up_s: float,
        within_s: float,
        by_s: float | None,
        controls: Controls,
    ) -> None:
        self._plan = plan
        self._controls = controls
        self._frames = [
            frame_of(plan, count, warm_up_s, within_s, by_s=by_s, controls=controls.names)
            for count in ports
        ]
        self.watch = watch_of(self._frames[0])
        self._days: list[list[bytes]] = []
        self._shapes: list[tuple[np.dtype[Any], tuple[int, ...]]]
        self._busy_time: NDArray[np.int64]
        self._histograms: NDArray[np.int64]
        self._numbers: list[int] = []
        self._controlled: list[list[list[int]]] = []

    def add(self, number: int, tape: Tape, day: DayCounts) -> None:
        """Add a day, which was run on this tape."""
        if not self._days:
            self._busy_time = np.zeros_like(day.busy_time)
            self._histograms = np.zeros((3, *day.histograms.shape), dtype=np.int64)[..., :-1]
        self._busy_time += day.busy_time
        counts = day.histograms.cumsum(axis=-1)
        self._histograms += _cumulative(counts)
        tables = (day.sources, day.ports, day.spent, day.by_interval, day.ports_by_interval)
        self._days.append([table.tobytes() for table in tables])
        self._shapes = [(table.dtype, table.shape) for table in tables]
        self._numbers.append(number)
        self._controlled.append(self._controls_of(tape, day))

    def _controls_of(self, tape: Tape, day: DayCounts) -> list[list[int]]:
        """The controls of a day, for each port count."""
        frame = self._frames[-1]
        arrived = self._controls.arrived(tape, (frame.from_s, frame.to_s))
        if not self._controls.occupancy:
            return [arrived] * len(self._frames)
        (load_ticks,) = whole_numbers(day.ports[-1:], ("leg_ticks",))[0]
        busy_ticks = day.busy_time[-1]
        return [[*arrived, *occupied(busy_ticks, load_ticks, each.ports)] for each in self._frames]

    def tallies(self) -> Tallies:
        """The tally of each port count, and what ties them."""
        sources, ports, spent, by_interval, ports_by_interval = (
            _side_by_side(days, *shape)
            for days, shape in zip(zip(*self._days, strict=True), self._shapes, strict=True)
        )
        columns = [
            _with_derived(_numbers(sources, CALL_COUNTS), CALL_COUNTS),
            _numbers(ports, PORT_COUNTS),
            np.moveaxis(spent.astype(object), 1, -1),
            _with_derived(_numbers(by_interval, INTERVAL_COUNTS), INTERVAL_COUNTS),
            _numbers(ports_by_interval, PORT_INTERVAL_COUNTS),
        ]
        relations = relations_of(self._frames[0])
        quantities = self._related(columns[0], columns[1])
        controls = np.array(self._controlled, dtype=object).transpose(1, 2, 0)
        by_run = controlled(self._frames, self._numbers, quantities, controls)
        counts = [frame.ports for frame in self._frames]
        return Tallies(
            {
                count: self._tally(run, [column[run] for column in columns], by_run[run])
                for run, count in sorted(enumerate(counts), key=itemgetter(1))
            },
            Pairs.of_days(relations, counts, quantities) if counts[1:] else None,
        )

    def _related(self, sources: Numbers, ports: Numbers) -> Numbers:
        """The quantities that are told of several port counts, (runs, quantities, days)."""
        frame = self._frames[0]
        numbers = {source.name: number for number, source in enumerate(frame.sources)}
        return np.stack(
            [
                ports[:, PORT_COUNTS.index(name)]
                if owner == PORTS_OWNER
                else sources[:, numbers[owner], CALL_COUNTS.index(name)]
                for owner, name in relations_of(frame).quantities
            ],
            axis=1,
        )

    def _tally(self, run: int, columns: Sequence[Numbers], controls: Strands | None) -> Tally:
        sources, ports, spent, by_interval, ports_by_interval = columns
        frame = self._frames[run]
        peak = max(ports[_PEAK].tolist())
        return Tally(
            frame,
            len(self._days),
            tuple(Moments.of_days(SOURCE, source.tolist()) for source in sources),
            self._durations(run),
            Moments.of_days(PORTS, ports.tolist()),
            tuple(self._team(frame, number, spent[number]) for number in range(len(frame.teams))),
            BusyTime(self._busy_time[run, : peak + 1].copy()),
            self._failures(frame, sources),
            _intervals(by_interval, ports_by_interval) if frame.by_s is not None else None,
            controls,
        )

    def _durations(self, run: int) -> tuple[dict[str, DurationCounts], ...]:
        """The histograms of each source, in the order in which the engine keeps them."""
        numbers = iter(range(self._histograms.shape[2]))
        return tuple(
            {name: self._histogram(run, next(numbers)) for name in source.durations}
            for source in self._frames[run].sources
        )

    def _histogram(self, run: int, number: int) -> DurationCounts:
        counts, squares, crosses = self._histograms[:, run, number].copy()
        return DurationCounts(counts, squares, crosses)

    def _team(self, frame: Frame, number: int, spent: Numbers) -> Moments:
        team, days = frame.teams[number], len(self._days)
        by_name = dict(zip(self._plan.activities, spent.tolist(), strict=True))
        none = [0] * days
        busy = [by_name.get(name, none) for name in team.activities]
        locked_out = by_name.get(LOCKED_OUT, none)
        staffed = [team.staffed_ticks] * days
        idle = [
            all_of_it - sum(others)
            for all_of_it, *others in zip(staffed, locked_out, *busy, strict=True)
        ]
        return Moments.of_days(team.layout, [*busy, idle, locked_out, staffed])

    def _failures(self, frame: Frame, sources: Numbers) -> Moments:
        quantities = [
            sources[number, CALL_COUNTS.index(failure)].tolist()
            for number, source in enumerate(frame.sources)
            for failure in source.failures
        ]
        return Moments.of_days(frame.failures_layout, quantities)


def _cumulative(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of one day's counts up to each edge: themselves, their squares, and times all there are."""
    up_to_edge, everything = counts[..., :-1], counts[..., -1:]
    return np.stack([up_to_edge, up_to_edge * up_to_edge, up_to_edge * everything])


def _side_by_side(
    days: Sequence[bytes], record: np.dtype[Any], shape: tuple[int, ...]
) -> NDArray[Any]:
    """Tables of one shape along a new second axis, from their bytes: numpy is slow with records."""
    joined = b"".join(days)
    together = np.frombuffer(joined, record) if joined else np.empty(0, record)
    return np.moveaxis(together.reshape(len(days), *shape), 0, 1)


def _numbers(table: NDArray[Any], names: tuple[str, ...]) -> Numbers:
    """Counts of shape (runs, days, ...) as numbers of shape (runs, ..., names, days)."""
    return np.moveaxis(whole_numbers(table, names), 1, -1)


def _with_derived(numbers: Numbers, names: tuple[str, ...]) -> Numbers:
    """Fill in the quantities that others give."""
    place = {name: number for number, name in enumerate(names)}
    for difference, one, other in (
        ("abandoned", "asked", "answered"),
        ("acted_on", "leads", "skipped"),
    ):
        if difference in place:
            whole, part = numbers[..., place[one], :], numbers[..., place[other], :]
            numbers[..., place[difference], :] = whole - part
    return numbers


def _intervals(by_interval: Numbers, ports: Numbers) -> IntervalTally:
    return IntervalTally(
        tuple(
            tuple(Moments.of_days(SOURCE_BY_INTERVAL, one.tolist()) for one in source)
            for source in by_interval
        ),
        tuple(Moments.of_days(PORTS_BY_INTERVAL, one.tolist()) for one in ports),
    )
