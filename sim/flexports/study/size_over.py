"""The smallest port count for each of several values of something else on the floor."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flexports.engine import DEFAULT_ENGINE
from flexports.estimates import Estimate
from flexports.experiment.read import read_experiment_text
from flexports.floor import Floor, floor_text
from flexports.floor.toml_text import toml_value
from flexports.problems import InputError, Problem
from flexports.study.costs import METRIC, SOURCE
from flexports.study.precision import Precision
from flexports.study.progress import Progress
from flexports.study.results import COLUMNS, CONFIDENCE, Shown
from flexports.study.runner import at_work
from flexports.study.settings import DEFAULT_SEED, Settings
from flexports.study.size import Search, Size
from flexports.study.sweep import as_floor

if TYPE_CHECKING:
    import pandas as pd

_PLACE, _FILE = "over", "floor.toml"
MOST_VALUES = 100


@dataclass(frozen=True, repr=False)
class SizeOver(Shown):
    """A sizing for each value, all on the same traffic.

    Attributes
    ----------
    path : str
        What is varied: the path of a key of the floor's file, ``sources.toll-free.keep_free``.
    sizes : mapping of str to Size
        By the value, as a file has it, in the order given.
    """

    path: str
    sizes: Mapping[str, Size]

    @property
    def fewest(self) -> str | None:
        """The value that needs the fewest ports, the first of several; None if none has an answer.

        An answer that is not settled counts as the count that surely does.
        """
        ports = {value: each.ports for value, each in self.sizes.items() if each.ports is not None}
        return min(ports, key=lambda value: ports[value], default=None)

    def __repr__(self) -> str:
        """Return one line: what is varied and the answers."""
        answers = ", ".join(f"{value}: {each.ports}" for value, each in self.sizes.items())
        return f"<SizeOver {self.path}: ports for {answers}>"

    def cost(self, value: str) -> Estimate | None:
        """What the count that a value needs costs a month; None without prices or an answer."""
        size = self.sizes[value]
        if size.ports is None or size.sweep.trial.floor.prices is None:
            return None
        return size.sweep.estimate(size.ports, SOURCE, METRIC)

    @property
    def cheapest(self) -> str | None:
        """The value of which the count that it needs costs least a month, the first of several.

        By the estimates alone, rent and what goes wrong together; None without prices or an answer.
        """
        costs = {value: cost for value in self.sizes if (cost := self.cost(value)) is not None}
        return min(costs, key=lambda value: costs[value].value, default=None)

    @cached_property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The rows of all sizings, each with the value."""
        return [
            {self.path: value, **row}
            for value, each in self.sizes.items()
            for row in each.sweep.rows
        ]

    @property
    def table(self) -> pd.DataFrame:
        """The tidy table, with a column of the values before the usual ones."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=[self.path, *COLUMNS])


def size_over(
    floor: Floor | str | Path,
    path: str,
    values: Sequence[object],
    *,
    days: int | None = None,
    seed: int = DEFAULT_SEED,
    engine: str = DEFAULT_ENGINE,
    workers: int = 1,
    confidence: float = CONFIDENCE,
    precision: Precision | None = None,
    max_days: int | None = None,
    max_time_s: float | None = None,
    controls: bool = True,
    executor: Executor | None = None,
    cluster: str | None = None,
    progress: Progress | bool = False,
) -> SizeOver:
    """Find the smallest port count for each value of a key of the floor.

    Parameters
    ----------
    floor : Floor or path
    path : str
        Of the key, with groups and sources by their names: ``licences.dialer``,
        ``sources.toll-free.keep_free``, ``agents.sales.count``.
    values : sequence
        As a file has them: 3, 0.25, "18 per hour".
    confidence : float
        That all answers are right.
    days, seed, engine, workers, precision, max_days, max_time_s, controls, executor, cluster,
    progress
        As for `size`.

    Returns
    -------
    SizeOver

    Raises
    ------
    InputError
        If the floor, the path, a value or a number cannot be used.
    """
    settings = Settings(
        days=days,
        seed=seed,
        engine=engine,
        workers=workers,
        confidence=confidence,
        precision=precision,
        max_days=max_days,
        max_time_s=max_time_s,
        controls=controls,
        executor=executor,
        cluster=cluster,
        progress=progress,
    )
    floors = variants(as_floor(floor), path, values)
    with at_work(settings) as runner_of:
        sizes = {
            value: Search(runner_of(each), at_once=len(floors)).answer()
            for value, each in floors.items()
        }
    return SizeOver(path, sizes)


def variants(floor: Floor, path: str, values: Sequence[object]) -> Mapping[str, Floor]:
    """Return the floor with each value of a key, by the value as a file has it.

    Raises
    ------
    InputError
        If the path or a value cannot be used; with all that is wrong.
    """
    if not 0 < len(values) <= MOST_VALUES:
        rule, remedy = f"are {len(values)}", f"give from 1 to {MOST_VALUES}"
        raise InputError(Problem(f"values of {path}", list(values)[:3], rule, remedy))
    written = ", ".join(toml_value(value) for value in values)
    text = (
        f'name = "{_PLACE}"\nfloor = "{_FILE}"\nports = "1"\n'
        f"[factors]\n{json.dumps(path)} = [{written}]\n"
    )
    points = read_experiment_text(text, {_FILE: floor_text(floor)}, _PLACE).points
    return {toml_value(point.settings[path]): point.floor for point in points}
