"""What port counts cost a month, as a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from flexports.estimates import Estimate
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
    amount = f"{value_text(least)} {least.unit} ({interval_text(least)})"
    rivals = _rivals(sweep, cheapest)
    doubt = f"; not surely less than {_spans(rivals)}" if rivals else ""
    yield Text(f"{_found(sweep, cheapest, amount)}{doubt}.")


def _found(sweep: Sweep, cheapest: int, amount: str) -> str:
    """What the cheapest costs; where it is the last that was tried, others may cost less yet."""
    counts, both = sweep.ports, "rent and what goes wrong together"
    if len(counts) == 1:
        return f"{ports_text(cheapest)}: {amount} a month, {both}"
    if sweep.has_cheapest_inside:
        return f"Of these counts, {ports_text(cheapest)} cost least a month, {both}: {amount}"
    end = "largest" if cheapest == counts[-1] else "smallest"
    return (
        f"Cost still falls at {ports_text(cheapest)}, the {end} count tried: {amount} a month, "
        f"{both}"
    )


def counts_named(sweep: Sweep) -> frozenset[int]:
    """The counts that the sentence names; of runs of them, the ends."""
    cheapest = sweep.cheapest
    if cheapest is None:
        return frozenset()
    ends = (end for run in _runs(_rivals(sweep, cheapest)) for end in (run[0], run[-1]))
    return frozenset({cheapest, *ends})


def _rivals(sweep: Sweep, cheapest: int) -> Sequence[int]:
    """The counts that may cost as little."""
    return [
        ports
        for ports in sweep.ports
        if ports != cheapest and not _surely_more(sweep, ports, cheapest)
    ]


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
    return ", ".join(
        str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in _runs(counts)
    )


def _runs(counts: Sequence[int]) -> Sequence[Sequence[int]]:
    """Counts that follow one another, together."""
    runs: list[list[int]] = []
    for count in counts:
        if runs and count == runs[-1][-1] + 1:
            runs[-1].append(count)
        else:
            runs.append([count])
    return runs


def with_unit(estimate: Estimate) -> str:
    """Return a value with its unit, also where that is long."""
    text = value_text(estimate)
    if estimate.source == SOURCE and not math.isnan(estimate.value):
        return f"{text} {estimate.unit}"
    return text
