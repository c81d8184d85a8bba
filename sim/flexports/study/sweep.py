"""Try port counts on the same days."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path

from flexports.engine import DEFAULT_ENGINE
from flexports.floor import Floor, check_floor, read_floor
from flexports.problems import InputError, Problem
from flexports.study.precision import Precision, check_metrics, lacking, standing_text
from flexports.study.progress import Progress
from flexports.study.results import CONFIDENCE, Sweep
from flexports.study.runner import Runner, at_work
from flexports.study.settings import DEFAULT_SEED, Settings

MOST_PORTS = 10_000


def sweep(
    floor: Floor | str | Path,
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
    by_s: float | None = None,
) -> Sweep:
    """Run a floor on several port counts, all on the same traffic.

    Parameters
    ----------
    floor : Floor or path
    ports : iterable of int
        The port counts.
    days : int, default 100
        Days on each port count; with `precision`, the most.
    seed : int
        One seed gives one result, whatever the port counts, the workers and the engine.
    engine : str
    workers : int
        Threads; or processes, for an engine that the interpreter runs. A script that asks for more
        than one of these keeps its work under ``if __name__ == "__main__":``.
    confidence : float
        Of every interval.
    precision : float, str or sequence of str, optional
        Run until this is known this well: ``"2%"``, half the interval of every blocking as a share
        of itself or of its target, whichever is more; ``"hold_p95: 1 s"``, of another metric.
    max_days : int, default 6400
        With `precision`: the most days.
    max_time_s : float, optional
        With `precision`: no more days are begun after this time. It decides how many days there
        are; what they bring is the same.
    controls : bool
        Take out what the tape's known means explain; False: plain totals over totals.
    executor : Executor, optional
        Who runs the days in place of `workers`: any of `concurrent.futures`.
    cluster : str, optional
        Likewise, the address of a Dask scheduler: ``tcp://host:port``.
    progress : bool or callable
        True shows a bar, on a terminal or in a notebook; a callable is told each `Standing`.
    by_s : float, optional
        Count by intervals of the day of this length too: see `Sweep.by_interval`.

    Returns
    -------
    Sweep

    Raises
    ------
    InputError
        If the floor or a number cannot be used.

    Examples
    --------
    >>> from flexports.floor.template import new_floor_text
    >>> from flexports.floor.read import parse_floor
    >>> result = sweep(parse_floor(new_floor_text("Plain")), ports=[2, 4], days=3, seed=7)
    >>> result.ports
    (2, 4)
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
        by_s=by_s,
    )
    with at_work(settings) as runner_of:
        return run_until_precise(runner_of(as_floor(floor)), ports)


def as_floor(floor: Floor | str | Path) -> Floor:
    """Return the floor, checked, or read from its file if it is a path."""
    if not isinstance(floor, Floor):
        return read_floor(floor)
    check_floor(floor)
    return floor


def run_until_precise(runner: Runner, ports: Iterable[int]) -> Sweep:
    """Run port counts until the precision is reached that the settings ask for, if they do."""
    counts, wanted = port_counts(ports), runner.settings.wanted
    for days in runner.settings.looks:
        result = runner.run(counts, days)
        metrics = {each.metric for each in result.estimates[counts[0]]}
        check_metrics(wanted, runner.trial.floor, metrics)
        if runner.is_out_of_time or not lacking(result, wanted):
            break
        runner.tell(standing_text(result, wanted))
    return result


def port_counts(ports: Iterable[int]) -> tuple[int, ...]:
    """Return port counts ascending, each once.

    Raises
    ------
    InputError
        If there is none, or one is out of range.
    """
    given: list[object] = list(ports)
    for count in given:
        if type(count) is not int:
            rule, remedy = "is no port count", "write whole numbers"
            raise InputError(Problem("ports", count, rule, remedy))
    counts = tuple(sorted({count for count in given if isinstance(count, int)}))
    if not counts:
        raise InputError(Problem("ports", [], "names no port count", "write 1-12"))
    wrong = [count for count in counts if not 1 <= count <= MOST_PORTS]
    if wrong:
        raise InputError(
            Problem("ports", wrong[0], "is no port count", f"write a number from 1 to {MOST_PORTS}")
        )
    return counts
