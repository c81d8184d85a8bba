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
    runs from where the share of shorter ones ceases to be surely below p to where it is surely
    above; what is sure, `share_of_calls` says at the edges of a histogram, 1 % apart. Value and
    ends are interpolated linearly between edges. But what a bin holds in excess of its neighbours
    may all be of one length, as where patience is a constant: of that, an end assumes that it lies
    at the edge which makes the interval longer. Where the days cannot tell that even the longest
    one seen is above the quantile, there is no upper end: infinity.

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
        return _between(edge, _part(below, above, p * self.calls))

    def interval(self, p: float) -> Interval:
        """Its interval, in seconds."""
        if self.calls == 0 or not self.sure.known:
            return UNKNOWN
        middle = self._first_edge(p)
        edges = range(len(_EDGES_S))
        first = bisect_left(edges, p, hi=middle, key=lambda edge: self._bounds(edge)[1])
        last = bisect_left(edges, p, lo=middle, key=lambda edge: self._bounds(edge)[0])
        return self._low(first, p), self._high(last, p)

    # Zero is told from a longer duration only by the shortest that has a bin of its own.

    def _low(self, edge: int, p: float) -> float:
        """Where the share of shorter durations ceases to be surely below p."""
        if edge <= 1:
            return 0.0
        lump = self._lump(edge)
        part = _part(self._bounds(edge - 1)[1], self._bounds(edge)[1], p)
        return _between(edge, (part - lump) / (1.0 - lump) if lump < part else 0.0)

    def _high(self, edge: int, p: float) -> float:
        """From where on the share of shorter durations is surely above p."""
        if edge == len(_EDGES_S):
            return math.inf
        if edge <= 1:
            return _EDGES_S[1]
        lump = self._lump(edge)
        part = _part(self._bounds(edge - 1)[0], self._bounds(edge)[0], p)
        return _between(edge, part / (1.0 - lump) if part < 1.0 - lump else 1.0)

    def _lump(self, edge: int) -> float:
        """The share of a bin's durations that may all be of one length."""
        own = self._in_bin(edge)
        return max(0.0, 1.0 - min(self._in_bin(edge - 1), self._in_bin(edge + 1)) / own)

    def _in_bin(self, edge: int) -> int:
        """How many durations lie between an edge and the one before."""
        if edge == len(_EDGES_S):
            return 0
        return int(self.durations.counts[edge] - self.durations.counts[edge - 1])

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


def _part(begin: float, end: float, value: float) -> float:
    """How far a value is on the way from begin to end."""
    return (value - begin) / (end - begin)


def _between(edge: int, part: float) -> float:
    """So far on the way from the edge before to an edge, in seconds."""
    return _EDGES_S[edge - 1] + part * (_EDGES_S[edge] - _EDGES_S[edge - 1])


HoldQuantiles = DurationQuantiles
"""Hold was the first of the durations; by this name its quantiles are still met."""
