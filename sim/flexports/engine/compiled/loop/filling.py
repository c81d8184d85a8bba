"""Columns of standard draws, a stream each: the same that numpy's generators give."""

from __future__ import annotations

from math import exp, log1p
from typing import Any, TypeAlias

import numpy as np

from flexports.engine.compiled.codes import EXPONENTIALS, UNIFORMS
from flexports.engine.compiled.loop.compiling import part, part_apart
from flexports.engine.compiled.loop.memory import fill_column, put_number, put_word
from flexports.engine.compiled.loop.rows import FloorAtWork, stream_at
from flexports.engine.compiled.loop.ziggurat import BARS, LAYERS, TAIL_FROM, TOPS

Word: TypeAlias = Any
"""64 bits, as a number without a sign."""
State: TypeAlias = tuple[Word, Word, Word, Word]
"""Of SFC64 (Doty-Humphrey, PractRand 0.94): three words and a count."""

_COUNTS_FROM = 1
"""Where the fourth word of a stream's state begins (`flexports.tape.streams`)."""

_FIRST_COUNT, _ONE = np.uint64(_COUNTS_FROM), np.uint64(1)
_RIGHT, _LEFT, _TURN, _TURN_BACK = np.uint64(11), np.uint64(3), np.uint64(24), np.uint64(40)
"""The shifts of SFC64."""
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
            _fill_with_exponentials(_state_of(floor, number), stream.size, stream.out)
            continue
        if stream.function == UNIFORMS:
            _fill_with_uniforms(_state_of(floor, number), stream.size, stream.out)
            continue
        put_word(floor.state, 0, stream.first)
        put_word(floor.state, 1, stream.second)
        put_word(floor.state, 2, stream.third)
        put_word(floor.state, 3, _COUNTS_FROM)
        fill_column(stream.function, floor.generator, stream.size, stream.out)
    floor.to_fill = 0


@part
def _state_of(floor: FloorAtWork, number: int) -> State:
    """The state in which a stream begins."""
    stream = stream_at(floor, number)
    return np.uint64(stream.first), np.uint64(stream.second), np.uint64(stream.third), _FIRST_COUNT


@part_apart
def _fill_with_uniforms(state: State, size: int, out: int) -> None:
    """Fill a column with uniforms from 0 to 1: numpy's `random`."""
    for number in range(size):
        word, state = _next_word(state)
        put_number(out, number, _place_in(word) * _UNIT)


@part_apart
def _fill_with_exponentials(state: State, size: int, out: int) -> None:
    """Fill a column with exponentials of mean 1: numpy's `standard_exponential`."""
    for number in range(size):
        word, state = _next_word(state)
        layer, value, is_below = _in_bar(word)
        if not is_below:  # once in a hundred times
            value, state = _otherwise(layer, value, state)
        put_number(out, number, value)


@part_apart
def _otherwise(layer: int, value: float, state: State) -> tuple[float, State]:
    """Go on with an exponential whose place in its bar is not wholly below the curve."""
    while True:
        word, state = _next_word(state)
        uniform = _place_in(word) * _UNIT
        if layer == 0:
            return TAIL_FROM - log1p(-uniform), state
        if (TOPS[layer - 1] - TOPS[layer]) * uniform + TOPS[layer] < exp(-value):
            return value, state
        word, state = _next_word(state)
        layer, value, is_below = _in_bar(word)
        if is_below:
            return value, state


@part
def _next_word(state: State) -> tuple[Word, State]:
    """The next word of SFC64, and the state that it leaves behind."""
    a, b, c, count = state
    word = a + b + count
    turned = ((c << _TURN) | (c >> _TURN_BACK)) + word
    return word, (b ^ (b >> _RIGHT), c + (c << _LEFT), turned, count + _ONE)


@part
def _in_bar(word: Word) -> tuple[Any, float, bool]:
    """The layer that a word picks, the value there, and whether it is surely below the curve."""
    layer, place = np.int64((word >> _UNUSED) & _LAYER), _place_in(word)
    return layer, place * BARS[2 * layer], place < BARS[2 * layer + 1]


@part
def _place_in(word: Word) -> float:
    """Where in a bar, or from 0 to 1: as many places as a double tells apart."""
    return np.float64(np.int64(word >> _NOT_PLACE))
