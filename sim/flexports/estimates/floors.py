r"""Differences between two floors, on the same days.

Sources of the same name have the same traffic on both, so what differs from day to day is mostly
the same, and the variance of a difference comes from the days' own differences (common random
numbers, as in `flexports.estimates.differences`): for ratios R = sum y / sum x of floors a and b

.. math:: d_i = \frac{y_{bi} - R_b x_{bi}}{\bar x_b} - \frac{y_{ai} - R_a x_{ai}}{\bar x_a},
    \qquad v(R_b - R_a) = \frac{1}{n (n - 1)} \sum d_i^2

Here every day is at hand by itself, and nothing has to be taken from sums of products. The formula
holds also where the two have nothing in common; then it gains nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from flexports.estimates.differences import Difference, paired, quantity_sum, units_in
from flexports.estimates.estimate import Estimate
from flexports.estimates.intervals import Certainty
from flexports.estimates.ratios import Point
from flexports.tally import Tally
from flexports.tally.related import FAILURES_OWNER, Related, relations_of
from flexports.tape import FloatArray

ByMetric: TypeAlias = Mapping[tuple[str, str], Estimate]
"""Estimates by source and metric."""


def floor_differences(
    before: Sequence[Tally],
    after: Sequence[Tally],
    alone: tuple[ByMetric, ByMetric],
    ports: tuple[int, int],
    confidence: float,
) -> Iterator[Difference]:
    """Compare a floor with another, metric by metric: those that both have, but for the cost.

    Parameters
    ----------
    before, after : sequence of Tally
        A tally for each day, of the same days.
    alone : (mapping, mapping)
        What each metric is by itself.
    ports : (int, int)
        The port count of each.
    confidence : float
        Of each interval by itself, two-sided.

    Yields
    ------
    Difference
        The second floor minus the first; `ports` is that of the second, `against` of the first.
    """
    sure = Certainty(confidence, len(before))
    known = set(relations_of(before[0].frame).metrics)
    for metric in relations_of(after[0].frame).metrics:
        one, other = (of_floor.get(metric[:2]) for of_floor in alone)
        if metric.source == FAILURES_OWNER or metric not in known or one is None or other is None:
            continue
        errors = _errors(metric, before), _errors(metric, after)
        if errors[0] is None or errors[1] is None:
            continue
        point = Point(other.value - one.value, _variance(errors[1] - errors[0]))
        yield paired((ports[1], ports[0]), (other, one), point, sure)


def _errors(metric: Related, days: Sequence[Tally]) -> FloatArray | None:
    """What each day adds to the error of a metric; None if it has no value."""
    unit = units_in(metric, days[0].frame)
    columns = [
        np.array([quantity_sum(day, quantity) for day in days], dtype=np.float64)
        for quantity in metric.quantities
    ]
    if not metric.is_ratio:
        return np.asarray((columns[0] - columns[0].mean()) / unit)
    above, below = columns
    if below.sum() == 0:
        return None
    return np.asarray((above - above.sum() / below.sum() * below) / (below.mean() * unit))


def _variance(errors: FloatArray) -> float:
    """Of the mean of errors, whose mean is 0."""
    days = len(errors)
    return float(np.sum(errors**2)) / (days * (days - 1))
