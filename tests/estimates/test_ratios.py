"""Values over days and their variances."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.estimates.ratios import Point, mean, ratio
from flexports.tally import Layout, Moments

CALLS = Layout(("blocked", "offered"), ratios=(("blocked", "offered"),))


def days(*pairs: tuple[int, int]) -> Moments:
    first, *others = (Moments.of_day(CALLS, pair) for pair in pairs)
    return sum(others, start=first)


def test_a_ratio_is_total_over_total_not_a_mean_of_ratios() -> None:
    # 1 of 10 and 3 of 90: 4 / 100, where the mean of the two ratios is 0.0667.
    assert ratio(days((1, 10), (3, 90)), "blocked", "offered", 2).value == 0.04


def test_the_variance_of_a_ratio_by_hand() -> None:
    # R = 4/30; residuals 1 - 10 R = -1/3 and 3 - 20 R = 1/3; v = 2/1 x (1/9 + 1/9) / 30**2.
    point = ratio(days((1, 10), (3, 20)), "blocked", "offered", 2)
    assert point.variance == pytest.approx(2 * (2 / 9) / 900, rel=1e-15)


def test_the_variance_is_zero_if_and_only_if_every_day_has_the_same_ratio() -> None:
    assert ratio(days((1, 10), (3, 30)), "blocked", "offered", 2).variance == 0.0
    # A difference of one in 10**12 is not lost in rounding.
    nearly = ratio(days((10**12, 10**13), (10**12 + 1, 10**13)), "blocked", "offered", 2)
    assert nearly.variance > 0.0


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 100)), min_size=2, max_size=9))
def test_the_variance_of_a_ratio_is_that_of_its_residuals(pairs: list[tuple[int, int]]) -> None:
    y, x = np.array(pairs).T
    point = ratio(days(*pairs), "blocked", "offered", len(pairs))
    residuals = y - y.sum() / x.sum() * x
    expected = len(pairs) * residuals.var(ddof=1) / x.sum() ** 2
    assert point.variance == pytest.approx(expected, rel=1e-9, abs=1e-20)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=9))
def test_the_variance_of_a_mean_is_that_of_the_sample_over_its_size(offered: list[int]) -> None:
    point = mean(days(*((0, n) for n in offered)), "offered", len(offered))
    assert point.value == pytest.approx(np.mean(offered))
    expected = np.var(offered, ddof=1) / len(offered)
    assert point.variance == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_mean_in_other_units() -> None:
    # 10 and 14 are 5 and 7 in units of 2: 6, with variance (1 + 1) / 1 / 2 = 1.
    assert mean(days((0, 10), (0, 14)), "offered", 2, unit=2) == Point(6.0, 1.0)


def test_the_ratio_of_nothing_to_nothing_is_not_a_number() -> None:
    assert all(map(math.isnan, ratio(days((0, 0), (0, 0)), "blocked", "offered", 2)))


def test_one_day_has_a_value_and_no_variance() -> None:
    value, variance = ratio(days((1, 10)), "blocked", "offered", 1)
    assert value == 0.1
    assert math.isnan(variance)
