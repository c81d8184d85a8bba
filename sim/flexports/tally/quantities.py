"""The daily quantities that are counted and summed, and which of them are divided by which."""

from __future__ import annotations

from functools import lru_cache

from flexports.engine.counts import (
    CALL_COUNTS,
    INTERVAL_COUNTS,
    PORT_COUNTS,
    PORT_INTERVAL_COUNTS,
)
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
    names=CALL_COUNTS,
    ratios=(*SHARES.values(), *DURATIONS.values(), ("hold_answered_ticks", "answered")),
)
"""A source's. Those that make no sense for it are zero."""

PORTS = Layout(
    names=PORT_COUNTS,
    ratios=(("full_spell_ticks", "full_spells"),),
)
"""The flex ports'."""

SOURCE_BY_INTERVAL = Layout(
    names=INTERVAL_COUNTS,
    ratios=(
        *(SHARES[metric] for metric in ("blocking", "abandonment", "service_level")),
        DURATIONS[HOLD],
    ),
)
"""A source's in one interval of the day: of the calls that were offered in it."""

PORTS_BY_INTERVAL = Layout(names=PORT_INTERVAL_COUNTS)

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
