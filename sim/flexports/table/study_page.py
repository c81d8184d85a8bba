"""An experiment as people read of it: what it will take, what was done, and its tidy table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flexports.estimates import Estimate
from flexports.experiment import Summary
from flexports.study.studied import Study
from flexports.table.costs import with_unit
from flexports.table.experiment_page import points_grid
from flexports.table.grid import WIDTH, Column, Grid
from flexports.table.numbers import interval_text
from flexports.table.page import Page, Part, Text
from flexports.table.wording import listed

if TYPE_CHECKING:
    import pandas as pd

    from flexports.study.forecast import Forecast

MOST_ROWS = 200
_RIGHT = {"point", "ports", "days", "value"}
_INTERVAL = "interval"
_RANKS = {"point": 0, "days": 2, _INTERVAL: 1}
_OF_A_POINT = 3
"""Where a table is too wide, columns of the highest rank go first."""
_TO_THE_TITLE = ("source", "metric", "days")
_OF_AN_ESTIMATE = ("source", "metric", "unit", "value", "low", "high")
_MINUTE_S, _HOUR_S = 60, 3600
_KIB = 1024


def forecast_page(name: str, found: Forecast, workers: int) -> Page:
    """Return what an experiment will take."""
    parts = [Text(f"{name}: {_asked(found.asked)}.", role="answer")]
    if found.saved_days:
        parts.append(Text(_there(found)))
    if found.left_days:
        on = "1 worker" if workers == 1 else f"{workers} workers"
        most = "At most a" if found.asked.is_most else "A"
        takes = f"{most}bout {time_text(found.time_s)} on {on}, and {size_text(found.size)} on disk"
        parts.append(Text(f"{takes}{' for these' if found.saved_days else ''}."))
    return Page(parts)


def _there(found: Forecast) -> str:
    """Say what is saved already, and what is left."""
    saved = f"{found.saved_days:,} days on each port count are saved already"
    if not found.left_days:
        return f"{saved}: nothing is left to run."
    return f"{saved}; {'at most ' if found.asked.is_most else ''}{found.left_days:,} are left."


def run_page(study: Study) -> Page:
    """Return what a run has done."""
    done = f"{_many(len(study.points), 'point')}, {study.days:,} days on each port count"
    parts = [Text(f"{study.experiment.name}: {done}, saved in {study.folder}.", role="answer")]
    if study.saved_days:
        again = "all of them" if study.saved_days == study.days else f"{study.saved_days:,} of them"
        parts.append(Text(f"Resumed: {again} had been saved before."))
    parts.append(Text(f"To see them: flexports table {study.folder}", role="note"))
    return Page(parts)


def study_page(study: Study, frame: pd.DataFrame, width: int = WIDTH) -> Page:
    """Return rows of the tidy table of a study.

    Parameters
    ----------
    study : Study
    frame : DataFrame
        Those rows of its `table` that are wanted.
    width : int
        Of a line. Where it is too short, what is the same in every row goes to the title, then
        settings to a table of the points; values lose their intervals last.
    """
    shown = frame.head(MOST_ROWS)
    parts: list[Part] = list(_rows(study, shown, width))
    if study.unfinished:
        parts.append(Text(unfinished_text(study), role="note"))
    if len(frame) > len(shown):
        rest = f"{len(shown)} of {len(frame):,} rows are shown; choose with --source, --metric and"
        parts.append(Text(f"{rest} --ports, or write all of them with --output.", role="note"))
    return Page(parts)


def _rows(study: Study, frame: pd.DataFrame, width: int) -> Iterator[Part]:
    name = study.experiment.name
    columns = _columns(study, frame)
    if Grid(columns).width > width:
        same = [
            each for each in columns if each.head in _TO_THE_TITLE and len(set(each.cells)) == 1
        ]
        columns = [each for each in columns if each not in same]
        name = ", ".join([name, *(_in_the_title(each) for each in same)])
    grid = Grid(columns, title=name).fitted(width)
    gone = {each.head for each in columns} - {each.head for each in grid.columns}
    if gone & {_head(label) for label in study.labels}:
        yield from points_grid(study.experiment.points).folded(width)
    yield grid
    if _INTERVAL in gone:
        text = "Lines are too short for the intervals: a wider terminal, csv and json have them."
        yield Text(text, role="note")


def _in_the_title(column: Column) -> str:
    return f"{column.cells[0]} days" if column.head == "days" else column.cells[0]


def unfinished_text(study: Study) -> str:
    """Return which points have not all of their days."""
    numbers = [str(number) for number in study.unfinished]
    some = numbers if len(numbers) <= 8 else [*numbers[:7], f"{len(numbers) - 7} more"]  # noqa: PLR2004
    points = "Point" if len(numbers) == 1 else "Points"
    has = "has" if len(numbers) == 1 else "have"
    return f"{points} {listed(some)} {has} fewer days than the experiment asks for."


def time_text(time_s: float) -> str:
    """Return a time to one or two digits.

    Examples
    --------
    >>> time_text(0.2), time_text(47.3), time_text(400), time_text(12_345)
    ('1 s', '47 s', '7 min', '3.4 h')
    """
    if time_s < _MINUTE_S:
        return f"{max(1, round(time_s))} s"
    if time_s < _HOUR_S:
        return f"{round(time_s / _MINUTE_S)} min"
    return f"{time_s / _HOUR_S:.1f} h"


def size_text(size: int) -> str:
    """Return a number of bytes to one or two digits.

    Examples
    --------
    >>> size_text(3000), size_text(1_234_567), size_text(34_567_890_123)
    ('3 KiB', '1.2 MiB', '32 GiB')
    """
    value, unit = size / _KIB, "KiB"
    for larger in ("MiB", "GiB", "TiB"):
        if value < _KIB:
            break
        value, unit = value / _KIB, larger
    digits = 1 if value < 10 and unit != "KiB" else 0  # noqa: PLR2004
    return f"{value:.{digits}f} {unit}"


def _asked(asked: Summary) -> str:
    days = f"{'at most ' if asked.is_most else ''}{asked.days:,} days"
    counts = _many(len(asked.ports), "port count")
    all_of_it = f"{asked.day_simulations:,} day simulations"
    return f"{_many(asked.points, 'point')} x {counts} x {days}, {all_of_it}"


def _columns(study: Study, frame: pd.DataFrame) -> Sequence[Column]:
    columns = (frame[name].tolist() for name in _OF_AN_ESTIMATE)
    estimates = [Estimate(*row) for row in zip(*columns, strict=True)]
    cells = {
        **{name: list(map(str, frame[name])) for name in (*study.labels, "ports")},
        "source": [each.source for each in estimates],
        "metric": [each.metric for each in estimates],
        "value": list(map(with_unit, estimates)),
        _INTERVAL: list(map(interval_text, estimates)),
        "days": list(map(str, frame["days"])),
    }
    several_floors = len(study.experiment.floors) > 1
    return [
        Column(
            _head(name),
            texts,
            "right" if name in _RIGHT else "left",
            _RANKS.get(name, _OF_A_POINT if name in study.labels else 0),
        )
        for name, texts in cells.items()
        if name != "floor" or several_floors
    ]


def _head(name: str) -> str:
    return name.replace(".", "\n")


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
