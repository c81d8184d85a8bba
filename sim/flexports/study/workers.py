"""Run jobs side by side and take the results in the order of the jobs."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Generic, Self

from flexports.study.hands import Hands, Job, Lent, Result, Threads, lost
from flexports.study.processes import Processes

_AHEAD = 4
"""Jobs of each worker that are begun before the first result is taken: memory stays flat."""
_MOST_LOSSES = 3
"""Losses of the same job, the last of them with nothing else under way, before it is given up."""


def default_workers() -> int:
    """As many as this process may use cores."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """Workers who are engaged when they are first needed and stay until the end.

    One worker is the caller itself. Whoever does the jobs, and whoever of them is lost meanwhile,
    the results are the same and come in the same order.

    Parameters
    ----------
    workers : int
    in_threads : bool
        Threads of this process, for what leaves the interpreter free; else processes.

    See Also
    --------
    Crew.of : Whoever an executor has engaged.
    flexports.study.cluster.cluster_crew : The workers of a Dask cluster.

    Examples
    --------
    >>> with Crew(2, in_threads=True) as crew:
    ...     list(crew.in_order(str, range(3)))
    ['0', '1', '2']
    """

    def __init__(self, workers: int = 1, *, in_threads: bool = False) -> None:
        self._workers = workers
        self._engage: type[Threads | Processes] = Threads if in_threads else Processes
        self._hands: Hands | None = None
        self._are_others = workers > 1

    @classmethod
    def of(cls, executor: Executor, workers: int | None = None) -> Self:
        """Return a crew that an executor has engaged.

        Parameters
        ----------
        executor : concurrent.futures.Executor
            It is not shut down. What is sent to it can be pickled.
        workers : int, optional
            How many jobs it does at a time: so many times four are under way. By default what the
            executor says, or as many as there are cores.
        """
        said = getattr(executor, "_max_workers", None)
        guess = said if isinstance(said, int) and said > 0 else default_workers()
        return cls.with_hands(Lent(executor, workers or guess))

    @classmethod
    def with_hands(cls, hands: Hands) -> Self:
        """Return a crew of whoever does jobs side by side; they are let go at its end."""
        crew = cls(hands.count)
        crew._hands = hands
        crew._are_others = True
        return crew

    @property
    def workers(self) -> int:
        """How many jobs are done at a time."""
        return self._workers if self._hands is None else self._hands.count

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._hands is not None:
            self._hands.end(at_once=kind is not None)

    def in_order(self, function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        """Yield the result of every job, in the order of the jobs.

        Parameters
        ----------
        function : callable
            Gives the same result however often it is called: the job of a worker who is lost is
            done again.
        jobs : sequence

        Raises
        ------
        WorkersLostError
            If a job could not be done for want of workers, or is the end of each.
        """
        # A single job is not worth the engagement of others, but goes to them if they are there.
        if not self._are_others or (self._hands is None and len(jobs) <= 1):
            yield from map(function, jobs)
            return
        if self._hands is None:
            self._hands = self._engage(self._workers)
        line = _Line(self._hands, function)
        try:
            for job in jobs:
                line.add(job)
                if line.is_full:
                    yield line.first()
            while line.jobs:
                yield line.first()
        finally:
            self._hands.drop(future for _, future in line.jobs)


class _Line(Generic[Job, Result]):
    """Jobs under way, in order."""

    def __init__(self, hands: Hands, function: Callable[[Job], Result]) -> None:
        self.jobs: deque[tuple[Job, Future[Result]]] = deque()
        self._hands = hands
        self._function = function
        self._most = _AHEAD * hands.count

    @property
    def is_full(self) -> bool:
        return len(self.jobs) >= self._most

    def add(self, job: Job) -> None:
        self.jobs.append((job, self._begun(job)))

    def first(self) -> Result:
        """Wait for the first, and take it out of the line.

        After a loss it is done again with nothing else under way: whose fault it is then is plain.
        """
        job, future = self.jobs.popleft()
        for _ in range(_MOST_LOSSES):
            try:
                result = self._hands.result(job, future)
            except BrokenExecutor:
                future = self._begun(job)
            else:
                self._begin_lost_ones_again()
                return result
        raise lost(
            job,
            f"lost the process that ran it, {_MOST_LOSSES} times",
            "see whether memory is short, and whether a script that asks for several processes "
            'keeps its work under `if __name__ == "__main__":`',
        )

    def _begun(self, job: Job) -> Future[Result]:
        return self._hands.begin(self._function, job)

    def _begin_lost_ones_again(self) -> None:
        self.jobs = deque(
            (job, self._begun(job) if _is_lost(future) else future) for job, future in self.jobs
        )


def _is_lost(future: Future[Result]) -> bool:
    return future.done() and isinstance(future.exception(), BrokenExecutor)
