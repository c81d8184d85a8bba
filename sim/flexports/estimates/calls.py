"""What is estimated in the same way of all days and of one interval of the day."""

from __future__ import annotations

import math
from dataclasses import dataclass

from flexports.estimates.estimate import PER_DAY, SECONDS, SHARE, Estimate
from flexports.estimates.explained import Explained
from flexports.estimates.intervals import Certainty, Interval, amount, share_of_calls
from flexports.estimates.ratios import Point, mean, ratio
from flexports.tally import DURATIONS, SHARES, TICKS_PER_S, Moments


@dataclass(frozen=True)
class CallEstimates:
    """Shares, numbers and durations of one source's calls.

    Attributes
    ----------
    source : str
    moments : Moments
        The source's.
    sure : Certainty
    explained : Explained or None
        What the controls of the days explain.
    """

    source: str
    moments: Moments
    sure: Certainty
    explained: Explained | None = None

    def share(self, metric: str) -> Estimate:
        """A share of calls."""
        above, below = SHARES[metric]
        plain = ratio(self.moments, above, below, self.sure.days)
        corrected = self._corrected(plain, above, below, at_most=1.0)
        events, calls = self.moments.sum(above), self.moments.sum(below)
        sure = self._sure(corrected)
        interval = share_of_calls(events, calls, plain.variance, sure, corrected)
        return self.named(metric, SHARE, (corrected or plain).value, interval)

    def per_day(self, name: str) -> Estimate:
        """Where every day has the same number: within what calls that went unseen would change."""
        point = mean(self.moments, name, self.sure.days)
        unseen = self.sure.unseen / self.sure.days
        return self.named(name, PER_DAY, point.value, amount(*point, unseen, self.sure))

    def duration_mean(self, metric: str, of: tuple[str, str], unseen_s: float) -> Estimate:
        """Where nobody waited: as if the share that may have gone unseen had, for `unseen_s`."""
        spent, calls = of
        plain = ratio(self.moments, spent, calls, self.sure.days)
        corrected = self._corrected(plain, spent, calls)
        _, waiting = share_of_calls(0, self.moments.sum(calls), 0.0, self.sure)
        value, variance = corrected or plain
        value, variance = value / TICKS_PER_S, variance / TICKS_PER_S**2
        interval = amount(value, variance, waiting * unseen_s, self._sure(corrected))
        return self.named(metric, SECONDS, value, interval)

    def _corrected(
        self, plain: Point, above: str, below: str, at_most: float = math.inf
    ) -> Point | None:
        """Total over total, corrected by the controls; None if they do not explain it."""
        if self.explained is None or not self.explained.explains(plain):
            return None
        point = self.explained.ratio((self.source, above), (self.source, below), plain)
        return point if 0.0 < point.value < at_most and point.variance > 0.0 else None

    def _sure(self, corrected: Point | None) -> Certainty:
        """How sure a value is, corrected or not."""
        if corrected is None or self.explained is None:
            return self.sure
        return self.sure.without(self.explained.degrees_lost)

    def mean_of(self, duration: str, unseen_s: float) -> Estimate:
        """The mean of a duration that has a histogram."""
        return self.duration_mean(f"{duration}_mean", DURATIONS[duration], unseen_s)

    def named(self, metric: str, unit: str, value: float, interval: Interval) -> Estimate:
        """An estimate of this source."""
        return Estimate(self.source, metric, unit, value, *interval)


def talk_mean_s(moments: Moments) -> float:
    """A source's mean talk; without any, nothing bounds how long an agent may have been busy."""
    talks, ticks = moments.sum("talks"), moments.sum("talk_ticks")
    return ticks / talks / TICKS_PER_S if ticks else math.inf
