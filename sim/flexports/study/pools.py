"""Try sizes of a pooled licence, on the same days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flexports.engine import DEFAULT_ENGINE
from flexports.floor import Floor, Pools
from flexports.keys import declared_keys
from flexports.problems import InputError, Problem, one_of
from flexports.study.precision import Precision
from flexports.study.progress import Progress
from flexports.study.results import COLUMNS, CONFIDENCE, Shown, Sweep
from flexports.study.runner import at_work
from flexports.study.settings import DEFAULT_SEED, Settings
from flexports.study.sweep import as_floor, port_counts, run_until_precise

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class PoolSweep(Shown):
    """Every metric for each size of a pool, all on the same traffic.

    Attributes
    ----------
    licence : str
    sweeps : mapping of int to Sweep
        By the size of the pool, ascending.
    """

    licence: str
    sweeps: Mapping[int, Sweep]

    def __repr__(self) -> str:
        """Return one line: the pool and its sizes."""
        sizes = ", ".join(map(str, self.sweeps))
        return f"<PoolSweep of {self.licence}: sizes {sizes}>"

    @cached_property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The rows of all sweeps, each with the licence and how many there are."""
        return [
            {"licence": self.licence, "size": size, **row}
            for size, sweep in self.sweeps.items()
            for row in sweep.rows
        ]

    @property
    def table(self) -> pd.DataFrame:
        """The tidy table, with the columns `licence` and `size` before the usual ones."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=["licence", "size", *COLUMNS])


def sweep_licence(
    floor: Floor | str | Path,
    licence: str,
    sizes: Iterable[int],
    ports: Iterable[int],
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
) -> PoolSweep:
    """Run a floor with several sizes of a pooled licence, all on the same traffic.

    Parameters
    ----------
    floor : Floor or path
    licence : str
        ``dialer``, ``dialer-tab`` or ``fax``.
    sizes : iterable of int
        The sizes of the pool.
    ports : iterable of int
        The port counts.
    days, seed, engine, workers, confidence, precision, max_days, max_time_s, controls, executor,
    cluster, progress
        As for `sweep`.

    Returns
    -------
    PoolSweep

    Raises
    ------
    InputError
        If the floor or a number cannot be used, or no licence of that name is pooled.
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
    base, counts = as_floor(floor), port_counts(ports)
    variants = {size: with_pool(base, licence, size) for size in pool_sizes(sizes)}
    with at_work(settings) as runner_of:
        sweeps = {
            size: run_until_precise(runner_of(variant), counts)
            for size, variant in variants.items()
        }
    return PoolSweep(licence, sweeps)


def pool_sizes(sizes: Iterable[int]) -> tuple[int, ...]:
    """Return sizes ascending, each once.

    Raises
    ------
    InputError
        If there is none, or one is below 1.
    """
    found = tuple(sorted(set(sizes)))
    if not found or found[0] < 1:
        raise InputError(Problem("licence", found[:1], "is no size of a pool", "write 3-8"))
    return found


def with_pool(floor: Floor, licence: str, size: int) -> Floor:
    """Return the floor with a pool of this size.

    Raises
    ------
    InputError
        If no licence of that name is pooled.
    """
    fields = {one.key: one.field for one in declared_keys(Pools)}
    if licence not in fields:
        rule = "is not a pooled licence"
        raise InputError(Problem("licence", licence, rule, one_of(licence, fields)))
    changed: dict[str, Any] = {fields[licence]: size}
    return replace(floor, licences=replace(floor.licences, **changed))
