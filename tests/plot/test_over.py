"""A sizing over values of a setting, and a study, show themselves."""

from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import flexports
from flexports import parse_floor
from flexports.plot import picture, plot
from flexports.plot.over import counts_drawn
from flexports.study.size_over import SizeOver
from flexports.table import changes
from shown_floors import CALLS


@pytest.fixture(scope="module")
def over() -> SizeOver:
    return flexports.size_over(parse_floor(CALLS), "agents.sales.count", [3, 4], days=8, seed=7)


def test_a_panel_for_each_source_and_one_for_the_ports_needed(over: SizeOver) -> None:
    axes = list(Figure().subplots(1, 2))
    plot(over, axes)
    assert [ax.get_title(loc="left") for ax in axes] == ["calls", "Ports needed"]
    assert [text.get_text().split()[-1] for text in axes[1].texts] == [
        str(size.ports) for size in over.sizes.values()
    ]
    legend = [text.get_text() for text in axes[0].get_legend().get_texts()]
    assert legend == [*(f"{count} ports" for count in counts_drawn(over)), "target: 20 %"]


def test_the_picture_of_a_sizing_over_values_is_a_file(over: SizeOver) -> None:
    assert picture(over, "png").startswith(b"\x89PNG")


def test_a_sizing_over_values_shows_itself(over: SizeOver) -> None:
    assert "needs fewest ports" in over._repr_html_()


def test_a_study_shows_itself(tmp_path: Path) -> None:
    (tmp_path / "floor.toml").write_text(CALLS, encoding="utf-8")
    text = 'name = "Two"\nfloor = "floor.toml"\nports = "2-3"\ndays = 2\n'
    experiment = flexports.parse_experiment(text, "two.toml", tmp_path)
    study = flexports.run_experiment(experiment, tmp_path / "results")
    assert "<caption>Two</caption>" in study._repr_html_()


def test_changes_are_told_against_one_count_on_the_same_days() -> None:
    floor = replace(parse_floor(CALLS), name="A floor")
    sweep = flexports.sweep(floor, ports=[2, 3, 4], days=8, seed=7)
    page = changes(sweep, against=3)
    one = sweep.difference(2, 3, "calls", "blocking")
    assert one.value > 0
    assert f"+{100 * one.value:.0f}"[:2] in str(page)
    assert "Against 3 ports, on the same 8 days." in page._repr_html_()
    with pytest.raises(ValueError, match="none of the port counts"):
        changes(sweep, against=9)
