"""Differences between port counts as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flexports.estimates import Estimate
from flexports.study.studied import Study
from flexports.table.grid import Column, Grid
from flexports.table.numbers import interval_text, value_text
from flexports.table.page import Page, Part, Text
from flexports.table.study_page import MOST_ROWS

if TYPE_CHECKING:
    import pandas as pd

_RIGHT = {"point", "ports", "against", "difference", "days"}


def compare_page(study: Study, frame: pd.DataFrame) -> Page:
    """Return rows of the differences of a study.

    Parameters
    ----------
    study : Study
    frame : DataFrame
        Those rows of `Study.differences` that are wanted.
    """
    shown = frame.head(MOST_ROWS)
    parts: list[Part] = [Grid(_columns(study, shown), title=study.experiment.name)]
    sure = f"{100 * study.experiment.confidence:g} %"
    parts.append(
        Text(
            f"Each is that of `ports` minus that of `against`, on the same days; {sure} intervals "
            "from how the two differ from day to day.",
            role="note",
        )
    )
    if len(frame) > len(shown):
        rest = f"{len(shown)} of {len(frame):,} rows are shown; choose with --source, --metric and"
        parts.append(Text(f"{rest} --ports, or write all of them with --output.", role="note"))
    return Page(parts)


def _columns(study: Study, frame: pd.DataFrame) -> Sequence[Column]:
    rows = zip(*(frame[name].tolist() for name in _OF_AN_ESTIMATE), strict=True)
    estimates = [Estimate(*row) for row in rows]
    labels = [name for name in study.labels if name != "floor" or len(study.experiment.floors) > 1]
    cells = {
        **{name: list(map(str, frame[name])) for name in (*labels, "ports", "against")},
        "source": [each.source for each in estimates],
        "metric": [each.metric for each in estimates],
        "difference": [signed(each) for each in estimates],
        "interval": list(map(interval_text, estimates)),
        "days": list(map(str, frame["days"])),
    }
    return [
        Column(name.replace(".", "\n"), texts, "right" if name in _RIGHT else "left")
        for name, texts in cells.items()
    ]


def signed(difference: Estimate) -> str:
    """A difference with its sign; nothing is lost by writing that of a rise, too."""
    text = "0" if difference.value == 0 else value_text(difference)
    return f"+{text}" if difference.value > 0 else text


_OF_AN_ESTIMATE = ("source", "metric", "unit", "value", "low", "high")
