"""A Dask cluster on this machine, for as long as a test needs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from study.jobs_for_workers import until

TESTS = Path(__file__).parents[1]
HERE = ("--host", "127.0.0.1")


@dataclass
class SmallCluster:
    """A scheduler; its workers are processes, of one thread each, that nobody looks after."""

    folder: Path
    ends: ExitStack

    def start(self) -> None:
        # Should the tests end as nobody wishes, then so does it: a while later, by itself.
        idle = ("--port", "0", "--idle-timeout", "60s")
        self.scheduler = self._run("scheduler", *HERE, *idle, "--scheduler-file", str(self._file))
        until(self._says_where)

    def add_worker(self, environment: Mapping[str, str] | None = None) -> Popen[bytes]:
        """Start one more."""
        alone = ("--no-nanny", "--nworkers", "1", "--nthreads", "1", "--death-timeout", "20s")
        place = ("--local-directory", str(self.folder))
        return self._run("worker", self.address, *HERE, *alone, *place, environment=environment)

    @property
    def address(self) -> str:
        address: str = json.loads(self._file.read_text())["address"]
        return address

    def _says_where(self) -> bool:
        """Whether the scheduler's file is there, and whole."""
        return self._file.exists() and self._file.read_text().rstrip().endswith("}")

    @property
    def _file(self) -> Path:
        return self.folder / "scheduler.json"

    def _run(
        self, what: str, *words: str, environment: Mapping[str, str] | None = None
    ) -> Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *words]
        process = Popen(
            command,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(TESTS)} | dict(environment or {}),
        )
        self.ends.callback(_end, process)
        return process


@contextmanager
def small_cluster(folder: Path) -> Iterator[SmallCluster]:
    """Start a scheduler; what is left of it and its workers is gone afterwards."""
    with ExitStack() as ends:
        cluster = SmallCluster(folder, ends)
        cluster.start()
        yield cluster


def _end(process: Popen[bytes]) -> None:
    process.kill()
    process.wait()
