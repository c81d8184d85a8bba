"""The workers of a Dask cluster."""

from __future__ import annotations

import logging
import re
import socket
import sys
import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, Future, wait
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from flexports.problems import NOTHING, InputError, Problem
from flexports.study.hands import Job, Result, cancel, failed, lost
from flexports.study.surroundings import OnlyHere, Surroundings, surroundings
from flexports.study.workers import Crew

if TYPE_CHECKING:
    from types import ModuleType

    from distributed import Client

_ADDRESS = re.compile(r"(?:tcp|tls)://(?:\[[0-9a-fA-F:]+\]|[^\s\[\]:/]+):\d{1,5}")
_GLANCE_S = 2.0
"""So often, while a result is waited for, we look whether anybody is there to bring it."""
_RETURN_S = 60.0
"""So long we wait for workers when all have gone: whoever looks after them starts them anew."""
_LONGEST_GREETING = 2**20
_NOISY = ("distributed", "distributed.client", "tornado.application")


def cluster_crew(address: str, *, timeout_s: float = 10.0) -> Crew:
    """Return a crew of all workers of a Dask cluster, whenever they join it.

    Parameters
    ----------
    address : str
        Of the scheduler: ``tcp://host:port``.
    timeout_s : float
        How long to wait for an answer, and for the first worker.

    Returns
    -------
    Crew
        Its end leaves the cluster as it was.

    Raises
    ------
    InputError
        If the address is none, nobody answers there, no worker is there, or one of them would not
        give the same bits: it has other versions, or computes otherwise.

    Notes
    -----
    A worker who is lost has his jobs done by others: Dask sees to it, and tries a job on four of
    them before it gives up. flexports and what it needs is installed on the scheduler too.
    """
    if not _ADDRESS.fullmatch(address):
        raise _refused(address, "is no address of a scheduler", "write 'tcp://host:8786'")
    client = _connected(address, timeout_s)
    try:
        _await_workers(client, address, timeout_s)
        _check(client)
    except BaseException:
        client.close()
        raise
    return Crew.with_hands(Cluster(client, address))


class Cluster:
    """Hands that are anywhere: see `flexports.study.hands.Hands`.

    Parameters
    ----------
    client : distributed.Client
        It is closed at the end.
    address : str
        Of the scheduler, for what is said when it is lost.
    return_s : float
        How long to wait for workers when all have gone.
    """

    def __init__(self, client: Client, address: str, return_s: float = _RETURN_S) -> None:
        self._client = client
        self._address = address
        self._return_s = return_s
        self._executor = client.get_executor()

    @property
    def count(self) -> int:
        """How many jobs those who are there now do at a time."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def begin(self, function: Callable[[Job], Result], job: Job) -> Future[Result]:
        """Have a job done, under a name that no other ever has: nobody shall answer from memory."""
        name = f"flexports-{uuid4().hex}"
        only_here = OnlyHere(function, surroundings())
        try:
            begun: Future[Result] = self._executor.submit(only_here, job, key=name)
        except Exception:
            if self._is_connected:
                raise
            return failed(CancelledError())
        return begun

    def result(self, job: Job, future: Future[Result]) -> Result:
        """Wait for what comes of a job.

        Raises
        ------
        WorkersLostError
            If the scheduler has gone, or all workers have and none comes; or if every worker who
            tries this job is lost.
        """
        from distributed import KilledWorker

        while not wait([future], timeout=_GLANCE_S).done:
            self._see_who_is_there(job)
        try:
            return future.result()
        except CancelledError:
            raise self._lost_with_the_scheduler(job) from None
        except KilledWorker as error:
            workers = error.allowed_failures + 1
            remedy = "see the log of the last; memory may be short there"
            raise lost(job, f"was lost with {workers} workers, one after another", remedy) from None

    def drop(self, futures: Iterable[Future[Result]]) -> None:
        """Begin none of these jobs any more."""
        cancel(futures)

    def end(self, *, at_once: bool) -> None:
        """Take leave of the scheduler."""
        if self._is_connected:
            self._executor.shutdown(wait=False)
        self._client.close()

    @property
    def _is_connected(self) -> bool:
        return bool(self._client.status == "running")

    def _see_who_is_there(self, job: object) -> None:
        try:
            self._client.wait_for_workers(1, timeout=self._return_s)
        except TimeoutError:
            remedy = f"start workers for {self._address}"
            raise lost(job, "has no worker left to run it", remedy) from None
        except OSError:
            raise self._lost_with_the_scheduler(job) from None

    def _lost_with_the_scheduler(self, job: object) -> Exception:
        return lost(job, "was lost with the scheduler", f"see whether {self._address} answers")


def _connected(address: str, timeout_s: float) -> Client:
    """Reach the scheduler."""
    distributed = _distributed()
    remedy = "see whether a Dask scheduler runs there and can be reached"
    silent = _refused(address, f"does not answer within {timeout_s:g} s", remedy)
    if not _speaks(address, timeout_s):
        raise silent
    with warnings.catch_warnings():
        # Of versions that differ: those that matter are refused, and the others do not.
        warnings.simplefilter("ignore")
        try:
            return distributed.Client(  # type: ignore[no-any-return]
                address, timeout=timeout_s, set_as_default=False, name="flexports"
            )
        except OSError:
            raise silent from None


def _speaks(address: str, timeout_s: float) -> bool:
    """Tell whether a scheduler is there. Dask would wait for ever for one that says nothing.

    Its first word is the length of the next ones, in eight bytes. With TLS it lets us speak first.
    """
    found = urlsplit(address)
    try:
        with socket.create_connection((found.hostname, found.port), timeout_s) as line:
            line.settimeout(timeout_s)
            word = line.recv(8) if found.scheme == "tcp" else b"\0"
    except (OSError, ValueError):  # a port beyond the last is a ValueError
        return False
    return bool(word) and int.from_bytes(word, "little") < _LONGEST_GREETING


def _distributed() -> ModuleType:
    """Import the library; without its log, unless somebody else has use for that."""
    is_new = "distributed" not in sys.modules
    try:
        import distributed
    except ImportError:
        rule, remedy = "needs Dask", "pip install 'flexports[cluster]'"
        raise _refused(NOTHING, rule, remedy) from None
    if is_new:
        for name in _NOISY:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return distributed


def _await_workers(client: Client, address: str, timeout_s: float) -> None:
    try:
        client.wait_for_workers(1, timeout=timeout_s)
    except TimeoutError:
        raise _refused(address, "has no workers", f"start some: dask worker {address}") from None


def _check(client: Client) -> None:
    """Refuse scheduler and workers that are not as this process is."""
    here = surroundings()
    for place, there in client.run(surroundings, on_error="return").items():
        here.check(_answered(there, place), place)
    try:
        there = client.run_on_scheduler(surroundings)
    except Exception as error:
        there = error
    # It computes nothing.
    here.check(replace(_answered(there, "the scheduler"), day=here.day), "the scheduler")


def _answered(there: object, place: str) -> Surroundings:
    if isinstance(there, Surroundings):
        return there
    rule = f"has no flexports such as this ({there})"
    raise _refused(place, rule, "install there what is installed here")


def _refused(value: object, rule: str, remedy: str) -> InputError:
    return InputError(Problem("cluster", value, rule, remedy))
