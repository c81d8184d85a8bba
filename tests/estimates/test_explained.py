"""What controls take out, and how sure that leaves a value."""

from __future__ import annotations

import numpy as np
import pytest

from flexports.estimates.explained import FEWEST, MORE, Explained
from flexports.estimates.ratios import Point
from flexports.tally import STRANDS, Strands

UNIT = 1000
CALLS = ("calls", "lost")


def explained(control: np.ndarray, lost: np.ndarray, mean: float) -> Explained:
    """Days with a control and a quantity, in thousandths."""
    columns = [np.rint(UNIT * each).astype(int).tolist() for each in (control, lost)]
    strands = Strands.of_days(("control", "lost of calls"), range(len(lost)), columns)
    return Explained(strands, {"control": UNIT * mean})


def plain(lost: np.ndarray) -> Point:
    return Point(float(lost.mean()), float(lost.var(ddof=1) / len(lost)))


def test_what_follows_from_a_control_is_known_without_error() -> None:
    control = np.random.default_rng(1).normal(5.0, 1.0, 60)
    lost = 3.0 + 2.0 * control
    found = explained(control, lost, mean=5.0).mean(CALLS, UNIT, plain(lost))
    assert found.value == pytest.approx(3.0 + 2.0 * 5.0, abs=1e-3)
    assert found.variance < 1e-8 * plain(lost).variance + 1e-6 / 60


@pytest.mark.parametrize("days", [40, STRANDS, 3 * STRANDS + 50])
def test_the_variance_is_how_far_the_value_strays(days: int) -> None:
    # Busy days are rare, follow no straight line, and differ more among themselves.
    generator = np.random.default_rng(days)
    values, variances = [], []
    for _ in range(1500):
        control = generator.gamma(4.0, 1.0, days)
        lost = control**1.5 + generator.normal(0.0, 0.2, days) * control
        found = explained(control, lost, mean=4.0).mean(CALLS, UNIT, plain(lost))
        values.append(found.value)
        variances.append(found.variance)
    # The error of a variance of 1,500 values of about normal shape is 4 %; HC3 is a little above.
    assert np.var(values) == pytest.approx(np.mean(variances), rel=0.2)
    assert np.mean(variances) > 0.9 * np.var(values)


def test_as_many_degrees_are_lost_as_there_are_controls_and_days_in_one_strand() -> None:
    for days in (50, STRANDS, STRANDS + 72):
        some = np.random.default_rng(2).normal(5.0, 1.0, days)
        assert explained(some, some, 5.0).degrees_lost == 1 + max(0, days - STRANDS)


def test_a_control_that_never_varies_tells_nothing() -> None:
    lost = np.random.default_rng(3).normal(5.0, 1.0, 60)
    assert not explained(np.full(60, 7.0), lost, mean=7.0).explains(plain(lost))


def test_a_control_that_another_one_tells_already_is_left_out() -> None:
    control = np.random.default_rng(4).normal(5.0, 1.0, 60)
    columns = np.rint(UNIT * np.array([control, 2 * control, control])).astype(int).tolist()
    strands = Strands.of_days(("one", "twice", "lost of calls"), range(60), columns)
    assert Explained(strands, {"one": 5.0 * UNIT, "twice": 10.0 * UNIT}).degrees_lost == 1


def test_it_takes_days_enough_and_a_value_that_is_worth_some_events() -> None:
    lost = np.random.default_rng(5).normal(5.0, 1.0, FEWEST + MORE)
    assert explained(lost, lost, 5.0).explains(plain(lost))
    assert not explained(lost[1:], lost[1:], 5.0).explains(plain(lost[1:]))
    assert not explained(lost, lost, 5.0).explains(Point(3.0, 1.0))
