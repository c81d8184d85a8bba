"""The text of a report that is the same in every report."""

from __future__ import annotations

BLOCKING = (
    "How often no port is found",
    "Each line is a source, its band the interval; dashed lines are the targets. An arrow hangs "
    "from the most that may be where nothing was seen.",
)
CHANGES = (
    "What one port more changes",
    "From each count to the next, on the same days: the change in blocking, with its interval. "
    "Bars that touch zero may be nothing.",
)
CHANGES_TOLD = "Change in blocking from each port count to the next, by source, with intervals."
HOLD = (
    "How long callers hold",
    "The share of all who asked for an agent that holds no longer than a time; a line that leaves "
    "the picture goes on. Where callers hold long, agents are what is short, and not ports.",
)
COST = (
    "What it costs",
    "Rent of ports and licences and what goes wrong, a month; the band is the interval of what "
    "goes wrong. The dashed line is the rent alone, which is certain.",
)
TIME_OF_DAY = (
    "When it happens",
    "How often no port is found by time of day, with the interval of each part of the day. A band "
    "that leaves the picture has few calls to tell by.",
)
TIME_OF_DAY_TOLD = "Blocking by time of day, by source, with intervals."
DAY = (
    "One of the days",
    "Every port is a row, and every bar a time for which it was held, in the colour of its source.",
)

METHOD = (
    "A day on the floor is played call by call: every call, dial, message, lead and fax takes a "
    "port if one is free, does what the file says if none is, and gives the port back. Then "
    "another day, with other calls; some hundred days or more.",
    "Every port count is given the very same days: the same calls at the same times, the same "
    "talks, the same patience. So what differs between two counts is what the ports make of it, "
    "and not the luck of the day.",
    "Every figure comes with an interval: were all of this done again on other days, the interval "
    "would hold the true figure 95 times of 100, or as often as is said. Where nothing was seen "
    "the figure is a bound: what so many days can exclude. Figures are shown with the digits that "
    "their intervals support.",
    "A port count is said to meet a target only if the whole interval lies on the right side of "
    "it; the answer is the smallest count that meets all of them.",
    "cv is the spread of a duration or a rate: its standard deviation as a multiple of its mean.",
)

LIMITS = (
    "An interval tells of chance alone. It does not know whether the rates, durations and habits "
    "in the file are those of the company: what is wrong there is wrong here too.",
    "All ports are alike, and one call holds one port; a recording holds one more.",
    "Calls come independently of one another, at the rates of the file; callers do not know how "
    "long the queue is, and agents do not hurry when it is long.",
    "Days are independent: what is left undone today does not come back tomorrow.",
    "The published rule of thumb is worked as it is written; where it leaves room, the reading is "
    "told beside it.",
)

REPRODUCE = (
    "The same file, seed and version give the same figures to the last digit, on any machine and "
    "any number of workers."
)
NO_SMALLER = "No smaller count was tried: fewer ports may do as well."
GAPS = "Not every count between was tried: a count that was not may do as well."
