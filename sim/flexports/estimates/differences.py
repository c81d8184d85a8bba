r"""Differences between two port counts, on the same days.

Every count has the same traffic, so two of them differ by little from day to day, and the variance
of a difference is estimated from the days' own differences: for ratios R = sum y / sum x, with

.. math:: d_i = \frac{y_{ai} - R_a x_{ai}}{\bar x_a} - \frac{y_{bi} - R_b x_{bi}}{\bar x_b},
    \qquad v(R_a - R_b) = \frac{1}{n (n - 1)} \sum d_i^2

(common random numbers: Law 2015, "Simulation Modeling and Analysis", 5th edition, sections 10.2 and
11.2; the ratios by the delta method, as everywhere here). It is worked in whole numbers, because
the terms nearly cancel.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flexports.estimates.estimate import Estimate
from flexports.estimates.intervals import FEWEST_DAYS, Certainty, Interval, difference
from flexports.estimates.ratios import Point
from flexports.tally import TICKS_PER_S, Tallies, Tally
from flexports.tally.frame import Frame
from flexports.tally.related import FAILURES_OWNER, PORTS_OWNER, Quantity, Related, relations_of

_LOADS = ("carried_load", "busy_mean", "time_congestion")
"""Means over the time of the span."""


@dataclass(frozen=True)
class Difference:
    """How a metric of one port count differs from that of another.

    Attributes
    ----------
    ports, against : int
        The value is that of `ports` minus that of `against`.
    source, metric, unit : str
    value, low, high : float
        With its confidence interval; NaN where either has no value.
    alone : float
        Half the width that the interval would have, were the days of the two not the same.
    """

    ports: int
    against: int
    source: str
    metric: str
    unit: str
    value: float
    low: float
    high: float
    alone: float


def differences(
    tallies: Tallies, against: int, estimates: Mapping[int, Sequence[Estimate]], confidence: float
) -> Iterator[Difference]:
    """Compare each port count with one of them.

    Parameters
    ----------
    tallies : Tallies
        Of days that were run on all counts together.
    against : int
        The port count to compare with.
    estimates : mapping of int to sequence of Estimate
        By port count: what each metric is by itself, for units and for scale.
    confidence : float
        Of each interval by itself, two-sided.

    Yields
    ------
    Difference
        Of every metric that is a share of calls or of time, a mean, or a load.

    Raises
    ------
    ValueError
        If the days of some counts were run apart.
    """
    if tallies.pairs is None:
        raise ValueError("these port counts were not run together; run them in one sweep")
    sure = Certainty(confidence, tallies.days)
    metrics = relations_of(tallies[against].frame).metrics
    by_name = {
        count: {(each.source, each.metric): each for each in of_count}
        for count, of_count in estimates.items()
    }
    for count in tallies:
        for place, metric in enumerate(metrics):
            one, other = (by_name[each].get(metric[:2]) for each in (count, against))
            if count != against and one is not None and other is not None:
                pair = _Pair(tallies, count, against, place, metric)
                yield _difference(pair, one, other, sure)


def cost_difference(
    tallies: Tallies, ports: int, against: int, weights: Mapping[Quantity, float]
) -> Point:
    """How the cost of failures a day differs; `weights` are their prices.

    Raises
    ------
    ValueError
        If the days of the two were run apart.
    """
    if tallies.pairs is None:
        raise ValueError("these port counts were not run together; run them in one sweep")
    metrics = relations_of(tallies[ports].frame).metrics
    (place,) = (place for place, each in enumerate(metrics) if each.source == FAILURES_OWNER)
    pair = _Pair(tallies, ports, against, place, metrics[place])
    prices = [Fraction(weights.get(each, 0.0)) for each in metrics[place].quantities]
    return pair.point(prices, prices)


def paired(
    pair: tuple[int, int], alone: tuple[Estimate, Estimate], point: Point, sure: Certainty
) -> Difference:
    """A difference with its interval, of a value and variance that are those of the days' own.

    Parameters
    ----------
    pair : (int, int)
        The port counts: the value is that of the first minus that of the second.
    alone : (Estimate, Estimate)
        What the two are by themselves.
    point : Point
    sure : Certainty
    """
    one, other = alone
    apart = math.hypot(one.half_width, other.half_width)
    low, high = _interval(point, apart, sure)
    return Difference(*pair, one.source, one.metric, one.unit, point.value, low, high, apart)


def _difference(pair: _Pair, one: Estimate, other: Estimate, sure: Certainty) -> Difference:
    weights = [pair.weights(count) for count in (pair.ports, pair.against)]
    known = [each for each in weights if each is not None]
    if len(known) == len(weights):
        point = pair.point(*known)
    else:
        point = Point(one.value - other.value, math.nan)
    return paired((pair.ports, pair.against), (one, other), point, sure)


def _interval(point: Point, alone: float, sure: Certainty) -> Interval:
    """Where all days differ by the same: as if the two had not had the same days."""
    if point.variance <= 0.0:
        return point.value - alone, point.value + alone
    return difference(point.value, point.variance, sure)


@dataclass(frozen=True)
class _Pair:
    """One metric on two port counts.

    Attributes
    ----------
    tallies : Tallies
    ports, against : int
    place : int
        Of the metric among those of its relations.
    metric : Related
    """

    tallies: Tallies
    ports: int
    against: int
    place: int
    metric: Related

    def weights(self, ports: int) -> Sequence[Fraction] | None:
        """What each quantity of a day adds to the error of the metric; None if it has no value."""
        tally = self.tallies[ports]
        unit = units_in(self.metric, tally.frame)
        if not self.metric.is_ratio:
            return [Fraction(1, unit)]
        above, below = (quantity_sum(tally, each) for each in self.metric.quantities)
        if below == 0:
            return None
        return [Fraction(tally.days, below * unit), -Fraction(above * tally.days, below**2 * unit)]

    def point(self, weights: Sequence[Fraction], others: Sequence[Fraction]) -> Point:
        """The difference, and its variance from how it differs from day to day."""
        days = self.tallies.days
        total = self._total(self.ports, weights) - self._total(self.against, others)
        value = total / days
        if self.metric.is_ratio:
            value = self._ratio(self.ports) - self._ratio(self.against)
        if days < FEWEST_DAYS:
            return Point(float(value), math.nan)
        squares = (
            self._product(self.ports, weights, self.ports, weights)
            - 2 * self._product(self.ports, weights, self.against, others)
            + self._product(self.against, others, self.against, others)
        )
        return Point(float(value), float((squares - total**2 / days) / (days * (days - 1))))

    def _ratio(self, ports: int) -> Fraction:
        tally = self.tallies[ports]
        above, below = (quantity_sum(tally, each) for each in self.metric.quantities)
        return Fraction(above, below * units_in(self.metric, tally.frame))

    def _total(self, ports: int, weights: Sequence[Fraction]) -> Fraction:
        tally = self.tallies[ports]
        each = zip(weights, self.metric.quantities, strict=True)
        return sum(
            (weight * quantity_sum(tally, quantity) for weight, quantity in each), Fraction()
        )

    def _product(
        self, one: int, weights: Sequence[Fraction], other: int, others: Sequence[Fraction]
    ) -> Fraction:
        assert self.tallies.pairs is not None
        products = self.tallies.pairs.of(self.place, one, other)
        return sum(
            (
                weight * another * int(products[row, column])
                for row, weight in enumerate(weights)
                for column, another in enumerate(others)
            ),
            Fraction(),
        )


def units_in(metric: Related, frame: Frame) -> int:
    """How many of a quantity's units make one of the metric's."""
    if metric.metric in _LOADS:
        return frame.span_ticks
    return TICKS_PER_S if metric.quantities[0][1].endswith("_ticks") else 1


def quantity_sum(tally: Tally, quantity: Quantity) -> int:
    """The sum over days of a quantity."""
    owner, name = quantity
    if owner == PORTS_OWNER:
        return tally.ports.sum(name)
    (number,) = (place for place, each in enumerate(tally.frame.sources) if each.name == owner)
    return tally.sources[number].sum(name)
