"""Tables as plain data, and as plain text: what a terminal, a pipe and a notebook all show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

WIDTH = 80
GAP = "  "

Align = Literal["left", "right"]


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    head : str
        May have several lines.
    cells : sequence of str
    align : 'left' or 'right'
    rank : int
        Columns of the highest rank are the first to go where a table is too wide; 0 never goes.
    """

    head: str
    cells: Sequence[str]
    align: Align = "right"
    rank: int = 0

    @property
    def width(self) -> int:
        """Of its widest line."""
        return max(len(line) for line in (*self.head.split("\n"), *self.cells))


@dataclass(frozen=True)
class Grid:
    """A table of texts.

    Attributes
    ----------
    columns : sequence of Column
        All of the same length.
    marked : int, optional
        The row that is the answer.
    title : str
    """

    columns: Sequence[Column]
    marked: int | None = None
    title: str = ""

    @property
    def width(self) -> int:
        """Of a whole line."""
        return sum(column.width for column in self.columns) + len(GAP) * (len(self.columns) - 1)

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The cells, row by row."""
        return list(zip(*(column.cells for column in self.columns), strict=True))

    @property
    def head_lines(self) -> Sequence[Sequence[str]]:
        """The lines of the head, each with a text for every column; short heads stand low."""
        heads = [column.head.split("\n") for column in self.columns]
        depth = max(map(len, heads))
        return list(zip(*([""] * (depth - len(head)) + head for head in heads), strict=True))

    def fitted(self, width: int = WIDTH) -> Grid:
        """Return the grid without the columns that are too many for this width."""
        columns = list(self.columns)
        while Grid(columns).width > width and any(column.rank for column in columns):
            highest = max(column.rank for column in columns)
            last = max(at for at, column in enumerate(columns) if column.rank == highest)
            del columns[last]
        return replace(self, columns=columns)

    def folded(self, width: int = WIDTH) -> Sequence[Grid]:
        """Return the grid in pieces that fit this width, each with the first column."""
        first, rest = self.columns[0], list(self.columns[1:])
        pieces: list[Grid] = []
        while rest:
            taken = 1
            while taken < len(rest) and Grid([first, *rest[: taken + 1]]).width <= width:
                taken += 1
            title = self.title if not pieces else f"{self.title}, continued"
            pieces.append(Grid([first, *rest[:taken]], self.marked, title))
            rest = rest[taken:]
        return pieces

    def lines(self) -> Sequence[str]:
        """Return the lines of plain text, title and head first."""
        body = [self._line(texts) for texts in (*self.head_lines, *self.rows)]
        return [self.title, *body] if self.title else body

    def _line(self, texts: Sequence[str]) -> str:
        padded = (
            text.rjust(column.width) if column.align == "right" else text.ljust(column.width)
            for text, column in zip(texts, self.columns, strict=True)
        )
        return GAP.join(padded).rstrip()


def evenly(count: int, most: int) -> Sequence[int]:
    """Return at most so many of the numbers 0 .. count - 1, the first and the last among them.

    Examples
    --------
    >>> evenly(9, 4)
    [0, 3, 5, 8]
    """
    if count <= most:
        return list(range(count))
    return [int(place * (count - 1) / (most - 1) + 0.5) for place in range(most)]
