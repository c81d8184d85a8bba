"""Who does the jobs of a study: threads of this process, or whoever the caller has engaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

from flexports.problems import NOTHING, Problem, WorkersLostError

Job = TypeVar("Job")
Result = TypeVar("Result")


class Hands(Protocol):
    """Who does jobs side by side."""

    @property
    def count(self) -> int:
        """How many jobs they do at a time."""
        ...

    def begin(self, function: Callable[[Job], Result], job: Job) -> Future[Result]:
        """Have a job done."""
        ...

    def result(self, job: Job, future: Future[Result]) -> Result:
        """Wait for what comes of a job.

        Raises
        ------
        concurrent.futures.BrokenExecutor
            If somebody who may have had it in hand was lost, and others have taken his place.
        WorkersLostError
            If nobody has.
        """
        ...

    def drop(self, futures: Iterable[Future[Result]]) -> None:
        """Begin none of these jobs any more, if that can be helped."""
        ...

    def end(self, *, at_once: bool) -> None:
        """Let them go; at once, if nobody waits for what they have in hand."""
        ...


class Lent:
    """An executor that the caller has made, and will end.

    Parameters
    ----------
    executor : concurrent.futures.Executor
    count : int
        How many jobs it does at a time.
    """

    def __init__(self, executor: Executor, count: int) -> None:
        self.count = count
        self._executor = executor

    def begin(self, function: Callable[[Job], Result], job: Job) -> Future[Result]:
        """Have a job done."""
        try:
            return self._executor.submit(function, job)
        except BrokenExecutor as broken:
            return failed(broken)

    def result(self, job: Job, future: Future[Result]) -> Result:
        """Wait for what comes of a job.

        Raises
        ------
        WorkersLostError
            If the executor has lost somebody, and takes no more jobs.
        """
        try:
            return future.result()
        except BrokenExecutor as broken:
            rule, remedy = "was lost with the executor's workers", "engage another executor"
            raise lost(job, rule, remedy) from broken

    def drop(self, futures: Iterable[Future[Result]]) -> None:
        """Begin none of these jobs any more."""
        cancel(futures)

    def end(self, *, at_once: bool) -> None:
        """Leave it to whoever made it."""


class Threads(Lent):
    """Threads of this process."""

    def __init__(self, count: int) -> None:
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="flexports")
        super().__init__(self._threads, count)

    def end(self, *, at_once: bool) -> None:
        """Let them finish what they have in hand."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def cancel(futures: Iterable[Future[Result]]) -> None:
    """Cancel what has not begun."""
    for each in futures:
        each.cancel()


def failed(error: BaseException) -> Future[Result]:
    """Return what comes of a job that could not even begin."""
    future: Future[Result] = Future()
    future.set_exception(error)
    return future


def lost(job: object, rule: str, remedy: str) -> WorkersLostError:
    """Return the error that names the job that nobody could do."""
    return WorkersLostError(Problem(named(job), NOTHING, rule, remedy))


def named(job: object) -> str:
    """Name a job as its user would: some days, most often.

    Examples
    --------
    >>> named(range(40, 60))
    'days 40 to 59'
    """
    if isinstance(job, range) and len(job) and job.step == 1:
        return f"days {job.start} to {job.stop - 1}" if len(job) > 1 else f"day {job.start}"
    return f"job {job!r}"
