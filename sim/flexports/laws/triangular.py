"""The triangular law."""

from dataclasses import KW_ONLY, dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from flexports.keys import DurationS, key
from flexports.laws.base import Law
from flexports.problems import InputError, Problem
from flexports.units import format_duration

_NO_WIDTH_S = 1e-100


@dataclass(frozen=True)
class Triangular(Law):
    """What somebody knows who can name the shortest, the usual and the longest.

    Parameters
    ----------
    low_s, mode_s, high_s : float
        The shortest, the most likely and the longest.
    """

    low_s: Annotated[DurationS, key("The shortest.", alias="low", example='"10 s"')]
    mode_s: Annotated[DurationS, key("The most likely.", alias="mode", example='"20 s"')]
    high_s: Annotated[DurationS, key("The longest.", alias="high", example='"60 s"')]
    _: KW_ONLY
    distribution: Literal["triangular"] = "triangular"

    def __post_init__(self) -> None:
        """Refuse corners in the wrong order."""
        super().__post_init__()
        corners = {"low": self.low_s, "mode": self.mode_s, "high": self.high_s}
        for lower, upper in (("low", "mode"), ("mode", "high")):
            if corners[lower] > corners[upper]:
                least, value = (format_duration(corners[one]) for one in (lower, upper))
                rule, remedy = f"is below {lower} = '{least}'", f"write '{least}' or more"
                raise InputError(Problem(upper, value, rule, remedy))

    @property
    def variance_s2(self) -> float:
        """``(a**2 + b**2 + c**2 - ab - ac - bc) / 18`` for corners a, b, c."""
        below, above = self.mode_s - self.low_s, self.high_s - self.mode_s
        return (below**2 + above**2 + below * above) / 18

    @property
    def _base_mean_s(self) -> float:
        return (self.low_s + self.mode_s + self.high_s) / 3

    @property
    def _base_is_continuous(self) -> bool:
        return True

    def _base_limited_mean_s(self, limit_s: NDArray[np.float64]) -> NDArray[np.float64]:
        low, mode, high = self.low_s, self.mode_s, self.high_s
        rising = np.clip(limit_s, low, mode) - low
        falling = high - np.clip(limit_s, mode, high)
        width, up, down = (max(each, _NO_WIDTH_S) for each in (high - low, mode - low, high - mode))
        before = np.minimum(limit_s, low) + rising - rising**3 / (3 * width * up)
        return np.asarray(before + ((high - mode) ** 3 - falling**3) / (3 * width * down))

    def _fill_base(self, generator: np.random.Generator, out: NDArray[np.float64]) -> None:
        if self.low_s == self.high_s:  # the generator refuses a triangle of no width
            out.fill(self.low_s)
        else:
            out[:] = generator.triangular(self.low_s, self.mode_s, self.high_s, len(out))
