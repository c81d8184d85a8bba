"""The file of a chunk: exact, and any change of it is noticed."""

from __future__ import annotations

import random
from io import BytesIO

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.engine.outcomes import DayOutcomes
from flexports.folder.chunk_file import Label, chunk_content, label_in, tallies_in
from flexports.folder.numbers import lists_column, lists_in
from flexports.folder.outline import outline, parts, whole
from flexports.folder.seal import UNSEALED, is_whole, sealed
from flexports.study.blocks import Trial
from flexports.tally import Tallies, tally_day
from folder.chunks_for_tests import tallies_of, trial
from tally.by_hand import PLAN
from tally.test_merging import days

LABEL = Label("ab" * 32, 3, range(400, 402))
NAMES = st.sampled_from(["a", "b", ""])
JSON = st.recursive(
    st.none() | st.booleans() | NAMES | st.lists(st.integers(), max_size=3),
    lambda tree: st.lists(tree, min_size=1, max_size=3) | st.dictionaries(NAMES, tree),
    max_leaves=10,
)
HUGE = 10**76 - 1


@given(st.lists(st.lists(st.integers(-HUGE, HUGE))))
def test_whole_numbers_of_any_size_come_back(lists: list[list[int]]) -> None:
    assert lists_in(lists_column(lists)) == lists


@pytest.mark.parametrize("edge", [2**63, 2**64, 10**38, 2**127])
def test_numbers_at_the_edges_of_words_come_back(edge: int) -> None:
    numbers = [[sign * (edge + step) for sign in (1, -1) for step in (-1, 0, 1)]]
    assert lists_in(lists_column(numbers)) == numbers


@given(JSON)
def test_a_tree_comes_back_from_its_outline_and_parts(tree: object) -> None:
    assert whole(outline(tree), parts(tree)) == tree


def test_parts_of_another_tree_are_noticed() -> None:
    with pytest.raises(ValueError, match="a stands where b should"):
        whole(outline({"b": [1]}), parts({"a": [1]}))


@given(days(), days())
def test_the_tallies_of_any_days_come_back(one: DayOutcomes, two: DayOutcomes) -> None:
    sums = {}
    for ports in (2, 5):
        tallies = (tally_day(PLAN, each, ports, warm_up_s=7.3) for each in (one, two))
        sums[ports] = next(tallies) + next(tallies)
    assert tallies_in(chunk_content(LABEL, Tallies(sums))) == Tallies(sums)


@pytest.mark.parametrize("by_s", [None, 900.0])
def test_what_ties_port_counts_and_what_intervals_tell_comes_back(by_s: float | None) -> None:
    tallies = Trial(trial().floor, 3, "simpy", by_s).tallies(range(2), [2, 10, 3])
    found = tallies_in(chunk_content(LABEL, tallies))
    assert found == tallies
    assert tallies.pairs is not None
    assert found.pairs == tallies.pairs
    assert found + tallies == tallies + tallies


def test_a_label_comes_back() -> None:
    assert label_in(chunk_content(LABEL, tallies_of(range(2)))) == LABEL


def test_any_flipped_byte_is_noticed() -> None:
    content = chunk_content(LABEL, tallies_of(range(2)))
    for place in range(len(content)):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        assert not is_whole(bytes(flipped))


def test_any_cut_is_noticed_and_so_is_what_is_added() -> None:
    content = chunk_content(LABEL, tallies_of(range(2)))
    places = [0, 1, len(content) - 1, *random.Random(1).sample(range(len(content)), 50)]
    for damaged in (*(content[:place] for place in places), content + b"\0", content * 2):
        with pytest.raises(ValueError, match="not as it was written"):
            tallies_in(damaged)


def test_what_looks_like_a_seal_is_none() -> None:
    before = f"# {UNSEALED}\n# flexports-seal:{'ab' * 32}\n".encode()
    content = sealed(before + UNSEALED.encode())
    assert content.startswith(before)
    assert is_whole(content)
    assert not is_whole(content.replace(b"ab", b"ba"))


def test_others_can_read_the_file_too() -> None:
    tallies = tallies_of(range(2))
    frame = pd.read_parquet(BytesIO(chunk_content(LABEL, tallies)))
    assert list(frame.columns) == ["ports", "part", "values"]
    (offered, *_), *_ = frame[(frame.ports == 3) & (frame.part == "sources[0].sums")]["values"]
    assert offered == tallies[3].sources[0].sum("offered")


def test_a_chunk_of_the_same_days_has_the_same_bytes() -> None:
    assert len({chunk_content(LABEL, trial().tallies(range(2), [1, 2])) for _ in range(2)}) == 1
