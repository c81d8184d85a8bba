"""A floor with the places at which its factors are set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, permutations

from flexports.experiment.bases import Base, floor_in
from flexports.experiment.complaints import Blame, Complaints
from flexports.experiment.files import Files
from flexports.experiment.paths import Steps, located, place_of, put, within
from flexports.experiment.ranges import Range
from flexports.floor import Floor
from flexports.floor.toml_text import toml_key
from flexports.problems import NOTHING, InputError, Problem, split_message


class Opened:
    """A floor whose factors can be set.

    Parameters
    ----------
    base : Base
    paths : iterable of str
        Of the factors.
    files : Files
    several : bool
        Whether it has to be told apart from others in messages.

    Attributes
    ----------
    name : str
    wrong_paths : list of Problem
        Those that lead nowhere; no point can be made if there are any.
    """

    def __init__(self, base: Base, paths: Iterable[str], files: Files, several: bool) -> None:
        self.name = base.file.name
        self.wrong_paths: list[Problem] = []
        self._file, self._files = base.file.file, files
        self._of = self.name if several else ""
        self._tables = within(base.tables)
        self._steps: dict[str, Steps] = {}
        for path in paths:
            try:
                self._steps[path] = located(path, base.floor, self._tables)
            except ValueError as error:
                self._complain(path, str(error))
        self._refuse_overlaps()

    def with_settings(
        self, settings: Mapping[str, object], complaints: Complaints, number: int
    ) -> Floor | None:
        """Return the floor with these settings; None if there is something to complain about."""
        try:
            return self._floor(settings)
        except InputError as error:
            complaints.add(error.problems, self._blame(settings), number)
            return None

    def wrong_with(self, path: str, factor: Range) -> Iterator[Problem]:
        """Yield what is wrong with an end of a range, whatever the other factors are."""
        for end, value in zip(("from", "to"), factor.ends, strict=True):
            try:
                self._floor({path: value})
            except InputError as error:
                blame = self._blame({path: value})
                for problem in filter(None, map(blame.of_one, error.problems)):
                    place = f"{problem.place}.{end}"
                    yield replace(problem, place=place, of=problem.of or self._of)

    def _floor(self, settings: Mapping[str, object]) -> Floor:
        tables = within(self._tables)
        for path, value in settings.items():
            put(tables, self._steps[path], value)
        return floor_in(tables, self.name, self._file, self._files)

    def _blame(self, settings: Mapping[str, object]) -> Blame:
        places = {path: place_of(self._steps[path]) for path in settings}
        return Blame(settings, places, self._of)

    def _refuse_overlaps(self) -> None:
        for (path, steps), (other, inner) in permutations(self._steps.items(), 2):
            if len(inner) > len(steps) and inner[: len(steps)] == steps:
                self._complain(other, f"lies within the factor '{path}'; leave one of the two out")
        for (path, steps), (other, same) in combinations(self._steps.items(), 2):
            if steps == same:
                self._complain(other, f"is the same key as '{path}'; leave one of the two out")

    def _complain(self, path: str, message: str) -> None:
        place = f"factors.{toml_key(path)}"
        self.wrong_paths.append(Problem(place, NOTHING, *split_message(message), of=self._of))
