"""What must hold of every interval; how often they contain the truth is in test_coverage."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from flexports.estimates.intervals import (
    Certainty,
    amount,
    difference,
    share_of_calls,
    share_of_time,
)

SURE = Certainty(0.95, days=400)
CERTAINTIES = st.builds(
    Certainty, st.sampled_from([0.8, 0.95, 0.99]), st.sampled_from([2, 3, 10, 100, 10_000])
)
SHARES = st.floats(1e-18, 1.0) | st.just(0.0)
VARIANCES = st.sampled_from([0.0, 1e-30, 1e-12, 1e-9, 1e-6, 1e-3, 0.1, 1.0])


@given(st.data(), st.integers(1, 10**7), VARIANCES, CERTAINTIES)
def test_an_interval_of_a_share_of_calls_is_wide_and_contains_the_share(
    data: st.DataObject, calls: int, variance: float, sure: Certainty
) -> None:
    events = data.draw(st.integers(0, calls))
    low, high = share_of_calls(events, calls, variance, sure)
    assert 0.0 <= low <= events / calls <= high <= 1.0
    assert low < high


@given(SHARES, VARIANCES, st.floats(1e-6, 1.0), CERTAINTIES)
@example(2.0**-23, 1e-30, 1.0, Certainty(0.8, 3))  # days that agree nearly to a billionth
def test_an_interval_of_a_share_of_time_is_wide_and_contains_the_share(
    share: float, variance: float, unseen: float, sure: Certainty
) -> None:
    low, high = share_of_time(share, variance, unseen, sure)
    assert 0.0 <= low <= share <= high <= 1.0
    assert low < high


@pytest.mark.parametrize("share", [0.5, 1e-3, 1.0 - 1e-6])
def test_intervals_of_very_many_events_join_those_of_fewer(share: float) -> None:
    halves = []
    for events in (0.99e11, 1.01e11):
        variance = share * (1.0 - share) * min(share, 1.0 - share) / events
        low, high = share_of_time(share, variance, 0.0, Certainty(0.95, 10))
        halves += [(share - low) * math.sqrt(events), (high - share) * math.sqrt(events)]
    assert halves == pytest.approx([halves[0]] * 4, rel=1e-4)


@given(st.floats(1e-6, 1e6), VARIANCES, st.floats(1e-3, 1.0), CERTAINTIES)
def test_an_interval_of_an_amount_is_wide_and_contains_the_amount(
    value: float, variance: float, unseen: float, sure: Certainty
) -> None:
    low, high = amount(value, variance, unseen, sure)
    assert 0.0 <= low <= value <= high
    assert low < high


@pytest.mark.parametrize("days", [10, 50, 400])
def test_intervals_merge_into_the_usual_ones_as_events_accumulate(days: int) -> None:
    sure = Certainty(0.95, days)
    share, calls, variance = 0.05, 10**9, 4 * 0.05 * 0.95 / 10**9  # a design effect of 4
    half = stats.t.ppf(0.975, days - 1) * math.sqrt(variance)
    usual = pytest.approx((share - half, share + half), rel=1e-6)
    assert share_of_calls(int(share * calls), calls, variance, sure) == usual
    assert share_of_time(share, variance, 0.0, sure) == usual
    assert amount(share, variance, 0.0, sure) == usual


def test_days_that_differ_less_than_chance_would_make_them_narrow_the_interval() -> None:
    # A pool that is always full carries the same number of calls every day.
    independent = 0.5 * 0.5 / 10**6
    wide = share_of_calls(500_000, 10**6, independent, SURE)
    narrow = share_of_calls(500_000, 10**6, independent / 100, SURE)
    assert narrow[1] - narrow[0] == pytest.approx((wide[1] - wide[0]) / 10, rel=0.01)


def test_none_of_many_calls_excludes_what_four_times_fewer_independent_calls_would() -> None:
    # Clopper and Pearson: 1 - 0.025**(1 / (1000 / 4)).
    low, high = share_of_calls(0, 1000, 0.0, SURE)
    assert low == 0.0
    assert high == pytest.approx(1 - 0.025 ** (4 / 1000), rel=1e-12)
    assert share_of_calls(1000, 1000, 0.0, SURE) == pytest.approx((1 - high, 1.0))


def test_one_event_more_raises_the_upper_bound_about_as_far_as_it_should() -> None:
    # From none to one, the design effect goes from assumed to seen: the bound may fall by 2 %.
    bounds = [share_of_calls(events, 10**6, events / 10**12, SURE)[1] for events in range(50)]
    assert all(after > 0.98 * before for before, after in pairwise(bounds))


@given(st.integers(1, 200), st.sampled_from([0.5, 1.0, 3.0, 20.0]))
def test_a_share_and_its_complement_have_mirrored_intervals(events: int, effect: float) -> None:
    variance = effect * events * (1000 - events) / 1000**3
    low, high = share_of_calls(events, 1000, variance, SURE)
    assert share_of_calls(1000 - events, 1000, variance, SURE) == pytest.approx((1 - high, 1 - low))


def test_more_days_that_differ_as_much_narrow_the_interval() -> None:
    widths = []
    for days in (2, 5, 20, 100):
        low, high = share_of_calls(50, 1000, 1e-4, Certainty(0.95, days))
        widths.append(high - low)
    assert widths == sorted(widths, reverse=True)


def test_a_higher_confidence_widens_the_interval() -> None:
    bounds = [share_of_calls(5, 1000, 5e-6, Certainty(level, 50)) for level in (0.8, 0.95, 0.99)]
    assert sorted(bounds, key=lambda bound: bound[1] - bound[0]) == bounds


def test_where_all_days_agree_what_went_unseen_bounds_the_share() -> None:
    assert share_of_time(0.0, 0.0, 0.01, SURE) == (0.0, 0.01)
    assert share_of_time(1.0, 0.0, 0.01, SURE) == (0.99, 1.0)
    assert share_of_time(0.3, 0.0, 0.1, SURE) == pytest.approx((0.2, 0.4))
    assert share_of_time(0.3, 0.0, 0.5, SURE) == pytest.approx((0.0, 0.8))
    assert amount(12.0, 0.0, 0.5, SURE) == (11.5, 12.5)
    assert amount(0.0, 0.0, 0.5, SURE) == (0.0, 0.5)


def test_nothing_is_known_of_no_calls_or_from_one_day() -> None:
    assert all(map(math.isnan, share_of_calls(0, 0, math.nan, SURE)))
    one_day = Certainty(0.95, days=1)
    assert all(map(math.isnan, share_of_calls(3, 10, math.nan, one_day)))
    assert all(map(math.isnan, share_of_time(0.3, math.nan, 0.1, one_day)))
    assert all(map(math.isnan, amount(0.3, math.nan, 0.1, one_day)))


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95.0, -0.5, math.nan])
def test_a_confidence_is_between_0_and_1(confidence: float) -> None:
    with pytest.raises(ValueError, match=r"say 0\.95"):
        Certainty(confidence, days=10)


def test_controls_narrow_an_interval_by_what_they_explain_however_few_events() -> None:
    # 200 of 4000 calls; a tenth of the variance is left, so the length falls by sqrt(10) = 3.16.
    variance = 2 * 0.05 * 0.95 / 4000
    plain = share_of_calls(200, 4000, variance, SURE)
    low, high = share_of_calls(200, 4000, variance, SURE, corrected=(0.05, variance / 10))
    assert (plain[1] - plain[0]) / (high - low) == pytest.approx(3.16, rel=0.02)
    assert low < 0.05 < high


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e3), CERTAINTIES)
def test_a_difference_reaches_as_far_as_student_says_and_further_away_from_zero(
    value: float, error: float, sure: Certainty
) -> None:
    low, high = difference(value, error**2, sure)
    student = stats.t(sure.days - 1).isf(sure.tail) * error
    towards, away = (value - low, high - value) if value > 0 else (high - value, value - low)
    assert towards == pytest.approx(student, rel=1e-9, abs=1e-9 * abs(value))
    assert away >= towards * (1 - 1e-9) - 1e-9 * abs(value)
    assert difference(-value, error**2, sure) == pytest.approx((-high, -low))


def test_a_difference_of_few_events_reaches_as_far_as_their_poisson_interval() -> None:
    # Garwood (1936): of 9 events, at 95 %, the mean is 17.08 at most; of 100, 121.63.
    many_days = Certainty(0.95, days=10**7)
    for events, most in ((9, 17.085), (100, 121.63)):
        assert difference(events, events, many_days)[1] == pytest.approx(most, abs=0.005)


def test_a_difference_of_nothing_has_students_interval_and_no_leap_beside_it() -> None:
    low, high = difference(0.0, 1.0, SURE)
    assert (low, high) == pytest.approx(stats.t(SURE.days - 1).interval(0.95))
    for value in (-2.0, -1e-6, 1e-6, 2.0):
        beside = difference(value * (1 + 1e-6), 1.0, SURE)
        assert difference(value, 1.0, SURE) == pytest.approx(beside, abs=1e-4)
    assert difference(1e-6, 1.0, SURE) == pytest.approx((low, high), abs=1e-4)
