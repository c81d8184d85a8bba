"""The battery: all simulations, and the cases that no simulation of a floor can answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from validation.loss_cases import OWN_LAWS, insensitivity_simulations, loss_simulations
from validation.message_cases import company_x_simulations, message_simulations
from validation.pool_cases import pool_simulations
from validation.questions import Simulation
from validation.queue_cases import queue_simulations
from validation.system_cases import OWN as OWN_SYSTEMS
from validation.system_cases import system_simulations

NO_FLOOR: Mapping[str, str] = {
    "ports-A10-2pct": "A port count, not a share. tests/study/test_size.py asks `size` for it.",
    "kr-2class-5": "A call takes two ports together or none. On a floor each call has one port.",
    "kr-reservation-exact": "As kr-2class-5.",
    "rec-loss-strict-c8": (
        "A call that is to be recorded is lost if there is only one port. On a floor it goes on "
        "unrecorded, which is rec-loss-downgrade-c9."
    ),
    "exterlb-6-3-50": "An approximation, and no target of a simulation.",
    "overflow-two-streams": "Two pools of ports that overflow into a third. A floor has one pool.",
    "telethon-week": (
        "Callers are cut off at closing and after exactly two minutes. On a floor who holds at "
        "closing is still served."
    ),
    "press1-batch": "Presses that come in batches. On a floor they are a Poisson stream.",
}
"""Why; the closed forms and chains of `flexports.theory` answer most of them."""

IN_PART: Mapping[str, str] = {
    "overflow-20-20": "the peakedness of the overflow: a floor has no second pool for it to fill",
    "mt-loss-sin": "the largest probability at an instant, and its phase: metrics are over a span",
}
"""Cases of which a floor can express some values and not others: what is left out, and why."""

OWN: Mapping[str, str] = {
    OWN_LAWS: "insens-det-c8-A4 with other laws of the same mean (Sevastyanov 1957)",
    **OWN_SYSTEMS,
}
"""Cases that are not in the file, and what their values rest on."""


@cache
def simulations() -> Sequence[Simulation]:
    """The whole battery."""
    return (
        *loss_simulations(),
        *insensitivity_simulations(),
        *queue_simulations(),
        *pool_simulations(),
        *message_simulations(),
        *company_x_simulations(),
        *system_simulations(),
    )
