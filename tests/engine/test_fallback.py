"""Where the compiled engine cannot be used, the SimPy engine takes its place, and says so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import flexports
from flexports import engine
from flexports.engine import DEFAULT_ENGINE, REFERENCE_ENGINE, engine_named
from flexports.engine.compiled import compiling

MODEL = Path(__file__).parents[2] / "models" / "company-x.toml"
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


def test_the_command_line_says_so_in_a_line_and_answers() -> None:
    command = [sys.executable, "-c", NO_NUMBA, "sweep", str(MODEL), "--ports", "3", "--days", "2"]
    ran = subprocess.run([*command, "--workers", "1"], capture_output=True, text=True, check=True)
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("warning: the compiled engine cannot be used here")
    assert "seed 1, engine simpy" in ran.stdout


def test_compiled_code_is_kept_where_it_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLEXPORTS_CACHE_DIR", str(tmp_path))
    assert compiling.cache_folder().parent == tmp_path
    assert not compiling.is_compiled()


def test_what_was_compiled_from_other_code_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = compiling.cache_folder().name
    monkeypatch.setattr(compiling, "__file__", str(tmp_path / "compiled" / "compiling.py"))
    (tmp_path / "compiled").mkdir()
    for name in ("counts.py", "outcomes.py"):
        (tmp_path / name).write_text("")
    (tmp_path / "compiled" / "day.py").write_text("changed = True")
    assert compiling.cache_folder().name != before
