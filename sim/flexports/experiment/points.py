"""From floors and factors to points: each a whole floor, validated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flexports.experiment.complaints import Complaints, once
from flexports.experiment.design import Factors, combinations
from flexports.experiment.experiment import Point
from flexports.experiment.opened import Opened
from flexports.experiment.ranges import Range
from flexports.experiment.table import Design
from flexports.problems import InputError, Problem


def points_of(
    floors: Sequence[Opened], factors: Factors, design: Design, seed: int
) -> tuple[Point, ...]:
    """Return all points: floor by floor, each in the order of the design.

    Parameters
    ----------
    floors : sequence of Opened
        Without wrong paths.
    factors : mapping
        By the path of a key, its values or their range.
    design : Design
    seed : int

    Raises
    ------
    InputError
        With everything that is wrong with any of them, once.
    """
    ranges = {path: one for path, one in factors.items() if isinstance(one, Range)}
    _refuse(_wrong_ends(floors, ranges))
    complaints = Complaints(drawn=bool(ranges))
    found: list[Point] = []
    for opened in floors:
        for settings in combinations(design.kind, factors, design.points, seed):
            number = len(found) + complaints.points + 1
            floor = opened.with_settings(settings, complaints, number)
            if floor is not None:
                found.append(Point(number, opened.name, settings, floor))
    _refuse(complaints.problems)
    return tuple(found)


def _wrong_ends(floors: Sequence[Opened], ranges: Mapping[str, Range]) -> Iterator[Problem]:
    """Yield what is wrong with the ends of ranges, before anything is drawn between them."""
    for opened in floors:
        for path, factor in ranges.items():
            yield from opened.wrong_with(path, factor)


def _refuse(problems: Iterable[Problem]) -> None:
    found = once(problems)
    if found:
        raise InputError(found)
