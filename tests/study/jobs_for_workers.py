"""Jobs that tests give to workers. What is here, other processes import."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from flexports.study.blocks import Tallies, Trial
from flexports.study.workers import Crew
from study.floors_for_studies import loss_floor

LONGEST_S = 30.0
"""Longer than any test waits."""


def trial(engine: str = "simpy") -> Trial:
    return Trial(loss_floor(2.0, hours=1.0), 7, engine)


def jobs(days: int = 20) -> Sequence[range]:
    """Two days each."""
    return [range(day, day + 2) for day in range(0, days, 2)]


def work(engine: str = "simpy") -> Callable[[range], Tallies]:
    return partial(trial(engine).tallies, ports=[1, 3])


def alone(engine: str = "simpy", days: int = 20) -> list[Tallies]:
    """What one core makes of the jobs."""
    return list(map(work(engine), jobs(days)))


@dataclass(frozen=True)
class Noted:
    """Work that leaves a file for each time that it is begun."""

    folder: Path
    function: Callable[[range], Any]

    def __call__(self, job: range) -> Any:
        number = self.times(job)
        (self.folder / f"{job.start}-{number}").write_text(str(os.getpid()))
        return self.function(job)

    def times(self, job: range) -> int:
        return len(list(self.folder.glob(f"{job.start}-*")))


@dataclass(frozen=True)
class Victim:
    """Work that, at one job, waits to be killed; the next time it does that job as any other."""

    function: Noted
    at: int

    def __call__(self, job: range) -> Any:
        if job.start == self.at and not self.place.exists():
            name = self.place.with_suffix(".new")
            name.write_text(str(os.getpid()))
            name.rename(self.place)
            time.sleep(LONGEST_S)
        return self.function(job)

    @property
    def place(self) -> Path:
        return self.function.folder / "victim"

    def kill(self) -> None:
        """Kill the process that waits, as an operator would."""
        until(self.place.exists)
        os.kill(int(self.place.read_text()), signal.SIGKILL)


def until(there: Callable[[], object], longest_s: float = LONGEST_S) -> None:
    """Wait until something is so."""
    end = time.monotonic() + longest_s
    while not there():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)


def killed_in_the_middle(crew: Crew, victim: Victim) -> list[Any]:
    """Return the results of all jobs; a process is killed when those before its job are taken."""
    with crew:
        results = crew.in_order(victim, jobs())
        before = list(islice(results, jobs().index(range(victim.at, victim.at + 2))))
        victim.kill()
        return [*before, *results]


def deadly_at(at: int, job: range) -> range:
    """Take the process along at one job, every time."""
    if job.start == at:
        time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGKILL)
    return job


def wrong_at(at: int, job: range) -> range:
    if job.start == at:
        raise ZeroDivisionError(f"at {at}")
    return job


def early_ones_last(job: range) -> range:
    time.sleep(0.002 * (20 - job.start))
    return job
