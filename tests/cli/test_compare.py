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


def test_a_floor_is_no_results_and_the_message_says_how_floors_are_compared(
    run: Run, calls: Path
) -> None:
    for files in ((calls,), (calls, calls)):
        result = run("compare", *files)
        assert result.exit_code == 2
        assert "size each floor, or run an experiment with both as floors" in result.stderr


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
