"""``check``, ``schema``, ``new``: floors as files; and how files are written."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from flexports import read_floor
from flexports.cli.files import write_whole
from flexports.floor import json_schema
from flexports.problems import InputError

Run = Callable[..., Result]
QUICK = ("--workers", 1, "--days", 3)


def test_check_shows_every_setting_and_where_it_comes_from(run: Run, calls: Path) -> None:
    result = run("check", calls)
    rows = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert "is a valid floor" in " ".join(result.stdout.split())
    assert ["day.length", "file", '"30', 'min"'] in rows
    assert ["day.opens", "default", '"09:00"'] in rows


def test_check_reads_from_a_pipe(calls: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flexports", "check", "/dev/stdin"],
        input=calls.read_bytes(),
        capture_output=True,
        check=True,
    )
    assert b"is a valid floor" in done.stdout


def test_check_gives_the_same_as_data(run: Run, calls: Path) -> None:
    document = json.loads(run("check", calls, "--format", "json").stdout)
    assert document["valid"]
    assert {row["came_from"] for row in document["rows"]} == {"file", "default"}


def test_check_tells_all_errors_at_once_a_line_each(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text('nmae = "x"\n[day]\nlength = "6 hrs"\n[[sources]]\nkind = "telex"\n')
    result = run("check", file)
    assert (result.exit_code, result.stdout) == (2, "")
    errors = result.stderr.splitlines()
    assert len(errors) >= 3
    assert all(line.startswith(f"error: {file}: ") for line in errors)


def test_check_gives_what_is_wrong_as_data_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text('[day]\nlength = "6 hrs"\n[[sources]]\nkind = "telex"\n[[agents]]\ncount = 3.5')
    result = run("check", file, "--format", "json")
    assert result.exit_code == 2
    assert result.stderr == run("check", file).stderr
    document = json.loads(result.stdout)
    assert (document["valid"], document["file"], document["rows"]) == (False, str(file), [])
    by_place = {problem["place"]: problem for problem in document["problems"]}
    assert len(by_place) == len(result.stderr.splitlines()) >= 3
    assert by_place["day.length"] == {
        "file": str(file),
        "place": "day.length",
        "value": "6 hrs",
        "rule": "is not a duration",
        "remedy": by_place["day.length"]["remedy"],
        "in": None,
    }
    assert by_place["agents[0].count"]["value"] == 3.5


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("nowhere.toml", None, None),
        ("empty.toml", "", None),
        ("broken.toml", "a =", "end of document"),
        ("when.toml", "sources = 2026-01-01", "sources"),
        ("long.toml", f"[ports]\ncount = {'9' * 4000}", "ports.count"),
    ],
)
def test_whatever_is_wrong_is_data(
    run: Run, tmp_path: Path, name: str, text: str | None, place: str | None
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    result = run("check", tmp_path / name, "--format", "json")
    assert result.exit_code == 2
    problems = json.loads(result.stdout)["problems"]
    assert place in {problem["place"] for problem in problems}
    assert {problem["file"] for problem in problems} == {str(tmp_path / name)}


def test_what_is_wrong_with_an_experiments_floor_is_told_of_that_file(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "floor.toml").write_text('[day]\nlength = "6 hrs"\n')
    (tmp_path / "trial.toml").write_text('name = "x"\nfloor = "floor.toml"\nports = "1"\n')
    target = tmp_path / "problems.json"
    assert run("check", tmp_path / "trial.toml", "--output", target).exit_code == 2
    document = json.loads(target.read_text(encoding="utf-8"))
    places = [problem["place"] for problem in document["problems"]]
    assert f"floor: {tmp_path / 'floor.toml'}: day.length" in places


def test_schema_is_that_of_the_floor(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("schema").stdout) == json_schema()
    file = tmp_path / "floor.schema.json"
    assert run("schema", "--output", file).stdout == ""
    assert json.loads(file.read_text(encoding="utf-8")) == json_schema()


def test_new_writes_a_floor_that_is_valid_as_it_is(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    assert run("new", "Müller & Co", "--output", file).exit_code == 0
    assert read_floor(file).name == "Müller & Co"
    assert run("check", file).exit_code == 0


def test_new_replaces_nothing_unless_forced(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("precious", encoding="utf-8")
    refused = run("new", "--output", file)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert file.read_text(encoding="utf-8") == "precious"
    assert run("new", "--output", file, "--force").exit_code == 0
    assert read_floor(file).name == "My company"


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "result.csv"
    file.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(InputError, match="No space left"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["result.csv"]


def test_a_new_file_may_be_read_by_whom_others_may(tmp_path: Path) -> None:
    plain, written = tmp_path / "plain", tmp_path / "written"
    plain.write_bytes(b"")
    write_whole(written, b"")
    assert stat.S_IMODE(written.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_result_never_takes_the_place_of_a_floor(run: Run, calls: Path) -> None:
    before = calls.read_bytes()
    result = run("sweep", calls, "--ports", "2", "--output", calls, *QUICK)
    assert result.exit_code == 2
    assert "ending of a floor" in result.stderr
    assert calls.read_bytes() == before


def test_a_result_never_takes_the_place_of_a_pipe(run: Run, calls: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    result = run("sweep", calls, "--ports", "2", "--output", pipe, *QUICK)
    assert result.exit_code == 2
    assert pipe.is_fifo()


def test_a_table_and_a_picture_do_not_go_into_one_file(
    run: Run, calls: Path, tmp_path: Path
) -> None:
    file = tmp_path / "same.svg"
    result = run("sweep", calls, "--ports", 3, *QUICK, "--output", file, "--plot", file)
    assert result.exit_code == 2
    assert "is the file of --output, too" in result.stderr
    assert not file.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_no_room_on_stdout_is_told_in_a_line(calls: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "flexports", "check", str(calls)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("error: stdout: cannot be written to: No space left on device; ")
    assert done.stderr.count("\n") == 1
