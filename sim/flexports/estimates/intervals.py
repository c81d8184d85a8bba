r"""Confidence intervals that hold where little was seen.

Days are independent; what happens within one is not. So every variance here is estimated from how
the days differ, and Student's t with days - 1 degrees of freedom allows for its being an estimate.
What is left to decide is the shape. Near zero, "value plus or minus t standard errors" fails: where
one blocked call is to be expected in all days, it contains the truth in about half of all cases.
The intervals here are exact for events that come one by one, and are told by the variance how many
independent events the data are worth:

- **Shares of calls** (`share_of_calls`): Clopper and Pearson's (1934) interval with the effective
  number of calls, :math:`n^* = p (1 - p) / v \cdot (z / t)^2` (Korn and Graubard 1998, days as
  clusters). With many events it is the usual interval, p plus or minus t standard errors.
- **Shares of time** (`share_of_time`): the same, of the number of moments that have that variance.
- **Amounts** (`amount`: means of counts, loads and holds): the gamma interval (Fay and Feuer 1997),
  which is to Poisson counts what Clopper and Pearson's is to shares; the effective number of events
  is :math:`k = y^2 / v \cdot (z / t)^2`.
- **Differences** (`difference`, on the same days): Student's towards zero. What differs is events
  that one has and the other has not; so away from zero the interval reaches as far as a gamma
  interval of as many events, or Student's if that is further.
- **Mean lengths of spells** (`mean_length`): the exact interval of the mean of exponential times
  (Epstein and Sobel 1953), of as many of them as have that variance.

Few events also say little about how they cluster, and so the variance itself is most often too
small: a run of blocked calls that would have changed it was not seen. Measured corrections
allow for that and vanish as events accumulate (``experiments/interval_coverage.py`` prints what
they achieve):

- the design effect d of a share of calls is taken as d + d**2 / events, which is the number of
  effective events k = events / d cut to k**2 / (k + 1);
- and as no less than what it is when averaged with `PRIOR_EVENTS` more events whose design effect
  is `PRIOR_CLUSTER`: calls that find no port come in runs;
- both of the design effect without controls: what controls explain is a part of the variance, but
  of how events cluster they tell nothing;
- the variance of the mean length of spells grows by a part of that of exponential ones: by all of
  it for a single spell, which tells nothing, and by a half for five;
- k of an amount or a share of time, whose events differ in size, is cut to k**2 / (k + 4).

Where nothing was seen, a bound says what so many days exclude:

- none (or all) of N calls: Clopper and Pearson's bound for N / `PRIOR_CLUSTER` calls;
- a share of time of exactly 0 or 1, an amount of 0, or any value on which all days agree: a bound
  that the caller gives, made of the `Certainty.unseen` events that may have gone unseen (3.69 at
  95 %); without one, as much as `Certainty.unseen_days` of the days may differ altogether.

So no interval has zero width, and none excludes its own value.

References
----------
.. [1] C. J. Clopper and E. S. Pearson (1934), "The use of confidence or fiducial limits illustrated
   in the case of the binomial", Biometrika 26, 404-413.
.. [2] E. L. Korn and B. I. Graubard (1998), "Confidence intervals for proportions with small
   expected number of positive counts estimated from survey data", Survey Methodology 24, 193-201.
.. [3] M. P. Fay and E. J. Feuer (1997), "Confidence intervals for directly standardized rates: a
   method based on the gamma distribution", Statistics in Medicine 16, 791-801.
.. [4] B. Epstein and M. Sobel (1953), "Life testing", Journal of the American Statistical
   Association 48, 486-502.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from scipy import special

Interval: TypeAlias = tuple[float, float]

UNKNOWN: Interval = (math.nan, math.nan)
"""Of what has no value; and of a single day, which cannot tell how days differ."""

FEWEST_DAYS = 2
PRIOR_CLUSTER = 4.0
PRIOR_EVENTS = 4.0
_UNEVEN_EVENTS = 4.0
_AGREE = 1e-18  # Days that agree to a billionth agree: floats tell little less
_NORMAL_EVENTS = 1e11
"""From so many on, quantiles of a beta law are normal ones to 1e-5; scipy's go astray at 1e13."""
_TELLING_EVENTS = 4.0
"""Of a difference that is worth as many, Student's interval ends at zero."""


