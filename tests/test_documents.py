"""What documents show is what happens: their Python runs, their commands print what they say."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flexports.floor.source import forget_kind, kinds

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FLEXPORTS = (sys.executable, "-m", "flexports")
COMMANDS = {"make size": (*FLEXPORTS, "size", "models/company-x.toml")}


def blocks(document: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", document.read_text(), re.DOTALL | re.MULTILINE)


def sessions() -> list[tuple[str, str, str]]:
    found = []
    for document in DOCUMENTS:
        for session in blocks(document, "console"):
            for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                found.append((document.name, command, output))
    return found


def run(command: str, folder: Path) -> str:
    words = COMMANDS.get(command)
    if words is None:
        words = (*FLEXPORTS, *shlex.split(command)[1:])
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def no_kinds_left_behind() -> Iterator[None]:
    before = set(kinds())
    yield
    for kind in set(kinds()) - before:
        forget_kind(kind)


@pytest.mark.usefixtures("no_kinds_left_behind")
@pytest.mark.parametrize(
    "document", [each for each in DOCUMENTS if blocks(each, "python")], ids=lambda path: path.name
)
def test_the_python_of_a_document_runs(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MPLBACKEND", "agg")
    names: dict[str, Any] = {}
    for code in blocks(document, "python"):
        # Without what this file imports from the future: annotations are to be looked up as usual.
        exec(compile(code, document.name, "exec", dont_inherit=True), names)


@pytest.mark.parametrize(
    ("command", "output"),
    [
        pytest.param(command, output, id=f"{name}: {command}")
        for name, command, output in sessions()
        if output
    ],
)
def test_commands_print_what_the_documents_show(command: str, output: str) -> None:
    assert run(command, ROOT).startswith(output)


def test_the_first_steps_work(tmp_path: Path) -> None:
    text = run("flexports new", tmp_path)
    (tmp_path / "floor.toml").write_text(text)
    assert "sales" in run("flexports check floor.toml", tmp_path)


def test_the_plain_company_fits_in_fifteen_lines(tmp_path: Path) -> None:
    (plain,) = blocks(ROOT / "README.md", "toml")
    (tmp_path / "plain.toml").write_text(plain)
    assert len(plain.splitlines()) <= 15
    assert "Plain Ltd" in run("flexports sweep plain.toml --ports 4 --days 2", tmp_path)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text())
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert not missing
