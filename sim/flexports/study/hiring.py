"""Who runs the days of a study."""

from __future__ import annotations

from concurrent.futures import Executor

from flexports.engine import engine_named
from flexports.problems import InputError, Problem
from flexports.study.workers import Crew


def hired(
    engine: str, workers: int = 1, executor: Executor | None = None, cluster: str | None = None
) -> Crew:
    """Return the crew that is asked for.

    Parameters
    ----------
    engine : str
        Which workers suit it best, where none are named: threads, or processes.
    workers : int
        Of this machine; with an executor, how many it has, if that is more than one.
    executor : Executor, optional
        Any of `concurrent.futures`, or of a library that follows it; it is not shut down.
    cluster : str, optional
        The address of a Dask scheduler, ``tcp://host:port``.

    Raises
    ------
    InputError
        If there is nobody there, or both are given.
    """
    if executor is not None and cluster is not None:
        remedy = "leave out one of the two"
        raise InputError(Problem("cluster", cluster, "stands beside an executor", remedy))
    if cluster is not None:
        from flexports.study.cluster import cluster_crew

        return cluster_crew(cluster)
    if executor is not None:
        return Crew.of(executor, workers if workers > 1 else None)
    return Crew(workers, in_threads=engine_named(engine).uses_threads)
