"""A day of 100 s told by intervals of 30 s: [0, 30), [30, 60), [60, 90) and [90, 100)."""

from __future__ import annotations

import json
import pickle
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.engine.outcomes import DayOutcomes
from flexports.flows import ANSWERED, LOCKED_OUT, LOST, TALKING
from flexports.tally import TICKS_PER_S, Tally, tally_day
from tally import by_hand
from tally.by_hand import OUTBOUND, TOLL_FREE, blocked, carried, gave_up, message
from tally.more_by_hand import (
    PLAN,
    day,
    dialed,
    fax,
    skipped,
    stale_without_agent,
    stale_without_port,
    talk,
    tried,
    work,
)

S = TICKS_PER_S


def tallied(*calls: list[float], ports: int = 2, warm_up_s: float = 0.0) -> Tally:
    outcomes = by_hand.day(*calls)
    return tally_day(by_hand.PLAN, outcomes, ports, warm_up_s=warm_up_s, within_s=5.0, by_s=30.0)


def of(tally: Tally, source: int, name: str) -> list[int]:
    assert tally.by_interval is not None
    return [moments.sum(name) for moments in tally.by_interval.sources[source]]


def of_ports(tally: Tally, name: str) -> list[int]:
    assert tally.by_interval is not None
    return [moments.sum(name) for moments in tally.by_interval.ports]


def test_a_call_belongs_to_the_interval_in_which_it_was_offered() -> None:
    # Offered at 29, 30 and 95 s; the last but one holds for 40 s, into the interval after.
    tally = tallied(blocked(0, 29), carried(1, 30, 70, 80), gave_up(2, 95, 99), blocked(3, 95))
    assert of(tally, TOLL_FREE, "offered") == [1, 1, 0, 2]
    assert of(tally, TOLL_FREE, "blocked") == [1, 0, 0, 1]
    assert of(tally, TOLL_FREE, "asked") == [0, 1, 0, 1]
    assert of(tally, TOLL_FREE, "answered") == [0, 1, 0, 0]
    assert of(tally, TOLL_FREE, "abandoned") == [0, 0, 0, 1]
    assert of(tally, TOLL_FREE, "in_time") == [0, 0, 0, 0]
    assert of(tally, TOLL_FREE, "hold_ticks") == [0, 40 * S, 0, 4 * S]


def test_ports_are_busy_in_the_intervals_in_which_they_are() -> None:
    # [20, 70) and [50, 65): 10, 30 + 10, 10 + 5 s; two at once over [50, 60) and [60, 65).
    tally = tallied(message(0, 0, 20, 70), carried(0, 50, 50, 65))
    assert of_ports(tally, "busy_ticks") == [10 * S, 40 * S, 15 * S, 0]
    assert of_ports(tally, "full_ticks") == [0, 10 * S, 5 * S, 0]
    assert of(tally, OUTBOUND, "offered") == [1, 0, 0, 0]


def test_what_wants_no_agent_holds_for_none() -> None:
    tally = tallied(message(0, 0, 20, 70))
    for name in ("asked", "answered", "abandoned", "hold_ticks"):
        assert of(tally, OUTBOUND, name) == [0, 0, 0, 0]


def test_intervals_count_from_opening_and_lie_in_the_span() -> None:
    # The warm-up ends at 20: calls at 19 are none of any, those at 20 of the first.
    tally = tallied(blocked(0, 19), blocked(1, 20), blocked(2, 100), warm_up_s=20.0)
    assert tally.frame.edges_s == (20.0, 30.0, 60.0, 90.0, 100.0)
    assert of(tally, TOLL_FREE, "offered") == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("warm_up_s", "by_s", "edges_s"),
    [
        (0.0, 50.0, (0.0, 50.0, 100.0)),
        (50.0, 50.0, (50.0, 100.0)),
        (30.0, 60.0, (30.0, 60.0, 100.0)),
        (0.0, 1000.0, (0.0, 100.0)),
    ],
)
def test_no_interval_is_empty(warm_up_s: float, by_s: float, edges_s: tuple[float, ...]) -> None:
    tally = tally_day(by_hand.PLAN, by_hand.day(), 2, warm_up_s=warm_up_s, by_s=by_s)
    assert tally.frame.edges_s == edges_s


