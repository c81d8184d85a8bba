"""Run jobs side by side and take the results in the order of the jobs."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_AHEAD = 4
"""Jobs of each worker that are begun before the first result is taken: memory stays flat."""


def default_workers() -> int:
    """As many as this process may use cores."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; the first one sees to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Crew:
    """Workers who are engaged when they are first needed and stay until the end.

    One worker is the caller itself.

    Parameters
    ----------
    workers : int
    in_threads : bool
        Threads of this process, for what leaves the interpreter free; else processes.
    """

    def __init__(self, workers: int = 1, *, in_threads: bool = False) -> None:
        self.workers = workers
        self._in_threads = in_threads
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is None:
            return
        if kind is not None and isinstance(self._pool, ProcessPoolExecutor):
            # Nobody waits for what is still under way.
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def in_order(self, function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        """Yield the result of every job, in the order of the jobs."""
        if self.workers <= 1 or len(jobs) <= 1:
            yield from map(function, jobs)
            return
        if self._pool is None:
            self._pool = self._engaged()
        under_way: deque[Future[Result]] = deque()
        for job in jobs:
            under_way.append(self._pool.submit(function, job))
            if len(under_way) >= _AHEAD * self.workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()

    def _engaged(self) -> Executor:
        if self._in_threads:
            return ThreadPoolExecutor(self.workers, thread_name_prefix="flexports")
        # Not a fork: numpy has threads, and a copy of them in mid-step may never go on.
        return ProcessPoolExecutor(
            self.workers, mp_context=get_context("spawn"), initializer=_leave_interrupts
        )
