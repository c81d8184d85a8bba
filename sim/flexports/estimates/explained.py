r"""Values and variances with what the controls explain taken out.

How a day differs from the mean day is partly known: how many calls arrived, say, of which the mean
is known. A value is corrected by what the days' controls say of it, and its variance falls by what
they explain (Lavenberg and Welch 1981 [1]_). With r_i what day i adds to the error of an estimate,
and c_i its controls, the coefficients are those of the regression of r on c, and

.. math::

    \hat\theta_c = \hat\theta - \hat\beta^T (\bar c - \mu), \qquad
    v = \frac{\sum (r_i - \bar r - \hat\beta^T (c_i - \bar c))^2}{n - K - 1}
        \left(\frac1n + (\bar c - \mu)^T S_{cc}^{-1} (\bar c - \mu)\right)

with n - K - 1 degrees of freedom, which is exact if r and c are normal. For a ratio of totals,
r_i = (y_i - R x_i) / mean x, as in the delta method (`flexports.estimates.ratios`).

The coefficients are estimated from the same days. That makes a bias of the order 1 / n, which is
small beside the error of the order 1 / sqrt(n) as soon as there are days enough: `FEWEST` for any,
and `MORE` for each control; what that achieves, docs/statistics.md tells.

References
----------
.. [1] S. S. Lavenberg and P. D. Welch (1981), "A perspective on the use of control variables to
   increase the efficiency of Monte Carlo simulations", Management Science 27, 322-335.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flexports.estimates.intervals import Certainty
from flexports.estimates.ratios import Point
from flexports.tally import Moments
from flexports.tally.related import Quantity, quantity_name

FloatArray = NDArray[np.float64]

FEWEST, MORE = 30, 10
"""Days that it takes: so many, and so many more for each control."""
WORTH = 10.0
"""Independent events that a value must be worth; of fewer, no regression is to be trusted."""
_COLLINEAR = 1e-6
"""A control of which the others leave no larger share of its variance unexplained tells nothing."""


@dataclass(frozen=True)
class Explained:
    """What the controls of some days explain.

    Attributes
    ----------
    moments : Moments
        Of controls and quantities (`flexports.tally.Tally.controlled`).
    known : mapping of str to float
        The mean of each control.
    days : int
    """

    moments: Moments
    known: Mapping[str, float]
    days: int

    @cached_property
    def has_enough_days(self) -> bool:
        """Whether there are days enough for the coefficients."""
        return bool(self._names) and self.days >= FEWEST + MORE * len(self._names)

    @property
    def degrees_lost(self) -> int:
        """One for each control that tells something."""
        return len(self._names)

    def explains(self, plain: Point) -> bool:
        """Whether a value, and what it is made of, is known well enough to be corrected."""
        known = plain.variance > 0.0 and plain.value**2 >= WORTH * plain.variance
        return known and self.has_enough_days

    def ratio(self, above: Quantity, below: Quantity, plain: Point) -> Point:
        """Correct a ratio of totals; `plain` is what it is without controls."""
        y, x = quantity_name(above), quantity_name(below)
        total = self.moments.sum(x)
        part = Fraction(self.moments.sum(y), total)
        weights = {y: Fraction(self.days, total), x: -part * Fraction(self.days, total)}
        return self._corrected(plain, weights)

    def mean(self, quantity: Quantity, unit: int, plain: Point) -> Point:
        """Correct a mean over days of a quantity in multiples of `unit`."""
        return self._corrected(plain, {quantity_name(quantity): Fraction(1, unit)})

    def _corrected(self, plain: Point, weights: Mapping[str, Fraction]) -> Point:
        together = self._standard(self._with_controls(weights))
        coefficients = np.linalg.solve(self._squares, together)
        value = plain.value - float(coefficients @ self._off)
        squares = plain.variance * self.days * (self.days - 1) - float(coefficients @ together)
        spread = max(squares, 0.0) / (self.days - self.degrees_lost - 1)
        return Point(value, spread * (1 / self.days + self._distance))

    def _with_controls(self, weights: Mapping[str, Fraction]) -> Sequence[Fraction]:
        """Centred sums of products of a day's error with each control."""
        return [
            sum((weight * self._centred(name, each) for each, weight in weights.items()), _ZERO)
            for name in self._names
        ]

    def _centred(self, one: str, other: str) -> Fraction:
        both = Fraction(self.moments.sum(one) * self.moments.sum(other), self.days)
        return self.moments.product(one, other) - both

    @cached_property
    def _names(self) -> Sequence[str]:
        """The controls that tell something that those before them do not."""
        kept: list[str] = []
        for name in self.known:
            if self._centred(name, name) > 0 and self._is_new(kept, name):
                kept.append(name)
        return kept

    def _is_new(self, kept: Sequence[str], name: str) -> bool:
        """Whether others leave enough of a control's variance unexplained."""
        correlations = self._correlations([*kept, name])
        rest = np.linalg.det(correlations) / np.linalg.det(correlations[:-1, :-1])
        return bool(rest > _COLLINEAR)

    def _correlations(self, names: Sequence[str]) -> FloatArray:
        scale = {name: float(self._centred(name, name)) ** 0.5 for name in names}
        return np.array(
            [
                [float(self._centred(one, other)) / (scale[one] * scale[other]) for other in names]
                for one in names
            ]
        )

    # In units in which the squares of a control add up to 1, nothing is too large or small.

    @cached_property
    def _scale(self) -> FloatArray:
        return np.array([float(self._centred(name, name)) ** 0.5 for name in self._names])

    def _standard(self, sums: Sequence[Fraction]) -> FloatArray:
        return np.array([float(each) for each in sums]) / self._scale

    @cached_property
    def _squares(self) -> FloatArray:
        return self._correlations(self._names)

    @cached_property
    def _off(self) -> FloatArray:
        """How far the means over these days are from the known ones."""
        off = [
            float(Fraction(self.moments.sum(name), self.days) - Fraction(self.known[name]))
            for name in self._names
        ]
        return np.array(off) / self._scale

    @cached_property
    def _distance(self) -> float:
        return float(self._off @ np.linalg.solve(self._squares, self._off))


def corrected_mean(
    plain: Point, quantity: Quantity, unit: int, sure: Certainty, explained: Explained | None
) -> tuple[Point, Certainty]:
    """A mean over days, corrected by the controls if they explain it, and how sure it is."""
    if explained is None or unit == 0 or not explained.explains(plain):
        return plain, sure
    point = explained.mean(quantity, unit, plain)
    return (point, sure.without(explained.degrees_lost)) if point.value > 0.0 else (plain, sure)


_ZERO = Fraction()
