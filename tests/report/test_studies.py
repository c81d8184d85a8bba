"""Reports of results folders: what is there, the answers of all points, and what is refused."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from typer.testing import CliRunner, Result

from flexports.cli import app
from flexports.report.studies import size_of
from flexports.study.run import read_results, run_experiment
from shown_floors import CALLS

Run = Callable[..., Result]
EXPERIMENT = """
name = "More agents"
floor = "calls.toml"
ports = [2, 3, 4, 6, 8]
days = 12
seed = 7

[factors]
agents.sales.count = [2, 3]
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    (folder / "calls.toml").write_text(CALLS, encoding="utf-8")
    experiment = folder / "agents.toml"
    experiment.write_text(EXPERIMENT, encoding="utf-8")
    run_experiment(experiment, folder / "results")
    return folder / "results"


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


def test_a_results_folder_has_a_report(results: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = call("report", results, "--output", page)
    assert result.exit_code in (0, 1)
    told = words_of(page.read_text(encoding="utf-8"))
    assert "How many flex ports does Tiny need?" in told
    assert "Point 1 of 2: agents.sales.count = 2" in told
    assert "The points of the experiment" in told


def test_the_page_begins_with_its_point_and_the_range_of_all(results: Path, tmp_path: Path) -> None:
    html = tmp_path / "page.html"
    shown = " ".join(call("report", results, "--output", html).stdout.split())
    page = html.read_text(encoding="utf-8")
    points = read_results(results).points
    answers = sorted(found for each in points if (found := size_of(each.sweep).ports) is not None)
    same = answers[0] == answers[-1]
    told = f"are all {answers[0]}" if same else f"range from {answers[0]} to {answers[-1]}"
    for text in (shown, words_of(page)):
        assert "Point 1 of 2, Tiny, agents.sales.count = 2. The answers of the points" in text
        assert told in text
    assert 'href="#points"' in page
    assert 'id="points"' in page


def test_each_point_has_its_own(results: Path) -> None:
    told = words_of(call("report", results, "--point", 2).stdout)
    assert "Point 2 of 2: agents.sales.count = 3" in told
    assert f"flexports report {results} --point 2" in told


def test_counts_that_were_not_tried_are_told(results: Path) -> None:
    # 20 %: with 4 ports too few calls find none; 5 was not tried, nor was what is below 2.
    size = size_of(read_results(results).sweep())
    page = words_of(call("report", results).stdout)
    between = size.ports is not None and size.ports - 1 not in size.sweep.ports
    assert ("Not every count between was tried" in page) == (between and size.ports != 2)
    assert ("No smaller count was tried" in page) == (size.ports == 2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--point", 3], "is no point that has days; there are: 1, 2"),
        (["--days", 5], "is for a floor; the days of a results folder have been run"),
    ],
)
def test_what_makes_no_sense_is_refused(results: Path, words: list[object], said: str) -> None:
    result = call("report", results, *words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_an_experiment_without_results_says_how_to_get_them(results: Path) -> None:
    result = call("report", results.parent / "agents.toml")
    assert result.exit_code == 2
    assert "run it first: flexports run" in result.stderr


def test_a_study_shows_and_draws_itself(results: Path) -> None:
    study = read_results(results)
    assert "<table" in study._repr_html_()
    axes = Figure().subplots(1, 2)
    study.plot(axes)
    assert axes[0].get_title(loc="left") == "1: agents.sales.count = 2"
    assert len(axes[1].lines) > 0
