"""How a command ends: bad input, an interruption, a reader who has gone."""

from __future__ import annotations

import logging
import os
import sys
import warnings

import typer
from typer.core import TyperGroup

from flexports.problems import InputError

NEGATIVE, BAD_INPUT, INTERRUPTED = 1, 2, 130


class Commands(TyperGroup):
    """Commands that end with a message and an exit code, never with a traceback for bad input."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except InputError as refused:
            for problem in refused.problems:
                print(f"error: {problem}", file=sys.stderr)
            raise typer.Exit(BAD_INPUT) from None
        except KeyboardInterrupt:
            print("interrupted", file=sys.stderr)
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # Whoever read the output has seen enough. Nothing may be written at the end either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None


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
