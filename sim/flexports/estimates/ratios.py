"""Values over days with their variances, from exact sums.

The days are independent, so the variance of a total is estimated from how the days differ.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from flexports.estimates.intervals import FEWEST_DAYS
from flexports.tally import Moments


class Point(NamedTuple):
    """A value and the variance of its estimate."""

    value: float
    variance: float


def ratio(moments: Moments, above: str, below: str, days: int) -> Point:
    """Total over total, of two quantities of a day (`ratio_of_sums`)."""
    return ratio_of_sums(
        moments.sum(above),
        moments.sum(below),
        (
            moments.product(above, above),
            moments.product(above, below),
            moments.product(below, below),
        ),
        days,
    )


def ratio_of_sums(above: int, below: int, products: tuple[int, int, int], days: int) -> Point:
    r"""Ratio estimator with its variance by the delta method.

    Parameters
    ----------
    above, below : int
        The sums over days of y and x.
    products : (int, int, int)
        The sums over days of y**2, x y and x**2.
    days : int

    Returns
    -------
    Point
        NaN, NaN if x is nothing but zeros; a variance of NaN for fewer than two days.

    Notes
    -----
    With R = sum y / sum x over n days,

    .. math:: v(R) = \frac{n}{n - 1} \frac{\sum (y - R x)^2}{(\sum x)^2}

    the estimate for clusters of unequal size (Cochran 1977 [1]_, sections 6.3 and 6.4, without the
    correction for a finite population; Law 2015 [2]_, chapter 9, for regenerative cycles, which
    days are). The sum of squares is worked in whole numbers, so that nothing cancels, and is zero
    only if every day has the same ratio.

    References
    ----------
    .. [1] W. G. Cochran (1977), "Sampling Techniques", 3rd edition, Wiley.
    .. [2] A. M. Law (2015), "Simulation Modeling and Analysis", 5th edition, McGraw-Hill.

    Examples
    --------
    Two days, 1 of 10 and 3 of 20: R = 4 / 30, residuals -1/3 and 1/3, v = 2 (2/9) / 900.

    >>> point = ratio_of_sums(4, 30, (1 + 9, 10 + 60, 100 + 400), days=2)
    >>> round(point.value * 30), round(1 / point.variance)
    (4, 2025)
    """
    if below == 0:
        return Point(math.nan, math.nan)
    if days < FEWEST_DAYS:
        return Point(above / below, math.nan)
    yy, xy, xx = products
    squares = yy * below**2 - 2 * above * below * xy + above**2 * xx
    return Point(above / below, days * squares / ((days - 1) * below**4))


def mean(moments: Moments, name: str, days: int, unit: int = 1) -> Point:
    """Mean over days of a day's quantity in multiples of `unit`; NaN if that is 0.

    Examples
    --------
    >>> from flexports.tally import Layout
    >>> calls = Layout(("offered",))
    >>> mean(Moments.of_day(calls, [10]) + Moments.of_day(calls, [14]), "offered", days=2)
    Point(value=12.0, variance=4.0)
    """
    if unit == 0:
        return Point(math.nan, math.nan)
    total, squares = moments.sum(name), moments.product(name, name)
    value = total / (days * unit)
    if days < FEWEST_DAYS:
        return Point(value, math.nan)
    spread = days * squares - total**2
    return Point(value, spread / (days**2 * (days - 1) * unit**2))


def weighted_sum(moments: Moments, weights: Mapping[str, float], days: int) -> Point:
    r"""Mean over days of a weighted sum of a day's quantities, such as what they cost.

    Parameters
    ----------
    moments : Moments
        With the products of any two of the quantities.
    weights : mapping of str to float
        By quantity.
    days : int

    Notes
    -----
    For the sums over days S of the quantities, and P of their products, over n days,

    .. math:: v = \frac{n \sum_{ij} w_i w_j P_{ij} - (\sum_i w_i S_i)^2}{n^2 (n - 1)}

    worked in whole numbers and fractions, so that nothing cancels.

    Examples
    --------
    Two days of 1 lost call and 2 messages by hand, then of 3 and 1, at 10 and 4: 18 and 34, with a
    mean of 26 and a variance of the mean of 8**2 x 2 / 1 / 2 = 64.

    >>> from flexports.tally import Layout
    >>> failures = Layout(("lost", "by_hand"), ratios=(("lost", "by_hand"),))
    >>> two_days = Moments.of_day(failures, [1, 2]) + Moments.of_day(failures, [3, 1])
    >>> weighted_sum(two_days, {"lost": 10.0, "by_hand": 4.0}, days=2)
    Point(value=26.0, variance=64.0)
    """
    exact = {name: Fraction(weight) for name, weight in weights.items()}
    total = sum((weight * moments.sum(name) for name, weight in exact.items()), Fraction())
    value = float(total / days)
    if days < FEWEST_DAYS:
        return Point(value, math.nan)
    squares = sum(
        (exact[a] * exact[b] * moments.product(a, b) for a, b in product(exact, repeat=2)),
        Fraction(),
    )
    return Point(value, float((days * squares - total**2) / (days**2 * (days - 1))))
