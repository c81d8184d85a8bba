"""The power dialer: agents dial one number after another, and machines leave the messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flexports.sources.dialing import Dialing, Outcomes

__all__ = ["Outcomes", "PowerDialer"]


@dataclass(frozen=True, kw_only=True)
class PowerDialer(Dialing):
    """Each agent of a group dials one number after another.

    Dial and ring; then nobody answers, or a message is due, or the agent has a conversation and
    wraps up after it. The agent hands a message to a port and dials on at once. If there is no port
    he leaves it by hand, or skips it. A group with `dialer-tab` and without `dialer` works the same
    list by hand and leaves every message in person.
    """

    kind: Literal["power-dialer"] = "power-dialer"
    in_new_floor = True
