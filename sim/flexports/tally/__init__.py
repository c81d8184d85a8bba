"""Counts and sums over days: all that an experiment keeps of what the engine returned.

`tally_day` reduces one day on one port count to a `Tally`; tallies add up. Everything in one is an
integer (counts, and times in ticks of 2**-20 s), so that adding is exact: neither the order of the
days, nor the blocks they came in, nor the workers that ran them change a bit of the result. The
size of a tally does not grow with the number of days.

Nothing here is a mean or has a confidence level; those are the business of `flexports.estimates`.
"""

from flexports.tally.counted import CountedDays
from flexports.tally.day import tally_day
from flexports.tally.durations import EDGES_S, HOLD_EDGES_S, DurationCounts, HoldCounts
from flexports.tally.frame import Frame, SourceFrame, TeamFrame
from flexports.tally.intervals import IntervalTally
from flexports.tally.merging import Tally
from flexports.tally.moments import Layout, Moments
from flexports.tally.pairs import Pairs
from flexports.tally.quantities import (
    DURATIONS,
    HOLD,
    PORT_WAIT,
    SHARES,
    SPEED_TO_LEAD,
    STAFFED,
    failure_name,
)
from flexports.tally.several import Tallies, merged
from flexports.tally.strands import STRANDS, Strands
from flexports.tally.told import ToldDays
from flexports.ticks import TICKS_PER_S

__all__ = [
    "DURATIONS",
    "EDGES_S",
    "HOLD",
    "HOLD_EDGES_S",
    "PORT_WAIT",
    "SHARES",
    "SPEED_TO_LEAD",
    "STAFFED",
    "STRANDS",
    "TICKS_PER_S",
    "CountedDays",
    "DurationCounts",
    "Frame",
    "HoldCounts",
    "IntervalTally",
    "Layout",
    "Moments",
    "Pairs",
    "SourceFrame",
    "Strands",
    "Tallies",
    "Tally",
    "TeamFrame",
    "ToldDays",
    "failure_name",
    "merged",
    "tally_day",
]
