"""The command line, called as people call it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flexports.cli import app
from shown_floors import CALLS, CLOCKWORK, DIALER

Run = Callable[..., Result]


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """A floor of which callers hold for an agent."""
    return _written(tmp_path / "calls.toml", CALLS)


@pytest.fixture
def dialer(tmp_path: Path) -> Path:
    """A floor of which agents leave messages."""
    return _written(tmp_path / "dialer.toml", DIALER)


@pytest.fixture
def clockwork(tmp_path: Path) -> Path:
    """A floor on which nothing is random."""
    return _written(tmp_path / "clockwork.toml", CLOCKWORK)


@pytest.fixture
def run() -> Run:
    """Return what runs a command: `run("size", path, "--days", 3)`."""

    def call(*words: object) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words])

    return call


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
