"""Experiments to test with: a folder with two floors, and texts beside them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flexports.experiment import Experiment, parse_experiment
from flexports.problems import InputError
from shown_experiments import FLOOR, HEAD, OTHER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two floors."""
    (tmp_path / "small.toml").write_text(FLOOR, encoding="utf-8")
    (tmp_path / "other.toml").write_text(OTHER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def read(folder: Path) -> Callable[[str], Experiment]:
    """Return what reads an experiment of the small floor from the rest of its text."""
    return lambda rest: parse_experiment(HEAD + rest, "x.toml", folder)


@pytest.fixture
def lines_of(folder: Path) -> Callable[[str], list[str]]:
    """Return what is said about a text that is no experiment, without the file's name."""

    def lines(text: str) -> list[str]:
        with pytest.raises(InputError) as refused:
            parse_experiment(text, "x.toml", folder)
        found = str(refused.value).splitlines()
        assert all(line.startswith("x.toml: ") and "; " in line for line in found)
        return [line.removeprefix("x.toml: ") for line in found]

    return lines


@pytest.fixture
def said(lines_of: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """Return the same for what follows name, floor and ports."""
    return lambda rest: lines_of(HEAD + rest)
