"""How a command ends: bad input, an interruption, a reader who has gone."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never

import typer
from typer.core import TyperGroup

from flexports.cli.console import say_no_more
from flexports.problems import InputError, WorkersLostError

NEGATIVE, BAD_INPUT, INTERRUPTED, TERMINATED = 1, 2, 130, 143


class Terminated(BaseException):
    """Somebody wants this process to end, and we to leave nothing behind."""


class Commands(TyperGroup):
    """Commands that end with a message and an exit code, never with a traceback for bad input."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Run the command that was asked for."""
        try:
            with termination_raised():
                return super().invoke(ctx)
        except InputError as refused:
            for problem in refused.problems:
                print(f"error: {problem}", file=sys.stderr)
            raise typer.Exit(BAD_INPUT) from None
        except WorkersLostError as lost:
            print(f"error: {lost}", file=sys.stderr)
            raise typer.Exit(BAD_INPUT) from None
        except KeyboardInterrupt:
            print("interrupted", file=sys.stderr)
            raise typer.Exit(INTERRUPTED) from None
        except Terminated:
            print("terminated", file=sys.stderr)
            raise typer.Exit(TERMINATED) from None
        except BrokenPipeError:
            say_no_more()  # whoever read the output has seen enough
            raise typer.Exit(0) from None


@contextmanager
def termination_raised() -> Iterator[None]:
    """Have SIGTERM end what is under way in order: workers are let go, and a bar is taken away."""
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield  # only the main thread may see to signals, and whoever does already knows best
        return
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _terminate(*_: object) -> Never:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # who asks twice shall not wait
    raise Terminated


def speak_of_what_happens() -> None:
    """Say on stderr what the library warns of, and on a terminal what takes long."""

    def told(message: Warning | str, *_: object, **__: object) -> None:
        warn(str(message))

    warnings.showwarning = told
    if sys.stderr is not None and sys.stderr.isatty():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        log = logging.getLogger("flexports")
        log.handlers[:] = [handler]  # one, however often commands are run in this process
        log.setLevel(logging.INFO)


def warn(message: str) -> None:
    """Say something on stderr that is no reason to stop."""
    print(f"warning: {message}", file=sys.stderr)
