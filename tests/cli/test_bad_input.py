"""Bad input: exit code 2, a message that tells what to do, and never a traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from shown_floors import DIALER

Run = Callable[..., Result]

FLOORS = {
    "is empty": b"",
    "is not text": bytes(range(128, 256)),
    "is larger than": b"# " + b"x" * 10_000_000,
    "is not TOML": b"name = ",
    "is not a finite number": DIALER.encode() + b"dial = nan\n",
    "is negative": DIALER.encode() + b'dial = "-20 s"\n',
    "add up to 1.1": DIALER.encode() + b"outcomes = { voicemail = 0.6, no-answer = 0.5 }\n",
    "is not a known key": DIALER.encode() + b'dail = "20 s"\n',
    "is below 1": DIALER.replace(
        '[[agents]]\nname = "sales"\ncount = 2', "[[agents]]\ncount = 0"
    ).encode(),
}


def assert_refused(result: Result, *words: str) -> None:
    """One line or more on stderr, each with what to do; nothing on stdout."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for line in result.stderr.splitlines():
        assert line.startswith("error: ")
        assert "; " in line
    for word in words:
        assert word in result.stderr


@pytest.mark.parametrize("rule", FLOORS)
@pytest.mark.parametrize("command", ["size", "check"])
def test_a_file_that_is_no_floor(run: Run, tmp_path: Path, command: str, rule: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_bytes(FLOORS[rule])
    assert_refused(run(command, file), str(file), rule)


def test_a_floor_and_an_experiment_are_told_apart(run: Run, dialer: Path) -> None:
    study = dialer.with_name("study.toml")
    study.write_text('name = "Two"\nfloors = ["dialer.toml"]\nports = "1-2"\ndays = 2\n')
    for command in ("size", "sweep"):
        result = run(command, study)
        assert_refused(result, f"{study}: is an experiment, not a floor", "flexports run")
        assert len(result.stderr.splitlines()) == 1
    result = run("run", dialer, "--output", dialer.parent / "results")
    assert_refused(result, f"{dialer}: is a floor, not an experiment", "flexports size")
    assert len(result.stderr.splitlines()) == 1


def test_a_directory(run: Run, tmp_path: Path) -> None:
    assert_refused(run("size", tmp_path), "is a directory")


def test_a_model_that_is_missing_names_the_nearest(run: Run, dialer: Path) -> None:
    assert_refused(run("sweep", dialer.with_name("dialr.toml")), "did you mean", "dialer.toml")


@pytest.mark.parametrize(
    ("command", "options", "said"),
    [
        ("sweep", ("--ports", "5-2"), "write 2-5"),
        ("sweep", ("--ports", "few"), "1-12"),
        ("sweep", ("--ports", ""), "1-12"),
        ("sweep", ("--ports", "0-4"), "from 1"),
        ("sweep", ("--ports", "1-999999999"), "from 1"),
        ("sweep", ("--ports", "1-9:0"), "1-9"),
        ("size", ("--days", 0), "100"),
        ("size", ("--days", 1), "2 days"),
        ("size", ("--seed", -1), "whole number"),
        ("size", ("--format", "xml"), "'json'"),
        ("size", ("--format", "parquet"), "--output"),
        ("size", ("--plot", "x.gif"), ".svg"),
        ("size", ("--plot", "x"), ".png"),
        ("size", ("--output", "no/such/folder/x.json"), "mkdir"),
        ("size", ("--plot", "no/such/folder/x.svg"), "mkdir"),
        ("size", ("--output", "."), "name a file"),
        ("size", ("--engine", "steam"), "simpy"),
        ("size", ("--workers", 0), "1 or more"),
        ("size", ("--precision", 2), "is not a share between 0 and 1"),
        ("sweep", ("--max-time", "soon"), "3 min"),
        ("sweep", ("--days", 5, "--max-days", 7), "leave out"),
        ("size", ("--confidence", 1), "0.95"),
        ("size", ("--blocking", "2"), "0.01"),
        ("size", ("--blocking", "nan"), "0.01"),
        ("size", ("--blocking", "elsewhere=0.1"), "outbound"),
        ("size", ("--blocking", "0.1", "--blocking", "0.2"), "SOURCE=0.1"),
        ("size", ("--service-level", "80"), "80/20"),
        ("trace", ("--ports", "1-3"), "write one"),
        ("trace", ("--day", -1), "0 or more"),
        ("trace", ("--from", "noon"), "09:00"),
    ],
)
def test_an_option_that_makes_no_sense(
    run: Run, dialer: Path, command: str, options: tuple[object, ...], said: str
) -> None:
    assert_refused(run(command, dialer, *options), said)


def test_nothing_is_computed_for_a_file_that_could_not_be_written(
    run: Run, dialer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def computed(*_: object, **__: object) -> None:
        raise AssertionError("computed")

    monkeypatch.setattr("flexports.study.sweep.sweep", computed)
    folder = dialer.parent / "locked"
    assert_refused(run("sweep", dialer, "--output", folder / "x.csv"), "does not exist")


@pytest.mark.parametrize("words", [("size",), ("size", "x.toml", "--bogus"), ("dance",)])
def test_a_command_line_that_cannot_be_read(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "help" in result.stderr


def test_a_number_that_is_none(run: Run, dialer: Path) -> None:
    assert run("size", dialer, "--days", "many").exit_code == 2
