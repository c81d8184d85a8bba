"""The uniform law."""

from dataclasses import KW_ONLY, dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from flexports.keys import DurationS, key
from flexports.laws.base import Law, Standard
from flexports.problems import InputError, Problem
from flexports.units import format_duration

_NO_WIDTH_S = 1e-300


@dataclass(frozen=True)
class Uniform(Law):
    """Any duration between two, equally likely.

    Parameters
    ----------
    low_s, high_s : float
        The ends.
    """

    low_s: Annotated[DurationS, key("The shortest.", alias="low", example='"10 s"')]
    high_s: Annotated[DurationS, key("The longest.", alias="high", example='"30 s"')]
    _: KW_ONLY
    distribution: Literal["uniform"] = "uniform"

    def __post_init__(self) -> None:
        """Refuse ends in the wrong order."""
        super().__post_init__()
        if self.low_s > self.high_s:
            low = format_duration(self.low_s)
            rule, remedy = f"is below low = '{low}'", f"write '{low}' or more"
            raise InputError(Problem("high", format_duration(self.high_s), rule, remedy))

    @property
    def standard(self) -> Standard:
        """A uniform."""
        return Standard.UNIFORM

    @property
    def variance_s2(self) -> float:
        """The width squared, over 12."""
        return (self.high_s - self.low_s) ** 2 / 12

    @property
    def _base_mean_s(self) -> float:
        return (self.low_s + self.high_s) / 2

    @property
    def _base_is_continuous(self) -> bool:
        return True

    def _base_limited_mean_s(self, limit_s: NDArray[np.float64]) -> NDArray[np.float64]:
        inside = np.clip(limit_s - self.low_s, 0.0, self.high_s - self.low_s)
        overshoot = inside**2 / (2 * max(self.high_s - self.low_s, _NO_WIDTH_S))
        return np.minimum(limit_s, self.low_s) + inside - overshoot

    def _shape_base(self, out: NDArray[np.float64]) -> None:
        out *= self.high_s - self.low_s
        out += self.low_s