@dataclass(frozen=True)
class Certainty:
    """How sure, from how many independent days.

    Attributes
    ----------
    confidence : float
        Of a two-sided interval, say 0.95.
    days : int
    """

    confidence: float
    days: int

    def __post_init__(self) -> None:
        if not 0.0 < self.confidence < 1.0:
            raise ValueError(f"a confidence of {self.confidence} is not between 0 and 1; say 0.95")

    def without(self, degrees: int) -> Certainty:
        """With so many degrees of freedom fewer."""
        return Certainty(self.confidence, self.days - degrees)

    def at_once(self, intervals: int) -> Certainty:
        """For each of so many intervals, if all of them shall hold at once (Bonferroni).

        Examples
        --------
        >>> round(Certainty(0.95, days=10).at_once(32).tail, 6)  # 0.025 / 32
        0.000781
        """
        return Certainty(1.0 - (1.0 - self.confidence) / intervals, self.days)

    @property
    def known(self) -> bool:
        """Whether there are days enough to see how days differ."""
        return self.days >= FEWEST_DAYS

    @property
    def tail(self) -> float:
        """The chance of an error on one side, alpha / 2."""
        return (1.0 - self.confidence) / 2.0

    @cached_property
    def inflation(self) -> float:
        """What a variance grows by as it is estimated: (t / z)**2 with days - 1 degrees of freedom.

        Examples
        --------
        >>> round(Certainty(0.95, days=10).inflation, 3)  # (2.262 / 1.960)**2
        1.332
        """
        upper = 1.0 - self.tail
        return float((special.stdtrit(self.days - 1, upper) / special.ndtri(upper)) ** 2)

    @property
    def unseen(self) -> float:
        """The mean number of events of which seeing none is just credible: -ln(alpha / 2).

        Examples
        --------
        >>> round(Certainty(0.95, days=10).unseen, 2)
        3.69
        """
        return -math.log(self.tail)

    @property
    def unseen_days(self) -> float:
        """The share of days of which seeing none is just credible: 1 - (alpha / 2)**(1 / days).

        Examples
        --------
        >>> round(Certainty(0.95, days=10).unseen_days, 3)
        0.308
        """
        return -math.expm1(math.log(self.tail) / self.days)


def share_of_calls(
    events: int,
    calls: int,
    variance: float,
    sure: Certainty,
    corrected: tuple[float, float] | None = None,
) -> Interval:
    """Interval of a share of calls.

    Parameters
    ----------
    events, calls : int
        In all days.
    variance : float
        Of ``events / calls``, from days.
    sure : Certainty
    corrected : (float, float), optional
        The share and its variance once what controls explain is taken out.

    Returns
    -------
    (float, float)

    Examples
    --------
    3 of 1000 calls in 10 days, each on a day of its own, at a variance of 3 / 1000**2:

    >>> low, high = share_of_calls(3, 1000, 3e-6, Certainty(0.95, days=10))
    >>> round(low, 5), round(high, 5)
    (9e-05, 0.01606)

    None of 1000, however many the days:

    >>> low, high = share_of_calls(0, 1000, 0.0, Certainty(0.95, days=10))
    >>> low, round(high, 5)
    (0.0, 0.01465)
    """
    if calls == 0 or not sure.known:
        return UNKNOWN
    if events == 0:
        return 0.0, _most_unseen(calls, sure)
    if events == calls:
        return 1.0 - _most_unseen(calls, sure), 1.0
    share, few = events / calls, min(events, calls - events)
    trials = calls / _cautious(variance * calls / (share * (1.0 - share)), few, sure)
    if corrected is None:
        return _clopper_pearson(share, trials, sure)
    value, left = corrected
    more = variance / left * (value * (1.0 - value)) / (share * (1.0 - share))
    return _clopper_pearson(value, trials * more, sure)


def share_of_time(share: float, variance: float, unseen: float, sure: Certainty) -> Interval:
    """Interval of a share of time.

    Parameters
    ----------
    share, variance : float
        The estimate and its variance, from days.
    unseen : float
        How much more or less of the time may have gone unseen where all days agree.
    sure : Certainty
    """
    if math.isnan(share) or not sure.known:
        return UNKNOWN
    if variance <= _AGREE * share**2 or not 0.0 < share < 1.0:
        return max(share - unseen, 0.0), min(share + unseen, 1.0)
    moments = _for_uneven(share * (1.0 - share) / variance, min(share, 1.0 - share))
    return _clopper_pearson(share, moments / sure.inflation, sure)


