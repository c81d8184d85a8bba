"""One run at a time: a lock that ends with the process that holds it, however that ends."""

from __future__ import annotations

import fcntl
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flexports.folder.durable import refusal
from flexports.problems import NOTHING, InputError, Problem

NAME = ".lock"
_LONGEST = 200


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock.

    Raises
    ------
    InputError
        If another run holds it.
    """
    with refusal(folder):
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _take(handle, folder)
        yield
    finally:
        os.close(handle)


def _take(handle: int, folder: Path) -> None:
    try:
        with refusal(folder):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except InputError as error:
        if not isinstance(error.__cause__, BlockingIOError):
            raise
        rule = f"is in use by {_holder(handle)}"
        remedy = "wait for that run to end, or name another folder"
        raise InputError(Problem(str(folder), NOTHING, rule, remedy)) from None
    with suppress(OSError):  # such as a full disk: the name is for messages only
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()} on {platform.node()}".encode(), 0)


def _holder(handle: int) -> str:
    told = os.pread(handle, _LONGEST, 0).decode("utf-8", "replace")
    return told if told.isprintable() and told else "another process"
