"""Everything random, drawn before the simulation starts.

A tape holds the random input of one day: when calls arrive and, for each call, how long its talk
lasts, when its patience is spent, how its dial ends. Engines only read it, so every port count and
every engine sees the same traffic (common random numbers).

Each sequence of draws has its own stream (`streams`), keyed by seed, day, name of the source and
attribute, and for the calls that agents start by their group. Nothing else counts: adding a source,
an agent or a port leaves every other stream as it was, and so does how long the day's calls last.

Nobody knows how many calls an agent will start, so these are drawn in parts (`rolls`), as many as
it takes. Laws fill a column one value after another (`Sampled.fill`), so the column of more agents
begins with that of fewer, bit for bit.
"""

from flexports.tape.day import Arrivals, Drawn, Reel, Tape, Tapes
from flexports.tape.pen import Laws, Pen, Sampled
from flexports.tape.rolls import PART, ArrivedRoll, Draws, Roll, StartedRoll, next_place, place
from flexports.tape.streams import FloatArray, Streams

__all__ = [
    "PART",
    "Arrivals",
    "ArrivedRoll",
    "Drawn",
    "Draws",
    "FloatArray",
    "Laws",
    "Pen",
    "Reel",
    "Roll",
    "Sampled",
    "StartedRoll",
    "Streams",
    "Tape",
    "Tapes",
    "next_place",
    "place",
]
