"""Streams: each keyed by what it is for, and by nothing else."""

from __future__ import annotations

from hashlib import blake2b
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flexports.laws import (
    Choice,
    Coin,
    Constant,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Hyperexponential,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
    known_laws,
)
from flexports.tape import PART, FloatArray, Pen, StartedRoll, Streams, place

FEW = settings(derandomize=True, deadline=None, max_examples=30, database=None)

DRAWN = (
    Constant(3.0),
    Empirical((1.0, 2.0, 7.0)),
    Erlang(30.0, 3),
    Exponential(30.0),
    Gamma(30.0, 0.5),
    Hyperexponential(30.0, 2.0),
    Lognormal(30.0, 1.4),
    Triangular(1.0, 2.0, 7.0),
    Uniform(1.0, 2.0),
    Weibull(30.0, 0.7),
    Coin(0.3),
    Choice((0.4, 0.2, 0.4)),
)


def first(
    *,
    seed: int = 1,
    day: int = 0,
    source: str = "a",
    attribute: str = "talk",
    group: str = "",
    part: int = 0,
) -> float:
    return float(Streams(seed).at(day, source, attribute, group, part).random())


def test_a_stream_begins_anew_each_time_it_is_asked_for() -> None:
    streams = Streams(1)
    once = streams.at(0, "a", "talk").random(3).tolist()
    streams.at(0, "a", "patience").standard_normal(7)
    streams.at(0, "a", "patience").integers(0, 2, 5, dtype=np.uint32)
    assert streams.at(0, "a", "talk").random(3).tolist() == once


def test_every_part_of_the_key_makes_another_stream() -> None:
    streams = {
        first(),
        first(seed=2),
        first(day=1),
        first(source="b"),
        first(attribute="wrap_up"),
        first(group="sales"),
        first(group="sales", part=1),
        first(group="others", part=1),
        first(seed=2**64 - 1, day=2**40),
    }
    assert len(streams) == 9


def test_names_that_run_together_to_the_same_text_are_told_apart() -> None:
    assert first(source="ab", attribute="c") != first(source="a", attribute="bc")
    assert first(seed=1, source="2a") != first(seed=12, source="a")


def test_a_day_and_a_part_are_not_mistaken_for_one_another() -> None:
    assert first(day=1, part=2) != first(day=2, part=1)
    assert first(day=1, part=23) != first(day=12, part=3)


@pytest.mark.parametrize("law", DRAWN, ids=lambda law: type(law).__name__)
def test_a_longer_sample_begins_with_the_shorter_one(law: object) -> None:
    pen = Pen(Streams(7), day=3, source="a")
    long = pen.draw("talk", law, 1000)
    for size in (0, 1, 2, 3, 7, 8, 63, 64, 65, 500):
        np.testing.assert_array_equal(pen.draw("talk", law, size), long[:size])


def test_every_law_is_among_those_drawn_here() -> None:
    assert {type(law) for law in DRAWN} >= set(known_laws().values())


def roll_of(seed: int, starters: int) -> StartedRoll:
    laws = {"talk": Lognormal(30.0, 1.0), "outcome": Choice((0.4, 0.6)), "none": Constant(0.0)}
    return StartedRoll(Pen(Streams(seed), 0, "a"), laws, "sales", starters)


@FEW
@given(st.integers(0, 2**64 - 1), st.integers(1, 4), st.integers(1, 3))
def test_draws_that_grow_keep_what_was_drawn(seed: int, starters: int, times: int) -> None:
    draws = roll_of(seed, starters).draws(starters - 1)
    before = {name: list(draws.values[name]) for name in ("talk", "outcome", "none")}
    for _ in range(times):
        draws.grow()
    assert draws.length == PART * 2**times
    for name, values in before.items():
        assert len(draws.values[name]) == draws.length
        assert draws.values[name][:PART] == values


@FEW
@given(st.integers(0, 2**64 - 1), st.integers(1, 4), st.integers(1, 3))
def test_one_column_for_all_starters_holds_what_each_gets(
    seed: int, starters: int, parts: int
) -> None:
    roll = roll_of(seed, starters)
    roll.lengthen(parts)
    column: FloatArray = np.empty(roll.size)
    for attempt in (None, 2):
        roll.fill(column, "talk", attempt)
        for starter in range(starters):
            own = roll.draws(starter).column("talk", attempt)
            assert own == [column[place(i, starter, starters)] for i in range(roll.length)]


@FEW
@given(st.integers(0, 2**64 - 1), st.integers(1, 3), st.integers(1, 3))
def test_more_starters_and_more_parts_leave_the_draws_of_the_others(
    seed: int, starters: int, parts: int
) -> None:
    few, many = roll_of(seed, starters), roll_of(seed, starters + 2)
    many.lengthen(parts)
    for starter in range(starters):
        own = few.draws(starter).column("talk")
        assert many.draws(starter).column("talk")[:PART] == own


def test_streams_of_neighbours_are_uncorrelated() -> None:
    # Each pair of 12 streams of 20,000 uniforms: a correlation has standard deviation 1/141, and
    # none of 66 pairs is beyond 4.5 of them, which chance does once in 2,000 seeds.
    streams = Streams(11)
    columns = [
        streams.at(day, source, "talk", "sales", part).random(20_000)
        for day in (0, 1)
        for source in ("a", "b")
        for part in (0, 1, 2)
    ]
    for one, other in combinations(columns, 2):
        assert abs(np.corrcoef(one, other)[0, 1]) < 4.5 / 20_000**0.5


def test_streams_are_those_of_numpys_sfc64_under_their_key() -> None:
    # The seed's promise: these numbers may change only with an entry in CHANGELOG.md.
    digest = blake2b(b"1\x00toll-free\x00sales\x00talk\x009\x005", digest_size=24).digest()
    bits = np.random.SFC64(0)
    state = bits.state
    state["state"] = {"state": np.array([*np.frombuffer(digest, dtype="<u8"), 1], np.uint64)}
    bits.state = state
    expected = np.random.Generator(bits).random(10)
    drawn = Streams(1).at(9, "toll-free", "talk", "sales", 5).random(10)
    np.testing.assert_array_equal(drawn, expected)
