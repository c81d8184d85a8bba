"""Compiling with numba: what every function of the loop is decorated with."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar, cast

import numba
from numba.core import codegen

from flexports.engine.compiled.floor_record import FLOOR
from flexports.engine.compiled.keeping import (
    cache_folder,
    forget,
    forget_older,
    is_kept,
    kept_in,
)

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
    folder = cache_folder()
    if folder is None:
        compiled = numba.njit(**_OPTIONS)(function)
    else:
        with kept_in(folder):
            compiled = numba.njit(cache=True, **_OPTIONS)(function)

    @wraps(function)
    def call(*arguments: Any) -> Any:
        if not compiled.signatures:
            with _lock:
                if not compiled.signatures:
                    return _first_call(compiled, arguments)
        return compiled(*arguments)

    return cast(Function, call)


def _first_call(compiled: Any, arguments: tuple[Any, ...]) -> Any:
    """Find it compiled, or compile it."""
    if is_kept():
        try:
            return compiled(*arguments)
        except Exception as damaged:
            _log.warning("what was compiled earlier cannot be read (%s); it is removed", damaged)
            forget()
    _log.info(
        "compiling the engine for this machine, which takes some 10 s; it is kept for the next time"
    )
    compile_parts()
    forget_older()
    with _loops_as_they_are():
        return compiled(*arguments)


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
def _loops_as_they_are() -> Iterator[None]:
    """Have no loop made one over vectors: those here are over a shift or two, a line or two."""
    settings: Any = numba.config
    before = settings.LOOP_VECTORIZE
    settings.LOOP_VECTORIZE = 0
    try:
        yield
    finally:
        settings.LOOP_VECTORIZE = before


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
