"""Memory for one floor and one thread: the tables, and where the loop finds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flexports.engine.compiled.floor_record import FLOOR, TABLES, empty_rows
from flexports.engine.compiled.layout import RECORDS


class Tables:
    """Tables, and the record that tells the loop where they are.

    Attributes
    ----------
    address : int
        Where the record is.
    """

    def __init__(self) -> None:
        floor = empty_rows(1, FLOOR)
        self.address = floor.ctypes.data
        self._row = floor[0]
        self._by_name: dict[str, NDArray[Any]] = {}
        self.put({name: np.zeros(0, _record_of(name)) for name in TABLES})

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._by_name[name]

    def put(self, tables: Mapping[str, NDArray[Any]]) -> None:
        """Keep these tables, in place of those that had their names."""
        for name, table in tables.items():
            if self._by_name.get(name) is not table:
                kept = np.ascontiguousarray(table, _record_of(name))
                self._row[f"of_{name}"] = kept.size
                self._row[name] = kept.ctypes.data
                self._by_name[name] = kept

    def lengthen(self, name: str, rows: int) -> None:
        """Make a table longer; what it holds stays in place."""
        old = self._by_name[name]
        longer = empty_rows(rows, old.dtype)
        longer[: len(old)] = old
        self.put({name: longer})

    def zero(self, name: str, rows: int) -> None:
        """See to it that a table has so many rows, all zero."""
        if len(self._by_name[name]) == rows:
            self._by_name[name].view(np.uint8).fill(0)  # numpy is slow with records
        else:
            self.put({name: empty_rows(rows, _record_of(name))})

    def set(self, values: Mapping[str, float]) -> None:
        """Set fields of the floor's record."""
        for name, value in values.items():
            self._row[name] = value

    def number(self, name: str) -> Any:
        """A field of the floor's record."""
        return self._row[name].item()


def _record_of(name: str) -> np.dtype[Any]:
    return RECORDS.get(name, np.dtype("i8"))
