"""The daily quantities that are counted and summed, and which of them are divided by which."""

from __future__ import annotations

from functools import lru_cache

from flexports.flows import BY_HAND, DIALING, LOCKED_OUT, TALKING, WRAPPING_UP
from flexports.tally.moments import Layout

SHARES = {
    "blocking": ("blocked", "offered"),
    "lost": ("lost", "fresh"),
    "abandonment": ("abandoned", "asked"),
    "service_level": ("in_time", "asked"),
    "missed_recordings": ("missed", "recordings"),
    "by_hand": ("by_hand", "messages"),
    "stale": ("stale", "acted_on"),
    "actions_skipped": ("skipped", "leads"),
}
"""Shares of calls, by metric: which quantity over which."""

HOLD, PORT_WAIT, SPEED_TO_LEAD = "hold", "port_wait", "speed_to_lead"

DURATIONS = {
    HOLD: ("hold_ticks", "asked"),
    PORT_WAIT: ("port_wait_ticks", "fresh"),
    SPEED_TO_LEAD: ("speed_to_lead_ticks", "dialed"),
}
"""What a histogram is kept of: the sum of its durations, and how many there are."""

SOURCE = Layout(
    names=(
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
    ),
    ratios=(*SHARES.values(), *DURATIONS.values(), ("hold_answered_ticks", "answered")),
)
"""A source's. Those that make no sense for it are zero."""

PORTS = Layout(
    names=(
        "busy_ticks",  # over all ports
        "peak",  # most ports busy at once
        "full_ticks",  # all ports busy
        "legs",  # holdings of a port, recordings included, that began in the span
        "leg_ticks",  # how long those lasted
        "full_spells",  # spells with all ports busy that began in the span
        "full_spell_ticks",  # how long those lasted, up to closing
    ),
    ratios=(("full_spell_ticks", "full_spells"),),
)
"""The flex ports'."""

SOURCE_BY_INTERVAL = Layout(
    names=("offered", "blocked", "asked", "answered", "abandoned", "in_time", "hold_ticks"),
    ratios=(
        *(SHARES[metric] for metric in ("blocking", "abandonment", "service_level")),
        DURATIONS[HOLD],
    ),
)
"""A source's in one interval of the day: of the calls that were offered in it."""

PORTS_BY_INTERVAL = Layout(names=("busy_ticks", "full_ticks"))

ALWAYS_SHOWN = (DIALING, TALKING, WRAPPING_UP, BY_HAND)
IDLE = "idle"
STAFFED = "staffed"
"""The quantity that the others of a team add up to."""


@lru_cache
def team_layout(activities: tuple[str, ...]) -> Layout:
    """A team's quantities: its time for each activity, idle, locked out, and in all, in ticks."""
    spent = (*activities, IDLE, LOCKED_OUT)
    return Layout((*spent, STAFFED), ratios=tuple((activity, STAFFED) for activity in spent))


@lru_cache
def failures_layout(failures: tuple[tuple[str, str], ...]) -> Layout:
    """What can go wrong, by source and quantity, and all products of any two."""
    names = tuple(failure_name(*failure) for failure in failures)
    pairs = ((one, other) for place, one in enumerate(names) for other in names[place + 1 :])
    return Layout(names, ratios=tuple(pairs))


def failure_name(source: str, failure: str) -> str:
    """What goes wrong as the name of one quantity, such as ``lost toll-free``."""
    return f"{failure} {source}"
