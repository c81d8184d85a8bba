"""The floors of the cases. Every one is a long day with a warm-up unless its case ends with a day."""

from __future__ import annotations

from typing import Any

from flexports.floor import Day, Floor, Group, Profile, ServiceLevel, Targets
from flexports.laws import Constant, Exponential, Law
from flexports.sources.inbound import Inbound
from flexports.sources.power_dialer import Outcomes, PowerDialer

NO_TIME = Constant(0.0)


def steady(warm_up_s: float, span_s: float) -> Day:
    """A day of which the end is as if it had gone on for ever."""
    return Day(length_s=warm_up_s + span_s, warm_up_s=warm_up_s)


def sales(count: int) -> tuple[Group, ...]:
    """One group of agents."""
    return (Group(name="sales", count=count),)


def route(rate_per_s: float, **keys: Any) -> Inbound:
    """Callers who want an agent."""
    usual: dict[str, Any] = {"name": "inbound", "wrap_up": NO_TIME}
    return Inbound(**usual | {"rate": Profile.constant(rate_per_s)} | keys)


def loss(load_erl: float, hold: Law, calls: int, days: int, *, name: str = "calls") -> Floor:
    """Poisson calls that hold a port for some time and want no agent.

    The warm-up is 30 mean holding times; `calls` come after it in all days together.
    """
    rate_per_s = load_erl / hold.expected_s
    source = route(rate_per_s, name=name, ivr=hold, to_agent=0.0)
    return Floor(
        name=f"{load_erl:g} erlangs",
        day=steady(30 * hold.expected_s, calls / days / rate_per_s),
        sources=(source,),
    )


def delay(
    rate_per_s: float,
    talk: Law,
    agents: int,
    *,
    calls: int,
    days: int,
    warm_up_s: float,
    within_s: float = 20.0,
    **keys: Any,
) -> Floor:
    """Poisson calls that want an agent."""
    return Floor(
        day=steady(warm_up_s, calls / days / rate_per_s),
        targets=Targets(service_level=ServiceLevel(share=0.8, within_s=within_s)),
        agents=sales(agents),
        sources=(route(rate_per_s, talk=talk, **keys),),
    )


def dialer(cycle: Law, voicemail: float, message_s: float, **keys: Any) -> PowerDialer:
    """Agents who dial for ever: a cycle, and then a message with some probability."""
    return PowerDialer(
        name="outbound",
        dial=cycle,
        outcomes=Outcomes(voicemail=voicemail, no_answer=1 - voicemail),
        message=Exponential(message_s),
        **keys,
    )


def messages(
    agents: int, source: PowerDialer, *others: Inbound, warm_up_s: float, span_s: float
) -> Floor:
    """Agents who dial, on a pool that others may use as well."""
    return Floor(
        day=steady(warm_up_s, span_s),
        agents=sales(agents),
        sources=(source, *others),
    )
