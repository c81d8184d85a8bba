r"""Values and variances with what the controls explain taken out.

How a day differs from the mean day is partly known: how many calls arrived, say, of which the mean
is known. A value is corrected by what the days' controls say of it, and its variance falls by what
they explain (Lavenberg and Welch 1981 [1]_). With r_i what day i adds to the error of an estimate,
c_i its controls and :math:`\mu` their means, the correction is the intercept of the regression of r
on :math:`c - \mu`: what r would be, were the controls what they are on average. For a ratio of
totals, r_i = (y_i - R x_i) / mean x, as in the delta method (`flexports.estimates.ratios`).

The usual variance of an intercept is right if r and c are normal. Of days that differ they are not:
busy days are rare, and what the controls leave unexplained is larger on them. So the variance is
the one that asks of no day to be like another (HC3: MacKinnon and White 1985 [2]_),

.. math:: v = \sum_i \Bigl( \frac{a_i e_i}{1 - h_i} \Bigr)^2

where e are the residuals, h_i is the leverage of day i and a_i its weight in the intercept. It is
nearly that of the jackknife, which Nelson (1990 [3]_) recommends for this. Of more days than there
are strands (`flexports.tally.strands`), each strand is taken for a day, weighted with its days.

References
----------
.. [1] S. S. Lavenberg and P. D. Welch (1981), "A perspective on the use of control variables to
   increase the efficiency of Monte Carlo simulations", Management Science 27, 322-335.
.. [2] J. G. MacKinnon and H. White (1985), "Some heteroskedasticity-consistent covariance matrix
   estimators with improved finite sample properties", Journal of Econometrics 29, 305-325.
.. [3] B. L. Nelson (1990), "Control variate remedies", Operations Research 38, 974-992.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flexports.estimates.intervals import Certainty
from flexports.estimates.ratios import Point
from flexports.tally import Strands
from flexports.tally.related import Quantity, quantity_name

FloatArray = NDArray[np.float64]

FEWEST, MORE = 20, 10
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
    strands : Strands
        Of controls and quantities (`flexports.tally.Tally.controlled`).
    known : mapping of str to float
        The mean of each control.
    """

    strands: Strands
    known: Mapping[str, float]

    @cached_property
    def has_enough_days(self) -> bool:
        """Whether there are days enough for the coefficients."""
        return self._controls > 0 and self._days.sum() >= FEWEST + MORE * self._controls

    @property
    def degrees_lost(self) -> int:
        """One for each control that tells something, and for each day that shares its strand."""
        return self._controls + int(self._days.sum()) - len(self._days)

    def explains(self, plain: Point) -> bool:
        """Whether a value, and what it is made of, is known well enough to be corrected."""
        known = plain.variance > 0.0 and plain.value**2 >= WORTH * plain.variance
        return known and self.has_enough_days

    def ratio(self, above: Quantity, below: Quantity, plain: Point) -> Point:
        """Correct a ratio of totals; `plain` is what it is without controls."""
        y, x = self._sums(quantity_name(above)), self._sums(quantity_name(below))
        return self._corrected(plain, (y - plain.value * x) * self._days.sum() / x.sum())

    def mean(self, quantity: Quantity, unit: int, plain: Point) -> Point:
        """Correct a mean over days of a quantity in multiples of `unit`."""
        y = self._sums(quantity_name(quantity))
        return self._corrected(plain, y / unit - plain.value * self._days)

    def _corrected(self, plain: Point, errors: FloatArray) -> Point:
        """By the errors that each strand adds."""
        errors = errors / self._root
        basis, _ = self._factors
        residuals = errors - basis @ (basis.T @ errors)
        rest = np.maximum(1.0 - (basis**2).sum(axis=1), _COLLINEAR)
        variance = float(((self._weights * residuals / rest) ** 2).sum())
        return Point(plain.value + float(self._weights @ errors), variance)

    # Rows are weighted so that what is the sum of some days varies as a day does.

    @cached_property
    def _used(self) -> NDArray[np.intp]:
        return np.flatnonzero(self.strands.days)

    @cached_property
    def _days(self) -> FloatArray:
        return self.strands.days[self._used].astype(np.float64)

    @cached_property
    def _root(self) -> FloatArray:
        return np.sqrt(self._days)

    def _sums(self, name: str) -> FloatArray:
        place = self.strands.place[name]
        sums: FloatArray = self.strands.sums[self._used, place].astype(np.float64)
        return sums

    @cached_property
    def _design(self) -> FloatArray:
        """The intercept, and each control that tells something that those before it do not."""
        kept = [self._root]
        for name, mean in self.known.items():
            column = (self._sums(name) - mean * self._days) / self._root
            varying = _beyond(kept[:1], column)
            least = max(_length(varying), _COLLINEAR * _length(column)) * _COLLINEAR**0.5
            if _length(_beyond(kept, column)) > least:
                kept.append(column / _length(varying))
        return np.column_stack(kept)

    @cached_property
    def _factors(self) -> tuple[FloatArray, FloatArray]:
        """An orthonormal basis of what the design can explain, and the triangle it leaves."""
        basis, triangle = np.linalg.qr(self._design)
        return basis, triangle

    @cached_property
    def _weights(self) -> FloatArray:
        """What each row adds to the intercept."""
        basis, triangle = self._factors
        first = np.eye(len(triangle))[0]
        return np.asarray(basis @ np.linalg.solve(triangle.T, first))

    @property
    def _controls(self) -> int:
        return len(self._design.T) - 1


def _beyond(columns: list[FloatArray], column: FloatArray) -> FloatArray:
    """What of a column others do not explain."""
    basis = np.linalg.qr(np.column_stack(columns))[0]
    rest = column - basis @ (basis.T @ column)
    return np.asarray(rest - basis @ (basis.T @ rest))


def _length(column: FloatArray) -> float:
    return float(np.linalg.norm(column))


def corrected_mean(
    plain: Point, quantity: Quantity, unit: int, sure: Certainty, explained: Explained | None
) -> tuple[Point, Certainty]:
    """A mean over days, corrected by the controls if they explain it, and how sure it is."""
    if explained is None or unit == 0 or not explained.explains(plain):
        return plain, sure
    point = explained.mean(quantity, unit, plain)
    if point.value > 0.0 and point.variance > 0.0:
        return point, sure.without(explained.degrees_lost)
    return plain, sure
