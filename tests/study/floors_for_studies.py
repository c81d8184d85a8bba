"""Floors that the tests of studies share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flexports.floor import Day, Floor, Group, Profile, Targets
from flexports.laws import Constant, Exponential
from flexports.sources.inbound import Inbound
from flexports.sources.power_dialer import Outcomes, PowerDialer

MODELS = Path(__file__).parents[2] / "models"


def loss_floor(load_erl: float, blocking: float = 0.01, hours: float = 4.0) -> Floor:
    """Calls of a minute that want no agent."""
    source = Inbound(
        name="calls",
        rate=Profile.constant(load_erl / 60),
        ivr=Exponential(60.0),
        to_agent=0.0,
    )
    return Floor(
        day=Day(length_s=hours * 3600, warm_up_s=900.0),
        targets=Targets(blocking=blocking),
        sources=(source,),
    )


def callers(per_hour: float, talk_s: float, **keys: Any) -> Inbound:
    """Callers who want an agent."""
    usual = {"name": "toll-free", "talk": Exponential(talk_s), "wrap_up": Constant(0.0)}
    return Inbound(**usual | {"rate": Profile.constant(per_hour / 3600)} | keys)


def answering_floor(agents: int, *sources: Inbound, targets: Targets | None = None) -> Floor:
    return Floor(
        day=Day(length_s=2 * 3600.0),
        targets=targets or Targets(),
        agents=(Group(name="sales", count=agents),),
        sources=sources,
    )


def company_x(**keys: Any) -> Floor:
    """Five agents, two erlangs of messages, all of it exponential."""
    usual: dict[str, Any] = {
        "dial": Exponential(60.0),
        "outcomes": Outcomes(voicemail=0.4, no_answer=0.6),
        "message": Exponential(60.0),
    }
    dialer = PowerDialer(name="outbound", **usual | keys)
    return Floor(
        day=Day(length_s=3600.0), agents=(Group(name="sales", count=5),), sources=(dialer,)
    )
