"""What it costs when things go wrong."""

from __future__ import annotations

from functools import reduce
from operator import add

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.engine.outcomes import MISSED, DayOutcomes
from flexports.estimates import cost_of_failures
from flexports.estimates.ratios import weighted_sum
from flexports.tally import Layout, Moments, Tally, tally_day
from tally.by_hand import PLAN, blocked, by_hand, carried, day, message

LOST, BY_HAND, MISSED_ONE = ("toll-free", "lost"), ("outbound", "by_hand"), ("toll-free", "missed")
PRICES = {LOST: 20.0, BY_HAND: 0.5, MISSED_ONE: 3.0}

BAD = day(blocked(0, 10), blocked(1, 20), by_hand(0, 0, 5), carried(2, 30, 30, 40, recorded=MISSED))
GOOD = day(carried(0, 10, 10, 20), message(0, 0, 5, 15), by_hand(1, 20, 30))


def tallied(*outcomes: DayOutcomes) -> Tally:
    return reduce(add, [tally_day(PLAN, each, 3) for each in outcomes])


def test_the_cost_by_hand() -> None:
    # 2 x 20 + 0.50 + 3 = 43.50 on one day, 0.50 on the other: 22 a day.
    one = cost_of_failures(tallied(BAD, GOOD), PRICES, unit="USD per day")
    assert (one.source, one.metric, one.unit) == ("cost", "cost_of_failures", "USD per day")
    assert one.value == pytest.approx(22.0)
    assert one.low < 22.0 < one.high


def test_what_has_no_price_costs_nothing() -> None:
    assert cost_of_failures(tallied(BAD, GOOD), {LOST: 20.0}).value == pytest.approx(20.0)
    nothing = cost_of_failures(tallied(BAD, GOOD), {})
    assert (nothing.value, nothing.low, nothing.high) == (0.0, 0.0, 0.0)


def test_where_nothing_went_wrong_the_dearest_failure_may_have() -> None:
    # None in two days: fewer than -ln(0.025) = 3.69 of 20 each.
    one = cost_of_failures(tallied(day(), day()), PRICES)
    assert (one.value, one.low) == (0.0, 0.0)
    assert one.high == pytest.approx(3.689 / 2 * 20, rel=1e-3)


def test_a_price_of_what_cannot_go_wrong_is_an_error() -> None:
    with pytest.raises(ValueError, match="what can: by_hand of outbound, lost of outbound"):
        cost_of_failures(tallied(BAD, GOOD), {("toll-free", "by_hand"): 1.0})


@pytest.mark.parametrize("price", [-1.0, float("nan"), float("inf")])
def test_a_price_is_a_number_and_not_negative(price: float) -> None:
    with pytest.raises(ValueError, match="is no price"):
        cost_of_failures(tallied(BAD, GOOD), {LOST: price})


FAILURES = Layout(("a", "b", "c"), ratios=(("a", "b"), ("a", "c"), ("b", "c")))


@given(
    st.lists(st.tuples(*[st.integers(0, 1000)] * 3), min_size=2, max_size=9),
    st.tuples(*[st.floats(0.0, 1e4)] * 3),
)
def test_mean_and_variance_are_those_of_the_days_costs(
    days: list[tuple[int, int, int]], weights: tuple[float, float, float]
) -> None:
    moments = reduce(add, [Moments.of_day(FAILURES, each) for each in days])
    point = weighted_sum(moments, dict(zip("abc", weights, strict=True)), len(days))
    costs = np.array(days) @ np.array(weights)
    assert point.value == pytest.approx(costs.mean())
    variance = costs.var(ddof=1) / len(days)
    assert point.variance == pytest.approx(variance, rel=1e-9, abs=1e-12 * costs.max() ** 2)


def test_days_of_equal_cost_have_no_variance_however_it_is_made_up() -> None:
    # 3 of 0.1 and none of 0.3, or none and 1: the same, but for 0.1 not being a third of 0.3.
    layout = Layout(("a", "b"), ratios=(("a", "b"),))
    moments = Moments.of_day(layout, [2, 0]) + Moments.of_day(layout, [0, 1])
    assert weighted_sum(moments, {"a": 0.25, "b": 0.5}, 2) == (0.5, 0.0)
