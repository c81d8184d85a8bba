"""The hyperexponential law: a mixture of two exponentials."""

import math
from dataclasses import KW_ONLY, dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from flexports.keys import Bounds, PositiveDurationS, key
from flexports.laws.base import LARGEST_CV, CvNumber, Law

CvFromOne = Annotated[
    float, CvNumber(example="1.5", bounds=Bounds(at_least=1.0, at_most=LARGEST_CV))
]


@dataclass(frozen=True)
class Hyperexponential(Law):
    """Exponential with one of two means, at random: many short durations and a few long ones.

    Parameters
    ----------
    mean_s : float
        Mean, without `plus_s`.
    cv : float
        Standard deviation over mean, 1 or more, without `plus_s`.

    Notes
    -----
    Balanced means: both branches contribute the same to the mean, ``p m1 = (1 - p) m2 = mean / 2``
    with ``p = (1 + sqrt((cv**2 - 1) / (cv**2 + 1))) / 2`` (Tijms 2003, *A First Course in
    Stochastic Models*, appendix B).
    """

    mean_s: Annotated[
        PositiveDurationS, key("Mean, before `plus`.", alias="mean", example='"4 min"')
    ]
    cv: Annotated[
        CvFromOne, key("Standard deviation over mean, before `plus`; 1 or more.", example="1.5")
    ]
    _: KW_ONLY
    distribution: Literal["hyperexponential"] = "hyperexponential"

    @property
    def variance_s2(self) -> float:
        """Square of cv times mean."""
        return (self.cv * self.mean_s) ** 2

    @property
    def _base_mean_s(self) -> float:
        return self.mean_s

    @property
    def _first(self) -> float:
        """The probability of the first branch."""
        return (1 + math.sqrt((self.cv**2 - 1) / (self.cv**2 + 1))) / 2

    @property
    def _base_is_exponential(self) -> bool:
        return self.cv == 1

    @property
    def _base_is_continuous(self) -> bool:
        return True

    def _base_limited_mean_s(self, limit_s: NDArray[np.float64]) -> NDArray[np.float64]:
        first = self._first
        means = (self.mean_s / (2 * first), self.mean_s / (2 * (1 - first)))
        return np.asarray(sum(-self.mean_s / 2 * np.expm1(-limit_s / mean_s) for mean_s in means))

    def _fill_base(self, generator: np.random.Generator, out: NDArray[np.float64]) -> None:
        # Two exponentials a value, row by row. The first only chooses the branch: it is below
        # -log(1 - p) with probability p. Nothing but comparing and multiplying is done to arrays,
        # which is exact wherever in the array a value stands.
        first = self._first
        choice, unit = generator.standard_exponential((len(out), 2)).T
        chosen = choice < -math.log1p(-first)
        means = np.where(chosen, self.mean_s / (2 * first), self.mean_s / (2 * (1 - first)))
        np.multiply(means, unit, out=out)
