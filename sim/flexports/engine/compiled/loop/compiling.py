"""Compiling with numba: what every function of the loop is decorated with."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import numba
from numba.core import codegen

from flexports.engine.compiled.floor_record import FLOOR

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS: dict[str, Any] = {
    "error_model": "numpy",
    "nogil": True,
    "_nrt": False,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
_KINDS = {
    "int": numba.int64,
    "float": numba.float64,
    "bool": numba.boolean,
    "Word": numba.uint64,
    "State": numba.types.UniTuple(numba.uint64, 4),  # type: ignore[no-untyped-call]
    "FloorAtWork": numba.from_dtype(FLOOR),
}
_parts: list[Any] = []


def part(function: Function) -> Function:
    """A part of the loop, compiled into whatever calls it."""
    return _kept(numba.njit(forceinline=True, **_OPTIONS)(function))


def part_apart(function: Function) -> Function:
    """A part that is seldom needed, and that the loop is better off calling."""
    return _kept(numba.njit(**_OPTIONS)(function))


def _kept(compiled: Any) -> Any:
    _parts.append(compiled)
    return compiled


def whole(function: Callable[..., int]) -> Callable[[], str]:
    """The loop itself: what it is replaced by returns it as LLVM's code, with all its parts."""

    def in_llvm() -> str:
        compiled: Any = numba.njit(**_OPTIONS)(function)
        _compile_parts()
        with _loops_as_they_are(), _never_called():
            _compile(compiled)
        (told,) = compiled.inspect_llvm().values()
        return cast(str, told)

    return in_llvm


def _compile_parts() -> None:
    """Compile all parts, those that are called before those that call them.

    Each once, for the types that it is annotated with: else numba makes another version for every
    constant that it is called with.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        with _only_linked(), _never_called():
            for compiled in _parts:
                if not compiled.signatures:
                    _compile(compiled)
    finally:
        if collecting:
            gc.enable()


def _compile(compiled: Any) -> None:
    kinds = dict(compiled.py_func.__annotations__)
    kinds.pop("return")
    compiled.compile(tuple(_KINDS[kind] for kind in kinds.values()))
    compiled.disable_compile()


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
def _only_linked() -> Iterator[None]:
    """Optimise nothing by itself: each part would be together with all that it calls.

    And so the innermost parts a hundred times.
    """
    with _instead((codegen.CPUCodeLibrary, "_optimize_final_module", _leave_as_it_is)):
        yield


@contextmanager
def _never_called() -> Iterator[None]:
    """Make no machine code of what Python will not call."""
    with _instead(
        (codegen.CPUCodeLibrary, "_finalize_final_module", _call_it_final),
        (codegen.JITCPUCodegen, "set_env", _leave_as_it_is),
    ):
        yield


@contextmanager
def _instead(*methods: tuple[Any, str, Any]) -> Iterator[None]:
    """Have other methods for a while.

    This reaches into numba: with one that has no such methods, compiling takes some 20 s longer.
    """
    if not all(hasattr(kind, name) for kind, name, _ in methods):
        yield
        return
    before = [(kind, name, getattr(kind, name)) for kind, name, _ in methods]
    try:
        for kind, name, method in methods:
            setattr(kind, name, method)
        yield
    finally:
        for kind, name, method in before:
            setattr(kind, name, method)


def _leave_as_it_is(*_: Any) -> None: ...


def _call_it_final(library: Any) -> None:
    library._finalize_dynamic_globals()
    library._finalized = True
