"""What a report says, and that it says it of every kind of answer."""

import re
from pathlib import Path

import pytest

import flexports
from flexports import parse_floor
from flexports.report import Origin, Run, report_html
from flexports.report.figures import Figures
from flexports.report.material import Material
from flexports.report.svg import inline
from flexports.report.tables import counts_shown, exact_table, tables
from flexports.report.trust import checks
from flexports.table.costs import cost_texts
from flexports.table.floor_page import floor_words
from shown_floors import CALLS, CLOCKWORK, DIALER

MODELS = sorted((Path(__file__).parents[2] / "models").glob("*.toml"))
ORIGIN = Origin("floor.toml", "abc", "flexports report floor.toml --seed 1", "0")
SIZE = 400_000


def material_of(text: str, **keywords: object) -> Material:
    return Run(parse_floor(text), {"days": 8, **keywords}).material(ORIGIN)


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def calls() -> Material:
    return material_of(CALLS, seed=7)


def test_the_answer_is_that_of_size(calls: Material) -> None:
    size = flexports.size(parse_floor(CALLS), days=8, seed=7)
    assert calls.size.ports == size.ports
    assert f"Tiny needs {size.ports} flex ports" in words_of(report_html(calls))


def test_a_count_that_the_cost_names_has_a_column_and_days_are_told_where_they_differ() -> None:
    prices = '[prices]\ncurrency = "EUR"\nport = 1.0\nlost_call = 100.0\n'
    material = material_of(CALLS + prices, days=None, max_days=200, seed=7)
    cheapest = material.sweep.cheapest
    assert cheapest is not None
    shown = counts_shown(material)
    assert cheapest in shown
    first, *_ = tables(material)
    differ = len({material.sweep.days_of(each) for each in shown}) > 1
    assert (first.rows[0][0].text == "days run") == differ


def test_a_cost_that_falls_up_to_the_largest_count_is_no_minimum() -> None:
    prices = '[prices]\ncurrency = "EUR"\nport = 1.0\nlost_call = 100.0\n'
    result = flexports.sweep(parse_floor(CALLS + prices), [1, 2, 3], days=8, seed=7)
    (text,) = cost_texts(result)
    assert text.words.startswith("Cost still falls at 3 flex ports, the largest count tried: ")


def test_the_parts_come_in_the_order_of_the_question(calls: Material) -> None:
    page = words_of(report_html(calls))
    order = [
        "How many flex ports does Tiny need?",
        "One fewer",
        "With how many ports?",
        "The floor",
        "Tables",
        "Pictures",
        "The rule of thumb, worked",
        "Can this be trusted?",
        "How it was found",
        "Its limits",
        "Every setting in force",
        "To make this page again",
    ]
    body = page[page.rindex("How many flex ports does Tiny need?") :]
    places = [body.index(each) for each in order]
    assert places == sorted(places)
    assert "flexports report floor.toml --seed 1" in page


def test_every_value_of_the_slider_has_an_interval(calls: Material) -> None:
    for count in Figures(calls).counts:
        for value, interval in zip(count.values, count.intervals, strict=True):
            assert value == "-" or " to " in interval


def test_a_report_is_the_same_each_time() -> None:
    assert report_html(material_of(DIALER)) == report_html(material_of(DIALER))


def test_the_checks_hold_on_floors_that_are_right(calls: Material) -> None:
    for material in (calls, material_of(DIALER), material_of(CLOCKWORK)):
        assert [check.title for check in checks(material)[:3] if check.verdict == "look"] == []


def test_the_ports_count_what_the_calls_count(calls: Material) -> None:
    # Without recordings and waits the two counts are of the same events.
    assert "No call is lost or counted twice" in checks(calls)[0].text


def test_no_count_at_all_is_an_answer_too() -> None:
    impossible = CALLS.replace("blocking = 0.2", "abandonment = 0.001")
    page = words_of(report_html(material_of(impossible)))
    assert "No number of flex ports meets the targets of Tiny." in page


def test_an_answer_that_is_not_settled_says_so() -> None:
    page = words_of(report_html(material_of(CALLS.replace("0.2", "0.0001"))))
    assert "too few to say" in page
    assert "Not decided" in page


def test_a_dollar_in_a_name_is_no_formula() -> None:
    page = report_html(material_of(CALLS.replace('name = "calls"', 'name = "_$x^{$ calls"')))
    assert "_$x^{$ calls" in page


def test_a_floor_of_forty_ports_fits(tmp_path: Path) -> None:
    text = CALLS.replace("60 per hour", "900 per hour").replace("count = 2", "count = 45")
    material = material_of(text, days=3)
    assert material.centre >= 25
    assert len(report_html(material).encode()) < SIZE


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_every_model_has_a_report(model: Path) -> None:
    material = Run(flexports.read_floor(model), {"days": 3}).material(ORIGIN)
    page = report_html(material)
    assert len(page.encode()) < SIZE
    for source in material.floor.sources:
        assert source.name in page


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_every_source_has_a_sentence_of_its_keys(model: Path) -> None:
    floor = flexports.read_floor(model)
    sentences = floor_words(floor)["Sources"]
    assert len(sentences) == len(floor.sources)
    for source, sentence in zip(floor.sources, sentences, strict=True):
        assert sentence.startswith(f"{source.name} ({source.kind}). ")


def test_a_floor_shows_itself() -> None:
    html = parse_floor(CALLS)._repr_html_()
    assert "60 per hour arrive" in html or "1 per minute arrive" in html


def test_a_picture_has_names_of_its_own() -> None:
    svg = b'<svg viewBox="0 0 9 9"><path id="a" d="M 1.234 2"/><use xlink:href="#a"/></svg>'
    assert inline(svg, "hold", 'x"y') == (
        '<svg viewBox="0 0 9 9" role="img" aria-label="x&quot;y"><style></style>'
        '<path id="hold0" d="M1.2 2"/><use href="#hold0"/></svg>'
    )


def test_what_can_be_worked_out_stands_beside_the_simulation(calls: Material) -> None:
    page = words_of(report_html(calls))
    assert "the simulation excludes none" in page
    assert "Worked out as a Markov chain, beside the simulation" in page


def test_where_only_few_ports_can_be_worked_out_those_are_shown() -> None:
    peak = next(path for path in MODELS if path.stem == "company-x-peak")
    material = Run(flexports.read_floor(peak), {"days": 8}).material(ORIGIN)
    table = exact_table(material)
    assert table is not None
    assert {row[0].text for row in table.rows} <= {str(each.ports) for each in material.exact}


def test_an_answer_with_a_doubt_is_not_called_settled() -> None:
    # Few calls on three days: no count below the answer surely misses a target of 20 %.
    doubtful = material_of(CALLS.replace("60 per hour", "20 per hour"), days=3)
    precision = next(check for check in checks(doubtful) if check.title == "Precision reached")
    settled = doubtful.size.ports is not None and not doubtful.size.undecided
    assert (precision.verdict == "holds") == settled
    assert not settled
