"""How a command behaves as a process: imports, pipes, interruptions, warnings."""

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

import flexports
from flexports.cli import main
from flexports.floor import Floor
from flexports.study import exact
from flexports.study.exact import Exact
from flexports.study.results import CONFIDENCE
from flexports.study.settings import DEFAULT_DAYS, DEFAULT_SEED, MOST_DAYS

COMMAND = [sys.executable, "-m", "flexports"]
# Not pydantic, which recent versions of typer import by themselves: here flexports.floor does.
HEAVY = ("matplotlib", "numpy", "pandas", "pyarrow", "rich", "scipy", "simpy")
HEAVY += ("flexports.floor", "flexports.study", "flexports.theory")


def test_help_waits_for_nothing_heavy() -> None:
    asked = [["--help"], ["size", "--help"], ["erlang", "b", "--help"], ["--version"]]
    code = (
        "import sys\nfrom flexports.cli import main\n"
        f"assert [main(words) for words in {asked!r}] == [0] * {len(asked)}\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert flexports.__version__ in done.stdout


def test_help_tells_the_defaults_that_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["size", "--help"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert f"[default: {DEFAULT_DAYS}; for size" in text
    for default in (MOST_DAYS, DEFAULT_SEED, CONFIDENCE):
        assert f"[default: {default}]" in text


def test_a_pipe_gets_the_result_and_nothing_else(calls: Path) -> None:
    words = ["size", str(calls), "--days", "3", "--workers", "1"]
    done = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("Tiny ") or done.stdout.startswith("3 days")
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_a_reader_who_has_gone_is_no_error(calls: Path) -> None:
    words = ["trace", str(calls), "--ports", "3", "--format", "csv"]
    with subprocess.Popen(
        [*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_an_interruption_ends_with_130_and_no_traceback(
    calls: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("flexports.study.sweep.sweep", interrupted)
    assert main(["sweep", str(calls)]) == 130
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "interrupted\n")


def test_a_defect_is_not_dressed_up_as_bad_input(
    calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("flexports.study.sweep.sweep", broken)
    with pytest.raises(ZeroDivisionError):
        main(["sweep", str(calls)])


def test_a_disagreement_with_an_exact_value_is_a_warning(
    calls: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    right = exact.exact_sweep

    def wrong(floor: Floor, ports: Iterable[int]) -> list[Exact]:
        return [replace(each, value=each.value + 0.5) for each in right(floor, ports)]

    monkeypatch.setattr("flexports.study.exact.exact_sweep", wrong)
    assert main(["sweep", str(calls), "--ports", "3", "--days", "40", "--workers", "1"]) == 0
    said = capsys.readouterr()
    assert said.err.startswith("warning: calls: blocking with 3 ports: simulated")
    assert "warning" not in said.out


def test_the_simulation_agrees_with_the_exact_chain(
    calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sweep", str(calls), "--ports", "1-6", "--days", "40", "--workers", "1"]) == 0
    assert capsys.readouterr().err == ""
