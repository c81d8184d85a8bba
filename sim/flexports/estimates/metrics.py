"""Every metric of a tally, in the order of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from flexports.estimates.agents import team_estimates
from flexports.estimates.calls import CallEstimates, talk_mean_s
from flexports.estimates.estimate import LINES, PORTS, SECONDS, Estimate
from flexports.estimates.explained import Explained, corrected_mean
from flexports.estimates.intervals import Certainty, amount
from flexports.estimates.pool import mean_leg_ticks, port_estimates
from flexports.estimates.quantiles import DurationQuantiles
from flexports.estimates.ratios import mean
from flexports.tally import (
    DURATIONS,
    HOLD,
    PORT_WAIT,
    SPEED_TO_LEAD,
    TICKS_PER_S,
    DurationCounts,
    Moments,
    SourceFrame,
    Tally,
)

HOLD_QUANTILES = {"hold_p50": 0.50, "hold_p90": 0.90, "hold_p95": 0.95, "hold_p99": 0.99}


def estimate(
    tally: Tally, *, confidence: float = 0.95, known: Mapping[str, float] | None = None
) -> list[Estimate]:
    """Values and confidence intervals of all metrics that make sense for the tally's floor.

    Parameters
    ----------
    tally : Tally
    confidence : float
        Of each interval by itself, two-sided.
    known : mapping of str to float, optional
        The means of the tally's controls: what they explain is taken out of shares, means and
        loads (`flexports.estimates.explained`).

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
    Values are total over total across days, but for what the controls correct. A share or hold of
    no calls at all is NaN, and so are its bounds. The bounds of everything are NaN for one day,
    which cannot tell how days differ.
    """
    sure, explained = Certainty(confidence, tally.days), _explained(tally, known)
    found: list[Estimate] = []
    of_sources = zip(tally.frame.sources, tally.sources, tally.durations, strict=True)
    for source, moments, durations in of_sources:
        found.extend(_SourceEstimates(tally, sure, source, moments, durations, explained))
    found.extend(port_estimates(tally, sure, explained))
    for team, moments in zip(tally.frame.teams, tally.teams, strict=True):
        found.extend(team_estimates(team, moments, sure))
    return found


def _explained(tally: Tally, known: Mapping[str, float] | None) -> Explained | None:
    """What the controls explain; None if there are none."""
    if tally.controlled is None or not known:
        return None
    return Explained(tally.controlled, known)


@dataclass(frozen=True)
class _SourceEstimates:
    """One source's metrics."""

    tally: Tally
    sure: Certainty
    source: SourceFrame
    moments: Moments
    durations: Mapping[str, DurationCounts]
    explained: Explained | None

    def __iter__(self) -> Iterator[Estimate]:
        if self.source.wants_port:
            yield from self._ports()
        if self.source.wants_agent:
            yield from self._agents()
        if self.source.records:
            yield self._calls.share("missed_recordings")
        if self.source.dials:
            yield self._calls.per_day("dials")
            yield self._calls.share("by_hand")
        if self.source.reaches:
            yield from self._leads()
        if self.source.waits:
            yield from self._port_waits()

    def _ports(self) -> Iterator[Estimate]:
        yield self._calls.per_day("offered")
        yield self._calls.share("blocking")
        yield self._calls.share("lost")
        yield self._carried_load()

    def _agents(self) -> Iterator[Estimate]:
        yield self._calls.per_day("answered")
        yield self._calls.share("abandonment")
        yield self._calls.mean_of(HOLD, self._talk_s)
        for metric, p in HOLD_QUANTILES.items():
            yield self._quantile(metric, HOLD, p)
        answered = ("hold_answered_ticks", "answered")
        yield self._calls.duration_mean("hold_mean_answered", answered, self._talk_s)
        yield self._calls.share("service_level")

    def _leads(self) -> Iterator[Estimate]:
        yield self._calls.mean_of(SPEED_TO_LEAD, self._talk_s)
        yield self._quantile("speed_to_lead_p90", SPEED_TO_LEAD, 0.90)
        yield self._calls.share("stale")
        yield self._calls.share("actions_skipped")

    def _port_waits(self) -> Iterator[Estimate]:
        """Where nobody waited, some may have, for as long as a port is held."""
        yield self._calls.mean_of(PORT_WAIT, self._mean_leg_ticks / TICKS_PER_S)
        yield self._quantile("port_wait_p95", PORT_WAIT, 0.95)
        yield self._calls.per_day("retries")

    def _carried_load(self) -> Estimate:
        """Where every day has the same load: within that of unseen calls that hold a port."""
        span = self.tally.frame.span_ticks
        quantity = self.source.name, "carried_ticks"
        plain = mean(self.moments, "carried_ticks", self.sure.days, unit=span)
        point, sure = corrected_mean(plain, quantity, span, self.sure, self.explained)
        unseen = self.sure.unseen / self.sure.days * self._mean_leg_ticks / span
        unit = LINES if self.source.own_lines else PORTS
        interval = amount(*point, unseen, sure)
        return self._calls.named("carried_load", unit, point.value, interval)

    def _quantile(self, metric: str, duration: str, p: float) -> Estimate:
        _, number = DURATIONS[duration]
        found = DurationQuantiles(self.durations[duration], self.moments, self.sure, number)
        return self._calls.named(metric, SECONDS, found.value(p), found.interval(p))

    @cached_property
    def _calls(self) -> CallEstimates:
        return CallEstimates(self.source.name, self.moments, self.sure, self.explained)

    @property
    def _talk_s(self) -> float:
        return talk_mean_s(self.moments)

    @property
    def _mean_leg_ticks(self) -> float:
        """How long what its calls hold is held on average: a flex port, or a line of its own."""
        pool = self.moments if self.source.own_lines else self.tally.ports
        return mean_leg_ticks(pool, self.tally.frame.span_ticks)
