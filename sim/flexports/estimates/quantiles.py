"""Quantiles of hold and of other durations, with intervals, from sums over days."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass

from flexports.estimates.intervals import UNKNOWN, Certainty, Interval, share_of_calls
from flexports.estimates.ratios import ratio_of_sums
from flexports.tally import EDGES_S, DurationCounts, Moments

_EDGES_S: list[float] = EDGES_S.tolist()


@dataclass(frozen=True)
class DurationQuantiles:
    """The distribution of hold of all who asked for an agent, or of another duration.

    Attributes
    ----------
    durations : DurationCounts
    moments : Moments
        The source's.
    sure : Certainty
    number : str
        The quantity that says how many durations a day has.

    Notes
    -----
    An interval of a quantile is made of intervals of the distribution (Woodruff 1952 [1]_): it
    runs from the last edge of the histogram at which the share of shorter ones is surely below p
    to the first at which it is surely above; what is sure, `share_of_calls` says. Edges are 1 %
    apart, so an interval is that much too long at either end rather than too short; and where the
    days cannot tell that even the longest one seen is above the quantile, it has no upper end:
    infinity. The value is interpolated linearly between edges.

    References
    ----------
    .. [1] R. S. Woodruff (1952), "Confidence intervals for medians and other position measures",
       Journal of the American Statistical Association 47, 635-646.
    """

    durations: DurationCounts
    moments: Moments
    sure: Certainty
    number: str = "asked"

    @property
    def calls(self) -> int:
        """How many there are."""
        return self.moments.sum(self.number)

    def value(self, p: float) -> float:
        """The quantile, in seconds; NaN if there is none."""
        if self.calls == 0:
            return math.nan
        edge = self._first_edge(p)
        if edge == len(_EDGES_S):
            return math.inf
        if edge == 0:
            return 0.0
        below, above = map(int, self.durations.counts[edge - 1 : edge + 1])
        part = (p * self.calls - below) / (above - below)
        return _EDGES_S[edge - 1] + part * (_EDGES_S[edge] - _EDGES_S[edge - 1])

    def interval(self, p: float) -> Interval:
        """Its interval, in seconds."""
        if self.calls == 0 or not self.sure.known:
            return UNKNOWN
        middle = self._first_edge(p)
        edges = range(len(_EDGES_S))
        first = bisect_left(edges, p, hi=middle, key=lambda edge: self._bounds(edge)[1])
        last = bisect_left(edges, p, lo=middle, key=lambda edge: self._bounds(edge)[0])
        low = _EDGES_S[max(first - 1, 0)]
        # Zero is told from a longer duration only by the shortest that has a bin of its own.
        return low, _EDGES_S[max(last, 1)] if last < len(_EDGES_S) else math.inf

    def _first_edge(self, p: float) -> int:
        return int(self.durations.counts.searchsorted(p * self.calls))

    def _bounds(self, edge: int) -> Interval:
        """Between which shares the share of durations up to this edge is."""
        below = int(self.durations.counts[edge])
        products = (
            int(self.durations.squares[edge]),
            int(self.durations.crosses[edge]),
            self.moments.product(self.number, self.number),
        )
        variance = ratio_of_sums(below, self.calls, products, self.sure.days).variance
        return share_of_calls(below, self.calls, variance, self.sure)


HoldQuantiles = DurationQuantiles
"""Hold was the first of the durations; by this name its quantiles are still met."""
