"""Which peers there are on this machine."""

from __future__ import annotations

from importlib.util import find_spec

from peers.c_kernels import compiler

PACKAGES = ("cimba", "ciw", "salabim")


def is_there(package: str) -> bool:
    """Whether a package is installed."""
    return find_spec(package) is not None


def report_missing() -> None:
    """Print which peers are left out, and what brings them in."""
    missing = [package for package in PACKAGES if not is_there(package)]
    if missing:
        names = " ".join(missing)
        print(f"Left out, as they are not installed: {names}. To add them: pip install {names}")
    if compiler() is None:
        print("Left out: the kernels in C, as there is no gcc or cc")
