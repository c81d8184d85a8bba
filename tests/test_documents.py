"""What documents show is what happens: their commands print what they say, their Python runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flexports.floor.source import forget_kind, kinds
from generator.pages import PICTURES, REFERENCE, documents, picture
from generator.sessions import ROOT, DocumentError, in_part, refreshed, typed

DOCUMENTS = documents()
MAKE = "run `make docs`"


def of_the_project(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def written(tmp_path: Path, text: str) -> Path:
    document = tmp_path / "page.md"
    document.write_text(text)
    return document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder"


@pytest.fixture
def no_kinds_left_behind() -> Iterator[None]:
    before = set(kinds())
    yield
    for kind in set(kinds()) - before:
        forget_kind(kind)


@pytest.mark.usefixtures("no_kinds_left_behind")
@pytest.mark.parametrize("document", DOCUMENTS, ids=of_the_project)
def test_a_document_shows_what_happens(document: Path, tmp_path: Path) -> None:
    assert refreshed(document, tmp_path) == document.read_text(encoding="utf-8"), MAKE


@pytest.mark.parametrize("page", REFERENCE, ids=of_the_project)
def test_the_reference_is_what_the_declarations_say(page: Path) -> None:
    assert REFERENCE[page]() == page.read_text(encoding="utf-8"), MAKE


@pytest.mark.parametrize("path", PICTURES, ids=of_the_project)
def test_a_picture_is_what_its_command_draws(path: Path, tmp_path: Path) -> None:
    assert picture(path, tmp_path) == path.read_text(encoding="utf-8"), MAKE


def test_every_page_can_be_found_from_the_first_one() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    linked = {(ROOT / "docs" / target).resolve() for target in links(index)}
    pages = {*REFERENCE, *(each for each in DOCUMENTS if each.parent != ROOT)}
    assert pages - linked == {ROOT / "docs" / "README.md"}


@pytest.mark.parametrize("document", [*DOCUMENTS, *REFERENCE], ids=of_the_project)
def test_links_lead_somewhere(document: Path) -> None:
    missing = [
        target
        for target in links(document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert not missing


def links(text: str) -> list[str]:
    return re.findall(r"\]\((?!https?:)([^)#]+)", text)


def test_the_first_steps_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert typed("flexports new > floor.toml") == (0, "")
    assert "sales" in typed("flexports check floor.toml")[1]


def test_the_plain_company_fits_in_fifteen_lines() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (plain,) = re.findall(r"^```toml\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    assert "Plain Ltd" in plain
    assert len(plain.splitlines()) <= 15


def test_an_answer_in_part_is_its_first_and_last_lines() -> None:
    answer = "1\n2\n3\n4\n5\n"
    assert in_part(answer, "") == ""
    assert in_part(answer, "old\n") == answer
    assert in_part(answer, "old\nolder\n[...]\nold\n") == "1\n2\n[...]\n5\n"
    assert in_part(answer, "old\n[...]\n") == "1\n[...]\n"


def test_an_answer_that_has_changed_is_put_in(tmp_path: Path, folder: Path) -> None:
    page = written(tmp_path, "```console\n$ flexports --version\nflexports 0\n```\n")
    assert "flexports 0\n" not in refreshed(page, folder)


def test_a_command_that_fails_is_no_example(tmp_path: Path, folder: Path) -> None:
    page = written(tmp_path, "```console\n$ flexports size no-such.toml\n```\n")
    with pytest.raises(DocumentError, match="exit code 2"):
        refreshed(page, folder)


def test_a_refusal_may_be_shown(tmp_path: Path, folder: Path) -> None:
    page = written(tmp_path, "```console\n$ flexports size no-such.toml\nerror: old\n```\n")
    assert "error: no-such.toml" in refreshed(page, folder)


def test_only_flexports_is_run(tmp_path: Path, folder: Path) -> None:
    page = written(tmp_path, "```console\n$ rm floor.toml\n```\n")
    with pytest.raises(DocumentError, match="rm"):
        refreshed(page, folder)


def test_a_command_that_is_only_shown_must_be_one(tmp_path: Path, folder: Path) -> None:
    page = written(tmp_path, "```sh\nflexports size floor.toml --prots 3\n```\n")
    with pytest.raises(Exception, match="--prots"):
        refreshed(page, folder)
