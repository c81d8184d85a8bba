"""The same duration every time."""

from dataclasses import KW_ONLY, dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from flexports.keys import DurationS, key
from flexports.laws.base import Law


@dataclass(frozen=True)
class Constant(Law):
    """The same duration every time; in a file also a bare duration, ``"20 s"``.

    Parameters
    ----------
    value_s : float
        The duration.
    """

    value_s: Annotated[DurationS, key("The duration.", alias="value", example='"20 s"')]
    _: KW_ONLY
    distribution: Literal["constant"] = "constant"

    @property
    def variance_s2(self) -> float:
        """Zero."""
        return 0.0

    @property
    def _base_mean_s(self) -> float:
        return self.value_s

    def _base_limited_mean_s(self, limit_s: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.minimum(limit_s, self.value_s)

    def _fill_base(self, generator: np.random.Generator, out: NDArray[np.float64]) -> None:
        out.fill(self.value_s)
