"""A line in a notebook, updated in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

from flexports.study.bars.pace import Pace
from flexports.study.progress import Progress, Standing

_EVERY_S = 0.2
"""A browser need not be told more often."""


@contextmanager
def notebook_bar() -> Iterator[Progress]:
    """Show days done of all, elapsed time and time left, and the precision.

    Bar and times go at the end: what stays in the notebook is the same each time.
    """
    line = _Line()
    try:
        yield line
    finally:
        line.end()


class _Line:
    """One output of a cell."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._next_s = 0.0
        self._handle: Any = None

    def __call__(self, standing: Standing) -> None:
        self._pace.follow(standing)
        if self._pace.elapsed_s >= self._next_s:
            self._show(self._pace.words(), _bar(standing))
            self._next_s = self._pace.elapsed_s + _EVERY_S

    def end(self) -> None:
        if self._handle is not None:
            self._show(self._pace.last_words())

    def _show(self, words: str, bar: str = "") -> None:
        from IPython.display import display

        bundle = {"text/plain": words, "text/html": f"<div>{bar}{escape(words)}</div>"}
        if self._handle is None:
            self._handle = display(bundle, raw=True, display_id=True)
        else:
            self._handle.update(bundle, raw=True)


def _bar(standing: Standing) -> str:
    known = "" if standing.of is None else f' value="{standing.done}" max="{standing.of}"'
    return f"<progress{known}></progress> "
