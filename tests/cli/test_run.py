"""``run`` and ``table``: experiments into folders, whatever comes in between."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

from flexports.cli import main
from flexports.study.run import read_results
from flexports.table.study_page import study_page
from study.experiments_for_runs import ONE_FLOOR, PRECISE, TWO_POINTS, written

Run = Callable[..., Result]
COMMAND = [sys.executable, "-m", "flexports"]
QUICK = ("--workers", 1, "--engine", "simpy")
PATIENCE_S = 120.0

# 5,000 calls a day: blocks of 4 days, so that 600 days are some 70 files in a few seconds.
BUSY = """
name = "Busy"
[day]
length = "30 min"
[[sources]]
kind = "inbound"
name = "calls"
rate = "10000 per hour"
ivr = { distribution = "exponential", mean = "1 s" }
to_agent = 0.0
"""
LONG = """
name = "Long"
floor = "busy.toml"
ports = "2-3"
days = 600
"""


@pytest.fixture
def once(tmp_path: Path) -> Path:
    return written(tmp_path, ONE_FLOOR)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a long experiment and the results of a run that nothing disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    (folder / "busy.toml").write_text(BUSY, encoding="utf-8")
    (folder / "long.toml").write_text(LONG, encoding="utf-8")
    assert main(["run", str(folder / "long.toml"), "--output", str(folder / "whole")]) == 0
    return folder


def started(folder: Path, results: Path) -> subprocess.Popen[str]:
    words = ["run", str(folder / "long.toml"), "--output", str(results), "--workers", "2"]
    return subprocess.Popen(
        [*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def chunks_in(results: Path) -> list[Path]:
    return list(results.glob("point-*/days-*.parquet"))


def wait_for_chunks(process: subprocess.Popen[str], results: Path, more_than: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while len(chunks_in(results)) <= more_than and process.poll() is None:
        assert time.monotonic() < until
        time.sleep(0.002)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=PATIENCE_S)
    return process.returncode, out, err


def table(results: Path) -> str:
    return read_results(results).table.to_csv(index=False)


def test_a_run_killed_again_and_again_ends_with_the_same_bytes(
    undisturbed: Path, tmp_path: Path
) -> None:
    results, moments = tmp_path / "results", random.Random(7)
    for number in range(10):
        process = started(undisturbed, results)
        if number % 2:
            time.sleep(moments.uniform(0.0, 2.0))
        else:
            wait_for_chunks(process, results, len(chunks_in(results)))
            time.sleep(moments.uniform(0.0, 0.1))
        process.kill()
        ended(process)
    assert results.exists()
    before = len(chunks_in(results))
    code, out, err = ended(started(undisturbed, results))
    assert (code, err) == (0, "")
    assert "Resumed" in out
    assert 5 <= before <= len(chunks_in(results))
    assert table(results) == table(undisturbed / "whole")
    assert not list(results.rglob("*.unfinished"))


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_ends_soon_and_keeps_what_is_done(
    undisturbed: Path, tmp_path: Path, stop: signal.Signals
) -> None:
    results = tmp_path / "results"
    process = started(undisturbed, results)
    wait_for_chunks(process, results, 3)
    process.send_signal(stop)
    begun_s = time.monotonic()
    said = {signal.SIGINT: (130, "interrupted\n"), signal.SIGTERM: (143, "terminated\n")}
    code, words = said[stop]
    assert ended(process) == (code, "", words)
    assert time.monotonic() - begun_s < 10
    assert len(chunks_in(results)) > 3
    assert not list(results.rglob("*.unfinished"))
    assert read_results(results).unfinished == [1]


def test_two_runs_never_fill_one_folder(
    undisturbed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results"
    with started(undisturbed, results) as first:
        wait_for_chunks(first, results, 0)
        code = main(["run", str(undisturbed / "long.toml"), "--output", str(results)])
        first.kill()
    assert code == 2
    assert f"error: {results}: is in use by process {first.pid} on " in capsys.readouterr().err


def test_a_disk_that_is_full_for_real_is_told_and_the_run_resumed(
    undisturbed: Path, tmp_path: Path
) -> None:
    disk, copy = tmp_path / "disk", tmp_path / "copy"
    disk.mkdir()
    run = f"{sys.executable} -m flexports run {undisturbed}/long.toml --output {disk}/results"
    mount = f"mount -t tmpfs -o size=96k none {disk}"
    script = (
        f"{mount} || exit 77\n"
        f"{run}; test $? = 2 || exit 1\n"
        f"cp -r {disk}/results {copy}-full && mount -o remount,size=8m {disk} || exit 78\n"
        f"{run} && cp -r {disk}/results {copy}\n"
    )
    try:
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("no unshare: no filesystem that is small can be had")
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"no filesystem that is small can be had: {done.stderr}")
    assert done.returncode == 0, done.stderr
    assert "has no room left: No space left on device; make room, then run" in done.stderr
    assert done.stderr.count("error") == 1
    assert 0 < read_results(tmp_path / "copy-full").days < 600
    assert "Resumed" in done.stdout
    assert table(copy) == table(undisturbed / "whole")


def test_a_run_says_what_it_did_and_where_it_is(run: Run, once: Path, tmp_path: Path) -> None:
    first = run("run", once, "--output", tmp_path / "r", *QUICK)
    assert (first.exit_code, first.stderr) == (0, "")
    said = " ".join(first.stdout.split())
    assert "Tiny, once: 1 point, 20 days on each port count, saved in" in said
    assert "Resumed" not in said
    again = run("run", once, "--output", tmp_path / "r", *QUICK)
    assert again.exit_code == 0
    assert "Resumed: all of them had been saved before." in again.stdout


def test_a_dry_run_tells_what_it_would_take_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, TWO_POINTS)
    before = sorted(os.listdir(tmp_path))
    result = run("run", path, "--dry-run", *QUICK)
    text = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "2 points x 2 port counts x 12 days, 48 day simulations." in text
    assert "on 1 worker, and" in text
    assert run("run", path, "--dry-run", "--output", tmp_path / "r", *QUICK).exit_code == 0
    assert sorted(os.listdir(tmp_path)) == before


def test_a_dry_run_tells_what_is_left_of_what_a_folder_has(run: Run, tmp_path: Path) -> None:
    path, results = written(tmp_path, TWO_POINTS), tmp_path / "r"
    run("run", path, "--output", results, *QUICK)
    words = ("run", path, "--dry-run", "--output", results, *QUICK)
    assert "24 days on each port count are saved already: nothing is left" in run(*words).stdout
    damaged = min(chunks_in(results))  # all 12 days of point 1
    damaged.write_bytes(damaged.read_bytes()[:-1])
    before = {chunk: chunk.read_bytes() for chunk in results.rglob("*.*")}
    said = " ".join(run(*words).stdout.split())
    assert "12 days on each port count are saved already; 12 are left. About" in said
    assert "on disk for these." in said
    assert {chunk: chunk.read_bytes() for chunk in results.rglob("*.*")} == before
    other = written(tmp_path, TWO_POINTS.replace("days = 12", "days = 13"))
    refused = run("run", other, "--dry-run", "--output", results, *QUICK)
    assert refused.exit_code == 2
    assert "holds another experiment: days 12 where 13 is asked for" in refused.stderr


def test_a_dry_run_knows_a_precision_that_is_reached(run: Run, tmp_path: Path) -> None:
    path, results = written(tmp_path, PRECISE), tmp_path / "r"
    run("run", path, "--output", results, *QUICK)
    days = read_results(results).days
    words = ("run", path, "--dry-run", "--output", results, *QUICK)
    assert f"{days} days on each port count are saved already: nothing" in run(*words).stdout
    max(chunks_in(results)).unlink()
    said = " ".join(run(*words).stdout.split())
    left = re.search(r"(\d+) days on each port .* already; at most (\d+) are left\. At most", said)
    assert left
    assert int(left[1]) + int(left[2]) == 200


def test_a_precision_that_is_not_reached_is_a_negative_answer(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, PRECISE.replace("max_days = 200", "max_days = 20"))
    result = run("run", path, "--output", tmp_path / "r", *QUICK)
    assert result.exit_code == 1
    assert "warning: a precision was not reached: Point 1 has fewer days" in result.stderr
    assert run("table", tmp_path / "r", "--format", "csv").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--output: is missing; name a folder"),
        (("--dry-run", "--workers", 0), "--workers: 0 is too few"),
        (("--dry-run", "--engine", "sympi"), "engine: 'sympi' is no engine; did you mean 'simpy'?"),
    ],
)
def test_bad_input_is_told(run: Run, once: Path, words: tuple[object, ...], told: str) -> None:
    result = run("run", once, *words)
    assert result.exit_code == 2
    assert f"error: {told}" in result.stderr


def test_a_folder_of_another_experiment_is_refused(run: Run, once: Path, tmp_path: Path) -> None:
    run("run", once, "--output", tmp_path / "r", *QUICK)
    other = tmp_path / "other.toml"
    other.write_text(ONE_FLOOR.replace("seed = 5", "seed = 6"), encoding="utf-8")
    result = run("run", other, "--output", tmp_path / "r", *QUICK)
    assert result.exit_code == 2
    told = "holds another experiment: seed 5 where 6 is asked for; name another folder for the new"
    assert f"error: {tmp_path / 'r'}: {told} results\n" == result.stderr


def test_a_folder_with_something_else_is_refused(run: Run, once: Path) -> None:
    for words in (("run", once, "--output", once.parent, *QUICK), ("table", once.parent)):
        result = run(*words)
        assert result.exit_code == 2
        assert f"error: {once.parent}: holds something else than results" in result.stderr


@pytest.fixture
def results(run: Run, tmp_path: Path) -> Iterator[Path]:
    path = written(tmp_path, TWO_POINTS)
    folder = tmp_path / "results"
    assert run("run", path, "--output", folder, *QUICK).exit_code == 0
    yield folder
    shutil.rmtree(folder)


def test_a_table_is_that_of_the_study_in_any_form(run: Run, results: Path, tmp_path: Path) -> None:
    expected = read_results(results).table
    text = run("table", results, "--format", "csv").stdout
    assert text == expected.to_csv(index=False, lineterminator="\n")
    assert run("table", results, "--output", tmp_path / "t.parquet").exit_code == 0
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "t.parquet"), expected)
    document = json.loads(run("table", results, "--format", "json").stdout)
    assert (document["experiment"], document["unfinished"]) == ("Tiny, twice", [])
    assert len(document["rows"]) == len(expected)


def test_a_table_for_people_fits_and_tells_the_points_apart(run: Run, results: Path) -> None:
    words = ("--source", "calls", "--metric", "blocking", "--ports", 3)
    lines = run("table", results, *words).stdout.splitlines()
    assert [line.split()[:3] for line in lines[-2:]] == [["1", "1", "40"], ["2", "2", "60"]]
    assert max(map(len, lines)) <= 80


def test_a_table_keeps_its_intervals_and_where_there_is_room_its_days(
    run: Run, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert " to " in run("table", results, "--metric", "blocking").stdout.splitlines()[-1]
    monkeypatch.setenv("COLUMNS", "220")
    lines = run("table", results).stdout.splitlines()
    heads = next(line for line in lines if line.startswith("point"))
    assert heads.split()[-3:] == ["value", "interval", "days"]
    page = study_page(read_results(results), read_results(results).table, width=30).text()
    assert "Lines are too short for the intervals" in " ".join(page.split())


def test_a_long_table_is_cut_and_says_so(
    run: Run, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["flexports.table.study_page"], "MOST_ROWS", 5)
    text = " ".join(run("table", results).stdout.split())
    assert f"5 of {len(read_results(results).table)} rows are shown; choose with" in text


def test_filters_choose_rows(run: Run, results: Path) -> None:
    words = ("--source", "ports", "--source", "calls", "--metric", "blocking", "--ports", "2")
    rows = csv.DictReader(io.StringIO(run("table", results, *words, "--format", "csv").stdout))
    assert [(row["point"], row["ports"], row["metric"]) for row in rows] == [
        ("1", "2", "blocking"),
        ("2", "2", "blocking"),
    ]


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--source", "callers", "--source: 'callers' is not in the results; did you mean 'calls'?"),
        ("--metric", "bloking", "--metric: 'bloking' is not in the results; did you mean 'blocki"),
        ("--ports", "7", "--ports: 7 is not in the results; write '2' or '3'"),
    ],
)
def test_what_is_not_there_is_told(
    run: Run, results: Path, option: str, value: str, told: str
) -> None:
    result = run("table", results, option, value)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_table_of_unfinished_results_says_so(run: Run, results: Path) -> None:
    for path in (results / "point-0002").glob("days-*"):
        path.unlink()
    result = run("table", results, "--metric", "blocking")
    assert result.exit_code == 0
    assert "warning: Point 2 has fewer days than the experiment asks for." in result.stderr


def test_a_damaged_file_is_named_by_the_table(run: Run, results: Path) -> None:
    path = chunks_in(results)[0]
    path.write_bytes(path.read_bytes()[:-1])
    result = run("table", results)
    assert result.exit_code == 2
    assert f"error: {path}: is damaged: it is not as it was written; run the" in result.stderr
