"""The gamma law."""

from dataclasses import KW_ONLY, dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from flexports.keys import PositiveDurationS, key
from flexports.laws.base import Cv, Law
from flexports.laws.gammas import limited_gamma_mean


@dataclass(frozen=True)
class Gamma(Law):
    """The gamma law, of shape ``1 / cv**2``.

    Parameters
    ----------
    mean_s : float
        Mean, without `plus_s`.
    cv : float
        Standard deviation over mean, without `plus_s`.
    """

    mean_s: Annotated[
        PositiveDurationS, key("Mean, before `plus`.", alias="mean", example='"3 min"')
    ]
    cv: Annotated[Cv, key("Standard deviation over mean, before `plus`.", example="0.8")]
    _: KW_ONLY
    distribution: Literal["gamma"] = "gamma"

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
        shape = self.cv**-2
        return limited_gamma_mean(shape, self.mean_s / shape, limit_s)

    def _fill_base(self, generator: np.random.Generator, out: NDArray[np.float64]) -> None:
        shape = self.cv**-2
        generator.standard_gamma(shape, out=out)
        out *= self.mean_s / shape
