"""Python integers of any size as columns of Parquet, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

_DIGITS = 38
"""Of the smaller of Arrow's decimal types, which all readers of Parquet know."""
_WORD = 64


def lists_column(lists: Sequence[Sequence[int]]) -> pa.Array:
    """Return a column with a list of whole numbers in each row.

    Raises
    ------
    pyarrow.ArrowInvalid
        If a number has more than 76 digits.
    """
    most = max((max(map(abs, each)) for each in lists if each), default=0)
    wide = most >= 10**_DIGITS
    whole = pa.decimal256(2 * _DIGITS, 0) if wide else pa.decimal128(_DIGITS, 0)
    flat = [number for each in lists for number in each]
    ends = np.cumsum([0, *map(len, lists)])
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), pa.array(flat, whole))


def lists_in(column: pa.Array) -> list[list[int]]:
    """Return the lists of such a column.

    Examples
    --------
    >>> lists_in(lists_column([[1, -2], [], [3 * 2**64]]))
    [[1, -2], [], [55340232221128654848]]
    """
    flat, ends = _integers(column.values), column.offsets.to_pylist()
    return [flat[ends[at] : ends[at + 1]] for at in range(len(column))]


def _integers(decimals: pa.Array) -> list[int]:
    """Return decimals as integers: from their words, since objects on the way would take long."""
    words = decimals.type.bit_width // _WORD
    data: Any = decimals.buffers()[1]
    table = np.frombuffer(data or b"", dtype="<u8").reshape(-1, words)
    table = table[decimals.offset : decimals.offset + len(decimals)]
    total = table[:, -1].astype("<i8").astype(object)  # the highest word has the sign
    for place in reversed(range(words - 1)):
        total = (total << _WORD) + table[:, place].astype(object)
    found: list[int] = total.tolist()
    return found
