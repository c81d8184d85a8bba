"""The workers of a Dask cluster: the same bits, whoever of them is lost."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from flexports.problems import InputError, WorkersLostError
from flexports.study.cluster import Cluster, cluster_crew
from flexports.study.surroundings import OnlyHere, Surroundings, surroundings
from flexports.study.workers import Crew
from study.jobs_for_workers import (
    Noted,
    Victim,
    alone,
    deadly_at,
    jobs,
    killed_in_the_middle,
    until,
    work,
    wrong_at,
)
from study.small_cluster import SmallCluster, small_cluster

try:
    import distributed
except ImportError:  # pragma: no cover
    distributed = None

needs_dask = pytest.mark.skipif(
    distributed is None, reason="DASK IS NOT INSTALLED: pip install 'flexports[cluster]'"
)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[SmallCluster]:
    """A cluster of two workers."""
    with small_cluster(tmp_path) as cluster:
        cluster.add_worker()
        cluster.add_worker()
        yield cluster


@pytest.fixture
def none(tmp_path: Path) -> Iterator[SmallCluster]:
    """A cluster without workers."""
    with small_cluster(tmp_path) as cluster:
        yield cluster


@needs_dask
def test_a_cluster_gives_the_same_bits_as_one_core(two: SmallCluster) -> None:
    with cluster_crew(two.address, timeout_s=30) as crew:
        for _ in range(2):  # and the cluster is asked anew for what it has done before
            assert list(crew.in_order(work(), jobs())) == alone()


@needs_dask
def test_an_executor_of_dask_gives_the_same_bits_as_one_core(two: SmallCluster) -> None:
    with distributed.Client(two.address, set_as_default=False) as client:
        crew = Crew.of(client.get_executor(pure=False), workers=2)
        assert list(crew.in_order(work(), jobs())) == alone()


@needs_dask
def test_a_worker_that_is_killed_loses_nothing(two: SmallCluster, tmp_path: Path) -> None:
    victim = Victim(Noted(tmp_path, work()), at=10)
    crew = cluster_crew(two.address, timeout_s=30)
    assert killed_in_the_middle(crew, victim) == alone()


@needs_dask
def test_an_error_comes_from_its_job_and_leaves_the_cluster_as_it_was(two: SmallCluster) -> None:
    for _ in range(2):
        crew = cluster_crew(two.address, timeout_s=30)
        with crew, pytest.raises(ZeroDivisionError, match="at 4"):
            list(crew.in_order(partial(wrong_at, 4), jobs()))


@needs_dask
def test_a_job_that_is_the_end_of_every_worker_is_named(none: SmallCluster) -> None:
    for _ in range(4):
        none.add_worker()
    crew = cluster_crew(none.address, timeout_s=30)
    with crew, pytest.raises(WorkersLostError, match=r"^days 0 to 1: was lost with 4 workers"):
        list(crew.in_order(partial(deadly_at, 0), jobs()[:1]))


@needs_dask
def test_workers_that_have_all_gone_are_not_waited_for_for_ever(none: SmallCluster) -> None:
    none.add_worker()
    client = distributed.Client(none.address, set_as_default=False)
    crew = Crew.with_hands(Cluster(client, none.address, return_s=0.5))
    with crew, pytest.raises(WorkersLostError, match=r"^days 0 to 1: has no worker left"):
        list(crew.in_order(partial(deadly_at, 0), jobs()[:1]))


@needs_dask
def test_a_scheduler_that_has_gone_is_told_of(two: SmallCluster, tmp_path: Path) -> None:
    victim = Victim(Noted(tmp_path, work()), at=4)
    with cluster_crew(two.address, timeout_s=5) as crew:
        results = crew.in_order(victim, jobs())
        next(results)
        until(victim.place.exists)
        two.scheduler.kill()
        with pytest.raises(WorkersLostError, match="with the scheduler; see whether tcp://"):
            list(results)


@needs_dask
def test_nothing_is_said_on_stderr_but_by_us(two: SmallCluster) -> None:
    script = (
        "from flexports.study.cluster import cluster_crew\n"
        f"with cluster_crew({two.address!r}, timeout_s=30) as crew:\n"
        "    print(list(crew.in_order(str, [1, 2, 3])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("['1', '2', '3']\n", "")


@pytest.mark.parametrize(
    "address", ["", "localhost", "localhost:8786", "tcp://localhost", "http://a:80", "tcp://a:b"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(InputError, match=r"cluster: .* is no address .* 'tcp://host:8786'"):
        cluster_crew(address)


def test_without_dask_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"cluster: .*pip install 'flexports\[cluster\]'"):
        cluster_crew("tcp://127.0.0.1:8786")


@needs_dask
@pytest.mark.parametrize("words", [b"", b"SSH-2.0-OpenSSH"])
def test_who_does_not_answer_as_a_scheduler_does_is_named(words: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        thread = Thread(target=_answer, args=(other, words))
        thread.start()
        with pytest.raises(InputError, match=f"'{address}' does not answer within 0.5 s; see"):
            cluster_crew(address, timeout_s=0.5)
        thread.join()


def _answer(server: socket.socket, words: bytes) -> None:
    line, _ = server.accept()
    with line, suppress(ConnectionError):
        line.sendall(words)
        line.recv(1)


@needs_dask
def test_where_nobody_listens_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    for each in (port, 99_999):
        with pytest.raises(InputError, match=f":{each}' does not answer"):
            cluster_crew(f"tcp://127.0.0.1:{each}", timeout_s=0.5)


@needs_dask
def test_a_cluster_without_workers_is_refused(none: SmallCluster) -> None:
    with pytest.raises(InputError, match="has no workers; start some: dask worker tcp://"):
        cluster_crew(none.address, timeout_s=1.0)


@needs_dask
def test_workers_without_this_flexports_are_refused(none: SmallCluster, tmp_path: Path) -> None:
    other = tmp_path / "other" / "flexports"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("__version__ = '9.9'\n")
    none.add_worker({"PYTHONPATH": str(other.parent)})
    with pytest.raises(InputError, match=r"'tcp://.* has no flexports such as this"):
        cluster_crew(none.address, timeout_s=30)


@needs_dask
def test_workers_with_another_numpy_are_refused(
    none: SmallCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = surroundings()
    there = here.versions["numpy"]
    monkeypatch.setitem(here.versions, "numpy", "1.0")
    none.add_worker()
    with pytest.raises(InputError, match=rf"'tcp://.* has numpy {there} and not 1\.0; install"):
        cluster_crew(none.address, timeout_s=30)


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"source": "b"}, "has another flexports of the same version"),
        ({"day": "b"}, "computes a day to other bits"),
        ({"versions": {"Python": "3.0"}}, "has Python 3.0 and not 3.11"),
        ({"versions": {}}, "has Python none and not 3.11"),
    ],
)
def test_surroundings_that_may_give_other_bits_are_told(other: dict[str, str], rule: str) -> None:
    here = Surroundings({"Python": "3.11"}, source="a", day="a")
    assert list(here.differences(replace(here, **other))) == [rule]


def test_who_joins_later_is_refused_as_well() -> None:
    elsewhere = replace(surroundings(), day="other")
    assert OnlyHere(str, surroundings())(range(2)) == "range(0, 2)"
    with pytest.raises(InputError, match="computes a day to other bits"):
        OnlyHere(str, elsewhere)(range(2))
