"""The Erlang law: phases in a row."""

from dataclasses import KW_ONLY, dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from flexports.keys import PositiveDurationS, Whole, key
from flexports.laws.base import Law
from flexports.laws.gammas import limited_gamma_mean

MOST_PHASES = 10_000


@dataclass(frozen=True)
class Erlang(Law):
    """The sum of `k` exponential phases of equal mean.

    Parameters
    ----------
    mean_s : float
        Mean of the sum, without `plus_s`.
    k : int
        Number of phases.
    """

    mean_s: Annotated[
        PositiveDurationS, key("Mean of the sum, before `plus`.", alias="mean", example='"30 s"')
    ]
    k: Annotated[
        int, Whole(at_least=1, at_most=MOST_PHASES, example="2"), key("Phases.", example="2")
    ]
    _: KW_ONLY
    distribution: Literal["erlang"] = "erlang"

    @property
    def variance_s2(self) -> float:
        """The mean squared, over the number of phases."""
        return self.mean_s**2 / self.k

    @property
    def _base_mean_s(self) -> float:
        return self.mean_s

    @property
    def _base_is_exponential(self) -> bool:
        return self.k == 1

    @property
    def _base_is_continuous(self) -> bool:
        return True

    def _base_limited_mean_s(self, limit_s: NDArray[np.float64]) -> NDArray[np.float64]:
        return limited_gamma_mean(self.k, self.mean_s / self.k, limit_s)

    def _fill_base(self, generator: np.random.Generator, out: NDArray[np.float64]) -> None:
        generator.standard_gamma(self.k, out=out)
        out *= self.mean_s / self.k
