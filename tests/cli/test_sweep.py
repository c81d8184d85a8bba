"""``sweep``: every metric for each port count."""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

import flexports
from flexports.cli.ports import parse_ports

Run = Callable[..., Result]
QUICK = ("--workers", 1, "--days", 3)


def test_the_main_table_has_a_row_for_each_port_count(run: Run, calls: Path) -> None:
    result = run("sweep", calls, "--ports", "2,4", *QUICK)
    assert result.exit_code == 0
    main, _, rest = result.stdout.partition("\n\n")
    assert [line.split()[0] for line in main.splitlines()[-2:]] == ["2", "4"]
    assert "sales: shares of the agents' time" in rest


def test_every_line_fits_eighty_columns(run: Run, calls: Path) -> None:
    lines = run("sweep", calls, "--ports", "1-30", *QUICK).stdout.splitlines()
    assert max(map(len, lines)) <= 80


def test_of_many_port_counts_some_are_shown_and_the_rest_is_said_to_exist(
    run: Run, calls: Path
) -> None:
    text = run("sweep", calls, "--ports", "1-30", *QUICK).stdout
    assert "12 of 30 port counts are shown" in text


def test_data_hold_every_metric_of_every_port_count(run: Run, calls: Path, tmp_path: Path) -> None:
    file = tmp_path / "sweep.parquet"
    result = run("sweep", calls, "--ports", "1-14", "--seed", 3, "--output", file, *QUICK)
    assert (result.exit_code, result.stdout) == (0, "")
    expected = flexports.sweep(calls, range(1, 15), days=3, seed=3).table
    pd.testing.assert_frame_equal(pd.read_parquet(file), expected)


def test_the_ending_of_the_file_decides_its_form(run: Run, calls: Path, tmp_path: Path) -> None:
    for ending, read in ((".csv", pd.read_csv), (".json", _json_rows), (".txt", _lines)):
        file = tmp_path / f"sweep{ending}"
        assert run("sweep", calls, "--ports", 2, "--output", file, *QUICK).exit_code == 0
        assert len(read(file)) > 10


def test_a_precision_that_is_not_reached_is_a_negative_answer(run: Run, calls: Path) -> None:
    result = run("sweep", calls, "--ports", 2, "--precision", 1e-3, *QUICK)
    assert result.exit_code == 1
    assert "not reached in 3 days" in result.stderr


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("7", [7]),
        ("1-3", [1, 2, 3]),
        ("4,6,8", [4, 6, 8]),
        ("4-12:4", [4, 8, 12]),
        ("8, 1-2, 2", [1, 2, 8]),
    ],
)
def test_port_counts_are_read_as_people_write_them(text: str, counts: list[int]) -> None:
    assert parse_ports(text, 100) == counts


def _json_rows(path: Path) -> list[object]:
    return list(json.loads(path.read_text(encoding="utf-8"))["rows"])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_by_interval_there_is_a_row_for_each_interval_and_a_worst_one(
    run: Run, calls: Path, tmp_path: Path
) -> None:
    text = run("sweep", calls, "--ports", "2", "--by", "2h", *QUICK).stdout
    assert "blocking by time of day" in text
    assert "The worst interval of the day" in text
    file = tmp_path / "by.csv"
    assert (
        run("sweep", calls, "--ports", "2", "--by", "2h", "--output", file, *QUICK).exit_code == 0
    )
    table = pd.read_csv(file)
    assert list(table.columns)[-1] == "from_s"
    assert "worst_blocking" in set(table.metric)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--by", "3x"), ("--by", "0 s"), ("--licence", "dialer"), ("--licence", "dialler=1-3")],
)
def test_nonsense_about_intervals_and_pools_is_told(
    run: Run, calls: Path, option: str, value: str
) -> None:
    result = run("sweep", calls, "--ports", "2", option, value, *QUICK)
    assert result.exit_code == 2
    assert "write" in result.stderr or "did you mean" in result.stderr


def test_a_pool_is_swept_size_by_size(run: Run, calls: Path) -> None:
    result = run("sweep", calls, "--ports", "2", "--licence", "dialer=1-3", *QUICK)
    assert result.exit_code == 0
    assert "dialer" in result.stdout
