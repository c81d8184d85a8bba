"""Simulations against every value that is known: each must lie where its simulation says."""

from __future__ import annotations

import pytest

from validation.agreement import ASKED, Simulated, ratio_over_days
from validation.battery import IN_PART, NO_FLOOR, OWN, simulations
from validation.questions import Question, Simulation, answers, cases
from validation.readings import Metric

NAMES = [simulation.name for simulation in simulations()]


@pytest.mark.parametrize("simulation", simulations(), ids=NAMES)
def test_what_is_known_lies_where_the_simulation_says(simulation: Simulation) -> None:
    days = simulation.run()
    asked = [*simulation.questions, *simulation.exact()]
    assert not [
        f"{question.what}, {question.ports} ports: {question.value:.6g} is not in "
        f"{simulated.low:.6g} to {simulated.high:.6g}"
        for question, simulated in answers(asked, days)
        if not simulated.contains(question.value)
    ]


@pytest.mark.parametrize("simulation", simulations(), ids=NAMES)
def test_what_the_tool_works_out_for_a_floor_is_the_value_of_its_case(
    simulation: Simulation,
) -> None:
    # The chain of the very floor that is simulated, over its very span: the warm-up is long enough
    # for the rest of the day to be the long run, to seven digits.
    exact = {(each.ports, each.reading): each.value for each in simulation.exact()}
    for question in simulation.questions:
        reading = question.reading
        if isinstance(reading, Metric):
            value = exact.get((question.ports, Metric(reading.source, reading.metric)))
            if value is not None:
                value = 1 - value if reading.rest else value * reading.scale
                assert value == pytest.approx(question.value, rel=1e-7, abs=1e-15)


def test_every_case_is_asked_about_or_has_a_reason_why_not() -> None:
    asked = {question.case for each in simulations() for question in each.questions} - set(OWN)
    assert asked | set(NO_FLOOR) == set(cases())
    assert not asked & set(NO_FLOOR)


def test_every_value_of_a_case_is_asked_for_unless_a_reason_is_given() -> None:
    asked: dict[str, list[Question]] = {}
    for simulation in simulations():
        for question in simulation.questions:
            asked.setdefault(question.case, []).append(question)
    for name, questions in asked.items():
        if name not in OWN:
            value = cases()[name]["value"]
            count = len(value) if isinstance(value, list) else 1
            assert (len(questions) < count) == (name in IN_PART), name


def test_the_level_allows_for_all_that_is_asked() -> None:
    asked = sum(len([*each.questions, *each.exact()]) for each in simulations())
    assert asked <= ASKED


def test_a_simulation_with_a_port_too_few_is_found_out() -> None:
    # The battery's own power: Erlang B with 5 ports is no answer for 6.
    simulation = next(each for each in simulations() if each.name == "erlb-c6-A3.0")
    days = simulation.run()
    (question,) = simulation.questions
    seen = question.reading.of(days, 6)
    assert seen.contains(question.value)
    assert not seen.contains(0.110054)  # B(3, 5)
    assert seen.precision < 0.03


def test_a_ratio_over_days_is_total_over_total_with_students_interval() -> None:
    # Two days, 1 of 10 and 3 of 20: 4/30, residuals -1/3 and 1/3, so s = sqrt(2 x 2/9) / 30.
    seen = ratio_over_days([1, 3], [10, 20])
    assert seen.value == pytest.approx(4 / 30)
    assert seen.usual == pytest.approx(12.706 * (4 / 9) ** 0.5 / 30, rel=1e-4)
    assert seen.high - seen.value == pytest.approx(seen.value - seen.low)


def test_the_interval_of_the_battery_is_wider_than_the_usual_one() -> None:
    seen = ratio_over_days([1, 2, 3, 2], [10, 20, 30, 21])
    assert seen.low < seen.value - seen.usual < seen.value < seen.value + seen.usual < seen.high


def test_the_ends_belong_to_the_interval_and_rounding_is_forgiven() -> None:
    seen = Simulated(0.5, 0.4, 1.0, 0.05)
    assert seen.contains(0.4)
    assert seen.contains(1.0000000000000002)
    assert not seen.contains(0.39)
    assert seen.precision == pytest.approx(0.1)
    assert Simulated(0.0, 0.0, 0.1, 0.05).precision == float("inf")


def test_every_case_of_our_own_says_what_it_rests_on() -> None:
    asked = {question.case for each in simulations() for question in each.questions}
    assert set(OWN) == asked - set(cases())
