"""All files that are made, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from generator.commands import commands_page
from generator.keys import experiment_page, floor_page, laws_page
from generator.metrics import metrics_page
from generator.sessions import ROOT, refreshed, typed

_DOCS = ROOT / "docs"

REFERENCE: Mapping[Path, Callable[[], str]] = MappingProxyType(
    {
        _DOCS / "reference" / "commands.md": commands_page,
        _DOCS / "reference" / "floor.md": floor_page,
        _DOCS / "reference" / "experiment.md": experiment_page,
        _DOCS / "reference" / "laws.md": laws_page,
        _DOCS / "reference" / "metrics.md": metrics_page,
    }
)
"""Files that are made of declarations."""

PICTURES: Mapping[Path, str] = MappingProxyType(
    {_DOCS / "pictures" / "company-x.svg": f"flexports size {ROOT}/models/company-x.toml"}
)
"""Pictures, and the commands that draw them with ``--plot``."""


def documents() -> list[Path]:
    """Return the files that people write, and in which commands are shown with their answers."""
    written = set(_DOCS.rglob("*.md")) - set(REFERENCE)
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(written)]


def picture(path: Path, folder: Path) -> str:
    """Draw a picture anew in a folder, and return it."""
    drawn = folder / path.name
    typed(f"{PICTURES[path]} --plot {drawn}")
    return drawn.read_text(encoding="utf-8")


def made_anew(path: Path) -> str:
    """Return what a file should hold."""
    with TemporaryDirectory() as folder:
        if path in REFERENCE:
            return REFERENCE[path]()
        if path in PICTURES:
            return picture(path, Path(folder))
        return refreshed(path, Path(folder))
