"""Workers: whoever does the work, the results are the same, and in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil
import pytest

from flexports.problems import WorkersLostError
from flexports.study.hands import named
from flexports.study.workers import Crew, default_workers
from study.jobs_for_workers import (
    Noted,
    Victim,
    alone,
    deadly_at,
    early_ones_last,
    jobs,
    killed_in_the_middle,
    until,
    work,
    wrong_at,
)


def in_order(crew: Crew, function: Any) -> list[Any]:
    with crew:
        return list(crew.in_order(function, jobs()))


class AtOnce(Executor):
    """Does what it is told in the moment that it is told."""

    def __init__(self) -> None:
        self.told = 0

    def submit(self, function: Any, /, *args: Any, **keys: Any) -> Future[Any]:
        self.told += 1
        future: Future[Any] = Future()
        future.set_result(function(*args, **keys))
        return future


@contextmanager
def a_pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_threads_give_the_same_bits_as_one_core(workers: int) -> None:
    crew = Crew(workers, in_threads=True)
    assert in_order(crew, work("compiled")) == alone("compiled")


@pytest.mark.parametrize("workers", [2, 4])
def test_processes_give_the_same_bits_as_one_core(workers: int) -> None:
    assert in_order(Crew(workers), work()) == alone()


def test_any_executor_gives_the_same_bits_as_one_core() -> None:
    with ThreadPoolExecutor(3) as threads, a_pool() as processes:
        for executor in (threads, processes, AtOnce()):
            assert in_order(Crew.of(executor), work()) == alone()


def test_results_come_in_the_order_of_the_jobs() -> None:
    assert in_order(Crew(4, in_threads=True), early_ones_last) == list(jobs())


def test_no_more_is_under_way_than_four_jobs_of_each_worker() -> None:
    executor, many = AtOnce(), list(range(100))
    crew = Crew.of(executor, workers=2)
    for taken, _ in enumerate(crew.in_order(str, many), start=1):
        assert executor.told <= taken + 7


def test_how_many_an_executor_has_is_its_own_word() -> None:
    with ThreadPoolExecutor(3) as threads:
        assert Crew.of(threads).workers == 3
        assert Crew.of(threads, workers=5).workers == 5
    assert Crew.of(AtOnce()).workers == default_workers()


def test_an_executor_that_was_lent_is_given_back() -> None:
    with ThreadPoolExecutor(1) as threads:
        in_order(Crew.of(threads), work())
        assert threads.submit(int, "7").result() == 7


def test_a_single_job_is_done_by_the_caller_unless_others_are_there() -> None:
    (only,) = Crew(2).in_order(lambda _: os.getpid(), jobs()[:1])
    assert only == os.getpid()
    executor = AtOnce()
    list(Crew.of(executor).in_order(str, jobs()[:1]))
    assert executor.told == 1


def test_a_process_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    noted = Noted(tmp_path, work())
    victim = Victim(noted, at=10)
    assert killed_in_the_middle(Crew(2), victim) == alone()
    # What was taken is not done again. Another job may have been in hand, and lost.
    assert [noted.times(job) for job in jobs() if job.start < victim.at] == [1] * 5
    assert max(map(noted.times, jobs())) <= 2


def test_a_job_that_is_the_end_of_every_process_is_named() -> None:
    with Crew(2) as crew:
        results = crew.in_order(partial(deadly_at, 6), jobs())
        assert list(islice(results, 3)) == jobs()[:3]
        with pytest.raises(WorkersLostError, match=r"^days 6 to 7: .*memory"):
            next(results)


def test_an_executor_that_is_broken_is_named_with_its_job() -> None:
    with a_pool() as pool, Crew.of(pool) as crew:
        for _ in range(2):  # when it breaks, and when it is asked again
            with pytest.raises(WorkersLostError, match=r"^days \d+ to \d+: .*another executor"):
                list(crew.in_order(partial(deadly_at, 0), jobs()))


def test_an_error_comes_from_its_job_and_ends_the_processes() -> None:
    before = set(psutil.Process().children())
    with pytest.raises(ZeroDivisionError, match="at 4"):
        in_order(Crew(2), partial(wrong_at, 4))
    until(lambda: not list(filter(is_a_worker, set(psutil.Process().children()) - before)))


def is_a_worker(process: psutil.Process) -> bool:
    try:
        return any("spawn_main" in word for word in process.cmdline())
    except psutil.Error:
        return False


@pytest.mark.parametrize(
    ("job", "name"),
    [(range(3, 9), "days 3 to 8"), (range(3, 4), "day 3"), (("a", 1), "job ('a', 1)")],
)
def test_a_job_has_a_name(job: object, name: str) -> None:
    assert named(job) == name
