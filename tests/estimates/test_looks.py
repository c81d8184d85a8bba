"""Bounds that hold over several looks, against published constants and against chance itself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from flexports.estimates.looks import tail_at_each_look


@pytest.mark.parametrize("tail", [0.025, 0.005, 0.0005])
@pytest.mark.parametrize("looks", [2, 4, 7])
def test_the_chance_of_any_look_beyond_the_bound_is_what_was_asked_for(
    tail: float, looks: int
) -> None:
    bound = -special.ndtri(tail_at_each_look(tail, looks))
    generator = np.random.default_rng(12)
    runs = 2_000_000
    # Sums of as many days again at each look, in units of their standard errors.
    total, days = generator.standard_normal(runs), 1
    largest = total.copy()
    for _ in range(looks - 1):
        total += generator.standard_normal(runs) * days**0.5
        days *= 2
        np.maximum(largest, total / days**0.5, out=largest)
    passed = np.count_nonzero(largest > bound)
    # Five standard deviations of a binomial number.
    assert abs(passed - tail * runs) < 5 * (tail * runs) ** 0.5


def test_two_looks_have_the_bound_of_a_bivariate_normal() -> None:
    # P(Z1 <= b, Z2 <= b) = 0.975 with correlation 1 / sqrt(2); Pocock's constant is for two sides.
    bound = -special.ndtri(tail_at_each_look(0.025, 2))
    assert bound == pytest.approx(2.178, abs=5e-4)


def test_more_looks_are_judged_more_strictly_but_never_as_strictly_as_by_bonferroni() -> None:
    tails = [tail_at_each_look(0.025, looks) for looks in range(1, 9)]
    assert tails == sorted(tails, reverse=True)
    for looks, tail in enumerate(tails[1:], start=2):
        assert 0.025 / looks < tail < 0.025
