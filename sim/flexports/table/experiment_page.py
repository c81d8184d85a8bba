"""What an experiment asks for, as a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flexports.experiment import Experiment, Point, Summary, setting_text, summary
from flexports.table.grid import Column, Grid, evenly
from flexports.table.page import Page, Part, Text
from flexports.table.wording import listed
from flexports.units import format_duration

MOST_SHOWN = 16


def experiment_page(file: Path, experiment: Experiment) -> Page:
    """Return what a valid experiment holds: how much there is to run, and its points."""
    counted = summary(experiment)
    parts: list[Part] = [
        Text(f"{file} is a valid experiment: {_size(counted)}.", role="answer"),
        Text(_days(experiment, counted)),
    ]
    if len(experiment.points) > 1:
        parts += points_grid(experiment.points).folded()
    if len(experiment.points) > MOST_SHOWN:
        rest = len(experiment.points) - MOST_SHOWN
        parts.append(Text(f"{rest:,} more points in between.", role="note"))
    return Page(parts)


def _size(counted: Summary) -> str:
    return (
        f"{_many(counted.points, 'point')}, {_many(len(counted.ports), 'port count')}"
        f" ({_counts(counted.ports)})"
    )


def _days(experiment: Experiment, counted: Summary) -> str:
    if not counted.is_most:
        days = f"{counted.days:,} days on each port count"
        return f"{days}, {counted.day_simulations:,} day simulations in all."
    wanted = listed([str(each) for each in experiment.precision])
    most = [f"{counted.days:,} days on each port count ({counted.day_simulations:,} in all)"]
    if experiment.max_time_s is not None:
        most.append(format_duration(experiment.max_time_s))
    return f"It runs until half of each interval is within {wanted}; at most {listed(most)}."


def points_grid(points: Sequence[Point]) -> Grid:
    """Return the settings of points; of many, of some of them evenly."""
    shown = [points[place] for place in evenly(len(points), MOST_SHOWN)]
    columns = [Column("point", [str(each.number) for each in shown])]
    if len({each.floor_name for each in points}) > 1:
        columns.append(Column("floor", [each.floor_name for each in shown], "left"))
    for path in points[0].settings:
        cells = [setting_text(each.settings[path]) for each in shown]
        columns.append(Column("\n".join(path.rsplit(".", 1)), cells))
    return Grid(columns, title="Points")


def _counts(ports: Sequence[int]) -> str:
    """Return port counts: ``1 to 12`` where they have no gaps."""
    if len(ports) > 1 and ports[-1] - ports[0] == len(ports) - 1:
        return f"{ports[0]} to {ports[-1]}"
    return listed([str(count) for count in ports])


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
