"""Compiling with numba: what every function of the loop is decorated with, and where it is kept."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import codegen

from flexports.engine.compiled.floor_record import FLOOR

Function = TypeVar("Function", bound=Callable[..., Any])

_lock = threading.RLock()
_log = logging.getLogger(__name__)

_OPTIONS: dict[str, Any] = {"error_model": "numpy", "nogil": True, "_nrt": False}
_OF_PARTS: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
_KINDS = {
    "int": numba.int64,
    "float": numba.float64,
    "bool": numba.boolean,
    "FloorAtWork": numba.from_dtype(FLOOR),
}
_parts: list[Any] = []
_MONTH_S = 30 * 86400.0


def part(function: Function) -> Function:
    """A part of the loop, compiled into whatever calls it."""
    return _kept(numba.njit(forceinline=True, **_OPTIONS, **_OF_PARTS)(function))


def part_apart(function: Function) -> Function:
    """A part that is seldom needed, and that the loop is better off calling."""
    return _kept(numba.njit(**_OPTIONS, **_OF_PARTS)(function))


def _kept(compiled: Any) -> Any:
    _parts.append(compiled)
    return compiled


def whole(function: Function) -> Function:
    """What Python calls: compiled when it is first called and kept on disk.

    The interpreter is free while it runs.
    """
    with _kept_in(cache_folder()):
        compiled = numba.njit(cache=True, **_OPTIONS)(function)

    @wraps(function)
    def call(*arguments: Any) -> Any:
        if not compiled.signatures:
            with _lock:
                if not compiled.signatures and not is_compiled():
                    _log.info(
                        "compiling the engine for this machine; it is kept, so this happens once "
                        "and takes some 10 s"
                    )
                    compile_parts()
                    forget_older()
                return compiled(*arguments)
        return compiled(*arguments)

    return cast(Function, call)


def compile_parts() -> None:
    """Compile all parts, those that are called before those that call them.

    Each once, for the types that it is annotated with: else numba makes another version for every
    constant that it is called with.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        with _only_to_be_linked():
            for compiled in _parts:
                if not compiled.signatures:
                    kinds = dict(compiled.py_func.__annotations__)
                    kinds.pop("return")
                    compiled.compile(tuple(_KINDS[kind] for kind in kinds.values()))
                    compiled.disable_compile()
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _only_to_be_linked() -> Iterator[None]:
    """Leave out what numba does to a function so that it can be called by itself.

    It would optimise each part together with all that it calls, and make machine code of that, and
    so the innermost parts a hundred times; only the whole needs either. This reaches into numba:
    with one that has no such methods, compiling takes some 20 s longer.
    """
    library, code = codegen.CPUCodeLibrary, codegen.JITCPUCodegen
    instead: list[tuple[Any, str, Any]] = [
        (library, "_optimize_final_module", _leave_as_it_is),
        (library, "_finalize_final_module", _call_it_final),
        (code, "set_env", _leave_as_it_is),
    ]
    if not all(hasattr(kind, name) for kind, name, _ in instead):
        yield
        return
    before = [(kind, name, getattr(kind, name)) for kind, name, _ in instead]
    try:
        for kind, name, method in instead:
            setattr(kind, name, method)
        yield
    finally:
        for kind, name, method in before:
            setattr(kind, name, method)


def _leave_as_it_is(*_: Any) -> None: ...


def _call_it_final(library: Any) -> None:
    library._finalize_dynamic_globals()
    library._finalized = True


def cache_folder() -> Path:
    """Where compiled code is kept: a folder that is named by what the code is compiled from.

    Numba itself looks at the file of the one function that is kept, and not at its parts.
    """
    sources = sorted(Path(__file__).parent.glob("*.py"))
    sources += [Path(__file__).parents[1] / name for name in ("counts.py", "outcomes.py")]
    told = blake2b(numba.__version__.encode(), digest_size=8)
    for source in sources:
        told.update(source.read_bytes())
    return _base() / told.hexdigest()


def _base() -> Path:
    """The folder of these folders: beside the code, or the user's own where that is read-only."""
    if chosen := os.environ.get("FLEXPORTS_CACHE_DIR"):
        return Path(chosen)
    beside = Path(__file__).parent / "__pycache__"
    if os.access(beside if beside.exists() else beside.parent, os.W_OK):
        return beside / "compiled"
    user = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(user) / "flexports" / "compiled"


@contextmanager
def _kept_in(folder: Path) -> Iterator[None]:
    """Have numba keep what is decorated meanwhile in a folder."""
    settings: Any = numba.config
    before = settings.CACHE_DIR
    settings.CACHE_DIR = str(folder)
    try:
        yield
    finally:
        settings.CACHE_DIR = before


def is_compiled() -> bool:
    """Whether compiled code is kept from an earlier time; else the first day takes some seconds."""
    return any(cache_folder().rglob("*.nbc"))


def forget_older() -> None:
    """Remove what has been kept of earlier versions of the code for more than a month."""
    own, now_s = cache_folder(), time.time()
    for folder in own.parent.glob("*"):
        if folder != own and now_s - folder.stat().st_mtime > _MONTH_S:
            shutil.rmtree(folder, ignore_errors=True)
