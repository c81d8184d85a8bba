"""Metrics by interval of the day, and the worst interval.

That one is chosen by looking, and what is chosen for being large is in part so by chance: the usual
interval of the largest of 32 quarters of an hour misses the truth far more often than it says.
`worst_intervals` therefore gives bounds that hold for all intervals of the day at once (Bonferroni:
each misses with a 32nd of the chance), and so for whichever was chosen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from flexports.estimates.calls import CallEstimates, talk_mean_s
from flexports.estimates.estimate import SHARE, Estimate, IntervalEstimate
from flexports.estimates.intervals import UNKNOWN, Certainty
from flexports.estimates.pool import PortUse, mean_leg
from flexports.tally import HOLD, IntervalTally, Moments, SourceFrame, Tally


def estimate_by_interval(
    tally: Tally, *, confidence: float = 0.95, at_once: bool = False
) -> list[IntervalEstimate]:
    """Values and confidence intervals by interval of the day.

    Parameters
    ----------
    tally : Tally
        Of days that were counted by interval (``by_s``).
    confidence : float
        Of each interval by itself, two-sided; or, if `at_once`, of all intervals of the day
        together, for each source and metric.
    at_once : bool

    Returns
    -------
    list of IntervalEstimate
        Interval by interval, in each of them source by source, then the ports: `blocking` of those
        that want a port; `abandonment`, `hold_mean` and `service_level` of those that want an
        agent; `busy_mean` and `time_congestion`.

    Raises
    ------
    ValueError
        If the days were not counted by interval, or the confidence is not between 0 and 1.

    Notes
    -----
    A call belongs to the interval in which it was offered, whenever it was answered.
    """
    told, sure = _by_interval(tally), Certainty(confidence, tally.days)
    if at_once:
        sure = sure.at_once(len(told.ports))
    found: list[IntervalEstimate] = []
    for place, from_s in enumerate(tally.frame.edges_s[:-1]):
        for one in _estimates(tally, told, place, sure):
            bounds = one.value, one.low, one.high
            found.append(IntervalEstimate(one.source, one.metric, one.unit, *bounds, from_s))
    return found


def worst_intervals(tally: Tally, *, confidence: float = 0.95) -> list[IntervalEstimate]:
    """The interval of the day in which blocking is worst, for each source that wants a port.

    Parameters
    ----------
    tally : Tally
        Of days that were counted by interval (``by_s``).
    confidence : float
        Two-sided, for each source.

    Returns
    -------
    list of IntervalEstimate
        With metric ``worst_blocking``, and `from_s` the interval. NaN for a source that never
        wanted a port.

    Raises
    ------
    ValueError
        If the days were not counted by interval, or the confidence is not between 0 and 1.

    Notes
    -----
    The worst is the one that is surely so: that with the largest lower bound, and among equal ones
    that with the largest value, and then the first. So three blocked calls of five at noon, when
    nearly nobody works, do not pass for the worst of the day.

    The bounds hold with the stated confidence for the true blocking of that interval, although it
    was chosen; the lower one is below the largest true blocking of the day too. The value is larger
    than the truth on average, and another interval may have a higher upper bound, if it has few
    calls: `estimate_by_interval` with `at_once` has the bounds of all, and the largest of their
    upper ones is above every true blocking of the day.
    """
    rows = estimate_by_interval(tally, confidence=confidence, at_once=True)
    wanting = (source.name for source in tally.frame.sources if source.wants_port)
    return [_worst(name, rows) for name in wanting]


def _worst(source: str, rows: list[IntervalEstimate]) -> IntervalEstimate:
    seen = (
        row
        for row in rows
        if (row.source, row.metric) == (source, "blocking") and not math.isnan(row.value)
    )
    worst = max(seen, key=_badness, default=None)
    if worst is None:
        return IntervalEstimate(source, "worst_blocking", SHARE, math.nan, *UNKNOWN, math.nan)
    bounds = worst.value, worst.low, worst.high
    return IntervalEstimate(source, "worst_blocking", SHARE, *bounds, worst.from_s)


def _badness(row: IntervalEstimate) -> tuple[float, float]:
    """By what the worst is found; of a single day, which has no bounds, by the value alone."""
    return (0.0 if math.isnan(row.low) else row.low), row.value


def _by_interval(tally: Tally) -> IntervalTally:
    if tally.by_interval is None:
        raise ValueError("these days were not counted by interval; count them with by_s, say 900")
    return tally.by_interval


def _estimates(
    tally: Tally, told: IntervalTally, place: int, sure: Certainty
) -> Iterator[Estimate]:
    """All metrics of one interval."""
    frame = tally.frame
    for source, whole, moments in zip(frame.sources, tally.sources, told.sources, strict=True):
        yield from _of_source(source, whole, CallEstimates(source.name, moments[place], sure))
    begin, end = frame.edges[place : place + 2]
    use = PortUse(told.ports[place], end - begin, frame.ports, mean_leg(tally), sure)
    yield use.busy_mean()
    yield use.time_congestion()


def _of_source(source: SourceFrame, whole: Moments, calls: CallEstimates) -> Iterator[Estimate]:
    """One source's; how long a talk is, the whole days tell."""
    if source.wants_port:
        yield calls.share("blocking")
    if source.wants_agent:
        yield calls.share("abandonment")
        yield calls.mean_of(HOLD, talk_mean_s(whole))
        yield calls.share("service_level")
