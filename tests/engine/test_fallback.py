"""Where the compiled engine cannot be used, the SimPy engine takes its place, and says so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import flexports
from flexports import engine
from flexports.engine import DEFAULT_ENGINE, REFERENCE_ENGINE, engine_named
from flexports.engine.compiled import keeping, machine, workplace
from flexports.engine.compiled.keeping import MachineCode

MODEL = Path(__file__).parents[2] / "models" / "company-x.toml"
TRY_OUT = "from flexports.engine import engine_named; assert engine_named('compiled').count_day"
WITHOUT_NUMBA = f"{TRY_OUT}; import sys; assert not any('numba' in name for name in sys.modules)"
CODE = MachineCode("run", ("log",), b"some\ncode")
NO_NUMBA = "import sys; sys.modules['numba'] = None; from flexports.cli import main; main()"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which numba fails."""

    def importing(name: str) -> ModuleType:
        if "compiled" in name:
            raise OSError("no such instruction")
        return import_module(name)

    monkeypatch.setattr(engine, "import_module", importing)
    engine_named.cache_clear()
    yield
    engine_named.cache_clear()


@pytest.mark.usefixtures("broken")
def test_the_reference_takes_its_place_with_a_warning_that_says_why() -> None:
    with pytest.warns(RuntimeWarning, match="OSError: no such instruction") as told:
        assert engine_named(DEFAULT_ENGINE).name == REFERENCE_ENGINE
    assert len(told) == 1
    assert engine_named(DEFAULT_ENGINE).name == REFERENCE_ENGINE  # and says it once


def test_it_gives_the_same_numbers(
    request: pytest.FixtureRequest, recwarn: pytest.WarningsRecorder
) -> None:
    fast = flexports.sweep(MODEL, [3, 4], days=3, seed=5)
    request.getfixturevalue("broken")
    slow = flexports.sweep(MODEL, [3, 4], days=3, seed=5, workers=2)
    assert [str(warning.category.__name__) for warning in recwarn] == ["RuntimeWarning"]
    assert fast.tallies == slow.tallies
    compared = flexports.compare(MODEL, MODEL, 3, days=2)
    assert compared.before.trial.engine == REFERENCE_ENGINE  # what ran, and not what was asked for


def test_the_command_line_says_so_in_a_line_and_answers(tmp_path: Path) -> None:
    command = [sys.executable, "-c", NO_NUMBA, "sweep", str(MODEL), "--ports", "3", "--days", "2"]
    ran = run([*command, "--workers", "1"], tmp_path)
    assert ran.stderr.splitlines()[-1].startswith(
        "warning: the compiled engine cannot be used here"
    )
    assert "seed 1, engine simpy" in ran.stdout


def test_compiled_code_is_kept_where_it_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLEXPORTS_CACHE_DIR", str(tmp_path))
    assert keeping.kept() is None
    folder = keeping.keep(CODE)
    assert folder is not None
    assert folder.parent == tmp_path
    assert keeping.kept() == CODE


def test_what_is_kept_is_found_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLEXPORTS_CACHE_DIR", str(tmp_path))
    keeping.keep(CODE)
    monkeypatch.setattr(keeping.tempfile, "NamedTemporaryFile", fails)
    assert keeping.kept() == CODE


def test_where_nothing_can_be_kept_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FLEXPORTS_CACHE_DIR", str(tmp_path / "file"))
    assert keeping.keep(CODE) is None
    assert keeping.kept() is None


def test_what_was_compiled_from_other_code_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLEXPORTS_CACHE_DIR", str(tmp_path / "kept"))
    keeping.keep(CODE)
    changed = tmp_path / "day.py"
    changed.write_text("changed = True")
    monkeypatch.setattr(keeping, "sources", lambda: [changed])
    keeping._name.cache_clear()
    assert keeping.kept() is None
    keeping._name.cache_clear()


def test_what_calls_a_function_that_is_not_there_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """LLVM would end the process."""
    code = keeping.kept()
    assert code is not None
    monkeypatch.setattr(machine, "kept", lambda: code._replace(calls=("no_such_function",)))
    machine._loop.cache_clear()
    with pytest.raises(RuntimeError, match="no function 'no_such_function'"):
        machine.loop()
    machine._loop.cache_clear()


def test_every_file_of_whose_numbers_the_loop_makes_use_is_among_its_sources() -> None:
    """What the loop's own files import is compiled into it."""
    sources = keeping.sources()
    package = Path(flexports.__file__).parent
    for file in (package / "engine" / "compiled" / "loop").glob("*.py"):
        for name in re.findall(r"^from (flexports[.\w]+) import", file.read_text(), re.MULTILINE):
            module = package.joinpath(*name.split(".")[1:])
            assert {module.with_suffix(".py"), module / "__init__.py"} & set(sources), name


def test_damaged_code_is_compiled_anew_and_numba_only_loaded_for_that(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c"]
    run([*command, TRY_OUT], tmp_path)
    (kept,) = tmp_path.rglob("*.bin")
    ran = run([*command, WITHOUT_NUMBA], tmp_path)
    assert not ran.stderr
    kept.write_bytes(kept.read_bytes()[:1000])
    ran = run([*command, TRY_OUT], tmp_path)
    assert "cannot be read" in ran.stderr
    assert kept.stat().st_size > 1000
    assert list(kept.parent.iterdir()) == [kept]


def test_after_an_interrupt_the_next_day_is_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    before = flexports.simulate(MODEL, ports=3, day=1).calls

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(workplace, "loop", lambda: interrupted)
        with pytest.raises(KeyboardInterrupt):
            flexports.simulate(MODEL, ports=3, day=1)
    assert flexports.simulate(MODEL, ports=3, day=1).calls.equals(before)


def run(command: Sequence[str], kept_in: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that keeps compiled code in a folder."""
    environment = os.environ | {"FLEXPORTS_CACHE_DIR": str(kept_in)}
    return subprocess.run(command, check=True, env=environment, capture_output=True, text=True)


def fails(*_: object, **__: object) -> None:
    """No disk takes it."""
    raise PermissionError("read-only")
