"""Numbers show the digits that their interval supports."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.estimates import Estimate
from flexports.table.numbers import (
    computed_text,
    down,
    down_from_whole,
    interval_text,
    share_text,
    up,
    value_text,
)


def share(value: float, low: float, high: float) -> Estimate:
    return Estimate("toll-free", "blocking", "share", value, low, high)


def seconds(value: float, low: float, high: float) -> Estimate:
    return Estimate("toll-free", "hold_mean", "s", value, low, high)


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        (share(0.0109, 0.0100, 0.0119), "1.09 %"),  # +- 0.095 %: hundredths
        (share(0.6196, 0.6162, 0.6230), "62.0 %"),  # +- 0.34 %: tenths
        (share(0.15, 0.03, 0.27), "20 %"),  # +- 12 %: tens
        (share(0.02, 0.001, 0.3), "2 %"),  # one digit is left, whatever the interval
        (share(0.0, 0.0, 0.0003712), "< 0.038 %"),
        (share(1.0, 0.9961, 1.0), "> 99.61 %"),
        (share(math.nan, math.nan, math.nan), "-"),
        (seconds(14.21, 13.1, 15.4), "14 s"),
        (seconds(0.0, 0.0, 1.72), "< 1.8 s"),
        (seconds(46.53, 39.0, math.inf), "47 s"),  # a quantile without an upper end
        (Estimate("outbound", "offered", "per day", 974.8, 966.1, 983.5), "975"),
        (Estimate("outbound", "offered", "per day", 974.8, 800.0, 1150.0), "1000"),
        (Estimate("ports", "busy_mean", "ports", 1.9827, 1.9656, 1.9999), "1.98"),
    ],
)
def test_a_value_shows_no_more_digits_than_its_interval_supports(
    estimate: Estimate, text: str
) -> None:
    assert value_text(estimate) == text


@given(
    value=st.floats(1e-6, 0.5),
    below=st.floats(0.01, 0.99),
    above=st.floats(0.01, 0.99),
)
def test_a_shown_value_lies_within_its_interval_or_half_a_digit_off(
    value: float, below: float, above: float
) -> None:
    estimate = share(value, value * below, value * (1 + above))
    shown = float(value_text(estimate).removesuffix(" %")) / 100
    assert abs(shown - value) <= max(estimate.half_width, value / 2)


@given(value=st.floats(1e-9, 1e6))
def test_bounds_are_rounded_outward(value: float) -> None:
    assert float(up(value)) >= value * (1 - 1e-9)
    assert float(down(value)) <= value * (1 + 1e-9)
    assert float(up(value)) - value <= 0.1 * value * (1 + 1e-6)


def test_an_interval_never_looks_as_if_it_had_no_width() -> None:
    assert interval_text(share(0.001, 0.000995, 0.001005)) == "0.09950 to 0.10050 %"


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        (share(0.0109, 0.010043, 0.01187), "1.004 to 1.187 %"),
        (share(0.0096, 0.0089, 0.010004), "0.8900 to 1.0004 %"),
        (share(0.012, 0.011, 0.013), "1.10 to 1.30 %"),
    ],
)
def test_an_end_beside_the_target_is_not_rounded_onto_it(estimate: Estimate, text: str) -> None:
    assert interval_text(estimate, against=0.01) == text


def test_an_interval_without_an_upper_end_says_so() -> None:
    assert interval_text(seconds(46.5, 39.0, math.inf)).endswith("to more s")


def test_one_day_has_no_interval() -> None:
    assert "no interval" in interval_text(share(0.1, math.nan, math.nan))


def test_shares_that_people_wrote_come_back_as_they_were() -> None:
    assert [share_text(each) for each in (0.01, 0.125, 1 / 3)] == ["1 %", "12.5 %", "33.3333 %"]
    assert down_from_whole(0.9) == "90"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0232574, "share", "2.33 %"),
        (0.0, "share", "0 %"),
        (3e-9, "share", "3e-07 %"),
        (1.9376, "ports", "1.94"),
        (math.nan, "share", "-"),
    ],
)
def test_computed_values_have_three_digits(value: float, unit: str, text: str) -> None:
    assert computed_text(value, unit) == text
