"""The histogram of hold."""

from __future__ import annotations

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flexports.tally import HOLD_EDGES_S, HoldCounts

HOLDS = st.lists(st.floats(0.0, 1e6), max_size=20).map(np.array)


def test_its_edges_are_zero_and_then_a_hundredth_apart() -> None:
    assert HOLD_EDGES_S[0] == 0.0
    assert HOLD_EDGES_S[1] == 0.05
    assert HOLD_EDGES_S[-1] == 2 * 86_400.0
    steps = HOLD_EDGES_S[2:] / HOLD_EDGES_S[1:-1]
    assert 1.0099 < steps.min() <= steps.max() < 1.01


@given(HOLDS)
def test_it_counts_the_holds_up_to_each_edge(holds_s: np.ndarray) -> None:
    counts = HoldCounts.of_day(holds_s)
    below = (holds_s[:, None] <= HOLD_EDGES_S).sum(axis=0)
    assert np.array_equal(counts.counts, below)
    assert np.array_equal(counts.squares, below**2)
    assert np.array_equal(counts.crosses, below * len(holds_s))


def test_no_hold_at_all_is_told_from_the_shortest() -> None:
    counts = HoldCounts.of_day(np.array([0.0, 0.0, 0.001]))
    assert counts.counts[:2].tolist() == [2, 3]


@given(HOLDS, HOLDS)
def test_it_comes_back_from_json(one: np.ndarray, other: np.ndarray) -> None:
    counts = HoldCounts.of_day(one) + HoldCounts.of_day(other)
    assert HoldCounts.from_dict(json.loads(json.dumps(counts.to_dict()))) == counts


def test_what_is_saved_ends_with_the_longest_hold() -> None:
    saved = HoldCounts.of_day(np.array([0.0, 0.05, 1.0])).to_dict()
    assert len(saved["counts"]) == np.searchsorted(HOLD_EDGES_S, 1.0) + 1
