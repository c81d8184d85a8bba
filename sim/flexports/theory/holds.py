"""How long a caller holds for an agent: laws of the wait that several models share."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import special

from flexports.theory import arguments


class HoldLaw(Protocol):
    """The wait of the calls that are let in, those who abandon included."""

    def tail(self, time: float) -> float:
        """Share of the calls that hold longer than `time`."""
        ...

    def answered(self, time: float) -> float:
        """Share of the calls that an agent answers within `time`."""
        ...

    def quantile(self, level: float) -> float:
        """Smallest time within which a share `level` of the calls has ended its wait."""
        ...


class HoldMeasures:
    """What every model with a queue for agents tells of the hold; mixed into the results."""

    blocked: float
    _hold: HoldLaw

    def wait_tail(self, time: float) -> float:
        """Share of the calls let in that hold longer than `time`, before answer or abandonment.

        Parameters
        ----------
        time : float
            0 or more, in the unit of the mean talk.

        Returns
        -------
        float
            P(hold > time). At 0 it is `p_wait`.
        """
        return self._hold.tail(arguments.not_negative("time", time, "units of time"))

    def wait_quantile(self, level: float) -> float:
        """Time within which a share `level` of the calls let in has been answered or abandoned.

        Parameters
        ----------
        level : float
            A share from 0 to just below 1; 0.9 asks for the 90th percentile.

        Returns
        -------
        float
            Smallest time t with P(hold <= t) >= level, in the unit of the mean talk.
        """
        return self._hold.quantile(arguments.share("level", level, zero=True))

    def service_level(self, time: float) -> float:
        """Calls answered within `time`, as a share of the calls let in.

        Parameters
        ----------
        time : float
            0 or more, in the unit of the mean talk.

        Returns
        -------
        float
            Answered within `time` / all who asked for an agent.
        """
        return self._hold.answered(arguments.not_negative("time", time, "units of time"))

    def answered_within(self, time: float) -> float:
        """Calls answered within `time`, as a share of all calls offered, the blocked included.

        Parameters
        ----------
        time : float
            0 or more, in the unit of the mean talk.

        Returns
        -------
        float
            Answered within `time` / offered.
        """
        return (1 - self.blocked) * self.service_level(time)


@dataclass(frozen=True)
class ExponentialHold:
    """Patient callers, unlimited places: the wait of those who wait is exponential.

    Parameters
    ----------
    p_wait : float
        Share of the calls that wait.
    rate : float
        Rate of the exponential law.
    """

    p_wait: float
    rate: float

    def tail(self, time: float) -> float:
        """Share of the calls that hold longer than `time`."""
        return self.p_wait * math.exp(-self.rate * time)

    def answered(self, time: float) -> float:
        """Share of the calls that an agent answers within `time`."""
        return 1 - self.tail(time)

    def quantile(self, level: float) -> float:
        """Smallest time within which a share `level` of the calls has ended its wait."""
        return max(0.0, math.log(self.p_wait / (1 - level)) / self.rate) if self.p_wait else 0.0


@dataclass(frozen=True, eq=False)
class PositionHold:
    """The wait by the place in the queue that a call finds.

    A call behind q others is reached when q + 1 of those before it have gone, at rates
    ``agent_rate + q patience_rate, ..., agent_rate``. Times ``patience_rate``, the sum of these
    exponential times is minus the logarithm of a beta variable with parameters
    ``agent_rate / patience_rate`` and ``q + 1`` (both have the same Laplace transform), so its law
    is an incomplete beta function; with endless patience, an incomplete gamma function.

    Parameters
    ----------
    at_once : float
        Share of the calls that find an agent free.
    seen : ndarray of float, shape (places in the queue,)
        Share of the calls that find all agents busy and q others waiting.
    agent_rate : float
        Rate at which one of all the agents becomes free.
    patience_rate : float
        Rate at which one waiting caller gives up.
    """

    at_once: float
    seen: NDArray[np.float64]
    agent_rate: float
    patience_rate: float
    _places: NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", np.arange(1.0, len(self.seen) + 1))

    def tail(self, time: float) -> float:
        """Share of the calls that hold longer than `time`."""
        patient = math.exp(-self.patience_rate * time)
        return patient * float(self.seen @ self._not_reached(time))

    def answered(self, time: float) -> float:
        """Share of the calls that an agent answers within `time`."""
        return self.at_once + float((self.seen * self._patient_enough) @ self._reached(time))

    def quantile(self, level: float) -> float:
        """Smallest time within which a share `level` of the calls has ended its wait."""
        if float(self.seen.sum()) <= 1 - level:
            return 0.0
        most = 1 / self.agent_rate
        while self.tail(most) > 1 - level:
            most *= 2
        from scipy.optimize import brentq  # slow to load, and seldom needed

        return brentq(lambda time: self.tail(time) - (1 - level), 0.0, most, xtol=most * 1e-14)

    def answered_share(self) -> float:
        """Share of the calls that are answered, sooner or later."""
        return self.at_once + float(self.seen @ self._patient_enough)

    def mean_of_answered(self) -> float:
        """Mean wait of the calls that are answered, those answered at once included."""
        steps = 1 / (self.agent_rate + self._places * self.patience_rate)
        waited = float((self.seen * self._patient_enough) @ np.cumsum(steps))
        return waited / self.answered_share()

    @property
    def _patient_enough(self) -> NDArray[np.float64]:
        """Share that is reached before it gives up, by the place found."""
        return self.agent_rate / (self.agent_rate + self._places * self.patience_rate)

    def _not_reached(self, time: float) -> NDArray[np.float64]:
        if not self.patience_rate:
            return np.asarray(special.gammaincc(self._places, self.agent_rate * time))
        others = self.agent_rate / self.patience_rate
        gone = -math.expm1(-self.patience_rate * time)
        return np.asarray(special.betaincc(self._places, others, gone))

    def _reached(self, time: float) -> NDArray[np.float64]:
        """By `time`, given that the patience lasts: it tilts the beta law by one."""
        if not self.patience_rate:
            return np.asarray(special.gammainc(self._places, self.agent_rate * time))
        others = self.agent_rate / self.patience_rate + 1
        gone = -math.expm1(-self.patience_rate * time)
        return np.asarray(special.betainc(self._places, others, gone))
