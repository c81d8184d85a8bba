"""Time at each number of busy ports."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flexports.tally.busy import BusyTime, Legs

SPAN = (100, 400)
LEGS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 200)), max_size=30)


def legs_of(pairs: list[tuple[int, int]]) -> Legs:
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Legs(array[:, 0], array[:, 0] + array[:, 1])


@given(LEGS)
def test_it_adds_up_to_the_span(pairs: list[tuple[int, int]]) -> None:
    assert BusyTime.of_day(legs_of(pairs), SPAN).ticks.sum() == 300


@given(LEGS)
def test_it_is_what_counting_at_every_tick_gives(pairs: list[tuple[int, int]]) -> None:
    legs = legs_of(pairs)
    ticks = np.arange(*SPAN)[:, None]
    busy = ((legs.from_ticks <= ticks) & (ticks < legs.to_ticks)).sum(axis=1)
    assert BusyTime.of_day(legs, SPAN).ticks.tolist() == np.bincount(busy).tolist()


@given(LEGS)
def test_port_time_is_the_time_of_the_legs_within_the_span(pairs: list[tuple[int, int]]) -> None:
    legs = legs_of(pairs)
    assert BusyTime.of_day(legs, SPAN).busy_ticks == legs.within(SPAN).ticks


def test_the_peak_counts_what_ends_before_what_begins() -> None:
    # Three legs end at 200 as three others begin; a seventh overlaps all.
    pairs = [(150, 50)] * 3 + [(200, 50)] * 3 + [(120, 180)]
    assert BusyTime.of_day(legs_of(pairs), SPAN).peak == 4


def test_a_leg_of_no_length_is_no_leg() -> None:
    assert BusyTime.of_day(legs_of([(150, 0), (50, 50), (400, 30)]), SPAN).peak == 0


@given(LEGS, LEGS)
def test_days_add_up_number_by_number(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    days = [BusyTime.of_day(legs_of(pairs), SPAN) for pairs in (one, other)]
    both = days[0] + days[1]
    assert both == days[1] + days[0]
    assert both.peak == max(day.peak for day in days)
    for number, ticks in enumerate(both.ticks):
        assert ticks == sum(day.ticks[number] for day in days if number <= day.peak)
