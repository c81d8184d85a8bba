"""Columns of the tape, drawn many at a time while the interpreter is free for other threads.

The loop draws uniforms and exponentials by itself, as numpy's generators do; for normals it calls
the function by which these fill a column, and which numpy's library exports for others to call
(https://numpy.org/doc/stable/reference/random/c-api.html). So the values are those that a generator
would have given, which is tried out. Where they are not, columns are drawn one by one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from struct import Struct

import numpy as np
from numpy.random import _generator
from numpy.typing import NDArray

from flexports.engine.compiled.codes import EXPONENTIALS, UNIFORMS
from flexports.engine.compiled.layout import RECORDS
from flexports.engine.compiled.machine import loop
from flexports.engine.compiled.tables import Tables
from flexports.tape import Roll, Streams

_FUNCTIONS = {
    "random": "random_standard_uniform_fill",
    "standard_exponential": "random_standard_exponential_fill",
    "standard_normal": "random_standard_normal_fill",
}
_OF_THE_LOOP = ("random", UNIFORMS), ("standard_exponential", EXPONENTIALS)
"""What the loop draws by itself, faster than by those."""
_goal = Struct("<3q").pack
"""A stream's row but for the state in which it begins."""
_TRIED_ON = 20_000
"""Values: enough for the ways that few take through the functions, and for every layer."""


class Columns:
    """Draws attributes of rolls, each into a column of its own."""

    def __init__(self) -> None:
        self._bits = np.random.SFC64(0)
        state = self._bits.ctypes
        self._tables = Tables()
        self._tables.set(
            {
                "generator": ctypes.cast(state.bit_generator, ctypes.c_void_p).value or 0,
                "state": int(state.state_address),
            }
        )
        self._streams: list[bytes] = []
        self._shapes: list[tuple[Callable[[NDArray[np.float64]], None], NDArray[np.float64]]] = []

    def draw(
        self, roll: Roll, attribute: str, attempt: int | None, out: NDArray[np.float64]
    ) -> None:
        """Draw an attribute into `out`, shape (roll.size,): now, or at the next `draw_rest`."""
        law = roll.law_of(attribute)
        function = _functions().get(law.standard or "")
        begins = () if function is None else roll.begins(attribute, attempt)
        if not begins or function is None:
            roll.fill(out, attribute, attempt)
            return
        self._add(function, begins, out)
        self._shapes.append((law.shape, out))

    def draw_rest(self) -> None:
        """Draw what is not drawn yet."""
        if not self._streams:
            return
        streams = np.frombuffer(b"".join(self._streams), RECORDS["streams"])
        self._tables.put({"streams": streams})
        self._tables.set({"to_fill": len(streams)})
        loop()(self._tables.address)
        for shape, out in self._shapes:
            shape(out)
        self._streams.clear()
        self._shapes.clear()

    def gives(self, function: int, method: str) -> bool:
        """Whether a function gives the values that a generator's method gives."""
        begin, values = Streams(0).begin(0, "", ""), np.empty(_TRIED_ON)
        self._add(function, [begin], values)
        self.draw_rest()
        alike = Streams(0).at(0, "", "")
        return bool(np.array_equal(values, getattr(alike, method)(_TRIED_ON)))

    def _add(self, function: int, begins: Sequence[bytes], out: NDArray[np.float64]) -> None:
        """Note a column to be drawn: each stream gives as many of its values."""
        address, size = out.__array_interface__["data"][0], len(out) // len(begins)
        for part, begin in enumerate(begins):
            self._streams.append(begin + _goal(function, address + 8 * size * part, size))


@cache
def _functions() -> Mapping[str, int]:
    """What the loop calls by the generator's method, of what gives the same values."""
    columns = Columns()
    return {
        method: function
        for method, function in (*_exported(), *_OF_THE_LOOP)
        if columns.gives(function, method)
    }


def _exported() -> Iterator[tuple[str, int]]:
    """The generator's methods, and the addresses of their functions in numpy's library."""
    with suppress(OSError):
        library = ctypes.CDLL(_generator.__file__)
        for method, name in _FUNCTIONS.items():
            if hasattr(library, name):
                yield method, ctypes.cast(library[name], ctypes.c_void_p).value or 0
