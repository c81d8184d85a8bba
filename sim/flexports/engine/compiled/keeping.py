"""Where compiled code is kept from one process to the next."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np
from llvmlite import binding

_PACKAGE = Path(__file__).parents[2]
_MONTH_S = 30 * 86400.0


def cache_folder() -> Path | None:
    """The folder for code that is compiled from these very sources, on this machine.

    Numba itself looks at the file of the one function that is kept, and not at its parts; so the
    folder is named by all that decides what the code is. None if nothing can be kept.
    """
    for base in _bases():
        folder = base / _name()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                return folder
        except OSError:
            continue
    return None


def _bases() -> Iterator[Path]:
    """Where such folders may be: beside the code, or the user's own where that is read-only."""
    if chosen := os.environ.get("FLEXPORTS_CACHE_DIR"):
        yield Path(chosen)
        return
    yield Path(__file__).parent / "__pycache__" / "compiled"
    user = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    yield Path(user) / "flexports" / "compiled"


@cache
def _name() -> str:
    """A hash of the sources, of what compiles them, and of what they are compiled for."""
    versions = (sys.version_info[:3], numba.__version__, llvmlite.__version__, np.__version__)
    machine = binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()
    told = blake2b(f"{versions} {machine} {_PACKAGE}".encode(), digest_size=8)
    for source in sources():
        told.update(source.read_bytes())
    return told.hexdigest()


def sources() -> list[Path]:
    """The files that the loop is compiled from: its own, and those whose numbers it uses."""
    engine = _PACKAGE / "engine"
    folders = engine / "compiled", _PACKAGE / "tape"
    single = [engine / "counts.py", engine / "outcomes.py", _PACKAGE / "ticks.py"]
    return [*(file for folder in folders for file in sorted(folder.glob("*.py"))), *single]


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Have numba keep what is decorated meanwhile in a folder."""
    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(folder)
    try:
        yield
    finally:
        settings.CACHE_DIR = before


def is_kept() -> bool:
    """Whether compiled code is kept from an earlier time; else the first day takes some seconds."""
    folder = cache_folder()
    return folder is not None and any(folder.rglob("*.nbc"))


def forget() -> None:
    """Remove what is kept: it cannot be read."""
    if folder := cache_folder():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)


def forget_older() -> None:
    """Remove what has been kept of earlier versions of the code for more than a month."""
    own, now_s = cache_folder(), time.time()
    if own is None:
        return
    for folder in own.parent.glob("*"):
        if folder != own and now_s - folder.stat().st_mtime > _MONTH_S:
            shutil.rmtree(folder, ignore_errors=True)
