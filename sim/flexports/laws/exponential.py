"""The memoryless law."""

from dataclasses import KW_ONLY, dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from flexports.keys import PositiveDurationS, key
from flexports.laws.base import Law, Standard


@dataclass(frozen=True)
class Exponential(Law):
    """The memoryless law: how long it has lasted tells nothing about how long it will.

    Parameters
    ----------
    mean_s : float
        Mean, without `plus_s`.
    """

    mean_s: Annotated[
        PositiveDurationS, key("Mean, before `plus`.", alias="mean", example='"25 s"')
    ]
    _: KW_ONLY
    distribution: Literal["exponential"] = "exponential"

    @property
    def standard(self) -> Standard:
        """An exponential."""
        return Standard.EXPONENTIAL

    @property
    def variance_s2(self) -> float:
        """The mean, squared."""
        return self.mean_s**2

    @property
    def _base_mean_s(self) -> float:
        return self.mean_s

    @property
    def _base_is_exponential(self) -> bool:
        return True

    @property
    def _base_is_continuous(self) -> bool:
        return True

    def _base_limited_mean_s(self, limit_s: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(-self.mean_s * np.expm1(-limit_s / self.mean_s))

    def _shape_base(self, out: NDArray[np.float64]) -> None:
        out *= self.mean_s
