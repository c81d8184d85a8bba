"""Where the compiled engine cannot be used, the SimPy engine takes its place, and says so."""

from __future__ import annotations

import os
import re
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
from flexports.engine.compiled import keeping, workplace

MODEL = Path(__file__).parents[2] / "models" / "company-x.toml"
TRY_OUT = "from flexports.engine import engine_named; assert engine_named('compiled').count_day"
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
    folder = keeping.cache_folder()
    assert folder is not None
    assert folder.parent == tmp_path
    assert not keeping.is_kept()


def test_where_nothing_can_be_kept_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FLEXPORTS_CACHE_DIR", str(tmp_path / "file"))
    assert keeping.cache_folder() is None
    assert not keeping.is_kept()


def test_what_was_compiled_from_other_code_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keeping.cache_folder()
    changed = tmp_path / "day.py"
    changed.write_text("changed = True")
    monkeypatch.setattr(keeping, "sources", lambda: [changed])
    keeping._name.cache_clear()
    assert keeping.cache_folder() != before
    keeping._name.cache_clear()


def test_every_file_of_whose_numbers_the_loop_makes_use_is_among_its_sources() -> None:
    """What the loop's own files import is compiled into it."""
    sources = keeping.sources()
    package = Path(flexports.__file__).parent
    elsewhere = {"keeping", "compiling", "memory", "program", "reel", "workplace", "engine"}
    for file in (package / "engine" / "compiled").glob("*.py"):
        if file.stem in elsewhere:
            continue
        for name in re.findall(r"^from (flexports[.\w]+) import", file.read_text(), re.MULTILINE):
            module = package.joinpath(*name.split(".")[1:])
            assert {module.with_suffix(".py"), module / "__init__.py"} & set(sources), name


def test_damaged_code_is_compiled_anew(tmp_path: Path) -> None:
    environment = os.environ | {"FLEXPORTS_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-W", "error", "-c", TRY_OUT]
    subprocess.run(command, check=True, env=environment)
    (kept,) = tmp_path.rglob("*.nbc")
    kept.write_bytes(kept.read_bytes()[:1000])
    ran = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    assert "cannot be read" in ran.stderr
    (kept,) = tmp_path.rglob("*.nbc")
    assert kept.stat().st_size > 1000


def test_after_an_interrupt_the_next_day_is_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    before = flexports.simulate(MODEL, ports=3, day=1).calls

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(workplace, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            flexports.simulate(MODEL, ports=3, day=1)
    assert flexports.simulate(MODEL, ports=3, day=1).calls.equals(before)
