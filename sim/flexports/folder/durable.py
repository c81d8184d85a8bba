"""Files that are there whole, and stay, or are not there at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flexports.problems import NOTHING, InputError, Problem

_ENDING = ".unfinished"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_durably(path: Path, content: bytes) -> None:
    """Write a file so that, whatever happens, it is afterwards the old one or the new one.

    For one writer at a time.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}{_ENDING}")
    with refusal(path.parent):
        try:
            _write(unfinished, content)
            os.replace(unfinished, path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _sync(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder that stays, unless it is there.

    Raises
    ------
    InputError
        If it cannot be made.
    """
    if path.is_dir():
        return
    with refusal(path):
        path.mkdir(parents=True, exist_ok=True)
        _sync(path.parent)


def sweep_leftovers(folder: Path) -> None:
    """Remove what writers who were killed left in a folder."""
    with refusal(folder):
        for path in folder.iterdir():
            if is_leftover(path):
                path.unlink()


def is_leftover(path: Path) -> bool:
    """Tell whether a file is what a writer who was killed left behind."""
    return path.name.startswith(".") and path.name.endswith(_ENDING)


@contextmanager
def refusal(folder: Path) -> Iterator[None]:
    """Have errors of the system name the folder, and what to do.

    Raises
    ------
    InputError
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(Problem(str(folder), NOTHING, *_rule_and_remedy(error, reason))) from error


def _rule_and_remedy(error: OSError, reason: str) -> tuple[str, str]:
    if error.errno in _FULL:
        remedy = "make room, then run the same again: it goes on after what is saved"
        return f"has no room left: {reason}", remedy
    return f"cannot be used: {reason}", "name a folder that can be written to"


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    """Have the names in a folder stay too, not only what is in the files."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
