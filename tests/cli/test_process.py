"""How a command behaves as a process: imports, pipes, interruptions, warnings."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
import typer

import flexports
from flexports.cli import app, main
from flexports.floor import Floor
from flexports.problems import NOTHING, Problem, WorkersLostError
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


def helped(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words, "--help"]) == 0
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("command", "days"),
    [
        ("size", "as many as the answer takes]"),
        ("rule", "as many as the answer takes]"),
        ("sweep", f"{DEFAULT_DAYS}, or as many as --precision takes]"),
    ],
)
def test_help_tells_the_defaults_that_hold(
    capsys: pytest.CaptureFixture[str], command: str, days: str
) -> None:
    text = helped(capsys, command)
    assert f"Days on each port count. [default: {days}" in text
    for default in (MOST_DAYS, DEFAULT_SEED, CONFIDENCE):
        assert f"[default: {default}]" in text


def options_without_a_name(command: Any) -> Iterator[str]:
    for each in getattr(command, "commands", {}).values():
        yield from options_without_a_name(each)
    for parameter in command.params:
        if parameter.metavar is None and not getattr(parameter, "is_flag", False):
            yield f"{command.name} {parameter.name}"


def test_every_option_names_what_it_takes() -> None:
    assert list(options_without_a_name(typer.main.get_command(app))) == []


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


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_a_signal_ends_the_command_and_all_of_its_workers(
    calls: Path, sent: signal.Signals, engine: str
) -> None:
    with long_sweep(calls, engine) as process:
        workers = process.children(recursive=True)
        os.killpg(process.pid, sent)  # as a terminal does, and whoever shuts a machine down
        _, errors = process.communicate(timeout=20)
        assert errors == {signal.SIGINT: "interrupted\n", signal.SIGTERM: "terminated\n"}[sent]
        assert process.returncode == 128 + sent
        assert psutil.wait_procs(workers, timeout=10)[1] == []


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_amid_the_loading_of_numba_is_not_lost(
    calls: Path, tmp_path: Path, sent: signal.Signals
) -> None:
    """Its compiled parts load others, and take whatever is raised there for a failure of theirs."""
    code = f"""
import signal, sys

class Interrupter:
    def find_spec(self, name, path=None, target=None):
        if name == "numba._devicearray":
            signal.raise_signal({int(sent)})

sys.meta_path.insert(0, Interrupter())
from flexports.cli import main
sys.exit(main(["sweep", {str(calls)!r}]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"FLEXPORTS_CACHE_DIR": str(tmp_path)},  # where there is nothing yet
    )
    last = done.stderr.splitlines()[-1]
    assert last == {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}[sent]
    assert done.returncode == 128 + sent


def test_workers_end_with_the_process_that_began_them(calls: Path) -> None:
    with long_sweep(calls, "simpy") as process:
        workers = process.children(recursive=True)
        process.kill()
        assert psutil.wait_procs(workers, timeout=10)[1] == []


@contextmanager
def long_sweep(calls: Path, engine: str) -> Iterator[psutil.Popen]:
    """Run a sweep that takes for ever, and wait until it is well under way."""
    words = ["sweep", str(calls), "--days", "1000000", "--workers", "2", "--engine", engine]
    with psutil.Popen(
        [*COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            while not is_under_way(process, engine):
                time.sleep(0.05)
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def is_under_way(process: psutil.Popen, engine: str) -> bool:
    """Whether all who work do: two threads beside the first, or two processes that compute."""
    assert process.poll() is None
    if engine == "compiled":
        spent = [each.user_time for each in process.threads() if each.id != process.pid]
    else:
        spent = [each.cpu_times().user for each in process.children()]
    return len([each for each in spent if each > 0.5]) == 2


def test_workers_who_are_lost_are_told_of(
    calls: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lost(*_: object, **__: object) -> None:
        raise WorkersLostError(Problem("day 3", NOTHING, "was lost", "engage others"))

    monkeypatch.setattr("flexports.study.sweep.sweep", lost)
    assert main(["sweep", str(calls)]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "error: day 3: was lost; engage others\n")


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
