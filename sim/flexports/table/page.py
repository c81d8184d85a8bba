"""What a command shows: paragraphs and tables, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from textwrap import fill
from typing import TypeAlias

from flexports.table.grid import WIDTH, Grid


@dataclass(frozen=True)
class Text:
    """A paragraph.

    Attributes
    ----------
    words : str
    role : str
        ``answer`` is what was asked for, ``note`` is fine print; the rest is neither.
    indent : int
        Of all lines but the first.
    """

    words: str
    role: str = ""
    indent: int = 0


Part: TypeAlias = Text | Grid


@dataclass(frozen=True)
class Page:
    """Parts from top to bottom."""

    parts: Sequence[Part]

    def text(self, width: int = WIDTH) -> str:
        """Return it as plain text; tables have a blank line before and after."""
        lines: list[str] = []
        for number, part in enumerate(self.parts):
            if number and (isinstance(part, Grid) or isinstance(self.parts[number - 1], Grid)):
                lines.append("")
            lines.extend(part.lines() if isinstance(part, Grid) else [wrapped(part, width)])
        return "\n".join(lines) + "\n"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        # By name, because HTML is made of pages and not pages of HTML.
        return str(import_module("flexports.table.html").page_html(self))


def wrapped(part: Text, width: int) -> str:
    """Return a paragraph in lines of a width; numbers stay with their units."""
    # A blank between a number and its unit must not become a line's end.
    kept = part.words.replace(" %", "\u00a0%").replace(" s)", "\u00a0s)")
    text = fill(
        kept,
        width,
        subsequent_indent=" " * part.indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return text.replace("\u00a0", " ")
