"""What is shown: on a terminal with rich, in a pipe as plain text that is always the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from flexports.problems import NOTHING, InputError, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from flexports.table.grid import Grid
    from flexports.table.page import Page

_NARROWEST = 80
_WIDEST = 100
"""Longer lines are hard to read, however wide the terminal."""


def line_width() -> int:
    """How long the lines of a table may be: as the terminal, or COLUMNS, says; never under 80."""
    return max(_NARROWEST, get_terminal_size((_NARROWEST, 24)).columns)


def show(page: Page) -> None:
    """Show a page on stdout."""
    if sys.stdout is not None and sys.stdout.isatty():
        with _full_disk_told():
            _show_on_terminal(page)
    else:
        show_text(page.text())


def show_text(text: str) -> None:
    """Write a text to stdout, at once: a reader who has gone is then noticed here."""
    if sys.stdout is None:  # closed before we began
        return
    with _full_disk_told():
        sys.stdout.write(text)
        sys.stdout.flush()


def say_no_more() -> None:
    """Write nothing to stdout any more: what is left in its buffer would be tried at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _full_disk_told() -> Iterator[None]:
    """Refuse to go on where stdout takes nothing; a reader who has gone is another matter.

    Raises
    ------
    InputError
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as failure:
        say_no_more()
        rule = f"cannot be written to: {failure.strerror or failure}"
        remedy = "make room there, or name another place with --output"
        raise InputError(Problem("stdout", NOTHING, rule, remedy)) from failure


def _show_on_terminal(page: Page) -> None:
    from rich.console import Console
    from rich.text import Text

    from flexports.table.page import Text as Paragraph
    from flexports.table.page import wrapped

    console = Console(highlight=False)
    styles = {"answer": "bold", "note": "dim"}
    after_a_table = False
    for number, part in enumerate(page.parts):
        a_table = not isinstance(part, Paragraph)
        if number and (a_table or after_a_table):
            console.print()
        if isinstance(part, Paragraph):
            text = wrapped(part, min(console.width, _WIDEST))
            console.print(Text(text, style=styles.get(part.role, "")), soft_wrap=True)
        else:
            _print_grid(console, part)
        after_a_table = a_table


def _print_grid(console: Console, grid: Grid) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if grid.title:
        console.print(Text(grid.title, style="bold"))
    # As wide as the plain text: one blank of padding and one between the columns.
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), expand=False
    )
    for column, head in zip(grid.columns, zip(*grid.head_lines, strict=True), strict=True):
        numbers = column.align == "right"
        table.add_column(Text("\n".join(head)), justify=column.align, no_wrap=numbers)
    for number, row in enumerate(grid.rows):
        table.add_row(*map(Text, row), style="bold green" if number == grid.marked else "")
    console.print(table)
