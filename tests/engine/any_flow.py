"""Flows that no kind of source has: what somebody may write for one of his own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from flexports.floor import Day, Floor, Group, Profile
from flexports.flows import (
    AskForAgent,
    Branch,
    Delay,
    End,
    Reach,
    ReleasePort,
    Retry,
    Start,
    Steps,
    TakePort,
    Talk,
    WaitForPort,
    Work,
)
from flexports.laws import Choice, Coin, Constant, Exponential, Gamma, Uniform
from flexports.sources.inbound import Inbound

WITHOUT_TIES = Exponential(20.0), Gamma(20.0, 0.5), Uniform(0.0, 30.0), Exponential(0.3)
WITH_TIES = Constant(0.0), Constant(10.0), Constant(20.0)
_DEEPEST = 4


@dataclass(frozen=True)
class Flow:
    """A flow, and what its calls draw."""

    steps: Steps
    draws: Mapping[str, Any]

    def on_floor(self) -> Floor:
        """A floor of two agents and a route of such calls."""
        flow = self

        class Route(Inbound):
            def flow(self) -> Steps:
                return flow.steps

            def draws(self) -> Mapping[str, Any]:
                return flow.draws

        route = Route(name="route", rate=Profile.constant(0.1), agents=("sales",))
        sales = Group(name="sales", count=2)
        return Floor(day=Day(length_s=600.0), agents=(sales,), sources=(route,))


@st.composite
def any_flows(draw: st.DrawFn, ties: bool = False) -> Flow:
    """Flows of every primitive, of which a call takes a port at most once on its way."""
    writer = _Writer(draw, WITH_TIES if ties else WITHOUT_TIES)
    return Flow(writer.steps(_DEEPEST, agent=False, port=None), writer.draws)


class _Writer:
    """Writes steps: `port` tells whether one is held, or none was taken yet if it is None."""

    def __init__(self, draw: st.DrawFn, laws: tuple[Any, ...]) -> None:
        self._draw = draw
        self._laws = laws
        self.draws: dict[str, Any] = {}

    def steps(self, depth: int, *, agent: bool, port: bool | None) -> Steps:
        own = [Delay, Reach, *([Work, Talk] if agent else [])]
        kinds = self._draw(st.lists(st.sampled_from(own), max_size=2))
        return *map(self._own, kinds), *self._rest(depth, agent=agent, port=port)

    def _own(self, kind: type[Any]) -> Any:
        if kind is Reach:
            return Reach()
        if kind is Work:
            return Work("helping", self._duration())
        return kind(self._duration())

    def _rest(self, depth: int, *, agent: bool, port: bool | None) -> Steps:
        ways = [self._end]
        if depth:
            ways.append(self._branch)
            ways.append(self._start if agent else self._ask)
            if port is None:
                ways.append(self._take)
        return self._draw(st.sampled_from(ways))(depth - 1, agent, port)

    def _end(self, _: int, __: bool, port: bool | None) -> Steps:
        return (ReleasePort(), End("helped")) if port else (End("helped"),)

    def _branch(self, depth: int, agent: bool, port: bool | None) -> Steps:
        ways = self._draw(st.integers(1, 3))
        chosen = self._attribute(Choice((1.0 / ways,) * ways))
        written = (self.steps(depth, agent=agent, port=port) for _ in range(ways))
        return (Branch(chosen, tuple(written)),)

    def _start(self, depth: int, _: bool, port: bool | None) -> Steps:
        return (Start(self.steps(depth, agent=False, port=port)),)

    def _ask(self, depth: int, _: bool, port: bool | None) -> Steps:
        patience = self._duration() if self._draw(st.booleans()) else None
        abandoned = self.steps(0, agent=False, port=port)
        return AskForAgent(patience, abandoned), *self.steps(depth, agent=True, port=port)

    def _take(self, depth: int, agent: bool, _: bool | None) -> Steps:
        then = self.steps(depth, agent=agent, port=True)
        lost = End("lost", lost=True)
        blocked: list[Steps] = [(lost,)]
        if not agent:
            deadline = self._duration() if self._draw(st.booleans()) else None
            again, delay = self._attribute(Coin(0.7)), self._duration()
            blocked += [(WaitForPort(deadline, (lost,)), *then), (Retry(again, delay, 3), lost)]
        return TakePort(self._draw(st.sampled_from(blocked))), *then

    def _duration(self) -> str:
        return self._attribute(self._draw(st.sampled_from(self._laws)))

    def _attribute(self, sampled: Any) -> str:
        name = f"draw {len(self.draws)}"
        self.draws[name] = sampled
        return name
