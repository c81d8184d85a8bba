"""docs/validation.md is that of the battery, as `make validation` writes it."""

from __future__ import annotations

import pytest

from validation.__main__ import PAGE
from validation.agreement import Simulated
from validation.battery import IN_PART, NO_FLOOR, simulations
from validation.document import TITLES, Outcome, document, number
from validation.floors import ALWAYS_A_PORT
from validation.questions import Question, cases


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]


def test_the_page_has_a_row_for_every_value_that_is_asked_for() -> None:
    told = [tuple(row[:4]) for row in rows() if len(row) == 8 and row[0].startswith("`")]
    asked = [
        (f"`{each.case}`", each.what, str(each.ports), number(each.value))
        for simulation in simulations()
        for each in simulation.questions
    ]
    endless = [(*row[:2], "∞", row[3]) if row[2] == str(ALWAYS_A_PORT) else row for row in asked]
    assert sorted(told) == sorted(endless)


def test_the_page_names_every_case() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert {name for name in cases() if f"`{name}`" not in page} == set()
    for name in (*NO_FLOOR, *IN_PART):
        assert (NO_FLOOR | IN_PART)[name] in page


def test_nothing_on_the_page_lies_outside() -> None:
    assert "**outside**" not in PAGE.read_text(encoding="utf-8")


def test_every_family_has_a_title() -> None:
    assert {each.family for each in simulations()} == set(TITLES)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0952381, "0.09524"), (1815.27, "1815"), (1.157e-06, "1.16e-6"), (0.0, "0"), (17, "17")],
)
def test_numbers_have_four_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_a_value_outside_its_interval_is_told_at_the_top_and_in_its_row() -> None:
    def outcome(number: int) -> Outcome:
        simulation = simulations()[number]
        right = [(each, _around(each)) for each in simulation.questions]
        return Outcome(simulation.name, right, right, 0.0)

    outcomes = [outcome(number) for number in range(len(simulations()))]
    assert "**outside**" not in document(outcomes)
    first = outcomes[0].told[0][0]
    wrong = [(first, Simulated(0.5, 0.4, 0.6, 0.05))]
    page = document([Outcome(outcomes[0].name, wrong, wrong, 0.0), *outcomes[1:]])
    assert page.count("**outside**") == 3  # the value, the tool's own, and the row
    assert "0.01 is not in 0.4 to 0.6" in page


def _around(question: Question) -> Simulated:
    return Simulated(question.value, question.value - 0.1, question.value + 0.1, 0.01)
