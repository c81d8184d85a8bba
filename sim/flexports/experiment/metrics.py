"""Which metrics there are, and their units: asked of `flexports.estimates`, which knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import numpy as np

from flexports.estimates import estimate
from flexports.floor import Floor
from flexports.flows import BY_HAND, DIALING, RINGING, TALKING, WRAPPING_UP
from flexports.sources import plan_of
from flexports.tally import DurationCounts, Frame, Layout, Moments, SourceFrame, Tally, TeamFrame
from flexports.tally.busy import BusyTime
from flexports.tally.frame import frame_of
from flexports.tally.quantities import PORTS, SOURCE

_WITHIN_S = 20.0
#: A source for which every metric makes sense, and a group that does everything.
_EVERYTHING = SourceFrame(
    "source",
    wants_port=True,
    wants_agent=True,
    records=True,
    dials=True,
    waits=True,
    reaches=True,
    own_lines=False,
)
_EVERYBODY = TeamFrame("team", 1, (DIALING, TALKING, WRAPPING_UP, BY_HAND, RINGING), ())


@cache
def metric_units() -> Mapping[str, str]:
    """Return the unit of every metric, by the names and in the order of the tables.

    Examples
    --------
    >>> metric_units()["blocking"], metric_units()["hold_p95"], metric_units()["carried_load"]
    ('share', 's', 'ports')
    """
    return _units(Frame(1, 0.0, 1.0, _WITHIN_S, (_EVERYTHING,), (_EVERYBODY,)))


def metrics_on(floor: Floor) -> frozenset[str]:
    """Return the metrics that something on a floor has."""
    return frozenset(_units(frame_of(plan_of(floor), 1, floor.day.warm_up_s, _WITHIN_S)))


def _units(frame: Frame) -> Mapping[str, str]:
    """Which there are depends on the frame alone: a day on which nothing happened will do."""
    return MappingProxyType({each.metric: each.unit for each in estimate(_uneventful(frame))})


def _uneventful(frame: Frame) -> Tally:
    durations = DurationCounts.of_day(np.empty(0))
    return Tally(
        frame,
        1,
        tuple(_nothing(SOURCE) for _ in frame.sources),
        tuple(dict.fromkeys(source.durations, durations) for source in frame.sources),
        _nothing(PORTS),
        tuple(_nothing(team.layout) for team in frame.teams),
        BusyTime(np.zeros(1, dtype=np.int64)),
        _nothing(frame.failures_layout),
    )


def _nothing(layout: Layout) -> Moments:
    return Moments.of_day(layout, [0] * len(layout.names))
