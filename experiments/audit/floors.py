"""Floors of Company X's kind: one group that dials, answers, and takes presses.

Loads follow from the agents: callers are as many as it takes to fill their share of the agents'
work, presses likewise while the campaign lasts. A message is as long as its share of the time from
dial to dial says.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.plan import Draw, Plan
from flexports.floor import Day, Floor, Group, Profile, Source, Targets, check_floor
from flexports.laws import Constant, Exponential, Law, Lognormal
from flexports.sources.blocked import LOSE, RETRY, RetryKeys
from flexports.sources.broadcast import Broadcast
from flexports.sources.inbound import Inbound
from flexports.sources.power_dialer import Outcomes, PowerDialer

GROUP = "sales"
ALL_LICENCES = ("crm", "dialer-tab", "dialer", "agent-login", "elf", "fax")
OUTBOUND_TALK_S, OUTBOUND_WRAP_UP_S = 122.0, 20.0
TALK_CV, WRAP_UP_S = 1.4, 25.0
BROADCAST_TALK_S, BROADCAST_PATIENCE_S = 180.0, 30.0
ANSWERS, PRESS_1 = 0.35, 0.1
"""More press than the 1 to 2 percent that are seen: only presses matter, and fewer attempts are
faster to draw."""
_CALLS_AGAIN = Exponential(60.0)
_CAMPAIGN_BEGINS_S = 1200.0
"""After opening: past the warm-up."""


def floor_of(plan: Plan, draw: Draw, name: str = "floor") -> Floor:
    """Return the floor of a draw."""
    group = Group(name=GROUP, count=draw.agents, licences=ALL_LICENCES)
    return whole(plan, name, (group,), tuple(_sources(plan, draw)))


def whole(
    plan: Plan,
    name: str,
    groups: tuple[Group, ...],
    sources: tuple[Source, ...],
    day: Day | None = None,
) -> Floor:
    """Return a floor with the plan's day, targets and prices; checked."""
    floor = Floor(
        name=name,
        day=plan.day if day is None else day,
        targets=Targets(blocking=0.01),
        agents=groups,
        sources=sources,
        prices=plan.prices,
    )
    check_floor(floor)
    return floor


def _sources(plan: Plan, draw: Draw) -> Iterator[Source]:
    yield dialer(draw)
    if draw.inbound:
        yield callers(draw, draw.inbound * draw.agents)
    if draw.presses:
        yield campaign(plan, draw, draw.presses * draw.agents)


def dialer(draw: Draw, name: str = "outbound", group: str = GROUP) -> PowerDialer:
    """Return the dialer: the message's length follows from the time from dial to dial."""
    return PowerDialer(
        name=name,
        agents=(group,),
        dial=Exponential(float(draw.dial_s)),
        outcomes=outcomes(draw),
        message=message(draw),
        talk=Lognormal(OUTBOUND_TALK_S, 1.0),
        wrap_up=Constant(OUTBOUND_WRAP_UP_S),
        record=draw.recorded,
    )


def outcomes(draw: Draw) -> Outcomes:
    """Return how dials end; what is left is nobody's answer."""
    rest = round(1.0 - draw.messages - draw.conversations, 2)
    return Outcomes(
        voicemail=draw.messages, conversation=draw.conversations, no_answer=max(rest, 0.0)
    )


def message(draw: Draw) -> Law:
    """Return how long messages are."""
    cycle_s = draw.dial_s + draw.conversations * (OUTBOUND_TALK_S + OUTBOUND_WRAP_UP_S)
    mean_s = round(draw.message_to_cycle * cycle_s, 1)
    return Lognormal(mean_s, draw.message_cv) if draw.message_cv else Constant(mean_s)


def callers(
    draw: Draw, agents_busy: float, name: str = "toll-free", groups: tuple[str, ...] = (GROUP,)
) -> Inbound:
    """Return the route whose callers keep so many agents busy, talk and wrap-up."""
    return Inbound(
        name=name,
        agents=groups,
        rate=Profile.constant(agents_busy / (draw.talk_s + WRAP_UP_S)),
        talk=Lognormal(float(draw.talk_s), TALK_CV),
        wrap_up=Constant(WRAP_UP_S),
        patience=Exponential(float(draw.patience_s)),
        record=draw.recorded,
        day_cv=draw.day_cv,
        when_blocked=RETRY if draw.recall else LOSE,
        retry=RetryKeys(probability=draw.recall, delay=_CALLS_AGAIN) if draw.recall else None,
    )


def campaign(plan: Plan, draw: Draw, agents_busy: float) -> Broadcast:
    """Return the campaign whose presses keep so many agents busy while it lasts."""
    presses_per_s = agents_busy / (BROADCAST_TALK_S + WRAP_UP_S)
    pace = presses_per_s / (ANSWERS * PRESS_1)
    return Broadcast(
        name="jabberdog",
        agents=(GROUP,),
        pace=pace,
        starts_s=plan.day.opens_s + _CAMPAIGN_BEGINS_S,
        numbers=max(1, round(pace * draw.campaign_min * 60.0)),
        answers=ANSWERS,
        press_1=PRESS_1,
        talk=Lognormal(BROADCAST_TALK_S, 1.0),
        wrap_up=Constant(WRAP_UP_S),
        patience=Exponential(BROADCAST_PATIENCE_S),
        record=draw.recorded,
        day_cv=draw.day_cv,
    )
