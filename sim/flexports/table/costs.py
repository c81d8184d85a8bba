"""What port counts cost a month, as a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
        f"{_rivals(sweep, cheapest)}."
    )


def _rivals(sweep: Sweep, cheapest: int) -> str:
    """The counts that may cost as little."""
    rivals = [
        ports
        for ports in sweep.ports
        if ports != cheapest and not _surely_more(sweep, ports, cheapest)
    ]
    return f"; not surely less than {_spans(rivals)}" if rivals else ""


def _surely_more(sweep: Sweep, ports: int, cheapest: int) -> bool:
    """Whether a count costs more: on the same days, where the two have them."""
    if sweep.tallies.pairs is None:
        high = sweep.estimate(cheapest, SOURCE, METRIC).high
        return sweep.estimate(ports, SOURCE, METRIC).low > high
    return sweep.difference(ports, cheapest, SOURCE, METRIC).low > 0.0


def _spans(counts: Sequence[int]) -> str:
    """Counts in words, runs of them by their ends.

    Examples
    --------
    >>> _spans([3, 5, 6, 7])
    '3, 5 to 7'
    """
    runs: list[list[int]] = []
    for count in counts:
        if runs and count == runs[-1][-1] + 1:
            runs[-1].append(count)
        else:
            runs.append([count])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
