"""Pages as HTML, for notebooks."""

from __future__ import annotations

from html import escape

from flexports.table.grid import Grid
from flexports.table.page import Page, Part, Text

_CELL = "padding: 0.1em 0.6em; text-align: {align}; white-space: nowrap"


def page_html(page: Page) -> str:
    """Return a page as HTML that stands in any document: no scripts, no style sheet."""
    return f'<div class="flexports">{"".join(_part(part) for part in page.parts)}</div>'


def _part(part: Part) -> str:
    if isinstance(part, Grid):
        return _table(part)
    return _paragraph(part)


def _paragraph(part: Text) -> str:
    words = escape(part.words)
    match part.role:
        case "answer":
            return f"<p><strong>{words}</strong></p>"
        case "note":
            return f"<p><small>{words}</small></p>"
        case _:
            return f"<p>{words}</p>"


def _table(grid: Grid) -> str:
    caption = f"<caption>{escape(grid.title)}</caption>" if grid.title else ""
    head = "".join(
        f'<th scope="col" style="{_style(column.align)}">'
        f"{'<br>'.join(map(escape, column.head.splitlines()))}</th>"
        for column in grid.columns
    )
    rows = "".join(_row(grid, number) for number in range(len(grid.rows)))
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(grid: Grid, number: int) -> str:
    weight = "; font-weight: bold" if number == grid.marked else ""
    cells = "".join(
        f'<td style="{_style(column.align)}{weight}">{escape(column.cells[number])}</td>'
        for column in grid.columns
    )
    return f"<tr>{cells}</tr>"


def _style(align: str) -> str:
    return _CELL.format(align=align)
