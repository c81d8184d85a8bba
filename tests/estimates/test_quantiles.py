"""Quantiles of hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.estimates.intervals import Certainty
from flexports.estimates.quantiles import HoldQuantiles
from flexports.tally import HOLD_EDGES_S, HoldCounts, Layout, Moments

ASKED = Layout(("asked",))


def quantiles(*days: list[float] | np.ndarray) -> HoldQuantiles:
    """Of days, each given by its holds."""
    holds = [HoldCounts.of_day(np.asarray(day)) for day in days]
    asked = [Moments.of_day(ASKED, [len(day)]) for day in days]
    return HoldQuantiles(
        sum(holds[1:], start=holds[0]),
        sum(asked[1:], start=asked[0]),
        Certainty(0.95, len(days)),
    )


def test_they_are_those_of_the_sample_to_within_a_bin() -> None:
    holds = np.random.default_rng(1).exponential(60.0, (20, 500))
    found = quantiles(*holds)
    for p in (0.1, 0.5, 0.9, 0.99):
        assert found.value(p) == pytest.approx(np.quantile(holds, p), rel=0.01)


def test_between_edges_they_are_interpolated() -> None:
    # Ten holds, all in the bin that ends at 1.0 s or just above: p50 is half way through it.
    edge = int(np.searchsorted(HOLD_EDGES_S, 1.0))
    middle = (HOLD_EDGES_S[edge - 1] + HOLD_EDGES_S[edge]) / 2
    assert quantiles([1.0] * 10, [1.0] * 10).value(0.5) == pytest.approx(middle)


def test_where_most_do_not_hold_the_median_is_zero_to_within_the_shortest_hold_told() -> None:
    found = quantiles(*[[0.0] * 90 + [30.0] * 10] * 20)
    assert found.value(0.5) == 0.0
    assert found.interval(0.5) == (0.0, 0.05)


def test_where_about_half_do_not_hold_the_median_is_from_zero_up() -> None:
    generator = np.random.default_rng(2)
    found = quantiles(*[np.where(generator.random(20) < 0.5, 0.0, 30.0) for _ in range(20)])
    low, high = found.interval(0.5)
    assert low == 0.0
    assert high > 29.0


@given(
    st.lists(
        st.lists(st.floats(0.0, 1e4) | st.just(0.0), max_size=12).map(np.array),
        min_size=2,
        max_size=8,
    ).filter(lambda days: sum(map(len, days)) > 0),
    st.sampled_from([0.01, 0.5, 0.9, 0.99]),
)
def test_an_interval_is_wide_and_contains_the_quantile(days: list[np.ndarray], p: float) -> None:
    found = quantiles(*days)
    low, high = found.interval(p)
    assert 0.0 <= low <= found.value(p) <= high
    assert low < high


def test_the_interval_is_that_of_the_share_at_its_ends() -> None:
    # Half of 4000 independent holds are below 100 s: its interval is 0.5 +- 1.96 / sqrt(16 000),
    # so the shares 0.4845 and 0.5155 of about uniform holds of 0 to 200 s; and a bin of 1 %.
    holds = np.random.default_rng(3).uniform(0.0, 200.0, (200, 20))
    low, high = quantiles(*holds).interval(0.5)
    value = quantiles(*holds).value(0.5)
    assert value - low == pytest.approx(3.1, abs=1.8)
    assert high - value == pytest.approx(3.1, abs=1.8)


def test_few_calls_do_not_bound_a_high_quantile_from_above() -> None:
    # 0.025**(4 / 200) = 0.93: even the longest of 200 holds may be below the 99th percentile.
    low, high = quantiles(*[[30.0] * 20] * 10).interval(0.99)
    assert low < 30.0
    assert high == math.inf


def test_holds_beyond_the_last_edge_are_longer_than_any_number() -> None:
    assert quantiles([1e6] * 10, [1e6] * 10).value(0.5) == math.inf


def test_nobody_has_no_quantiles() -> None:
    found = quantiles([], [])
    assert math.isnan(found.value(0.5))
    assert all(map(math.isnan, found.interval(0.5)))


def test_one_day_has_no_intervals() -> None:
    found = quantiles([10.0] * 5)
    assert found.value(0.5) == pytest.approx(10.0, rel=0.01)
    assert all(map(math.isnan, found.interval(0.5)))


def test_an_interval_may_be_narrower_than_a_bin() -> None:
    # Half of 1,000,000 holds are below 100 s: 0.5 +- 1.96 / 2000 of about uniform holds of 0 to
    # 200 s is 100 +- 0.2 s, and a bin there is 1 s.
    holds = np.random.default_rng(4).uniform(0.0, 200.0, (200, 5000))
    low, high = quantiles(*holds).interval(0.5)
    assert low < 100.0 < high
    assert high - low == pytest.approx(0.4, abs=0.15)


def test_holds_of_one_length_are_inside_the_interval_wherever_they_are_in_their_bin() -> None:
    # 5 % of callers hang up after just so long, others hold for up to 200 s: p50 is that length.
    edge = int(np.searchsorted(HOLD_EDGES_S, 100.0))
    for part in (0.01, 0.5, 0.99):
        length = HOLD_EDGES_S[edge - 1] + part * (HOLD_EDGES_S[edge] - HOLD_EDGES_S[edge - 1])
        holds = np.random.default_rng(5).uniform(0.0, 200.0, (400, 500))
        holds[:, :25] = length
        low, high = quantiles(*holds).interval(0.5)
        assert low <= length <= high
