"""Bars that show how far a study is: in a notebook, on a terminal, or none in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from flexports.study.progress import Progress, silent

__all__ = ["bar", "showing"]


@contextmanager
def showing(progress: Progress | bool) -> Iterator[Progress]:
    """Give whom to tell: as was asked; True shows a bar where there is somebody to see it.

    Parameters
    ----------
    progress : callable or bool

    Examples
    --------
    >>> from flexports.study.progress import Standing
    >>> with showing(print) as told:
    ...     told(Standing(3, 100))
    Standing(done=3, of=100, precision='', saved=0)
    """
    if progress is True:
        with bar() as told:
            yield told
    else:
        yield progress or silent


@contextmanager
def bar() -> Iterator[Progress]:
    """Show a bar for as long as this lasts: in a notebook or on a terminal."""
    if _in_a_notebook():
        from flexports.study.bars.notebook import notebook_bar as shown
    elif sys.stderr is not None and sys.stderr.isatty():
        from flexports.study.bars.terminal import terminal_bar as shown
    else:
        yield silent
        return
    with shown() as told:
        yield told


def _in_a_notebook() -> bool:
    """Whether IPython is there, and a kernel of it runs us: not its shell on a terminal."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")
