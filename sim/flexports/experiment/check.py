"""What the keys of an experiment demand of each other."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from flexports.experiment.design import DRAWN, size_of
from flexports.experiment.ranges import Range
from flexports.experiment.table import MOST_POINTS, ExperimentTable
from flexports.floor.toml_text import toml_key
from flexports.problems import NOTHING, Problem


def problems_of(
    table: ExperimentTable, raw: Mapping[str, Any], failed: Collection[str]
) -> Iterator[Problem]:
    """Yield what does not go together.

    Parameters
    ----------
    table : ExperimentTable
        What could be read.
    raw : mapping
        What stands in the file.
    failed : collection of str
        The keys that could not be read.
    """
    yield from _floors(raw)
    yield from _days(raw)
    if not {"design", "factors"} & set(failed):
        found = [*_values(table), *_lengths(table), *_points(table)]
        yield from found or _size(table)


def _floors(raw: Mapping[str, Any]) -> Iterator[Problem]:
    if "floor" in raw and "floors" in raw:
        yield Problem("floors", NOTHING, "stands beside floor", "leave out one of the two")
    if "floor" not in raw and "floors" not in raw:
        remedy = 'add floor = "../models/company-x.toml", or floors = ["a.toml", "b.toml"]'
        yield Problem("floor", NOTHING, "is missing", remedy)


def _days(raw: Mapping[str, Any]) -> Iterator[Problem]:
    if "precision" not in raw:
        for name in ("max_days", "max_time"):
            if name in raw:
                remedy = 'add precision = "2%", or write days = 400 instead'
                yield Problem(name, raw[name], "has no effect without precision", remedy)
    elif "days" in raw:
        rule, remedy = "stands beside precision, which decides", "write max_days for the most"
        yield Problem("days", raw["days"], rule, remedy)


def _values(table: ExperimentTable) -> Iterator[Problem]:
    """Lists are for designs that combine, ranges for those that draw."""
    kind = table.design.kind
    for path, factor in table.factors.items():
        place = f"factors.{toml_key(path)}"
        if kind in DRAWN and not isinstance(factor, Range):
            rule = f"is a list, and {kind} draws from ranges"
            remedy = 'write { from = 5, to = 20 }, or [design] kind = "grid"'
            yield Problem(place, list(factor), rule, remedy)
        if kind not in DRAWN and isinstance(factor, Range):
            rule = f"is a range, and {kind} wants lists of values"
            remedy = 'write a list such as [5, 10, 20], or [design] kind = "sobol" and points = 64'
            yield Problem(place, NOTHING, rule, remedy)
        if kind == "grid" and not isinstance(factor, Range):
            yield from _repeated(place, factor)


def _repeated(place: str, values: tuple[object, ...]) -> Iterator[Problem]:
    shown = [repr(value) for value in values]
    for value in dict.fromkeys(shown):
        if shown.count(value) > 1:
            yield Problem(place, list(values), f"has {value} twice", "write it once")


def _lengths(table: ExperimentTable) -> Iterator[Problem]:
    if table.design.kind != "list":
        return
    lengths = {path: len(one) for path, one in table.factors.items() if isinstance(one, tuple)}
    longest = max(lengths.values(), default=0)
    for path, length in lengths.items():
        if length < longest:
            rule = f"has fewer values than another factor: {length}, not {longest}"
            remedy = 'write as many for each, or [design] kind = "grid" for every combination'
            yield Problem(f"factors.{toml_key(path)}", NOTHING, rule, remedy)


def _points(table: ExperimentTable) -> Iterator[Problem]:
    design = table.design
    place, points = "design.points", design.points
    if design.kind not in DRAWN:
        if points is not None:
            rule = f"has no effect with {design.kind}, which has as many as its factors make"
            yield Problem(place, points, rule, "leave it out")
        return
    if not table.factors:
        yield Problem("factors", NOTHING, "is missing", "add a factor: there is nothing to draw")
    if points is None:
        yield Problem(place, NOTHING, "is missing", "add points = 64")
    elif design.kind == "sobol" and points & (points - 1):
        rule, remedy = "is not a power of 2, for which Sobol' points are even", _powers(points)
        yield Problem(place, points, rule, remedy)


def _powers(points: int) -> str:
    below = 1 << (points.bit_length() - 1)
    return f"write {below}" if 2 * below > MOST_POINTS else f"write {below} or {2 * below}"


def _size(table: ExperimentTable) -> Iterator[Problem]:
    floors = max(len(table.floors), 1)
    points = floors * size_of(table.design.kind, table.factors, table.design.points)
    if points > MOST_POINTS:
        rule = f"makes {points:,} points, and {MOST_POINTS:,} are the most"
        remedy = 'leave values out, or draw from ranges: [design] kind = "sobol", points = 256'
        yield Problem("factors" if table.factors else "floors", NOTHING, rule, remedy)
