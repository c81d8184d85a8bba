"""docs/systems.md: every row is whole, and what it names exists."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from flexports.estimates import estimate, worst_intervals
from flexports.floor import read_floor
from flexports.floor.licences import LICENCES, PORTS
from flexports.floor.schema import json_schema
from flexports.floor.source import kinds
from flexports.study.blocks import Trial
from flexports.study.costs import METRIC as COST_PER_MONTH

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "systems.md").read_text(encoding="utf-8")
COLUMNS = 5

Row = list[str]


def rows() -> list[Row]:
    lines = [line for line in PAGE.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row[0] != "---" and row[-1] != "proof"]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


each_row = pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])


@each_row
def test_no_row_without_words_keys_metrics_and_proof(row: Row) -> None:
    assert len(row) == COLUMNS
    assert all(row)
    assert all(names(cell) for cell in row[2:])


@each_row
def test_every_test_that_is_named_exists(row: Row) -> None:
    for name in names(row[4]):
        file, _, test = name.partition("::")
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")


def test_every_model_that_is_named_exists_and_every_model_is_named() -> None:
    named = set(re.findall(r"`(models/[\w-]+\.toml)`", PAGE))
    assert named == {f"models/{path.name}" for path in (ROOT / "models").glob("*.toml")}


def test_every_licence_has_a_row() -> None:
    assert {*LICENCES, PORTS} <= {name for row in rows() for name in names(row[0])}


def test_every_kind_of_source_of_the_package_has_a_row() -> None:
    own = {
        name for name, kind in kinds().items() if kind.__module__.startswith("flexports.sources.")
    }
    told = {name for row in rows() for name in names(row[2])}
    assert own - told <= {"fax"}  # a licence and a kind of one name


@cache
def keys_of_the_schema() -> set[str]:
    return set(re.findall(r'"([\w-]+)"', json.dumps(json_schema())))


@each_row
def test_every_key_that_is_named_is_one(row: Row) -> None:
    keys = {name for name in names(row[2]) if not name.startswith("[")}
    assert keys - keys_of_the_schema() == set()


@cache
def metrics_of_the_call_floor() -> set[str]:
    floor = read_floor(ROOT / "models" / "call-floor.toml")
    tally = Trial(floor, seed=1, by_s=3600.0).tallies(range(1), [12])[12]
    told = (*estimate(tally), *worst_intervals(tally))
    return {each.metric for each in told} | {COST_PER_MONTH}


@each_row
def test_every_metric_that_is_named_is_one(row: Row) -> None:
    assert set(names(row[3])) - metrics_of_the_call_floor() == set()
