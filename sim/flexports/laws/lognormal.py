"""The lognormal law: talk times, and most other human durations."""

import math
from dataclasses import KW_ONLY, dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from flexports.keys import PositiveDurationS, key
from flexports.laws.base import Cv, Law


@dataclass(frozen=True)
class Lognormal(Law):
    """A duration whose logarithm is normal: talk times, and most other human durations.

    Parameters
    ----------
    mean_s : float
        Mean, without `plus_s`.
    cv : float
        Standard deviation over mean, without `plus_s`.

    Notes
    -----
    The logarithm has variance ``log(1 + cv**2)`` and mean ``log(mean) - variance / 2``.
    """

    mean_s: Annotated[
        PositiveDurationS, key("Mean, before `plus`.", alias="mean", example='"3 min"')
    ]
    cv: Annotated[Cv, key("Standard deviation over mean, before `plus`.", example="1.0")]
    _: KW_ONLY
    distribution: Literal["lognormal"] = "lognormal"

    @property
    def variance_s2(self) -> float:
        """Square of cv times mean."""
        return (self.cv * self.mean_s) ** 2

    @property
    def _base_mean_s(self) -> float:
        return self.mean_s

    def _sample_base(self, generator: np.random.Generator, size: int) -> NDArray[np.float64]:
        # The generator's own loop, not numpy's exp over an array: its result for one value cannot
        # depend on where in the array the value stands, as that of vector instructions might.
        variance = math.log1p(self.cv**2)
        location = math.log(self.mean_s) - variance / 2
        return generator.lognormal(location, math.sqrt(variance), size)
