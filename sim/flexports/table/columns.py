"""The columns that metrics of a sweep make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flexports.study.results import Sweep
from flexports.table.beside import Beside
from flexports.table.grid import Column
from flexports.table.numbers import interval_text, value_text
from flexports.table.wording import one_line_head

COMPARED, SPARE, CERTAINTY = 7, 8, 9
"""Where a table is too wide, intervals go first, then what nobody asked for, then exact values."""


@dataclass(frozen=True)
class Columns:
    """Makes columns for some port counts of a sweep.

    Attributes
    ----------
    sweep : Sweep
    counts : sequence of int
        A row for each.
    beside : Beside
        Values to compare with.
    """

    sweep: Sweep
    counts: Sequence[int]
    beside: Beside

    def of(self, source: str, metric: str, rank: int = 0) -> Iterator[Column]:
        """Yield the columns of one metric, if the source has it.

        They are its values, and of blocking also the intervals and exact values.
        """
        if not self._has(source, metric):
            return
        estimates = [self.sweep.estimate(ports, source, metric) for ports in self.counts]
        head = f"{source}\n{one_line_head(metric)}"
        yield Column(head, [value_text(each) for each in estimates], rank=rank)
        if metric != "blocking":
            return
        sure = f"{100 * self.sweep.confidence:g} % sure"
        yield Column(sure, [interval_text(each) for each in estimates], rank=CERTAINTY)
        cells = self.beside.cells(self.counts, source, metric)
        if cells is not None:
            yield Column(self.beside.head, cells, rank=COMPARED)

    def _has(self, source: str, metric: str) -> bool:
        return any(
            each.source == source and each.metric == metric
            for each in self.sweep.estimates[self.counts[0]]
        )
