"""What an engine may return in place of every call: one day's counts, by port count.

Which calls count, and how, is told by `flexports.tally.calls`, which counts what the calls of the
SimPy engine tell; an engine that counts by itself gives the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flexports.ticks import FloatArray, IntArray

CALL_COUNTS = (
    "offered",  # attempts that wanted a port
    "blocked",  # of them, those that found none free: they never got one, or had to wait for it
    "fresh",  # first attempts that wanted a port
    "lost",  # of them, those that the want of a port turned away for good in the end
    "retries",  # attempts that are not the first
    "port_wait_ticks",  # of the fresh: from wanting a port to getting one, or to giving up
    "carried_ticks",  # time for which ports were held, recording legs included, in the span
    "legs",  # holdings of lines of its own that began in the span
    "leg_ticks",  # how long those lasted
    "asked",  # calls that asked for an agent
    "answered",  # of them, those that an agent took
    "abandoned",
    "in_time",  # answered within the service level's time
    "hold_ticks",  # of all who asked
    "hold_answered_ticks",
    "talks",  # of those who asked and were answered: not every lead is reached
    "talk_ticks",
    "recordings",  # wanted
    "missed",
    "dials",
    "by_hand",  # messages left in person
    "messages",  # those, and the ones that wanted a port
    "leads",
    "skipped",  # of them, those that got no action
    "acted_on",  # the others
    "stale",
    "dialed",  # an agent dialed the lead
    "speed_to_lead_ticks",  # from the lead's arrival to that
)
"""Of each source."""

PORT_COUNTS = (
    "busy_ticks",  # over all ports
    "peak",  # most ports busy at once
    "full_ticks",  # all ports busy
    "legs",  # holdings of a port, recordings included, that began in the span
    "leg_ticks",  # how long those lasted
    "full_spells",  # spells with all ports busy that began in the span
    "full_spell_ticks",  # how long those lasted, up to closing
)
"""Of the flex ports."""

INTERVAL_COUNTS = (
    "offered",
    "blocked",
    "asked",
    "answered",
    "abandoned",
    "in_time",
    "hold_ticks",
)
"""Of each source in one interval of the day: of the calls that were offered in it."""

PORT_INTERVAL_COUNTS = ("busy_ticks", "full_ticks")


@dataclass(frozen=True, eq=False)
class Watch:
    """What is to be counted.

    Attributes
    ----------
    from_s, to_s : float
        The span observed; a call counts if it was offered in it.
    from_ticks, to_ticks : int
        The same in ticks.
    within_s : float
        Who is answered within this time is answered in time.
    edges_s : array of float64, shape (edges,)
        Of the histograms of durations, ascending from 0.
    histograms : tuple of (bool, bool, bool)
        For each line, whether hold, the wait for a port and the speed to lead are told by one.
    duty : tuple of tuple of (int, int)
        The shifts of each team within the span, in ticks.
    interval_edges_s, interval_edges : tuple
        Where intervals of the day begin, and the end of the last, in seconds and ticks; none if the
        day is not told by them.
    """

    from_s: float
    to_s: float
    from_ticks: int
    to_ticks: int
    within_s: float
    edges_s: FloatArray
    histograms: tuple[tuple[bool, ...], ...]
    duty: tuple[tuple[tuple[int, int], ...], ...]
    interval_edges_s: tuple[float, ...] = ()
    interval_edges: tuple[int, ...] = ()

    @property
    def intervals(self) -> int:
        """How many intervals there are."""
        return max(0, len(self.interval_edges) - 1)

    @property
    def number_of_histograms(self) -> int:
        """How many histograms are kept."""
        return sum(map(sum, self.histograms))

    @property
    def bins(self) -> int:
        """How many bins each has: one up to each edge, and one beyond the last."""
        return len(self.edges_s) + 1


HIGH = "_high"
"""Of sums of unclipped times, a second field in units of 2**32, so that none is too large."""
HALF = 32


@dataclass(frozen=True)
class DayCounts:
    """One day's counts on several port counts; the first axis of each array is that of these.

    It is good until the next day is counted.

    Attributes
    ----------
    sources : structured array, shape (runs, sources)
        Fields `CALL_COUNTS`, and `HIGH` ones; those that others give, such as ``abandoned``, are 0.
    ports : structured array, shape (runs,)
        Fields `PORT_COUNTS`.
    spent : array of int64, shape (runs, teams, activities)
        Time in their shifts by the plan's activities, in ticks.
    busy_time : array of int64, shape (runs, ports + 1)
        Time for which exactly 0, 1, 2, ... flex ports were busy.
    histograms : array of int64, shape (runs, histograms, bins)
        Of each line's durations, in the order of `Watch.histograms`: how many are longer than the
        edge before and no longer than this one; the last bin has what is longer than all edges.
    by_interval : structured array, shape (runs, sources, intervals)
        Fields `INTERVAL_COUNTS`.
    ports_by_interval : structured array, shape (runs, intervals)
        Fields `PORT_INTERVAL_COUNTS`.
    """

    sources: NDArray[Any]
    ports: NDArray[Any]
    spent: IntArray
    busy_time: IntArray
    histograms: IntArray
    by_interval: NDArray[Any]
    ports_by_interval: NDArray[Any]


def whole_numbers(table: NDArray[Any], names: tuple[str, ...]) -> NDArray[np.object_]:
    """The fields of a structured array as Python integers, which have no largest.

    Returns
    -------
    array of object, shape (*table.shape, names)
    """
    numbers = np.empty((*table.shape, len(names)), dtype=object)
    for place, name in enumerate(names):
        numbers[..., place] = table[name]
        if name + HIGH in (table.dtype.names or ()) and table[name + HIGH].any():
            numbers[..., place] += table[name + HIGH].astype(object) << HALF
    return numbers
