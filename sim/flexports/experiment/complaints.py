"""What is wrong with a point, told of the factor whose fault it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flexports.floor.toml_text import toml_key
from flexports.problems import NOTHING, Problem, shortened

_NUMBERS = re.compile(r"-?[\d.]+")


@dataclass(frozen=True)
class Blame:
    """Who is to blame for what is wrong with one point.

    Attributes
    ----------
    settings : mapping of str to value
        By the path of a key.
    places : mapping of str to str
        Where each of these keys stands on the floor: ``sources[1].rate``.
    of : str
        The floor's name, where there are several.
    """

    settings: Mapping[str, object]
    places: Mapping[str, str]
    of: str = ""

    def of_one(self, problem: Problem) -> Problem | None:
        """Return the problem as one of the factor that it lies in; None if it lies in none."""
        for path, place in self.places.items():
            beyond = problem.place.removeprefix(place)
            if problem.place.startswith(place) and beyond[:1] in ("", ".", "["):
                return replace(problem, place=f"factors.{toml_key(path)}{beyond}")
        return None

    def of_all(self, problem: Problem, number: int) -> Problem:
        """Return the problem as one of the factors that may have to do with it."""
        near = [path for path, place in self.places.items() if place.startswith(problem.place)]
        paths = near or list(self.settings)
        value = "" if problem.value is NOTHING else f"{shortened(problem.value)} "
        rule = f"does not fit {problem.place}: {value}{problem.rule}"
        if len(paths) == 1:
            place = f"factors.{toml_key(paths[0])}"
            return replace(problem, place=place, value=self.settings[paths[0]], rule=rule)
        shown = ", ".join(f"{path} = {shortened(self.settings[path])}" for path in paths)
        return replace(problem, place=f"point {number} ({shown})", value=NOTHING, rule=rule)


class Complaints:
    """The problems of many points, each once.

    Parameters
    ----------
    drawn : bool
        The values are drawn, not written: what is wrong with several of them is told of the first.

    Attributes
    ----------
    problems : list of Problem
    points : int
        How many there was something to complain about.
    """

    def __init__(self, drawn: bool) -> None:
        self.problems: list[Problem] = []
        self.points = 0
        self._drawn = drawn
        self._told: set[tuple[str, ...]] = set()

    def add(self, problems: Iterable[Problem], blame: Blame, number: int) -> None:
        """Add what is wrong with a point, if it has not been told."""
        self.points += 1
        for problem in problems:
            own = blame.of_one(problem)
            told = own or blame.of_all(problem, number)
            self._add(told.under("", blame.of), self._sense(own, problem, blame))

    def _add(self, problem: Problem, sense: tuple[str, ...]) -> None:
        if sense not in self._told:
            self._told.add(sense)
            self.problems.append(problem)

    def _sense(self, own: Problem | None, problem: Problem, blame: Blame) -> tuple[str, ...]:
        """Return what makes two complaints the same."""
        if own is not None and not self._drawn:
            return own.place, repr(own.value), own.rule
        return blame.of, problem.place, _NUMBERS.sub("#", problem.rule)


def once(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in their order, without those that say what an earlier one says."""
    found: dict[str, Problem] = {}
    for problem in problems:
        found.setdefault(str(replace(problem, of="")), problem)
    return list(found.values())
