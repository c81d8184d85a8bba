"""Processes of this machine as workers. One that is lost is replaced."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread

from flexports.study.hands import Job, Result, failed


class Processes:
    """Processes that live as long as they are needed, and no longer than this one.

    When one of them is lost, by the signal of an operator or of a system short of memory, all that
    it and the others had in hand is lost with it: the pool of the standard library gives up as a
    whole. A new one then takes its place.

    Parameters
    ----------
    count : int
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._pool = _engaged(count)

    def begin(self, function: Callable[[Job], Result], job: Job) -> Future[Result]:
        """Have a job done; if a process is found to be lost, its future says so."""
        try:
            with _interrupts_held():
                return self._pool.submit(function, job)
        except BrokenExecutor as broken:
            return failed(broken)

    def result(self, job: Job, future: Future[Result]) -> Result:
        """Wait for what comes of a job; engage others if a process was lost."""
        try:
            return future.result()
        except BrokenExecutor:
            self.end(at_once=True)
            self._pool = _engaged(self.count)
            raise

    def drop(self, futures: Iterable[Future[Result]]) -> None:
        """Leave that to the end: a pool that loses a process trips over what was cancelled."""

    def end(self, *, at_once: bool) -> None:
        """Let them go."""
        processes = list((self._pool._processes or {}).values())
        # First this, or the pool takes their end for a loss and complains of it.
        self._pool.shutdown(wait=False, cancel_futures=True)
        if at_once:
            for process in processes:
                process.terminate()


def _engaged(count: int) -> ProcessPoolExecutor:
    # Not a fork: numpy has threads, and a copy of them in mid-step may never go on.
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_settle_in)


def _settle_in() -> None:
    """Leave interrupts to the first process: Ctrl-C reaches all of a terminal. End when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    """Wait for the end of the process that began this one; nobody wants the rest then."""
    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let an interrupt wait for a moment, so that a process is not born into it.

    It would end with a traceback of its imports. What is held back for the process that begins
    another is held back in that one as well, until it has settled in.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
