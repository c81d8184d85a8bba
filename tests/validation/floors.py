"""What the floors of the cases are made of."""

from __future__ import annotations

from typing import Any

from flexports.floor import Day, Floor, Group, Profile, ServiceLevel, Source, Targets
from flexports.laws import Constant, Exponential, Law
from flexports.sources.inbound import Inbound
from flexports.sources.power_dialer import Outcomes, PowerDialer

DAYS = 60
"""Of a steady state: fewer would make Student's t wide, more would spend the time on warm-ups."""

NO_TIME = Constant(0.0)
ALWAYS_A_PORT = 10_000


def steady(warm_up_s: float, span_s: float) -> Day:
    """A day of which the end is as if it had gone on for ever; `span_s` is of all days together."""
    return Day(length_s=warm_up_s + span_s / DAYS, warm_up_s=warm_up_s)


def sales(count: int) -> tuple[Group, ...]:
    """One group of agents."""
    return (Group(name="sales", count=count),)


def route(rate_per_s: float, **keys: Any) -> Inbound:
    """Callers who want an agent, who has nothing to do after the talk."""
    usual: dict[str, Any] = {"name": "inbound", "wrap_up": NO_TIME}
    return Inbound(**usual | {"rate": Profile.constant(rate_per_s)} | keys)


def loss(load_erl: float, hold: Law, calls: int) -> Floor:
    """Poisson calls that hold a port for some time and want no agent."""
    rate_per_s = load_erl / hold.expected_s
    source = route(rate_per_s, name="calls", ivr=hold, to_agent=0.0)
    return Floor(day=steady(30 * hold.expected_s, calls / rate_per_s), sources=(source,))


def delay(
    rate_per_s: float,
    talk: Law,
    agents: int,
    *,
    calls: int,
    warm_up_talks: int = 40,
    within_s: float = 20.0,
    **keys: Any,
) -> Floor:
    """Poisson calls that want an agent."""
    return Floor(
        day=steady(warm_up_talks * talk.expected_s, calls / rate_per_s),
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


def messages(agents: int, source: PowerDialer, *others: Source, dials: int) -> Floor:
    """Agents who dial, on a pool that others may use as well; `dials` if they do nothing else."""
    cycle_s = source.dial.expected_s
    return Floor(
        day=steady(100 * cycle_s, dials * cycle_s / agents),
        agents=sales(agents),
        sources=(source, *others),
    )