def amount(value: float, variance: float, unseen: float, sure: Certainty) -> Interval:
    """Interval of an amount that cannot be negative: a count, a load, a hold.

    Parameters
    ----------
    value, variance : float
        The estimate and its variance, from days.
    unseen : float
        How much more or less of it may have gone unseen where all days agree.
    sure : Certainty
    """
    if math.isnan(value) or not sure.known:
        return UNKNOWN
    if variance <= _AGREE * value**2:
        return max(value - unseen, 0.0), value + unseen
    events = _for_uneven(value * value / variance, 1.0) / sure.inflation
    low = special.gammaincinv(events, sure.tail) / events
    high = special.gammaincinv(events + 1.0, 1.0 - sure.tail) / events
    return value * min(float(low), 1.0), value * max(float(high), 1.0)


def difference(value: float, variance: float, sure: Certainty) -> Interval:
    """Interval of a difference that may be of either sign, of two values on the same days.

    Below `_TELLING_EVENTS` events chance decides the sign, and the further end moves to Student's
    as the difference moves to zero.

    Parameters
    ----------
    value, variance : float
        The difference and its variance, from days; the variance above zero.
    sure : Certainty

    Examples
    --------
    A difference of nine with a standard error of three, as of nine events:

    >>> low, high = difference(-9.0, 9.0, Certainty(0.95, days=10_000))
    >>> round(low, 1), round(high, 1)  # 9 is in Poisson's interval up to 17.1; -9 + 1.96 * 3
    (-17.1, -3.1)
    """
    error = math.sqrt(variance)
    student = error * float(special.stdtrit(sure.days - 1, 1.0 - sure.tail))
    seen = value * value / variance / sure.inflation
    events = max(seen, _TELLING_EVENTS)
    most = float(special.gammaincinv(events + 1.0, 1.0 - sure.tail)) - events
    further = error * math.sqrt(sure.inflation / events) * most
    far = student + max(further - student, 0.0) * min(math.sqrt(seen / _TELLING_EVENTS), 1.0)
    return (value - student, value + far) if value > 0.0 else (value - far, value + student)


def mean_length(value: float, spells: int, variance: float, sure: Certainty) -> Interval:
    """Interval of the mean length of spells that come one by one.

    Parameters
    ----------
    value, variance : float
        The estimate and its variance, from days.
    spells : int
        In all days.
    sure : Certainty

    Examples
    --------
    A single spell of 10 s: an exponential time that is shorter, or longer, with a chance of 0.025.

    >>> low, high = mean_length(10.0, 1, 0.0, Certainty(0.95, days=10))
    >>> round(low, 2), round(high)  # 10 / 3.689 and 10 / 0.02532
    (2.71, 395)
    """
    if spells == 0 or not sure.known:
        return UNKNOWN
    unknown = PRIOR_EVENTS / (PRIOR_EVENTS + spells - 1)
    number = 1.0 / (variance * sure.inflation / value**2 + unknown / spells)
    longest = float(special.gammaincinv(number, 1.0 - sure.tail)) / number
    shortest = float(special.gammaincinv(number, sure.tail)) / number
    return value * min(1.0 / longest, 1.0), value * max(1.0 / shortest, 1.0)


def _most_unseen(calls: int, sure: Certainty) -> float:
    """The share of calls of which none among so many is just credible."""
    return -math.expm1(math.log(sure.tail) * PRIOR_CLUSTER / calls)


def _cautious(design_effect: float, events: int, sure: Certainty) -> float:
    """A design effect, allowing for how little few days and few events tell of it."""
    seen = design_effect * sure.inflation
    with_prior = (seen * events + PRIOR_CLUSTER * PRIOR_EVENTS) / (events + PRIOR_EVENTS)
    return max(seen * (1.0 + design_effect / events), with_prior)


def _for_uneven(trials: float, share: float) -> float:
    """A number of trials, allowing for how little few events tell of how they differ in size."""
    events = trials * share
    return trials * events / (events + _UNEVEN_EVENTS)


def _clopper_pearson(share: float, trials: float, sure: Certainty) -> Interval:
    """The interval of Clopper and Pearson, for any number of trials above zero."""
    events, others = share * trials, (1.0 - share) * trials
    if min(events, others) > _NORMAL_EVENTS:
        half = -float(special.ndtri(sure.tail)) * math.sqrt(share * (1.0 - share) / trials)
        return max(share - half, 0.0), min(share + half, 1.0)
    low = special.betaincinv(events, others + 1.0, sure.tail)
    high = special.betaincinv(events + 1.0, others, 1.0 - sure.tail)
    return min(float(low), share), max(float(high), share)
