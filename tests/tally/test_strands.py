"""Sums by strands of days: they add up exactly, and tell each of few days by itself."""

from __future__ import annotations

import json

import numpy as np
import pytest

from flexports.tally import STRANDS, Strands

NAMES = ("offered", "ticks")


def days(first: int, number: int) -> Strands:
    """Days of which each has as many calls as its number, and many ticks."""
    numbers = range(first, first + number)
    return Strands.of_days(NAMES, numbers, [list(numbers), [2**60 + day for day in numbers]])


def test_how_days_are_cut_does_not_matter() -> None:
    whole = days(0, 300)
    assert days(0, 7) + days(7, 200) + days(207, 93) == whole
    assert days(207, 93) + days(0, 7) + days(7, 200) == whole
    assert days(0, 299) != whole


def test_up_to_as_many_days_as_strands_each_is_told_by_itself() -> None:
    some = days(STRANDS - 2, 4)
    assert some.days[[0, 1, STRANDS - 2, STRANDS - 1]].tolist() == [1, 1, 1, 1]
    assert some.sums[1, 0] == STRANDS + 1
    assert days(0, STRANDS).days.tolist() == [1] * STRANDS


def test_numbers_beyond_floats_stay_exact() -> None:
    assert days(0, 300).sum("ticks") == 300 * 2**60 + sum(range(300))


def test_they_come_back_from_json() -> None:
    some = days(5, 140)
    assert Strands.from_dict(NAMES, json.loads(json.dumps(some.to_dict()))) == some


def test_sums_of_other_quantities_do_not_add_up_nor_come_back() -> None:
    other = Strands.of_days(("offered",), [1], [[1]])
    with pytest.raises(ValueError, match="different quantities"):
        days(0, 1) + other
    with pytest.raises(ValueError, match="this version"):
        Strands.from_dict(NAMES, other.to_dict())


def test_they_do_not_grow_with_the_number_of_days() -> None:
    assert len(days(0, 5000).sums) == len(days(0, 1).sums) == STRANDS
    assert np.array_equal(days(0, 1).days, np.eye(STRANDS, dtype=np.int64)[0])
