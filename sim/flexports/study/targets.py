"""Whether a port count meets the targets of its floor, beyond the chance of the days run."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flexports.estimates import Estimate
from flexports.floor import Floor
from flexports.sources import Kind, kinds_of
from flexports.study.results import Sweep


@dataclass(frozen=True)
class Target:
    """One thing that the answer must meet.

    Attributes
    ----------
    source : str
    metric : str
    bound : float
        The largest share that is allowed; for the service level, the smallest.
    """

    source: str
    metric: str
    bound: float

    @property
    def at_least(self) -> bool:
        """Whether more is better."""
        return self.metric == "service_level"

    def is_met_by(self, estimate: Estimate) -> bool:
        """Whether the whole interval is on the right side of the bound.

        Where nothing was offered nothing is shown: the interval is NaN, and the target not met.
        """
        return estimate.low >= self.bound if self.at_least else estimate.high <= self.bound

    @property
    def asks_for_ports(self) -> bool:
        """Whether ports are what it takes to meet it."""
        return self.metric in ("blocking", "missed_recordings")

    def seems_met_by(self, estimate: Estimate) -> bool:
        """Whether the value itself is on the right side of the bound."""
        if math.isnan(estimate.value):
            return True
        return estimate.value >= self.bound if self.at_least else estimate.value <= self.bound

    def is_missed_by(self, estimate: Estimate) -> bool:
        """Whether the whole interval is on the wrong side of the bound."""
        return estimate.high < self.bound if self.at_least else estimate.low > self.bound

    def shortfall(self, estimate: Estimate) -> float:
        """How far an estimate is on the wrong side; negative on the right side.

        As far as can be where nothing was offered.
        """
        if math.isnan(estimate.value):
            return math.inf
        return (self.bound - estimate.low) if self.at_least else (estimate.high - self.bound)


@dataclass(frozen=True)
class Failure:
    """A target that a port count is not shown to meet."""

    target: Target
    estimate: Estimate

    @property
    def is_certain(self) -> bool:
        """Whether the target is missed, rather than not yet shown to be met."""
        return self.target.is_missed_by(self.estimate)


@dataclass(frozen=True)
class Verdict:
    """What one port count fails on: nothing, if it meets every target."""

    ports: int
    failures: Sequence[Failure]

    @property
    def meets_all(self) -> bool:
        """Whether the upper confidence bounds meet all targets."""
        return not self.failures

    @property
    def lacks_ports(self) -> bool:
        """Whether it fails on what ports are for."""
        return any(each.target.asks_for_ports for each in self.failures)

    @property
    def surely_lacks_ports(self) -> bool:
        """Whether it surely fails on what ports are for, as then all smaller counts do."""
        return any(each.is_certain and each.target.asks_for_ports for each in self.failures)

    @property
    def wants_ports(self) -> bool:
        """Whether more ports may turn it round: too many attempts were seen to find none."""
        return any(
            each.target.asks_for_ports and not each.target.seems_met_by(each.estimate)
            for each in self.failures
        )

    @property
    def can_be_decided(self) -> bool:
        """Whether more days may settle it: that something never happens, none can show."""
        return any(each.target.bound not in (0.0, 1.0) for each in self.failures)

    @property
    def is_certain(self) -> bool:
        """Whether more days could not well turn it round."""
        return self.meets_all or any(failure.is_certain for failure in self.failures)


def targets_of(floor: Floor, sweep: Sweep) -> Sequence[Target]:
    """Every target of a floor, for the sources that have the metric."""
    some_ports = sweep.ports[0]
    measured = {(each.source, each.metric) for each in sweep.estimates[some_ports]}
    helped = {source.name for source in kinds_of(floor) if _ports_help(source, floor)}
    wanted = (
        target
        for source in floor.sources
        if source.name in helped
        for target in _of_source(floor, source.name)
    )
    return [target for target in wanted if (target.source, target.metric) in measured]


def wants_ports(floor: Floor) -> bool:
    """Whether any source may want a flex port."""
    return any(_ports_help(source, floor) for source in kinds_of(floor))


def _ports_help(source: Kind, floor: Floor) -> bool:
    """Whether a source may want a flex port: not one with lines of its own, or without a load."""
    uses = list(source.uses(floor))
    wants = not uses or any(use.load_erl > 0 for use in uses)
    return wants and source.own_lines_on(floor) is None


def _of_source(floor: Floor, source: str) -> Iterator[Target]:
    targets = floor.targets
    for metric, bound in (
        ("blocking", targets.blocking_of(source)),
        ("abandonment", targets.abandonment_of(source)),
        ("missed_recordings", targets.missed_recordings_of(source)),
        ("service_level", targets.service_level.share if targets.service_level else None),
    ):
        if bound is not None:
            yield Target(source, metric, bound)


def verdict(sweep: Sweep, ports: int, targets: Sequence[Target]) -> Verdict:
    """Judge one port count."""
    failures = []
    for target in targets:
        estimate = sweep.estimate(ports, target.source, target.metric)
        if not target.is_met_by(estimate):
            failures.append(Failure(target, estimate))
    return Verdict(ports, failures)
