"""Floors of other shapes than Company X's, to see whether what was learned there holds elsewhere.

They are made from the same draws; a share of the agents' work that may be 0 there is more here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from audit.floors import (
    ALL_LICENCES,
    GROUP,
    WRAP_UP_S,
    callers,
    campaign,
    dialer,
    message,
    outcomes,
    whole,
)
from audit.plan import Draw, Plan
from flexports.floor import Floor, Group, Profile
from flexports.laws import Exponential, Lognormal
from flexports.sources.click_to_call import ClickToCall
from flexports.sources.fax import Fax
from flexports.sources.fax_keys import Pages
from flexports.sources.inbound import Inbound
from flexports.sources.lead_response import LeadResponse
from flexports.sources.monitoring import Monitoring

SERVICE = "service"
IVR_S, TO_AGENT = 70.0, 0.25
LEAD_S = 4.0 + 20.0 + 0.5 * 191.0 + WRAP_UP_S
"""What a lead takes of an agent: ring, dial, and in half of the cases a talk."""
FAX_S = 120.0
AGENTS_A_SUPERVISOR = 12
_HOURS = ((9, 0.5), (11, 1.0), (13, 0.6), (15, 0.9))
"""Rates over the day, as shares of the busiest."""


def inbound_only(plan: Plan, draw: Draw) -> Floor:
    """Agents who only answer, half to 85 percent of their time."""
    busy = (0.5 + 0.7 * draw.inbound) * draw.agents
    return whole(plan, "inbound only", (_group(draw.agents),), (callers(draw, busy),))


def ivr(plan: Plan, draw: Draw) -> Floor:
    """An IVR that serves three of four callers by itself."""
    busy = (0.4 + 0.7 * draw.inbound) * draw.agents
    return whole(plan, "IVR", (_group(draw.agents),), (_with_ivr(callers(draw, busy)),))


def two_dialers(plan: Plan, draw: Draw) -> Floor:
    """Two groups with a list each, of which one leaves few messages where the other leaves many."""
    many = max(1, round(0.6 * draw.agents))
    groups = (_group(many), _group(max(1, draw.agents - many), SERVICE))
    other = replace(draw, messages=round(0.8 - draw.messages, 2))
    sources = (
        dialer(draw),
        dialer(other, "second list", SERVICE),
        callers(draw, _share(draw) * draw.agents, groups=(SERVICE, GROUP)),
    )
    return whole(plan, "two dialers", groups, sources)


def lead_response(plan: Plan, draw: Draw) -> Floor:
    """A dialer, and leads from a web form in place of callers; they wait for a port."""
    leads = _leads(draw, _share(draw) * draw.agents)
    return whole(plan, "lead response", (_group(draw.agents),), (dialer(draw), leads))


def faxes_on_ports(plan: Plan, draw: Draw) -> Floor:
    """Dialer, callers, and faxes that compete for the ports."""
    rate = 0.08 * draw.agents / FAX_S
    pages = Pages(Lognormal(3.0, 0.5))
    fax = Fax(name="faxes", agents=(GROUP,), rate=Profile.constant(rate), lines=None, pages=pages)
    sources = (dialer(draw), callers(draw, _share(draw) * draw.agents), fax)
    return whole(plan, "faxes on ports", (_group(draw.agents),), sources)


def day_profile(plan: Plan, draw: Draw) -> Floor:
    """A whole day of eight hours, of which callers make two busy."""
    busiest = callers(draw, max(draw.inbound, 0.3) * draw.agents)
    (rate,) = busiest.rate.rates_per_s
    hours, shares = zip(*_HOURS, strict=True)
    profile = Profile(
        tuple(3600.0 * hour for hour in hours), tuple(rate * share for share in shares)
    )
    sources = (dialer(draw), replace(busiest, rate=profile))
    day = replace(plan.day, length_s=8 * 3600.0)
    return whole(plan, "day profile", (_group(draw.agents),), sources, day)


def click_to_call(plan: Plan, draw: Draw) -> Floor:
    """Agents who call one by one with pauses, callers, and supervisors who listen in."""
    calls = ClickToCall(
        name="callbacks",
        agents=(GROUP,),
        pause=Exponential(60.0),
        outcomes=outcomes(draw),
        message=message(draw),
        record=draw.recorded,
    )
    sources = (calls, callers(draw, _share(draw) * draw.agents), _coaching(draw))
    return whole(plan, "click-to-call", (_group(draw.agents),), sources)


def call_floor(plan: Plan, draw: Draw) -> Floor:
    """Everything at once, in two groups."""
    many = max(1, round(0.7 * draw.agents))
    groups = (_group(many), _group(max(1, draw.agents - many), SERVICE))
    share = _share(draw) / 2
    orders = callers(draw, 0.5 * share * draw.agents, "order line", (SERVICE,))
    sources = (
        dialer(draw),
        callers(draw, share * draw.agents, groups=(SERVICE, GROUP)),
        _with_ivr(orders),
        campaign(plan, draw, max(draw.presses, 0.15) * many),
        _leads(draw, 0.1 * draw.agents),
        _coaching(draw),
    )
    return whole(plan, "call floor", groups, sources)


SHAPES: Mapping[str, Callable[[Plan, Draw], Floor]] = {
    shape.__name__: shape
    for shape in (
        inbound_only,
        ivr,
        two_dialers,
        lead_response,
        faxes_on_ports,
        day_profile,
        click_to_call,
        call_floor,
    )
}


def _group(count: int, name: str = GROUP) -> Group:
    return Group(name=name, count=count, licences=ALL_LICENCES)


def _share(draw: Draw) -> float:
    """The share of the agents' work that comes in: not next to nothing."""
    return max(draw.inbound, 0.1)


def _with_ivr(source: Inbound) -> Inbound:
    """The same route behind an IVR: as many calls for agents, and three times as many besides."""
    (rate,) = source.rate.rates_per_s
    menu = Lognormal(IVR_S, 0.5)
    return replace(source, rate=Profile.constant(rate / TO_AGENT), ivr=menu, to_agent=TO_AGENT)


def _leads(draw: Draw, agents_busy: float) -> LeadResponse:
    rate = Profile.constant(agents_busy / LEAD_S)
    return LeadResponse(name="web-form", agents=(GROUP,), rate=rate, record=draw.recorded)


def _coaching(draw: Draw) -> Monitoring:
    supervisors = max(1, draw.agents // AGENTS_A_SUPERVISOR)
    return Monitoring(name="coaching", supervisors=supervisors)
