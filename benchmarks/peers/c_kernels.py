"""The kernels in C: compiled when they are asked for, into a folder that is then gone."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections import Counter
from ctypes import POINTER, c_double, c_long, c_uint64
from functools import lru_cache
from pathlib import Path

from peers.facts import HOUR_S, Loss

_HERE = Path(__file__).parent
_FLAGS = ("-O3", "-march=native", "-shared", "-fPIC")
_W3 = ("dials", "messages", "by hand", "inbound", "blocked", "abandoned", "hold")


def compiler() -> str | None:
    """A compiler of C, if there is one."""
    return shutil.which("gcc") or shutil.which("cc")


@lru_cache
def _library(name: str) -> ctypes.CDLL:
    command = compiler()
    assert command is not None
    with tempfile.TemporaryDirectory() as folder:
        library = str(Path(folder) / f"{name}.so")
        source = str(_HERE / f"{name}.c")
        subprocess.run([command, *_FLAGS, "-o", library, source, "-lm"], check=True)
        return ctypes.CDLL(library)


def w3(seed: int, days: int, ports: int) -> Counter[str]:
    """Days of `dialing-floor.toml`."""
    run = _library("w3").w3
    run.argtypes = [c_uint64, c_long, c_long, POINTER(c_double)]
    seen = (c_double * len(_W3))()
    run(seed, days, ports, seen)
    return Counter(dict(zip(_W3, map(int, seen), strict=True)))


def loss(facts: Loss, seed: int, days: int, hours_a_day: int) -> Counter[str]:
    """Days of `loss-floor.toml`."""
    run = _library("loss").loss
    run.argtypes = [c_uint64, c_long, c_long, *[c_double] * 4, POINTER(c_double)]
    seen = (c_double * 2)()
    gap_s, length_s = 1 / facts.rate_per_s, hours_a_day * HOUR_S
    run(seed, days, facts.ports, length_s, facts.warm_up_s, gap_s, facts.call_s, seen)
    return Counter(offered=int(seen[0]), blocked=int(seen[1]))
