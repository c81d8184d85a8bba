"""What every law is: a distribution of a duration, with samples that only ever grow at the end."""

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from flexports.keys import Bounds, DurationS, Keyed, Number, key

SMALLEST_CV, LARGEST_CV = 1e-6, 100.0
_LEAST_SPREAD_S = 1.0
_CVS = Bounds(at_least=SMALLEST_CV, at_most=LARGEST_CV)


@dataclass(frozen=True)
class CvNumber(Number):
    """A coefficient of variation: a plain number above 0."""

    what: str = "a coefficient of variation"
    example: str = "1.0"
    bounds: Bounds = _CVS

    def check(self, value: float) -> None:
        """Refuse 0 with what to write instead."""
        if value == 0:
            raise ValueError("means that nothing varies; write the bare duration, such as '20 s'")
        super().check(value)


#: Coefficient of variation: standard deviation over mean.
Cv = Annotated[float, CvNumber()]

_LAWS: dict[str, type["Law"]] = {}


class Standard(StrEnum):
    """What is drawn of a law before it is shaped: the method of a generator that fills a column."""

    UNIFORM = "random"
    EXPONENTIAL = "standard_exponential"
    NORMAL = "standard_normal"


class Sampler:
    """What fills columns with values, one draw after another."""

    @property
    def is_continuous(self) -> bool:
        """Whether no value comes up twice."""
        return False

    @property
    def standard(self) -> Standard | None:
        """What it draws, once for each value, to be shaped; None if it draws in another way."""
        return None

    def fill(self, generator: np.random.Generator, out: NDArray[np.float64]) -> None:
        """Fill `out`, shape (n,), from front to back.

        From the same state of the generator, a longer column begins with exactly these values.
        """
        assert self.standard is not None, "who draws in another way fills columns by itself"
        getattr(generator, self.standard)(out=out)
        self.shape(out)

    def shape(self, out: NDArray[np.float64]) -> None:
        """Make values of what was drawn by `standard`, in place, each by itself."""
        raise NotImplementedError

    def sample(self, generator: np.random.Generator, size: int) -> NDArray[np.float64]:
        """Return a column of `size` values."""
        out = np.empty(size)
        self.fill(generator, out)
        return out


@dataclass(frozen=True)
class Law(Keyed, Sampler, ABC):
    """A distribution of a duration in seconds.

    A law is a frozen dataclass with a field ``distribution``, whose default is the name that files
    use; it registers itself by being defined. It draws with methods of the generator that fill an
    array from front to back, so that a sample is, bit for bit, the beginning of a longer one from
    the same state: a stream grows by being drawn again, longer.

    Parameters
    ----------
    plus_s : float
        Seconds added to every value.
    """

    _: KW_ONLY
    distribution: str
    plus_s: Annotated[DurationS, key("Added to every value.", alias="plus", example='"5 s"')] = 0.0

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Register the law under the name that files use."""
        super().__init_subclass__(**kwargs)
        name = cls.__dict__.get("distribution")
        if isinstance(name, str):
            _LAWS[name] = cls

    def fill(self, generator: np.random.Generator, out: NDArray[np.float64]) -> None:
        """Fill `out` with durations in seconds, from front to back."""
        if self.standard is not None:
            super().fill(generator, out)
            return
        self._fill_base(generator, out)
        if self.plus_s:
            out += self.plus_s

    def shape(self, out: NDArray[np.float64]) -> None:
        """Make durations of what was drawn by `standard`."""
        self._shape_base(out)
        if self.plus_s:
            out += self.plus_s

    @property
    def expected_s(self) -> float:
        """Mean of the whole, `plus_s` included."""
        return self._base_mean_s + self.plus_s

    @property
    @abstractmethod
    def variance_s2(self) -> float:
        """Variance, in seconds squared."""

    @property
    def cv_of_whole(self) -> float:
        """Standard deviation over mean of the whole, `plus_s` included; 0 where the mean is 0."""
        return math.sqrt(self.variance_s2) / self.expected_s if self.expected_s else 0.0

    @property
    def is_exponential(self) -> bool:
        """Whether the whole is memoryless: exponential, with nothing added."""
        return self.plus_s == 0 and self._base_is_exponential

    @property
    def is_continuous(self) -> bool:
        """Whether no duration comes up twice: there are no atoms, and the law is not too narrow.

        Of floating-point numbers some 2**-50 s apart, laws with a standard deviation of a second
        or more hardly ever give the same one.
        """
        return self._base_is_continuous and self.variance_s2 >= _LEAST_SPREAD_S**2

    def limited_mean_s(self, limit_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean of what is left of a duration if it is cut off at a limit: E min(S, x).

        Parameters
        ----------
        limit_s : array of float64
            0 or more.

        Notes
        -----
        The "limited expected value" of Klugman, Panjer and Willmot (2012), "Loss Models", 4th
        edition, section 3.3 and appendix A; also the integral of P(S > t) from 0 to x.
        """
        beyond = np.maximum(limit_s - self.plus_s, 0.0)
        return np.minimum(limit_s, self.plus_s) + self._base_limited_mean_s(beyond)

    @abstractmethod
    def _base_limited_mean_s(self, limit_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same before `plus_s` is added."""

    def _fill_base(self, generator: np.random.Generator, out: NDArray[np.float64]) -> None:
        """Fill `out` with values before `plus_s` is added, if there is no `standard`."""
        raise NotImplementedError

    def _shape_base(self, out: NDArray[np.float64]) -> None:
        """Make values before `plus_s` is added of what was drawn by `standard`."""
        raise NotImplementedError

    @property
    @abstractmethod
    def _base_mean_s(self) -> float:
        """Mean before `plus_s` is added."""

    @property
    def _base_is_exponential(self) -> bool:
        return False

    @property
    def _base_is_continuous(self) -> bool:
        return False

    @classmethod
    def prepare(cls, table: Mapping[str, Any], folder: Path | None) -> Mapping[str, Any]:
        """Return a file's table ready for validation; `folder` is where the file lies.

        A law that reads a file of its own does it here.
        """
        return table


def known_laws() -> Mapping[str, type[Law]]:
    """Return the laws by the names that files use."""
    return MappingProxyType(dict(sorted(_LAWS.items())))
