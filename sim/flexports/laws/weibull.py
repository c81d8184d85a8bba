"""The Weibull law, given by mean and coefficient of variation."""

import math
from dataclasses import KW_ONLY, dataclass
from functools import cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from flexports.keys import PositiveDurationS, key
from flexports.laws.base import Cv, Law

#: Shapes between which every permitted cv finds its own (cv 100 has shape 0.19).
_SHAPES = (0.1, 1e6)
#: Below this cv the difference of log-gamma functions is lost in rounding; see `weibull_shape`.
_SMALL_CV = 1e-4


@dataclass(frozen=True)
class Weibull(Law):
    """The Weibull law; its shape is solved from cv.

    Parameters
    ----------
    mean_s : float
        Mean, without `plus_s`.
    cv : float
        Standard deviation over mean, without `plus_s`.
    """

    mean_s: Annotated[
        PositiveDurationS, key("Mean, before `plus`.", alias="mean", example='"2 min"')
    ]
    cv: Annotated[Cv, key("Standard deviation over mean, before `plus`.", example="1.5")]
    _: KW_ONLY
    distribution: Literal["weibull"] = "weibull"

    @property
    def variance_s2(self) -> float:
        """Square of cv times mean."""
        return (self.cv * self.mean_s) ** 2

    @property
    def _base_mean_s(self) -> float:
        return self.mean_s

    @property
    def _base_is_exponential(self) -> bool:
        return self.cv == 1

    @property
    def _base_is_continuous(self) -> bool:
        return self.cv <= 1  # beyond, many values are next to nothing, and the same if added

    def _base_limited_mean_s(self, limit_s: NDArray[np.float64]) -> NDArray[np.float64]:
        from scipy import special

        shape = weibull_shape(self.cv)
        scale = self.mean_s / math.gamma(1 + 1 / shape)
        power = (limit_s / scale) ** shape
        within = special.gammainc(1 + 1 / shape, power)
        return np.asarray(self.mean_s * within + limit_s * np.exp(-power))

    def _fill_base(self, generator: np.random.Generator, out: NDArray[np.float64]) -> None:
        shape = weibull_shape(self.cv)
        scale = self.mean_s / math.gamma(1 + 1 / shape)
        np.multiply(scale, generator.weibull(shape, len(out)), out=out)


@cache
def weibull_shape(cv: float) -> float:
    """Return the shape of the Weibull law that has this coefficient of variation.

    Notes
    -----
    Solves ``Gamma(1 + 2/k) / Gamma(1 + 1/k)**2 = 1 + cv**2`` by bisection on the logarithm of k. As
    cv falls to 0, k cv tends to pi / sqrt(6) (the logarithm of the value is Gumbel's, always).

    Examples
    --------
    >>> weibull_shape(1.0)
    1.0
    """
    if cv == 1:
        return 1.0
    if cv < _SMALL_CV:
        return math.pi / math.sqrt(6) / cv
    wanted = math.log1p(cv**2)
    low, high = (math.log(shape) for shape in _SHAPES)
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return math.exp(middle)
        step = math.exp(-middle)
        too_wide = math.lgamma(1 + 2 * step) - 2 * math.lgamma(1 + step) > wanted
        low, high = (middle, high) if too_wide else (low, middle)
