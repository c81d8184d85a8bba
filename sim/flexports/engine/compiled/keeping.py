"""Where the loop's machine code is kept from one process to the next."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from llvmlite import binding

_PACKAGE = Path(__file__).parents[2]
_MONTH_S = 30 * 86400.0
_FILE = "loop.bin"

_log = logging.getLogger(__name__)


class MachineCode(NamedTuple):
    """The loop as the machine runs it.

    Attributes
    ----------
    entry : str
        The name of the function to be called.
    calls : tuple of str
        The functions that it may call, of the process.
    data : bytes
        An object file.
    """

    entry: str
    calls: tuple[str, ...]
    data: bytes


def kept() -> MachineCode | None:
    """Return what is kept, if anything is."""
    for folder in folders():
        try:
            head, data = (folder / _FILE).read_bytes().split(b"\n", 1)
            told = json.loads(head)
            if told["digest"] != _digest(data):
                raise ValueError("it is damaged")
            return MachineCode(told["entry"], tuple(told["calls"]), data)
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError) as damage:
            _log.warning("what was compiled earlier cannot be read (%s)", damage)
    return None


def keep(code: MachineCode) -> Path | None:
    """Keep this for the next time; return the folder, or None if nothing can be kept anywhere."""
    told = {"entry": code.entry, "calls": code.calls, "digest": _digest(code.data)}
    for folder in folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                file.write(json.dumps(told).encode() + b"\n" + code.data)
            os.replace(file.name, folder / _FILE)
            _forget_older(folder)
        except OSError:
            continue
        return folder
    return None


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def folders() -> Iterator[Path]:
    """Where code may be kept that is compiled from these very sources, on this machine.

    Each is named by all that decides what the code is.
    """
    for base in _bases():
        yield base / _name()


def _bases() -> Iterator[Path]:
    """Beside the code, or the user's own where that is read-only."""
    if chosen := os.environ.get("FLEXPORTS_CACHE_DIR"):
        yield Path(chosen)
        return
    yield Path(__file__).parent / "__pycache__" / "compiled"
    user = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    yield Path(user) / "flexports" / "compiled"


@cache
def _name() -> str:
    """A hash of the sources, of what compiles them, and of what they are compiled for."""
    versions = (sys.version_info[:3], *map(version, ("numba", "llvmlite", "numpy")))
    machine = binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()
    told = blake2b(f"{versions} {machine} {_PACKAGE}".encode(), digest_size=8)
    for source in sources():
        told.update(source.read_bytes())
    return told.hexdigest()


def sources() -> list[Path]:
    """The files that the loop is compiled from: its own, and those whose numbers it uses."""
    engine = _PACKAGE / "engine"
    folders = engine / "compiled" / "loop", engine / "compiled", _PACKAGE / "tape"
    single = [engine / "counts.py", engine / "outcomes.py", _PACKAGE / "ticks.py"]
    return [*(file for folder in folders for file in sorted(folder.glob("*.py"))), *single]


def _forget_older(own: Path) -> None:
    """Remove what has been kept of earlier versions of the code for more than a month."""
    now_s = time.time()
    for folder in own.parent.glob("*"):
        if folder != own and now_s - folder.stat().st_mtime > _MONTH_S:
            shutil.rmtree(folder, ignore_errors=True)