@pytest.mark.parametrize("by_s", [0.0, 0.5, -900.0, inf, nan])
def test_intervals_have_a_length(by_s: float) -> None:
    with pytest.raises(ValueError, match="such as 900"):
        tally_day(by_hand.PLAN, by_hand.day(), 2, by_s=by_s)


# ---- Whatever happens

TIME = st.floats(0.0, 120.0)
TIMES = st.tuples(*[TIME] * 5).map(sorted)


@st.composite
def calls(draw: st.DrawFn, number: int) -> list[list[float]]:
    """Any call, or any attempts of one, with times in their order."""
    a, b, c, d, e = draw(TIMES)
    return draw(
        st.sampled_from(
            [
                tried(number, a, b, then=ANSWERED, **talk(b, d)),
                tried(number, a, c, e, then=LOST),
                [dialed(number, a, b, c, d, e)],
                [dialed(number, a, a, a, a, e)],
                [stale_without_port(number, a, b)],
                [stale_without_agent(number, a, b, c)],
                [skipped(number, a)],
                [fax(number, a, b, c)],
                [fax(number, a, a, c)],
            ]
        )
    )


@st.composite
def days(draw: st.DrawFn) -> DayOutcomes:
    """Any day of calls that come back, leads and faxes."""
    numbers = range(draw(st.integers(0, 6)))
    rows = [each for number in numbers for each in draw(calls(number))]
    begun_s, let_in_s, ended_s = sorted(draw(st.tuples(TIME, TIME, TIME)))
    spells = (work(0, LOCKED_OUT, begun_s, let_in_s), work(0, TALKING, let_in_s, ended_s))
    return day(*rows, work=spells)


TALLIES = days().map(
    lambda outcomes: tally_day(PLAN, outcomes, 2, warm_up_s=7.3, within_s=11.0, by_s=13.0)
)


@given(TALLIES, TALLIES, TALLIES)
def test_neither_grouping_nor_order_matters(one: Tally, two: Tally, three: Tally) -> None:
    assert (one + two) + three == one + (two + three) == (three + two) + one


@given(TALLIES, TALLIES)
def test_all_of_it_comes_back_from_json_and_from_a_pickle(one: Tally, other: Tally) -> None:
    tally = one + other
    saved = json.dumps(tally.to_dict(), allow_nan=False)
    assert Tally.from_dict(json.loads(saved)) == tally
    assert pickle.loads(pickle.dumps(tally)) == tally


@given(TALLIES)
def test_intervals_add_up_to_the_day(tally: Tally) -> None:
    for source, whole in enumerate(tally.sources):
        for name in ("offered", "blocked", "asked", "answered", "abandoned", "hold_ticks"):
            assert sum(of(tally, source, name)) == whole.sum(name)
    for name in ("busy_ticks", "full_ticks"):
        assert sum(of_ports(tally, name)) == tally.ports.sum(name)


@given(TALLIES)
def test_counts_agree_with_each_other(tally: Tally) -> None:
    for source, frame in zip(tally.sources, tally.frame.sources, strict=True):
        assert source.sum("blocked") <= source.sum("offered")
        assert source.sum("offered") == source.sum("fresh") + source.sum("retries")
        assert source.sum("asked") == source.sum("answered") + source.sum("abandoned")
        if frame.reaches:
            ended = source.sum("skipped") + source.sum("stale") + source.sum("dialed")
            assert ended == source.sum("leads")
    for team in tally.teams:
        assert sum(team.sums[:-1]) == team.sum("staffed")
        assert min(team.sums) >= 0


@given(TALLIES)
def test_failures_are_those_of_the_sources(tally: Tally) -> None:
    assert tally.frame.failures == (
        ("callers", "lost"),
        ("callers", "by_hand"),
        ("callers", "missed"),
        ("leads", "lost"),
        ("fax", "lost"),
    )
    number = {source.name: place for place, source in enumerate(tally.frame.sources)}
    for source, failure in tally.frame.failures:
        counted = tally.sources[number[source]].sum(failure)
        assert tally.failures.sum(f"{failure} {source}") == counted


def test_days_told_by_other_intervals_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        tally_day(PLAN, day(), 2, by_s=30.0) + tally_day(PLAN, day(), 2)
