"""Small floors and short days for hypothesis, always the same ones: CI does not roll dice."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from flexports.floor import Day, Floor, Group, Profile, Source, check_floor
from flexports.laws import Constant, Exponential, Law, Lognormal, Uniform
from flexports.sources.broadcast import Broadcast
from flexports.sources.inbound import Inbound
from flexports.sources.power_dialer import Outcomes, PowerDialer

FEW = settings(derandomize=True, deadline=None, max_examples=40, database=None)

LAWS: tuple[Law, ...] = (
    Constant(20.0),
    Exponential(20.0),
    Lognormal(20.0, 1.5),
    Uniform(0.0, 40.0),
)
laws = st.sampled_from(LAWS)
shares = st.sampled_from([0.0, 0.3, 1.0])
seeds = st.integers(0, 2**64 - 1)
ports = st.integers(1, 6)

claims = st.fixed_dictionaries(
    {
        "priority": st.integers(1, 2),
        "keep_free": st.integers(0, 2),
        "limit": st.sampled_from([None, None, 1, 3]),
    }
)


def loss_routes(name: str = "loss", **keys: Any) -> st.SearchStrategy[Inbound]:
    """Calls that hold a port and want no agent."""
    return st.builds(
        Inbound,
        name=st.just(name),
        rate=st.builds(Profile.constant, st.sampled_from([0.02, 0.1, 0.3])),
        ivr=laws,
        to_agent=st.just(0.0),
        **keys,
    )


@st.composite
def inbound_routes(draw: st.DrawFn, groups: tuple[str, ...]) -> Inbound:
    return Inbound(
        name="toll-free",
        agents=groups,
        rate=Profile.constant(draw(st.sampled_from([0.02, 0.1]))),
        ivr=draw(st.none() | laws),
        to_agent=draw(st.sampled_from([0.5, 1.0])),
        talk=draw(laws),
        wrap_up=draw(st.just(Constant(0.0)) | laws),
        patience=draw(st.none() | laws),
        record=draw(shares),
        **draw(claims),
    )


@st.composite
def campaigns(draw: st.DrawFn, groups: tuple[str, ...]) -> Broadcast:
    return Broadcast(
        name="jabberdog",
        agents=groups,
        pace=1.0,
        answers=0.5,
        press_1=draw(st.sampled_from([0.05, 0.2])),
        message=draw(laws),
        talk=draw(laws),
        wrap_up=draw(st.just(Constant(0.0)) | laws),
        patience=draw(st.none() | laws),
        record=draw(shares),
        **draw(claims),
    )


@st.composite
def dialers(draw: st.DrawFn, group: str) -> PowerDialer:
    return PowerDialer(
        name="outbound",
        agents=(group,),
        dial=draw(laws),
        outcomes=Outcomes(voicemail=0.5, conversation=0.25, no_answer=0.25),
        message=draw(laws),
        by_hand=draw(st.none() | laws),
        talk=draw(laws),
        wrap_up=draw(laws),
        record=draw(shares),
        when_blocked=draw(st.sampled_from(["by-hand", "skip"])),
        **draw(claims),
    )


@st.composite
def floors(draw: st.DrawFn) -> Floor:
    """Any floor of the kinds there are: one or two groups, up to four sources."""
    groups = tuple(
        Group(name=name, count=draw(st.integers(1, 3)))
        for name in draw(st.sampled_from([("a",), ("a", "b")]))
    )
    names = tuple(group.name for group in groups)
    asked = st.permutations(names).map(tuple)
    sources: list[Source] = [draw(inbound_routes(draw(asked)))]
    if draw(st.booleans()):
        sources.append(draw(dialers(draw(st.sampled_from(names)))))
    if draw(st.booleans()):
        sources.append(draw(campaigns(draw(asked))))
    if draw(st.booleans()):
        sources.append(draw(loss_routes()))
    floor = Floor(
        day=Day(length_s=900.0),
        agents=groups,
        sources=tuple(draw(st.permutations(sources))),
    )
    check_floor(floor)
    return floor


@st.composite
def loss_floors(draw: st.DrawFn) -> Floor:
    """Floors of which no call wants an agent and every call may take any port."""
    routes = (draw(loss_routes("loss")), draw(loss_routes("more")))
    return Floor(day=Day(length_s=1800.0), sources=routes[: draw(st.integers(1, 2))])
