"""Designs: which combinations, in which order; what is drawn, from what."""

import math
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.experiment.design import DRAWN, KINDS, combinations, size_of
from flexports.experiment.ranges import End, Range
from flexports.problems import InputError

UNIT = Range(low=End(0.0), high=End(1.0))
COUNT = Range(low=End(1.0, is_whole=True), high=End(4.0, is_whole=True))


def test_a_grid_has_every_combination_the_last_factor_changing_fastest() -> None:
    found = combinations("grid", {"a": (1, 2), "b": ("x", "y", "z")}, None, seed=1)
    pairs = [(1, "x"), (1, "y"), (1, "z"), (2, "x"), (2, "y"), (2, "z")]
    assert [tuple(one.values()) for one in found] == pairs


def test_a_list_puts_values_side_by_side() -> None:
    found = list(combinations("list", {"a": (1, 2, 2), "b": (5, 5, 7)}, None, seed=1))
    assert found == [{"a": 1, "b": 5}, {"a": 2, "b": 5}, {"a": 2, "b": 7}]


@pytest.mark.parametrize("kind", ["grid", "list"])
def test_without_factors_there_is_one_point(kind: str) -> None:
    assert list(combinations(kind, {}, None, seed=1)) == [{}]
    assert size_of(kind, {}, None) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_size_is_known_before_anything_is_made(kind: str) -> None:
    factors = {"a": UNIT, "b": COUNT} if kind in DRAWN else {"a": (1, 2), "b": (3, 4)}
    made = list(combinations(kind, factors, 8, seed=1))
    assert size_of(kind, factors, 8) == len(made)


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [
        ("latin-hypercube", [(0.315926, 2), (0.00943956, 3), (0.777636, 1), (0.680339, 4)]),
        ("sobol", [(0.533848, 3), (0.0561035, 1), (0.476907, 4), (0.987795, 2)]),
    ],
)
def test_what_is_drawn_never_changes(kind: str, drawn: list[tuple[float, int]]) -> None:
    """As first drawn: an experiment that is begun again has to find the same points."""
    found = [tuple(one.values()) for one in combinations(kind, {"a": UNIT, "b": COUNT}, 4, seed=1)]
    assert found == drawn


@pytest.mark.parametrize("kind", DRAWN)
def test_the_seed_decides_what_is_drawn(kind: str) -> None:
    first, again, other = (list(combinations(kind, {"a": UNIT}, 8, seed)) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize("kind", DRAWN)
def test_each_sixteenth_of_each_range_is_drawn_from_once(kind: str) -> None:
    """The law of Latin hypercubes, and of Sobol' points of a power of 2."""
    rows = list(combinations(kind, {"a": UNIT, "b": UNIT, "c": UNIT}, 16, seed=3))
    for path in "abc":
        assert sorted(math.floor(16 * row[path]) for row in rows) == list(range(16))  # type: ignore[operator]


def test_whole_numbers_are_drawn_equally_often_both_ends_included() -> None:
    rows = combinations("sobol", {"b": COUNT}, 64, seed=5)
    assert Counter(row["b"] for row in rows) == {1: 16, 2: 16, 3: 16, 4: 16}


def test_a_logarithmic_range_has_as_many_below_its_geometric_mean_as_above() -> None:
    rate = Range(low=End(1.0, "per hour"), high=End(100.0, "per hour"), scale="log")
    rows = combinations("sobol", {"rate": rate}, 64, seed=5)
    below = [float(str(row["rate"]).split()[0]) < 10 for row in rows]
    assert below.count(True) == 32


ENDS = st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9).map(lambda x: round(x, 6))
SHARES = st.floats(0, 1, exclude_max=True)


@given(ends=st.tuples(ENDS, ENDS), share=SHARES, unit=st.sampled_from(["", "per hour"]))
def test_what_lies_in_a_range_lies_between_its_ends(
    ends: tuple[float, float], share: float, unit: str
) -> None:
    low, high = sorted(map(float, ends))
    if low == high:
        return
    value = Range(low=End(low, unit), high=End(high, unit)).at(share)
    number = float(str(value).removesuffix(unit))
    assert low <= number <= high
    assert number == pytest.approx(low + share * (high - low), abs=1e-5 * (high - low))


@given(shares=st.lists(SHARES, min_size=2, max_size=5), whole=st.booleans(), log=st.booleans())
def test_what_lies_further_along_a_range_is_no_less(
    shares: list[float], whole: bool, log: bool
) -> None:
    scale = "log" if log else "linear"
    one = Range(low=End(2.0), high=End(900.0), whole=whole, scale=scale)
    values = [one.at(share) for share in sorted(shares)]
    assert all(a <= b for a, b in pairwise(values))  # type: ignore[operator]
    assert all(isinstance(value, int) == whole for value in values)


@pytest.mark.parametrize(
    ("low", "high", "whole", "shown"),
    [
        (End(5.0, is_whole=True), End(20.0, is_whole=True), None, (5, 20)),
        (End(5.0, is_whole=True), End(20.0, is_whole=True), False, (5.0, 20.0)),
        (End(5.0, is_whole=True), End(20.5), None, (5.0, 20.5)),
        (End(1.123456789), End(2.0), None, (1.123456789, 2.0)),
        (End(1.5, "min"), End(30.0, "min"), None, ("1.5 min", "30 min")),
    ],
)
def test_ends_are_as_they_were_written(
    low: End, high: End, whole: bool | None, shown: tuple[object, object]
) -> None:
    ends = Range(low=low, high=high, whole=whole).ends
    assert ends == shown
    assert [type(end) for end in ends] == [type(end) for end in shown]


def test_a_range_that_runs_backwards_cannot_be_made() -> None:
    with pytest.raises(InputError, match=r"to: 1.0 is not above 2; write the smaller end as from"):
        Range(low=End(2.0), high=End(1.0))
