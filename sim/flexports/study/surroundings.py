"""What a result may depend on besides the floor and the seed: the versions, and the machine."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Generic

import flexports
from flexports.engine import REFERENCE_ENGINE, engine_named
from flexports.floor.read import parse_floor
from flexports.floor.template import new_floor_text
from flexports.problems import InputError, Problem
from flexports.study.blocks import Trial
from flexports.study.hands import Job, Result

_LIBRARIES = ("numpy", "scipy", "numba")
_NONE = "none"
_SHORT = 12
"""So many digits of a digest tell two apart."""


@dataclass(frozen=True)
class Surroundings:
    """Where something is computed. In equal ones the same input gives the same bits.

    Attributes
    ----------
    versions : mapping of str to str
        Of Python, flexports and the libraries that compute.
    source : str
        Digest of the source of flexports: two may call themselves the same version.
    day : str
        Digest of a day, all of its calls: a library may compute otherwise on another processor.
    """

    versions: Mapping[str, str]
    source: str
    day: str

    def differences(self, other: Surroundings) -> Iterator[str]:
        """Tell how others differ from these."""
        for name, here in self.versions.items():
            if (there := other.versions.get(name, _NONE)) != here:
                yield f"has {name} {there} and not {here}"
        if other.source != self.source:
            yield "has another flexports of the same version"
        if other.day != self.day:
            yield "computes a day to other bits"

    def check(self, other: Surroundings, place: str) -> None:
        """Refuse others that might not give the same bits.

        Raises
        ------
        InputError
        """
        remedy = "install there what is installed here"
        if found := list(self.differences(other)):
            # Bits differ because of the versions, if those do.
            raise InputError(Problem("cluster", place, found[0], remedy))


@dataclass(frozen=True)
class OnlyHere(Generic[Job, Result]):
    """A function that refuses to run in other surroundings than those it was made in."""

    function: Callable[[Job], Result]
    here: Surroundings

    def __call__(self, job: Job) -> Result:
        """Do a job."""
        self.here.check(surroundings(), platform.node())
        return self.function(job)


@lru_cache
def surroundings() -> Surroundings:
    """Return those of this process."""
    versions = {"Python": platform.python_version(), "flexports": flexports.__version__}
    versions |= {name: _version(name) for name in _LIBRARIES}
    return Surroundings(versions, _digest_of_source(), _digest_of_a_day())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return _NONE


def _digest_of_source() -> str:
    found = sha256()
    folder = Path(flexports.__file__).parent
    for path in sorted(folder.rglob("*.py"), key=lambda each: each.relative_to(folder).parts):
        found.update(path.read_bytes())
    return found.hexdigest()[:_SHORT]


def _digest_of_a_day() -> str:
    """Run a day that draws from most laws, by what needs no compiling."""
    text = new_floor_text("A day").replace("#day_cv = 0.0", "day_cv = 0.1")
    trial = Trial(parse_floor(text), seed=1, engine=REFERENCE_ENGINE)
    day = engine_named(trial.engine).run_day(trial.plan, trial.tape(0), 3)
    return sha256(day.calls.values.tobytes() + day.work.values.tobytes()).hexdigest()[:_SHORT]
