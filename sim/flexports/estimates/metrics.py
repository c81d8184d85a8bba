"""Every metric of a tally, in the order of the tables."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from flexports.estimates.agents import team_estimates
from flexports.estimates.estimate import PER_DAY, PORTS, SECONDS, SHARE, Estimate
from flexports.estimates.intervals import Certainty, Interval, amount, share_of_calls
from flexports.estimates.pool import mean_leg_ticks, port_estimates
from flexports.estimates.quantiles import HoldQuantiles
from flexports.estimates.ratios import mean, ratio
from flexports.tally import SHARES, TICKS_PER_S, HoldCounts, Moments, SourceFrame, Tally

QUANTILES = {"hold_p50": 0.50, "hold_p90": 0.90, "hold_p95": 0.95, "hold_p99": 0.99}


def estimate(tally: Tally, *, confidence: float = 0.95) -> list[Estimate]:
    """Values and confidence intervals of all metrics that make sense for the tally's floor.

    Parameters
    ----------
    tally : Tally
    confidence : float
        Of each interval by itself, two-sided.

    Returns
    -------
    list of Estimate
        Source by source, then the ports, then the groups of agents; metrics in the order of the
        tables. Which there are depends on the floor alone, never on what happened on it.

    Raises
    ------
    ValueError
        If the confidence is not between 0 and 1.

    Notes
    -----
    Values are total over total across days. A share or hold of no calls at all is NaN, and so are
    its bounds. The bounds of everything are NaN for one day, which cannot tell how days differ.
    """
    sure = Certainty(confidence, tally.days)
    found: list[Estimate] = []
    for source, moments, holds in zip(tally.frame.sources, tally.sources, tally.holds, strict=True):
        found.extend(_SourceEstimates(tally, sure, source, moments, holds))
    found.extend(port_estimates(tally, sure))
    for team, moments in zip(tally.frame.teams, tally.teams, strict=True):
        found.extend(team_estimates(team, moments, sure))
    return found


@dataclass(frozen=True)
class _SourceEstimates:
    """One source's metrics."""

    tally: Tally
    sure: Certainty
    source: SourceFrame
    moments: Moments
    holds: HoldCounts | None

    def __iter__(self) -> Iterator[Estimate]:
        if self.source.wants_port:
            yield from self._ports()
        if self.holds is not None:
            yield from self._agents(self.holds)
        if self.source.records:
            yield self._share("missed_recordings")
        if self.source.dials:
            yield self._per_day("dials")
            yield self._share("by_hand")

    def _ports(self) -> Iterator[Estimate]:
        yield self._per_day("offered")
        yield self._share("blocking")
        yield self._share("lost")
        yield self._carried_load()

    def _agents(self, holds: HoldCounts) -> Iterator[Estimate]:
        quantiles = HoldQuantiles(holds, self.moments, self.sure)
        yield self._per_day("answered")
        yield self._share("abandonment")
        yield self._hold_mean("hold_mean", "hold_ticks", "asked")
        for metric, p in QUANTILES.items():
            yield self._named(metric, SECONDS, quantiles.value(p), quantiles.interval(p))
        yield self._hold_mean("hold_mean_answered", "hold_answered_ticks", "answered")
        yield self._share("service_level")

    def _share(self, metric: str) -> Estimate:
        above, below = SHARES[metric]
        point = ratio(self.moments, above, below, self.sure.days)
        events, calls = self.moments.sum(above), self.moments.sum(below)
        interval = share_of_calls(events, calls, point.variance, self.sure)
        return self._named(metric, SHARE, point.value, interval)

    def _per_day(self, name: str) -> Estimate:
        """Where every day has the same number: within what calls that went unseen would change."""
        point = mean(self.moments, name, self.sure.days)
        unseen = self.sure.unseen / self.sure.days
        return self._named(name, PER_DAY, point.value, amount(*point, unseen, self.sure))

    def _carried_load(self) -> Estimate:
        """Where every day has the same load: within that of unseen calls that hold a port."""
        span = self.tally.frame.span_ticks
        point = mean(self.moments, "carried_ticks", self.sure.days, unit=span)
        unseen = self.sure.unseen / self.sure.days * mean_leg_ticks(self.tally) / span
        interval = amount(*point, unseen, self.sure)
        return self._named("carried_load", PORTS, point.value, interval)

    def _hold_mean(self, metric: str, held: str, calls: str) -> Estimate:
        """Where nobody held: as if the share that may have gone unseen had held for a talk."""
        point = ratio(self.moments, held, calls, self.sure.days)
        _, waiting = share_of_calls(0, self.moments.sum(calls), 0.0, self.sure)
        unseen = waiting * self._talk_s
        value, variance = point.value / TICKS_PER_S, point.variance / TICKS_PER_S**2
        return self._named(metric, SECONDS, value, amount(value, variance, unseen, self.sure))

    @property
    def _talk_s(self) -> float:
        """The mean talk; without any, nothing bounds how long an agent may have been busy."""
        answered = self.moments.sum("answered")
        return self.moments.sum("talk_ticks") / answered / TICKS_PER_S if answered else math.inf

    def _named(self, metric: str, unit: str, value: float, interval: Interval) -> Estimate:
        return Estimate(self.source.name, metric, unit, value, *interval)
