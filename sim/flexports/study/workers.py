"""Run jobs on several processes and take the results in the order of the jobs."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


def default_workers() -> int:
    """As many as this process may use cores."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; the first one sees to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Crew:
    """Worker processes that are engaged when they are first needed and stay until the end.

    One worker is this process itself.
    """

    def __init__(self, workers: int = 1) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is None:
            return
        if kind is not None:  # nobody waits for what is still under way
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def in_order(self, function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        """Yield the result of every job, in the order of the jobs."""
        if self.workers <= 1 or len(jobs) <= 1:
            yield from map(function, jobs)
            return
        if self._pool is None:
            # Not a fork: numpy has threads, and a copy of them in mid-step may never go on.
            self._pool = ProcessPoolExecutor(
                self.workers, mp_context=get_context("spawn"), initializer=_leave_interrupts
            )
        yield from self._pool.map(function, jobs)
