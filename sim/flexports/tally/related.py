"""Quantities of a day that are related to one another: across port counts, and to controls.

The days of a study are the same on every port count, so what happened on two of them differs far
less than either does from day to day; and much of how a day differs from other days was known
before it began, from the tape. Both are worth nothing without the sums of products that tell them,
and those have to be summed while a day's numbers are at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from flexports.tally.frame import Frame, SourceFrame
from flexports.tally.quantities import DURATIONS, SHARES

PORTS_OWNER = "ports"
FAILURES_OWNER = "cost"

Quantity = tuple[str, str]
"""Whose, and which: ("toll-free", "blocked")."""


class Related(NamedTuple):
    """A metric, and the quantities of a day that it is made of.

    Attributes
    ----------
    source, metric : str
    quantities : tuple of Quantity
        Numerator and denominator of a ratio; one quantity, for a mean over days; of the cost, all
        that can go wrong.
    """

    source: str
    metric: str
    quantities: tuple[Quantity, ...]

    @property
    def is_ratio(self) -> bool:
        """Whether it is a ratio of two totals."""
        return self.source != FAILURES_OWNER and len(self.quantities) > 1


PORT_MEANS = {"busy_mean": "busy_ticks", "time_congestion": "full_ticks"}
SOURCE_MEANS = {"offered": "offered", "carried_load": "carried_ticks", "answered": "answered"}
HOLD_ANSWERED = ("hold_mean_answered", ("hold_answered_ticks", "answered"))


@dataclass(frozen=True)
class Relations:
    """All that is related on a floor; the same for every port count.

    Attributes
    ----------
    sources : tuple of SourceFrame
    failures : tuple of Quantity
    controls : tuple of str
        The daily numbers of the tape whose means are known.
    """

    sources: tuple[SourceFrame, ...]
    failures: tuple[Quantity, ...]
    controls: tuple[str, ...]

    @cached_property
    def metrics(self) -> tuple[Related, ...]:
        """Every metric that is told of two port counts together."""
        return tuple(self._metrics())

    def _metrics(self) -> Iterator[Related]:
        for source in self.sources:
            for metric, names in _of_source(source):
                yield Related(source.name, metric, tuple((source.name, each) for each in names))
        for metric, name in PORT_MEANS.items():
            yield Related(PORTS_OWNER, metric, ((PORTS_OWNER, name),))
        if self.failures:
            yield Related(FAILURES_OWNER, "cost_of_failures", self.failures)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Each quantity once, in the order in which the metrics name them."""
        return tuple(dict.fromkeys(each for metric in self.metrics for each in metric.quantities))

    @cached_property
    def place(self) -> Mapping[Quantity, int]:
        """Where each quantity stands."""
        return {quantity: place for place, quantity in enumerate(self.quantities)}

    @cached_property
    def controlled(self) -> tuple[str, ...]:
        """Controls, and the quantities that they may explain, by name."""
        return (*self.controls, *map(quantity_name, self.quantities))


@lru_cache(maxsize=256)
def _relations(
    sources: tuple[SourceFrame, ...], failures: tuple[Quantity, ...], controls: tuple[str, ...]
) -> Relations:
    return Relations(sources, failures, controls)


def relations_of(frame: Frame) -> Relations:
    """What is related on the floor of a frame."""
    return _relations(frame.sources, frame.failures, frame.controls)


def quantity_name(quantity: Quantity) -> str:
    """A quantity as one name: ``blocked of toll-free``."""
    owner, name = quantity
    return f"{name} of {owner}"


def _of_source(source: SourceFrame) -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((metric, SHARES[metric]) for metric in _shares(source))
    yield from ((f"{duration}_mean", DURATIONS[duration]) for duration in source.durations)
    if source.wants_agent:
        yield HOLD_ANSWERED
    for metric, name in SOURCE_MEANS.items():
        if source.wants_agent if metric == "answered" else source.wants_port:
            yield metric, (name,)


def _shares(source: SourceFrame) -> Iterator[str]:
    for metrics, makes_sense in (
        (("blocking", "lost"), source.wants_port),
        (("abandonment", "service_level"), source.wants_agent),
        (("missed_recordings",), source.records),
        (("by_hand",), source.dials),
        (("stale", "actions_skipped"), source.reaches),
    ):
        if makes_sense:
            yield from metrics
