"""Signals amid code that loses what they raise: they come again, or wait.

Compiled code that calls Python, and LLVM that calls back, print an exception that comes up there,
or take it for a fault of their own; an interrupt would end nothing.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any

Handler = Callable[[int, FrameType | None], Any]


@contextmanager
def signals_wait() -> Iterator[None]:
    """Let an interrupt, or a wish to end, wait until this is over: for what takes a second."""
    with _handled(lambda *_: None):
        yield


@contextmanager
def signals_come_again() -> Iterator[None]:
    """Raise what an interrupt, or a wish to end, raises; and again at the end, if it was lost."""

    def silent_if_interrupted(lost: sys.UnraisableHookArgs) -> None:
        if not came:
            told(lost)

    told, sys.unraisablehook = sys.unraisablehook, silent_if_interrupted
    try:
        with _handled(lambda handler, *signalled: handler(*signalled)) as came:
            yield
    finally:
        sys.unraisablehook = told


@contextmanager
def _handled(handle: Callable[[Handler, int, FrameType | None], None]) -> Iterator[list[int]]:
    """Have this handle signals, given the handler that was there before; then raise them again.

    Gives the signals that came.
    """
    came: list[int] = []

    def handled(handler: Handler, number: int, frame: FrameType | None) -> None:
        came.append(number)
        handle(handler, number, frame)

    handlers = {}
    if threading.current_thread() is threading.main_thread():  # no other may see to signals
        both = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
        handlers = {each: handler for each, handler in both.items() if callable(handler)}
    for each, handler in handlers.items():
        signal.signal(each, partial(handled, handler))
    try:
        yield came
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
        for number in came:
            signal.raise_signal(number)
