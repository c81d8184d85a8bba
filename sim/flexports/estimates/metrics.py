"""Every metric of a tally, in the order of the tables."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from flexports.estimates.estimate import PER_DAY, PORTS, SECONDS, SHARE, Estimate
from flexports.estimates.intervals import (
    UNKNOWN,
    Certainty,
    Interval,
    amount,
    share_of_calls,
    share_of_time,
)
from flexports.estimates.quantiles import HoldQuantiles
from flexports.estimates.ratios import Point, mean, ratio
from flexports.tally import TICKS_PER_S, HoldCounts, Moments, SourceFrame, Tally, TeamFrame
from flexports.tally.frame import SHARES, STAFFED

QUANTILES = {"hold_p50": 0.50, "hold_p90": 0.90, "hold_p95": 0.95, "hold_p99": 0.99}


def estimate(tally: Tally, *, confidence: float = 0.95) -> list[Estimate]:
    sure = Certainty(confidence, tally.days)
    found: list[Estimate] = []
    for source, moments, holds in zip(tally.frame.sources, tally.sources, tally.holds, strict=True):
        found.extend(_Source(tally, sure, source, moments, holds).estimates())
    found.extend(_port_estimates(tally, sure))
    for team, moments in zip(tally.frame.teams, tally.teams, strict=True):
        found.extend(_team_estimates(team, moments, sure))
    return found


@dataclass(frozen=True)
class _Source:
    """One source's sums, and its metrics."""

    tally: Tally
    sure: Certainty
    frame: SourceFrame
    moments: Moments
    holds: HoldCounts | None

    def estimates(self) -> Iterator[Estimate]:
        if self.frame.wants_port:
            yield self._per_day("offered")
            yield self._share("blocking")
            yield self._share("lost")
            yield self._carried_load()
        if self.holds is not None:
            yield from self._hold(self.holds)
        if self.frame.records:
            yield self._share("missed_recordings")
        if self.frame.dials:
            yield self._per_day("dials")
            yield self._share("by_hand")

    def _hold(self, holds: HoldCounts) -> Iterator[Estimate]:
        yield self._per_day("answered")
        yield self._share("abandonment")
        yield self._hold_mean("hold_mean", "hold_ticks", "asked")
        quantiles = HoldQuantiles(holds, self.moments, self.sure)
        for metric, p in QUANTILES.items():
            yield self._of(metric, SECONDS, quantiles.value(p), quantiles.interval(p))
        yield self._hold_mean("hold_mean_answered", "hold_answered_ticks", "answered")
        yield self._share("service_level")

    def _per_day(self, name: str) -> Estimate:
        point = mean(self.moments, name, self.sure.days)
        return self._of(name, PER_DAY, point.value, amount(*point, self.sure, self._unseen_a_day))

    @property
    def _unseen_a_day(self) -> float:
        return self.sure.unseen / self.sure.days

    def _share(self, metric: str) -> Estimate:
        above, below = SHARES[metric]
        point = ratio(self.moments, above, below, self.sure.days)
        events, calls = self.moments.sum(above), self.moments.sum(below)
        interval = share_of_calls(events, calls, point.variance, self.sure)
        return self._of(metric, SHARE, point.value, interval)

    def _carried_load(self) -> Estimate:
        span = self.tally.frame.span_ticks
        point = mean(self.moments, "carried_ticks", self.sure.days, span)
        unseen = self._unseen_a_day * _mean_leg_ticks(self.tally) / span
        return self._of("carried_load", PORTS, point.value, amount(*point, self.sure, unseen))

    def _hold_mean(self, metric: str, held: str, calls: str) -> Estimate:
        point = ratio(self.moments, held, calls, self.sure.days)
        value, variance = point.value / TICKS_PER_S, point.variance / TICKS_PER_S**2
        count = self.moments.sum(calls)
        if count == 0:
            return self._of(metric, SECONDS, math.nan, UNKNOWN)
        _, waiting = share_of_calls(0, count, 0.0, self.sure)
        return self._of(
            metric, SECONDS, value, amount(value, variance, self.sure, waiting * self._talk_s)
        )

    @property
    def _talk_s(self) -> float:
        answered = self.moments.sum("answered")
        if answered == 0:
            return math.inf
        return self.moments.sum("talk_ticks") / answered / TICKS_PER_S

    def _of(self, metric: str, unit: str, value: float, interval: Interval) -> Estimate:
        return Estimate(self.frame.name, metric, unit, value, *interval)


def _mean_leg_ticks(tally: Tally) -> float:
    legs = tally.ports.sum("legs")
    return tally.ports.sum("leg_ticks") / legs if legs else float(tally.frame.span_ticks)


def _port_estimates(tally: Tally, sure: Certainty) -> Iterator[Estimate]:
    ports, span = tally.frame.ports, tally.frame.span_ticks
    spell = sure.unseen / sure.days * _mean_leg_ticks(tally) / span
    used = (
        mean(tally.ports, "busy_ticks", sure.days, span * ports)
        if ports
        else Point(math.nan, math.nan)
    )
    low, high = share_of_time(*used, sure, spell / max(ports, 1))
    yield Estimate("ports", "busy_mean", PORTS, used.value * ports, low * ports, high * ports)
    peak = mean(tally.ports, "peak", sure.days)
    low, high = amount(*peak, sure, sure.unseen / sure.days)
    yield Estimate("ports", "busy_peak", PORTS, peak.value, low, min(high, ports))
    full = mean(tally.ports, "full_ticks", sure.days, span)
    yield Estimate(
        "ports", "time_congestion", SHARE, full.value, *share_of_time(*full, sure, spell)
    )
    low, high = share_of_time(*used, sure, spell / max(ports, 1))
    yield Estimate("ports", "utilisation", SHARE, used.value, low, high)


def _team_estimates(team: TeamFrame, moments: Moments, sure: Certainty) -> Iterator[Estimate]:
    for activity, _ in team.layout.ratios:
        point = ratio(moments, activity, STAFFED, sure.days)
        yield Estimate(
            team.name, f"time_{activity}", SHARE, point.value, *share_of_time(*point, sure)
        )
