"""Which days are saved together."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.folder import chunks, pieces
from flexports.folder.chunks import GROWTH, days_in, file_name

DAYS = st.tuples(st.integers(0, 5000), st.integers(1, 5000)).map(lambda t: range(t[0], sum(t)))
BLOCKS = st.integers(1, 100)


@given(DAYS, BLOCKS)
def test_chunks_are_all_the_days_in_order(days: range, block: int) -> None:
    assert list(chain(*chunks(days, block))) == list(days)


@given(DAYS, BLOCKS)
def test_a_chunk_is_whole_blocks_and_a_small_part_of_what_lies_before(
    days: range, block: int
) -> None:
    *whole, _ = chunks(days, block)
    for chunk in whole:
        assert len(chunk) % block == 0
        assert len(chunk) == block or len(chunk) <= chunk.start / GROWTH


@pytest.mark.parametrize(("days", "block"), [(100_000, 8), (1_000_000, 100), (1_000_000, 8)])
def test_a_long_study_makes_a_few_hundred_files(days: int, block: int) -> None:
    assert len(list(chunks(range(days), block))) < 250


@given(st.integers(0, 2000), st.integers(0, 2000), BLOCKS)
def test_a_longer_study_begins_with_the_same_chunks(one: int, other: int, block: int) -> None:
    short, long = sorted((one, other))
    *whole, _ = [*chunks(range(short), block), None]
    assert list(chunks(range(long), block))[: len(whole[:-1])] == whole[:-1]


@given(DAYS, BLOCKS, st.data())
def test_what_is_saved_is_kept_and_the_rest_filled_in(
    days: range, block: int, data: st.DataObject
) -> None:
    saved = data.draw(st.sets(st.sampled_from(list(chunks(days, block)))))
    found = list(pieces(days, block, saved))
    assert list(chain(*(piece.days for piece in found))) == list(days)
    assert {piece.days for piece in found if piece.is_saved} == saved


@given(DAYS)
def test_a_name_says_the_days(days: range) -> None:
    assert days_in(file_name(days)) == days


@pytest.mark.parametrize(
    "name", ["days-00000400-00000399.parquet", "days-1-2.parquet", "days.parquet", ".days"]
)
def test_other_names_say_none(name: str) -> None:
    assert days_in(name) is None
