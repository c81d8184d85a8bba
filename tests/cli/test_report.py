"""``report``: the page as a file, and what it refuses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
QUICK = ("--workers", 1, "--days", 3)


def test_a_page_is_written_and_the_answer_told(run: Run, calls: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("report", calls, "--output", page, "--seed", 7, *QUICK)
    assert "Tiny" in result.stdout
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert f"flexports report {calls} --days 3 --seed 7 --workers 1 --output {page}" in text


def test_without_a_file_the_page_goes_to_stdout(run: Run, calls: Path) -> None:
    assert run("report", calls, *QUICK).stdout.startswith("<!DOCTYPE html>")


def test_settings_of_the_command_line_are_told_apart(run: Run, calls: Path) -> None:
    page = run("report", calls, "--blocking", "0.25", *QUICK).stdout
    assert "targets.blocking<td>0.25<td>option" in "".join(page.split("</td>")).replace("</th>", "")


def test_an_answer_of_none_is_exit_code_1(run: Run, calls: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("report", calls, "--abandonment", "0.001", "-o", page, *QUICK)
    assert result.exit_code == 1
    assert page.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing"], "error: missing: does not exist"),
        (["rows.csv"], "is a table or a page"),
        (["floor.toml", "-o", "page.pdf"], "write one that ends in .html"),
        (["floor.toml", "-o", "nowhere/page.html"], "the folder 'nowhere' does not exist"),
        (["."], "error: .: holds no results"),
    ],
)
def test_nonsense_is_refused_with_a_remedy(
    run: Run, words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rows.csv").write_text("ports,source\n1,calls\n", encoding="utf-8")
    Path("floor.toml").write_text("name = 'x'\n", encoding="utf-8")
    result = run("report", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_floor_has_no_points(run: Run, calls: Path) -> None:
    result = run("report", calls, "--point", 2)
    assert result.exit_code == 2
    assert "is for a results folder" in result.stderr
