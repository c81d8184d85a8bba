"""Every validation case that has an exact answer gets it from the closed forms or a chain."""

import math

import pytest

from theory.answers import CHAINS, CLOSED_FORMS, SIMULATIONS
from theory.cases import CASES, numbers

# Smaller than this is rounding: what a case gives as 0.
ROUNDING = 1e-15
# The phase of the peak in mt-loss-sin is the nearest of 4,000 points of the period,
# 2 pi 1229 / 4000; the peak itself lies at 1.930648.
HALF_A_GRID_STEP = math.pi / 4000


def test_every_case_is_answered_or_left_to_a_simulation_for_a_reason():
    assert {*CLOSED_FORMS, *CHAINS, *SIMULATIONS} == set(CASES)


@pytest.mark.parametrize("name", CLOSED_FORMS)
def test_a_closed_form_gives_the_value_of_the_case(name):
    case = CASES[name]
    answer = CLOSED_FORMS[name](case["model"])
    assert list(answer) == pytest.approx(numbers(case["value"]), rel=1e-9, abs=ROUNDING)


@pytest.mark.parametrize("name", CHAINS)
def test_an_exact_chain_gives_the_value_of_the_case(name):
    case = CASES[name]
    answer, values = list(CHAINS[name](case["model"])), numbers(case["value"])
    if name == "mt-loss-sin":
        assert answer.pop() == pytest.approx(values.pop(), abs=HALF_A_GRID_STEP)
    assert answer == pytest.approx(values, rel=1e-8, abs=ROUNDING)


# Half a unit of the last digit that the source prints, value by value; None: not printed.
PRINTED = {
    "erlb-itu-c10-1pct": [5e-5],
    "erlb-c6-A3.0": [5e-7],
    "ports-A10-2pct": [0],
    "erlc-pyw-n14": [5e-4, 5e-4, 5e-4, None],
    "erlc-herzog": [5e-3],
    "erla-herzog-c13": [5e-3, None],
    "mmck-oct-4-6": [5e-7, None],
    "engset-10-5": [5e-17, None, None],
    # Cut off, not rounded. The mean of 43 2/3 / 15.1 = 2.89183223 is printed as 2.8918321, a sum
    # of terms that were cut off before.
    "kr-2class-5": [1e-7, 1e-7, 2e-7],
    "overflow-20-20": [0.5, 5e-3],
}


@pytest.mark.parametrize("name", PRINTED)
def test_a_closed_form_gives_the_digits_that_were_published(name):
    case = CASES[name]
    answer = CLOSED_FORMS[name](case["model"])
    published = case["published"]["value"]
    for ours, printed, half in zip(
        answer,
        published if isinstance(published, list) else [published],
        PRINTED[name],
        strict=True,
    ):
        if half is not None:
            assert ours == pytest.approx(printed, abs=half, rel=1e-12)


@pytest.mark.parametrize("name", ["erlc-c25-A20", "kr-reservation-exact", "exterlb-6-3-50"])
def test_a_published_value_known_to_be_wrong_is_not_reproduced(name):
    """An off-by-one server, Roberts' approximation, and a recursion that is another model's."""
    case = CASES[name]
    answer = CLOSED_FORMS[name](case["model"])[0]
    assert abs(answer / case["published"]["value"] - 1) > 0.02
