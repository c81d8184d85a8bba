"""The controls of a floor, and their known means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from flexports.floor import Floor
from flexports.flows import Delay, End, Line, ReleasePort, TakePort
from flexports.laws import Law
from flexports.sources import Kind, kinds_of, plan_of
from flexports.sources.arriving import AtARate
from flexports.tally.controls import ABOVE, LOAD, TAIL, Controls, arrivals_name
from flexports.tape import FloatArray
from flexports.ticks import TICKS_PER_S

_MOST_ARRIVALS = 4
"""More controls than these would cost more in certainty than they explain."""
_PANELS, _NODES = 1_000, 4


@dataclass(frozen=True)
class Stream:
    """A Poisson stream of calls that hold a port each for a time of their own."""

    source: AtARate
    law: Law
    floor: Floor

    def busy_mean(self, times_s: FloatArray) -> FloatArray:
        """Mean number of an unlimited pool's ports that its calls hold, at some times."""
        day = self.floor.day
        starts, rates = self.source.rate.between(day.opens_s, day.length_s)
        since = [self.law.limited_mean_s(np.maximum(times_s - start, 0.0)) for start in starts]
        ages = [*since, np.zeros_like(times_s)]
        busy = np.zeros_like(times_s)
        for rate, (begun, ended) in zip(rates, pairwise(ages), strict=True):
            busy += rate * (begun - ended)
        return busy


class KnownControls:
    """The controls of a floor: which there are, and their means.

    Parameters
    ----------
    floor : Floor
    watched : bool
        False: none of them.
    """

    def __init__(self, floor: Floor, *, watched: bool = True) -> None:
        self._floor = floor
        self._watched = watched
        self._unlimited = _unlimited(floor) if watched else None

    @cached_property
    def which(self) -> Controls:
        """The arrivals of every source that is a Poisson stream, unless there are too many.

        And where all that takes a port is such streams, of which each call holds one for a time of
        its own, what they would hold of an unlimited pool.
        """
        if not self._watched or len(self._arriving) > _MOST_ARRIVALS:
            return Controls()
        arrivals = tuple((source.name, number) for number, source in self._arriving)
        return Controls(arrivals, occupancy=self._unlimited is not None)

    def means(self, ports: int) -> Mapping[str, float]:
        """Means of a day's controls, for one port count, by their names; times in ticks."""
        if not self.which.names:
            return {}
        known = {
            arrivals_name(source.name): _expected_arrivals(source, self._floor)
            for _, source in self._arriving
        }
        return known if self._unlimited is None else {**known, **self._unlimited.means(ports)}

    @cached_property
    def _arriving(self) -> Sequence[tuple[int, AtARate]]:
        sources = enumerate(kinds_of(self._floor))
        return [(number, source) for number, source in sources if isinstance(source, AtARate)]


def _expected_arrivals(source: AtARate, floor: Floor) -> float:
    day = floor.day
    return source.rate.expected(day.opens_s + day.warm_up_s, day.length_s - day.warm_up_s)


@dataclass(frozen=True)
class _Unlimited:
    """What the streams of a floor hold of an unlimited pool."""

    floor: Floor
    streams: Sequence[Stream]
    cv: float

    def means(self, ports: int) -> Mapping[str, float]:
        """Means of the controls that watch the pool, in ticks."""
        from flexports.theory.infinite_server import occupancy_above, occupancy_tail

        busy, weights = self._busy
        held = sum(
            _expected_arrivals(each.source, self.floor) * each.law.expected_s
            for each in self.streams
        )
        return {
            LOAD: held * TICKS_PER_S,
            TAIL: float(weights @ occupancy_tail(busy, ports, self.cv)) * TICKS_PER_S,
            ABOVE: float(weights @ occupancy_above(busy, ports, self.cv)) * TICKS_PER_S,
        }

    @cached_property
    def _busy(self) -> tuple[FloatArray, FloatArray]:
        """Mean numbers of busy ports over the span, and for how long each holds, in seconds."""
        times_s, weights = self._quadrature()
        busy = np.zeros_like(times_s)
        for stream in self.streams:
            busy += stream.busy_mean(times_s)
        levels, level = np.unique(busy.round(12), return_inverse=True)
        return levels, np.bincount(level, weights=weights).astype(np.float64)

    def _quadrature(self) -> tuple[FloatArray, FloatArray]:
        """Nodes and weights of Gauss and Legendre's rule between times at which rates change."""
        day = self.floor.day
        inside = {
            start
            for each in self.streams
            for start in each.source.rate.between(day.opens_s, day.length_s)[0]
            if day.warm_up_s < start < day.length_s
        }
        edges = np.array(sorted({day.warm_up_s, day.length_s, *inside}))
        shares = np.diff(edges) / (edges[-1] - edges[0])
        panels = np.concatenate(
            [
                np.linspace(begin, end, int(np.ceil(share * _PANELS)) + 1)[:-1]
                for (begin, end), share in zip(pairwise(edges), shares, strict=True)
            ]
            + [edges[-1:]]
        )
        at, weight = np.polynomial.legendre.leggauss(_NODES)
        half = np.diff(panels)[:, None] / 2
        times = panels[:-1, None] + half * (at + 1)
        return times.ravel(), (half * weight).ravel()


def _unlimited(floor: Floor) -> _Unlimited | None:
    """What is held of an unlimited pool; None where ports are not held by such streams alone."""
    plan = plan_of(floor)
    if any(plan.dialer_of(number) for number in range(len(plan.lines))):
        return None
    streams = []
    for source, line in zip(kinds_of(floor), plan.lines, strict=True):
        if not _may_hold_ports(line):
            continue
        law = _holding_law(source, line, floor)
        if law is None or not isinstance(source, AtARate):
            return None
        streams.append(Stream(source, law, floor))
    cv = _common_cv(floor, streams)
    return _Unlimited(floor, streams, cv) if streams and cv is not None else None


def _may_hold_ports(line: Line) -> bool:
    return line.records or (line.wants_port and line.own_lines is None)


def _holding_law(source: Kind, line: Line, floor: Floor) -> Law | None:
    """How long each call holds a port, if that is one draw of its own."""
    match line.flow:
        case (TakePort(), Delay(duration), ReleasePort(), End()) if line.limit is None:
            law = source.draws_on(floor)[duration]
            return law if isinstance(law, Law) else None
    return None


def _common_cv(floor: Floor, streams: Sequence[Stream]) -> float | None:
    """The spread of the one factor on all rates; None if there are several."""
    own = [stream.source.day_cv for stream in streams if stream.source.day_cv]
    if not own:
        return floor.day.day_cv
    return own[0] if len(streams) == 1 and not floor.day.day_cv else None
