"""Columns of standard draws, a stream each, by the functions that numpy's generators use."""

from __future__ import annotations

from flexports.engine.compiled.loop.compiling import part_apart
from flexports.engine.compiled.loop.memory import fill_column, put_word
from flexports.engine.compiled.loop.rows import FloorAtWork, stream_at

_COUNTS_FROM = 1
"""Where the fourth word of a stream's state begins (`flexports.tape.streams`)."""


@part_apart
def fill_columns(floor: FloorAtWork) -> None:
    """Fill every column that is to be filled, from the beginning of its stream."""
    for number in range(floor.to_fill):
        stream = stream_at(floor, number)
        put_word(floor.state, 0, stream.first)
        put_word(floor.state, 1, stream.second)
        put_word(floor.state, 2, stream.third)
        put_word(floor.state, 3, _COUNTS_FROM)
        fill_column(stream.function, floor.generator, stream.size, stream.out)
    floor.to_fill = 0
