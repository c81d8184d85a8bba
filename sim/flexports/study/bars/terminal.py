"""A bar on stderr, which leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flexports.study.bars.pace import Pace
from flexports.study.progress import Progress, Standing

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

_PATIENCE_S = 0.5
"""What is over sooner needs no bar, and a flash of one would only disturb."""
_WIDTH = 20


@contextmanager
def terminal_bar() -> Iterator[Progress]:
    """Show days done of all, elapsed time and time left, and the precision."""
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.end()


class _Bar:
    """A bar that is there from the first standing that comes after a moment."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._bars: Bars | None = None

    def __call__(self, standing: Standing) -> None:
        self._pace.follow(standing)
        if self._bars is None:
            if self._pace.elapsed_s < _PATIENCE_S:
                return
            self._bars = _bars()
            self._task = self._bars.add_task("", words=self)
            self._bars.start()
        self._bars.update(self._task, completed=standing.done, total=standing.of)

    def __str__(self) -> str:
        """Say what stands beside the bar: at each look at it, not only when we are told."""
        return self._pace.words()

    def end(self) -> None:
        if self._bars is not None:
            self._bars.stop()


def _bars() -> Bars:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn
    from rich.table import Column

    one_line = Column(no_wrap=True, overflow="ellipsis")
    return Progress(
        BarColumn(_WIDTH),
        TextColumn("{task.fields[words]}", markup=False, table_column=one_line),
        console=Console(stderr=True, highlight=False),
        transient=True,
    )
