"""Columns of standard draws, a stream each: the same that numpy's generators give."""

from __future__ import annotations

from math import exp, log1p
from typing import Any, TypeAlias

import numpy as np

from flexports.engine.compiled.codes import EXPONENTIALS
from flexports.engine.compiled.loop.compiling import part, part_apart
from flexports.engine.compiled.loop.memory import fill_column, put_number, put_word
from flexports.engine.compiled.loop.rows import FloorAtWork, stream_at
from flexports.engine.compiled.loop.ziggurat import BELOW, LAYERS, TAIL_FROM, TOPS, WIDTHS

Word: TypeAlias = Any
"""64 bits, as a number without a sign."""

_COUNTS_FROM = 1
"""Where the fourth word of a stream's state begins (`flexports.tape.streams`)."""

_FIRST_COUNT, _ONE = np.uint64(_COUNTS_FROM), np.uint64(1)
_RIGHT, _LEFT, _TURN, _TURN_BACK = np.uint64(11), np.uint64(3), np.uint64(24), np.uint64(40)
"""The shifts of SFC64 (Doty-Humphrey, PractRand 0.94)."""
_UNUSED, _NOT_PLACE = np.uint64(3), np.uint64(11)
"""Low bits of a word without those of the layer, and with them."""
_LAYER = np.uint64(LAYERS - 1)
_UNIT = 2.0**-53


@part_apart
def fill_columns(floor: FloorAtWork) -> None:
    """Fill every column that is to be filled, from the beginning of its stream."""
    for number in range(floor.to_fill):
        stream = stream_at(floor, number)
        if stream.function == EXPONENTIALS:
            _fill_with_exponentials(
                stream.first, stream.second, stream.third, stream.size, stream.out
            )
            continue
        put_word(floor.state, 0, stream.first)
        put_word(floor.state, 1, stream.second)
        put_word(floor.state, 2, stream.third)
        put_word(floor.state, 3, _COUNTS_FROM)
        fill_column(stream.function, floor.generator, stream.size, stream.out)
    floor.to_fill = 0


@part_apart
def _fill_with_exponentials(first: int, second: int, third: int, size: int, out: int) -> None:
    """Fill a column with exponentials of mean 1: numpy's `standard_exponential`."""
    a, b, c, count = np.uint64(first), np.uint64(second), np.uint64(third), _FIRST_COUNT
    for number in range(size):
        while True:
            word = a + b + count
            a, b, c = _turned(a, b, c, word)
            count += _ONE
            layer = np.int64((word >> _UNUSED) & _LAYER)
            place = np.int64(word >> _NOT_PLACE)
            value = place * WIDTHS[layer]
            if place < BELOW[layer]:  # 99 times of a hundred
                break
            word = a + b + count
            a, b, c = _turned(a, b, c, word)
            count += _ONE
            uniform = np.int64(word >> _NOT_PLACE) * _UNIT
            if layer == 0:
                value = TAIL_FROM - log1p(-uniform)
                break
            if (TOPS[layer - 1] - TOPS[layer]) * uniform + TOPS[layer] < exp(-value):
                break
        put_number(out, number, value)


@part
def _turned(a: Word, b: Word, c: Word, word: Word) -> tuple[Word, Word, Word]:
    """The state of SFC64 after it has given a word; its count goes up by one, besides."""
    return b ^ (b >> _RIGHT), c + (c << _LEFT), ((c << _TURN) | (c >> _TURN_BACK)) + word
