"""Signals while compiled code is loaded: none is lost, and none is said twice."""

import ctypes
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from threading import Thread

import pytest

from flexports.engine.signals import signals_come_again, signals_wait

Seen = Callable[[], AbstractContextManager[None]]
BOTH = [signals_wait, signals_come_again]


def interrupted_amid(seen_to: Seen, *steps: Callable[[], object]) -> int:
    """Take these steps; tell how many were done when the interrupt came out."""
    done = 0
    with suppress(KeyboardInterrupt):
        with seen_to():
            for step in steps:
                step()
                done += 1
        return -1
    return done


def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)


def nothing() -> None:
    pass


def missing() -> None:
    with suppress(KeyboardInterrupt):
        interrupt()
    raise ImportError


@ctypes.CFUNCTYPE(None)
def interrupted() -> None:
    interrupt()


def test_an_interrupt_amid_a_callback_is_lost_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: lost.append(told.exc_type))
    interrupted()
    assert lost == [KeyboardInterrupt]


def test_it_comes_again_and_is_not_told_of_before(monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lost.append)
    assert interrupted_amid(signals_come_again, interrupted, nothing) == 2
    assert lost == []


def test_it_comes_at_once_where_nothing_stands_in_between() -> None:
    assert interrupted_amid(signals_come_again, nothing, interrupt, nothing) == 1


def test_other_losses_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: lost.append(told.exc_type))
    with signals_come_again():
        ctypes.CFUNCTYPE(None)(lambda: None.nothing)()  # type: ignore[attr-defined]
    assert lost == [AttributeError]


def test_it_waits() -> None:
    assert interrupted_amid(signals_wait, nothing, interrupt, nothing) == 3


@pytest.mark.parametrize("seen_to", BOTH)
def test_an_interrupt_is_no_missing_part(seen_to: Seen) -> None:
    assert interrupted_amid(seen_to, nothing, missing) == 1


@pytest.mark.parametrize("seen_to", BOTH)
def test_all_is_as_before_in_the_end(seen_to: Seen) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), sys.unraisablehook
    with seen_to():
        pass
    assert interrupted_amid(seen_to, interrupt) >= 0
    after = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), sys.unraisablehook
    assert after == before


@pytest.mark.parametrize("seen_to", BOTH)
def test_other_threads_have_nothing_to_see_to(seen_to: Seen) -> None:
    done = []

    def work() -> None:
        with seen_to():
            done.append(True)

    other = Thread(target=work)
    other.start()
    other.join()
    assert done == [True]
