"""Tallies add up exactly: in any order, any grouping, through a file and through a pickle."""

from __future__ import annotations

import json
import pickle
from functools import reduce
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.engine.outcomes import MISSED, RECORDED, DayOutcomes
from flexports.flows import DIALING
from flexports.tally import Layout, Moments, Tally, tally_day
from tally.by_hand import PLAN, blocked, by_hand, carried, day, gave_up, message, work

TIME = st.floats(0.0, 120.0)


@st.composite
def days(draw: st.DrawFn) -> DayOutcomes:
    """Any day: calls need not fit the ports for a tally to count them."""
    calls = []
    for number in range(draw(st.integers(0, 6))):
        at_s, answered_s, until_s = sorted(draw(st.tuples(TIME, TIME, TIME)))
        recorded = draw(st.sampled_from([0.0, RECORDED, MISSED]))
        calls.append(
            draw(
                st.sampled_from(
                    [
                        carried(number, at_s, answered_s, until_s, recorded=recorded),
                        gave_up(number, at_s, until_s),
                        blocked(number, at_s),
                        message(number, at_s, answered_s, until_s),
                        by_hand(number, at_s, until_s),
                    ]
                )
            )
        )
    begun_s, ended_s = sorted(draw(st.tuples(TIME, TIME)))
    return day(*calls, work=(work(1, DIALING, begun_s, ended_s),))


TALLIES = days().map(lambda outcomes: tally_day(PLAN, outcomes, 3, warm_up_s=7.3, within_s=11.0))


@given(TALLIES, TALLIES, TALLIES)
def test_the_grouping_of_days_does_not_matter(one: Tally, two: Tally, three: Tally) -> None:
    assert (one + two) + three == one + (two + three)


@given(TALLIES, TALLIES)
def test_the_order_of_days_does_not_matter(one: Tally, other: Tally) -> None:
    assert one + other == other + one == one.merge(other)


@given(st.lists(TALLIES, min_size=1, max_size=5))
def test_a_tally_comes_back_from_json_and_from_a_pickle(tallies: list[Tally]) -> None:
    tally = reduce(add, tallies)
    assert tally.days == len(tallies)
    assert Tally.from_dict(json.loads(json.dumps(tally.to_dict()))) == tally
    assert pickle.loads(pickle.dumps(tally)) == tally


@given(TALLIES)
def test_squares_of_a_single_day_are_the_squares_of_its_sums(tally: Tally) -> None:
    for moments in (*tally.sources, tally.ports, *tally.teams):
        for name in moments.layout.names:
            assert moments.product(name, name) == moments.sum(name) ** 2
        for one, other in moments.layout.ratios:
            product = moments.sum(one) * moments.sum(other)
            assert moments.product(one, other) == moments.product(other, one) == product


def test_a_sum_of_squares_is_not_the_square_of_a_sum() -> None:
    tally = reduce(
        add, [tally_day(PLAN, day(*[blocked(n, n) for n in range(k)]), 1) for k in (1, 3)]
    )
    assert tally.sources[1].sum("blocked") == 4
    assert tally.sources[1].product("blocked", "blocked") == 1 + 9


def test_numbers_beyond_floats_stay_exact() -> None:
    large = Moments.of_day(Layout(("ticks",)), [2**60 + 1])
    both = large + large
    assert both.sum("ticks") == 2**61 + 2
    assert both.product("ticks", "ticks") == 2 * (2**60 + 1) ** 2


def test_a_tally_does_not_grow_with_the_number_of_days() -> None:
    one = tally_day(PLAN, day(carried(0, 10, 15, 30)), 3)
    thousand = reduce(add, [one] * 1000)
    assert len(json.dumps(thousand.to_dict())) < 1.5 * len(json.dumps(one.to_dict()))


@pytest.mark.parametrize("other", [{"ports": 4}, {"within_s": 1.0}, {"warm_up_s": 1.0}])
def test_days_that_were_not_observed_alike_do_not_add_up(other: dict[str, float]) -> None:
    alike = {"ports": 3, "within_s": 20.0, "warm_up_s": 0.0}
    with pytest.raises(ValueError, match="do not add up"):
        tally_day(PLAN, day(), **alike) + tally_day(PLAN, day(), **(alike | other))


def test_counts_that_would_overflow_are_refused() -> None:
    tally = tally_day(PLAN, day(carried(0, 10, 15, 30)), 3)
    saved = tally.to_dict()
    saved["days"] = 2**40
    with pytest.raises(OverflowError, match="too many days"):
        Tally.from_dict(saved)
