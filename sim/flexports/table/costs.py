"""What port counts cost a month, as a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from flexports.study.costs import METRIC, SOURCE
from flexports.study.results import Sweep
from flexports.table.numbers import interval_text, ports_text, value_text
from flexports.table.page import Text


def cost_texts(sweep: Sweep) -> Iterator[Text]:
    """Yield which of the counts costs least a month, and which may cost as little."""
    cheapest = sweep.cheapest
    if cheapest is None:
        return
    least = sweep.estimate(cheapest, SOURCE, METRIC)
    yield Text(
        f"Of these counts, {ports_text(cheapest)} cost least a month, rent and what goes wrong "
        f"together: {value_text(least)} {least.unit} ({interval_text(least)})"
        f"{_rivals(sweep, cheapest, least.high)}."
    )


def _rivals(sweep: Sweep, cheapest: int, high: float) -> str:
    rivals = [
        str(ports)
        for ports in sweep.ports
        if ports != cheapest and sweep.estimate(ports, SOURCE, METRIC).low <= high
    ]
    return f"; not surely less than {', '.join(rivals)}" if rivals else ""
