"""Spells with no port free, on a pool of two ports unless told otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.tally.busy import BusyPath, Legs, full_spells_begun

SPAN = (100, 400)
LEGS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 200)), max_size=30)


def legs_of(pairs: list[tuple[int, int]]) -> Legs:
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Legs(array[:, 0], array[:, 1])


def spells(*legs: tuple[int, int], ports: int = 2, span: tuple[int, int] = SPAN) -> list[object]:
    all_of_them = legs_of(list(legs))
    found = full_spells_begun(BusyPath.of(all_of_them, span), all_of_them, ports)
    return list(zip(found.from_ticks.tolist(), found.to_ticks.tolist(), strict=True))


def test_a_spell_is_while_all_ports_are_busy() -> None:
    assert spells((110, 200), (150, 170), (180, 250)) == [(150, 170), (180, 200)]


def test_a_port_that_passes_on_at_one_instant_does_not_end_a_spell() -> None:
    # Of both ports, and twice at one instant.
    assert spells((110, 300), (150, 170), (170, 170), (170, 220), (220, 230)) == [(150, 230)]


def test_a_spell_that_lasts_is_cut_off_at_closing() -> None:
    assert spells((110, 900), (150, 800)) == [(150, 400)]


def test_a_spell_that_began_in_the_warm_up_is_none_of_the_spans() -> None:
    assert spells((50, 300), (60, 200), (250, 260)) == [(250, 260)]


def test_one_that_begins_with_the_span_is() -> None:
    assert spells((50, 300), (100, 200)) == [(100, 200)]
    assert spells((0, 30), (0, 20), span=(0, 400)) == [(0, 20)]


def test_a_port_taken_up_again_as_the_span_begins_leaves_the_spell_where_it_began() -> None:
    assert spells((50, 300), (60, 100), (100, 200)) == []


@given(LEGS, st.integers(1, 4))
def test_they_are_what_counting_at_every_tick_gives(
    pairs: list[tuple[int, int]], ports: int
) -> None:
    legs = [(begin, begin + length) for begin, length in pairs]
    ticks = np.arange(SPAN[0] - 1, SPAN[1])[:, None]
    begins, ends = legs_of(legs).from_ticks, legs_of(legs).to_ticks
    full = ((begins <= ticks) & (ticks < ends)).sum(axis=1) >= ports
    begun = [SPAN[0] + int(place) for place in np.flatnonzero(full[1:] & ~full[:-1])]
    assert [begin for begin, _ in spells(*legs, ports=ports)] == begun


@given(LEGS, st.integers(1, 4))
def test_with_a_day_that_begins_empty_they_last_as_long_as_all_ports_are_busy(
    pairs: list[tuple[int, int]], ports: int
) -> None:
    span = (0, 400)
    legs = legs_of([(begin, begin + length) for begin, length in pairs])
    path = BusyPath.of(legs, span)
    found = full_spells_begun(path, legs, ports)
    assert [found.ticks] == path.full_ticks_between(ports, np.array(span)).tolist()


@given(LEGS, st.lists(st.integers(*SPAN), max_size=6), st.integers(1, 4))
def test_time_between_edges_is_what_counting_at_every_tick_gives(
    pairs: list[tuple[int, int]], inside: list[int], ports: int
) -> None:
    legs = legs_of([(begin, begin + length) for begin, length in pairs])
    edges = np.array([SPAN[0], *sorted(inside), SPAN[1]])
    path = BusyPath.of(legs, SPAN)
    ticks = np.arange(*SPAN)[:, None]
    busy = ((legs.from_ticks <= ticks) & (ticks < legs.to_ticks)).sum(axis=1)
    parts = np.split(busy, (edges[1:-1] - SPAN[0]).tolist())
    assert path.busy_ticks_between(edges).tolist() == [int(part.sum()) for part in parts]
    full = [int((part >= ports).sum()) for part in parts]
    assert path.full_ticks_between(ports, edges).tolist() == full


@pytest.mark.parametrize("ports", [0, 3])
def test_without_ports_the_whole_day_is_one_and_with_enough_there_is_none(ports: int) -> None:
    expected = [(0, 400)] if ports == 0 else []
    assert spells((10, 20), ports=ports, span=(0, 400)) == expected
