"""What tells the points of an experiment apart, for cells and columns."""

from __future__ import annotations

from collections.abc import Sequence

from flexports.experiment.experiment import Point
from flexports.floor.toml_text import toml_value


def points_table(points: Sequence[Point]) -> dict[str, list[object]]:
    """Return points as columns: number, floor, and each setting, as numbers where all are."""
    columns: dict[str, list[object]] = {
        "point": [each.number for each in points],
        "floor": [each.floor_name for each in points],
    }
    for path in points[0].settings:
        values = [each.settings[path] for each in points]
        numbers = all(type(value) in (int, float) for value in values)
        columns[path] = values if numbers else [setting_text(value) for value in values]
    return columns


def setting_text(value: object) -> str:
    """Return a setting for a cell: as a file has it, but for the quotes around text."""
    return value if isinstance(value, str) else toml_value(value)
