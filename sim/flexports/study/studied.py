"""What comes of an experiment: a sweep of each of its points, and one tidy table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flexports.estimates.differences import Difference
from flexports.experiment import Experiment, Point, points_table
from flexports.study.results import COLUMNS, Shown, Sweep

if TYPE_CHECKING:
    import pandas as pd

DIFFERENCE_COLUMNS = ("ports", "against", *COLUMNS[1:])


@dataclass(frozen=True)
class StudiedPoint:
    """A point of an experiment, and what its days say.

    Attributes
    ----------
    point : Point
    sweep : Sweep
    is_enough : bool
        Whether these are all the days that the experiment asks for.
    saved_days : int
        How many of them had been saved before.
    """

    point: Point
    sweep: Sweep
    is_enough: bool
    saved_days: int = 0


@dataclass(frozen=True)
class Study(Shown):
    """The results of an experiment.

    Attributes
    ----------
    experiment : Experiment
    folder : Path
        Where they are saved.
    points : tuple of StudiedPoint
        Those of which there are days.
    """

    experiment: Experiment
    folder: Path
    points: tuple[StudiedPoint, ...]

    def __repr__(self) -> str:
        """Return one line: the experiment, its folder and what there is of it."""
        there = f"{len(self.points)} of {len(self.experiment.points)} points"
        return f"<Study {self.experiment.name}: {there}, {self.days} days; {self.folder}>"

    def sweep(self, point: int = 1) -> Sweep:
        """Return the sweep of a point.

        Raises
        ------
        KeyError
            If there is none of this number.
        """
        return {each.point.number: each.sweep for each in self.points}[point]

    @property
    def days(self) -> int:
        """Days on each port count, of all points together."""
        return sum(each.sweep.days for each in self.points)

    @property
    def saved_days(self) -> int:
        """How many of them had been saved before."""
        return sum(each.saved_days for each in self.points)

    @property
    def unfinished(self) -> Sequence[int]:
        """The numbers of the points that have fewer days than the experiment asks for."""
        finished = {each.point.number for each in self.points if each.is_enough}
        return [each.number for each in self.experiment.points if each.number not in finished]

    @property
    def labels(self) -> Sequence[str]:
        """The columns that tell several points apart: `point`, `floor`, and one a factor."""
        points = self.experiment.points
        return ["point", "floor", *points[0].settings] if len(points) > 1 else []

    @cached_property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The rows of the tidy table."""
        return [
            {**dict(zip(self.labels, label, strict=True)), **row}
            for each, label in zip(self.points, self._label_cells, strict=True)
            for row in each.sweep.rows
        ]

    @property
    def table(self) -> pd.DataFrame:
        """The tidy table: a row for each point, port count, source and metric.

        Columns
        -------
        point, floor, and one for each factor
            If the experiment has several points. Numbers where all values of a factor are; else
            texts, as a file has them.
        ports, source, metric, unit, value, low, high, days
        """
        import pandas as pd

        return pd.DataFrame(self.rows, columns=[*self.labels, *COLUMNS])

    def differences(self, against: int | None = None) -> pd.DataFrame:
        """How port counts differ on the same days, as a tidy table.

        Parameters
        ----------
        against : int, optional
            The count to compare with; by default, each with the next smaller one.

        Returns
        -------
        DataFrame
            With the columns that tell points apart, then `ports, against, source, metric, unit,
            value, low, high, days`.
        """
        import pandas as pd

        rows = [
            (*label, *_difference_cells(one), each.sweep.days)
            for each, label in zip(self.points, self._label_cells, strict=True)
            for one in each.sweep.differences(against)
        ]
        return pd.DataFrame(rows, columns=[*self.labels, *DIFFERENCE_COLUMNS])

    @property
    def _label_cells(self) -> Sequence[tuple[object, ...]]:
        if not self.labels:
            return [() for _ in self.points]
        told = zip(*points_table(self.experiment.points).values(), strict=True)
        cells = dict(zip((each.number for each in self.experiment.points), told, strict=True))
        return [cells[each.point.number] for each in self.points]


def _difference_cells(one: Difference) -> tuple[int | str | float, ...]:
    named = (one.ports, one.against, one.source, one.metric, one.unit)
    return (*named, one.value, one.low, one.high)
