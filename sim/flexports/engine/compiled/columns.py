"""Columns of the tape, drawn many at a time while the interpreter is free for other threads.

numpy's generators fill a column by functions that its library exports for others to call
(https://numpy.org/doc/stable/reference/random/c-api.html); the loop calls these, one stream after
another, so that the values are those that a generator would have given. Where they are not to be
had, or give other values, columns are drawn one by one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.random import _generator
from numpy.typing import NDArray

from flexports.engine.compiled.layout import RECORDS
from flexports.tape import Roll

_FUNCTIONS = {
    "random": "random_standard_uniform_fill",
    "standard_exponential": "random_standard_exponential_fill",
    "standard_normal": "random_standard_normal_fill",
}
_TRIED_ON = 2000
"""Values: enough for the ways that few take through the functions."""


class Columns:
    """Draws attributes of rolls, each into a column of its own.

    Parameters
    ----------
    fill : function
        Has the loop fill columns: given the table of streams, and fields of the floor's record.
    """

    def __init__(self, fill: Callable[[NDArray[Any], Mapping[str, int]], None]) -> None:
        self._fill = fill
        self._bits = np.random.SFC64(0)
        state = self._bits.ctypes
        self._generator = {
            "generator": ctypes.cast(state.bit_generator, ctypes.c_void_p).value or 0,
            "state": int(state.state_address),
        }
        self._begins: list[bytes] = []
        self._rows: list[tuple[int, int, int]] = []
        self._shapes: list[tuple[Callable[[NDArray[np.float64]], None], NDArray[np.float64]]] = []

    def draw(
        self, roll: Roll, attribute: str, attempt: int | None, out: NDArray[np.float64]
    ) -> None:
        """Draw an attribute into `out`, shape (roll.size,): now, or at the next `draw_rest`."""
        law = roll.law_of(attribute)
        function = _functions().get(law.standard or "")
        begins = roll.begins(attribute, attempt) if function else ()
        if not begins or function is None:
            roll.fill(out, attribute, attempt)
            return
        address, size = out.ctypes.data, len(out) // len(begins)
        self._begins += begins
        self._rows += ((function, address + 8 * size * part, size) for part in range(len(begins)))
        self._shapes.append((law.shape, out))

    def draw_rest(self) -> None:
        """Draw what is not drawn yet."""
        if not self._rows:
            return
        streams = np.empty((len(self._rows), 6), dtype=np.int64)
        streams[:, :3] = np.frombuffer(b"".join(self._begins), dtype="<i8").reshape(-1, 3)
        streams[:, 3:] = self._rows
        self._fill(streams.view(RECORDS["streams"]), self._generator | {"to_fill": len(streams)})
        for shape, out in self._shapes:
            shape(out)
        self._begins.clear()
        self._rows.clear()
        self._shapes.clear()


@cache
def _functions() -> Mapping[str, int]:
    """The address of the function by the generator's method, of those that give the same values."""
    try:
        library = ctypes.CDLL(_generator.__file__)
    except OSError:
        return {}
    return {
        method: ctypes.cast(library[name], ctypes.c_void_p).value or 0
        for method, name in _FUNCTIONS.items()
        if hasattr(library, name) and _is_the_same(getattr(library, name), method)
    }


def _is_the_same(function: Any, method: str) -> bool:
    """Whether a function gives the values that a generator's method gives."""
    bits, alike = np.random.SFC64(0), np.random.Generator(np.random.SFC64(0))
    values = np.empty(_TRIED_ON)
    function(
        bits.ctypes.bit_generator, ctypes.c_int64(_TRIED_ON), values.ctypes.data_as(ctypes.c_void_p)
    )
    return bool(np.array_equal(values, getattr(alike, method)(_TRIED_ON)))
