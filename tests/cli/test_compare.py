"""``flexports compare``: what port counts change, on the same days."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli.conftest import Run

EXPERIMENT = """
name = "Small"
floor = "calls.toml"
ports = "2-4"
days = 12
"""


@pytest.fixture
def results(run: Run, calls: Path, tmp_path: Path) -> Path:
    file, folder = calls.parent / "small.toml", tmp_path / "results"
    file.write_text(EXPERIMENT)
    assert run("run", file, "--output", folder).exit_code == 0
    return folder


def test_each_count_is_compared_with_the_next_smaller_one(run: Run, results: Path) -> None:
    result = run("compare", results, "--metric", "blocking", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["ports"], row["against"]) for row in rows] == [("3", "2"), ("4", "3")]
    for row in rows:
        assert float(row["low"]) < float(row["value"]) < float(row["high"])
        assert float(row["value"]) < 0  # more ports block less


def test_a_difference_is_that_of_the_table(run: Run, results: Path) -> None:
    options = ("--metric", "blocking", "--format", "json")
    told = json.loads(run("compare", results, "--against", 2, *options).stdout)
    table = json.loads(run("table", results, *options).stdout)
    blocking = {row["ports"]: row["value"] for row in table["rows"]}
    assert told["against"] == 2
    assert {row["ports"] for row in told["rows"]} == {3, 4}
    for row in told["rows"]:
        # The table takes out what the controls explain, if there are days enough for that.
        assert row["value"] == pytest.approx(blocking[row["ports"]] - blocking[2])


def test_two_floors_are_run_and_compared(run: Run, calls: Path, dialer: Path) -> None:
    options = ("--ports", 3, "--days", 20, "--metric", "busy_mean")
    told = json.loads(run("compare", calls, dialer, *options, "--format", "json").stdout)
    assert told["models"] == [str(calls), str(dialer)]
    (row,) = told["rows"]
    assert row["value"] == pytest.approx(row["after"] - row["before"])
    assert row["low"] < row["value"] < row["high"]
    text = run("compare", calls, dialer, *options).stdout
    assert "(before)" in text
    assert "from before to after" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "is missing, and"),
        (("--against", 2), "leave it out"),
        (("--ports", 3, "--days", 1), "too few"),
        (("--ports", 3, "--days", 3, "--source", "nobody"), "is not in the results"),
    ],
)
def test_what_makes_no_sense_of_two_floors_is_refused(
    run: Run, calls: Path, options: tuple[object, ...], said: str
) -> None:
    result = run("compare", calls, calls, *options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_one_floor_is_no_results(run: Run, calls: Path, results: Path) -> None:
    result = run("compare", calls)
    assert result.exit_code == 2
    assert "is one floor; name another" in result.stderr
    result = run("compare", results, "--days", 3)
    assert result.exit_code == 2
    assert "leave it out" in result.stderr


def test_people_read_differences_with_their_signs(run: Run, results: Path) -> None:
    text = run("compare", results, "--metric", "blocking", "--metric", "carried_load").stdout
    assert "difference" in text
    assert "+" in text
    assert " -" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [(("--against", 7), "write one of 2, 3, 4"), (("--metric", "blocked"), "blocking")],
)
def test_what_was_not_run_is_not_compared(
    run: Run, results: Path, options: tuple[object, ...], said: str
) -> None:
    result = run("compare", results, *options)
    assert result.exit_code == 2
    assert said in result.stderr
