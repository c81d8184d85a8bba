"""The loop as machine code: as it is kept from an earlier time, or compiled now.

numba is slow to load, and what it keeps slow to find; so the machine code is kept here, and LLVM
alone puts it to work. A process that finds it kept does without numba.
"""

from __future__ import annotations

import ctypes
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any

from llvmlite import binding

from flexports.engine.compiled.keeping import MachineCode, keep, kept
from flexports.engine.signals import signals_wait

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_alive: list[Any] = []
"""What must not be collected while the code is used."""

# By LLVM itself, where it finds them shorter than what they replace.
_ALSO_CALLED = ("memcpy", "memmove", "memset", "exp")
_OF_COMPILER = "llvm."

# What the code takes: where to put what it returns, and what it raises; the floor. It returns 0.
_FUNCTION = ctypes.CFUNCTYPE(
    ctypes.c_int32, ctypes.POINTER(ctypes.c_int64), ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p
)
_ARGUMENTS = 3


def loop() -> Callable[[int], int]:
    """Return the loop: from the address of a floor's record to what the loop wants.

    Any number of threads may run it, each with a floor of its own.

    Raises
    ------
    Exception
        Of many kinds, if numba is missing, or fails on this machine.
    """
    with _lock:
        return _loop()


@cache
def _loop() -> Callable[[int], int]:
    code = kept()
    if code is None:
        code = _compiled()
        keep(code)
    native = _FUNCTION(_address_of(code))

    def run(floor: int) -> int:
        returned, raised = ctypes.c_int64(), ctypes.c_void_p()
        if native(ctypes.byref(returned), ctypes.byref(raised), floor):
            raise RuntimeError("the compiled loop has failed")
        return returned.value

    return run


def _compiled() -> MachineCode:
    """Compile the loop."""
    with signals_wait():  # numba's own compiled parts lose them while they are loaded
        day = import_module("flexports.engine.compiled.loop.day")
    _log.info(
        "compiling the engine for this machine, which takes some 10 s; it is kept for the next time"
    )
    module = binding.parse_assembly(day.run())
    module.verify()
    whole = [each for each in module.functions if not each.is_declaration and _is_called(each)]
    called = [each.name for each in module.functions if each.is_declaration]
    (entry,) = whole
    if len(list(entry.arguments)) != _ARGUMENTS:
        raise RuntimeError("this version of numba calls functions in another way")
    return MachineCode(
        entry.name,
        (*(name for name in called if not name.startswith(_OF_COMPILER)), *_ALSO_CALLED),
        _target_machine().emit_object(module),
    )


def _is_called(function: Any) -> bool:
    """Whether a function is there for others than those of its module."""
    return function.linkage is binding.Linkage.external


def _address_of(code: MachineCode) -> int:
    """Put the code where it can run."""
    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), _target_machine())
    _alive.append(engine)
    for name in code.calls:  # for want of one, LLVM would end the process
        if not binding.address_of_symbol(name):
            raise RuntimeError(f"there is no function {name!r}")
    engine.add_object_file(binding.ObjectFileRef.from_data(code.data))
    engine.finalize_object()
    address: int = engine.get_function_address(code.entry)
    return address


def _target_machine() -> Any:
    """The processor of this machine, with all that it can do."""
    with suppress(RuntimeError):  # newer versions have done so already
        binding.initialize()
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    target = binding.Target.from_triple(binding.get_process_triple())
    return target.create_target_machine(
        cpu=binding.get_host_cpu_name(),
        features=binding.get_host_cpu_features().flatten(),
        opt=3,
        reloc="static" if target.name.startswith("x86") else "default",
        codemodel="jitdefault",
        jit=True,
    )
