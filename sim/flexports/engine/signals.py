"""Signals that wait while a library is loaded."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def signals_held() -> Iterator[None]:
    """Let an interrupt or a wish to end wait until this is over, a second or so.

    What they raise amid the loading of numba's compiled parts is taken there for a missing part,
    and lost.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # they reach the main thread only
        return
    came: list[int] = []
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    held = [each for each, handler in before.items() if callable(handler)]
    for each in held:
        signal.signal(each, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for each in held:
            signal.signal(each, before[each])
        for number in came:
            signal.raise_signal(number)
