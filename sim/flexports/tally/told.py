"""Tallies of days of which an engine has told every call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import add

import numpy as np

from flexports.engine.outcomes import DayOutcomes
from flexports.flows import Plan
from flexports.tally.controls import Controls, controlled, occupied
from flexports.tally.day import tally_day
from flexports.tally.merging import Tally
from flexports.tally.pairs import Pairs
from flexports.tally.related import PORTS_OWNER, relations_of
from flexports.tally.several import Tallies
from flexports.tape import Tape


class ToldDays:
    """Adds up days, and makes a tally of them for each port count.

    Parameters
    ----------
    plan : Plan
        What the engine runs.
    ports : sequence of int
        The port counts.
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
        self.ports = tuple(ports)
        self._plan = plan
        self._warm_up_s = warm_up_s
        self._within_s = within_s
        self._by_s = by_s
        self._controls = controls
        self._days: list[Tallies] = []

    def add(self, number: int, tape: Tape, outcomes: Sequence[DayOutcomes]) -> None:
        """Add a day, which was run on this tape: what happened on each port count."""
        tallies = [
            tally_day(
                self._plan,
                each,
                count,
                warm_up_s=self._warm_up_s,
                within_s=self._within_s,
                by_s=self._by_s,
                controls=self._controls.names,
            )
            for count, each in zip(self.ports, outcomes, strict=True)
        ]
        self._days.append(self._related(number, tallies, self._controls_of(tape, tallies)))

    def _controls_of(self, tape: Tape, tallies: Sequence[Tally]) -> list[list[int]]:
        """The controls of a day, for each port count."""
        last = tallies[-1]
        arrived = self._controls.arrived(tape, (last.frame.from_s, last.frame.to_s))
        if not self._controls.occupancy:
            return [arrived] * len(tallies)
        load_ticks = last.ports.sum("leg_ticks")
        return [
            [*arrived, *occupied(last.busy.ticks, load_ticks, each.frame.ports)] for each in tallies
        ]

    def _related(self, number: int, tallies: Sequence[Tally], controls: list[list[int]]) -> Tallies:
        """One day's tallies, with what ties them to each other and to the controls."""
        quantities = np.array([[_quantities(each)] for each in tallies], dtype=object)
        quantities = quantities.transpose(0, 2, 1)
        columns = np.array([controls], dtype=object).transpose(1, 2, 0)
        strands = controlled([each.frame for each in tallies], [number], quantities, columns)
        relations = relations_of(tallies[0].frame)
        pairs = Pairs.of_days(relations, self.ports, quantities) if self.ports[1:] else None
        by_ports = {
            tally.frame.ports: replace(tally, controlled=one)
            for tally, one in zip(tallies, strands, strict=True)
        }
        return Tallies(dict(sorted(by_ports.items())), pairs)

    def tallies(self) -> Tallies:
        """The tally of each port count, and what ties them."""
        return reduce(add, self._days)


def _quantities(day: Tally) -> list[int]:
    """The quantities that are told of several port counts, of one day."""
    numbers = {source.name: number for number, source in enumerate(day.frame.sources)}
    return [
        day.ports.sum(name) if owner == PORTS_OWNER else day.sources[numbers[owner]].sum(name)
        for owner, name in relations_of(day.frame).quantities
    ]
