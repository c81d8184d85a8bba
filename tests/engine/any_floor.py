"""Floors of every kind, rule and law, small and short: what two engines must tell alike.

`any_floors()` draws from all that a file can say. Of a new kind of source, a new reaction to a busy
port or a new law nothing is drawn before it is named here; `test_two_engines` says so.

By default always the same floors are drawn. Who changes an engine draws others, as many as he has
time for: ``FLEXPORTS_EXAMPLES=5000 pytest tests/engine/test_two_engines.py -k any_floor``.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from engine.small_floors import FEW
from flexports.floor import Day, Floor, Group, Pools, Profile, Source, check_floor
from flexports.floor.parts import ServiceLevel, Targets
from flexports.keys import declared_keys
from flexports.laws import (
    Constant,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Hyperexponential,
    Law,
    Lognormal,
    Triangular,
    Uniform,
    Weibull,
)
from flexports.sources import plan_of
from flexports.sources.blocked import RETRY, RetryKeys
from flexports.sources.broadcast import Broadcast
from flexports.sources.click_to_call import ClickToCall
from flexports.sources.fax import Fax
from flexports.sources.fax_keys import MassFax, Pages
from flexports.sources.inbound import Inbound
from flexports.sources.lead_response import LeadResponse
from flexports.sources.monitoring import Monitoring
from flexports.sources.power_dialer import Outcomes, PowerDialer

_EXAMPLES = int(os.environ.get("FLEXPORTS_EXAMPLES", "0"))
_AT_A_TIME = 12
_RUN = settings(
    FEW,
    max_examples=_AT_A_TIME,
    derandomize=not _EXAMPLES,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

Test = Callable[..., None]


def on_many(*drawn: st.SearchStrategy[Any], examples: int = 300) -> Callable[[Test], Test]:
    """Run a test on so many draws, as `given` does, but in short runs from many seeds.

    Hypothesis draws ten, and from then on varies these for the most part. So short runs meet
    several times as many floors that have little in common.
    """

    def decorated(test: Test) -> Test:
        name, of_one_seed = test.__name__, _RUN(given(*drawn)(test))

        def run() -> None:
            for number in range((_EXAMPLES or examples) // _AT_A_TIME):
                (of_one_seed if _EXAMPLES else seed(f"{name}, {number}")(of_one_seed))()

        run.__doc__ = test.__doc__
        return run

    return decorated


days = st.integers(0, 2)
interval_lengths_s = st.sampled_from([97.0, 300.0, 5000.0])

Keys = dict[str, Any]
Names = tuple[str, ...]

# ---- Laws

_SHORT_S, _USUAL_S, _LONG_S = 3.0, 15.0, 45.0

CONTINUOUS: tuple[Law, ...] = (
    Exponential(_USUAL_S),
    Exponential(_LONG_S),
    Exponential(_SHORT_S, plus_s=4.0),
    Lognormal(_SHORT_S, 0.3),
    Lognormal(_LONG_S, 1.5),
    Gamma(_USUAL_S, 0.5),
    Gamma(_LONG_S, 2.0),
    Weibull(_USUAL_S, 0.5),
    Weibull(_SHORT_S, 2.0, plus_s=9.7),
    Hyperexponential(_USUAL_S, 1.0),
    Hyperexponential(_LONG_S, 2.5),
    Erlang(_USUAL_S, 1),
    Erlang(_LONG_S, 3),
    Uniform(0.0, 2 * _USUAL_S),
    Uniform(_USUAL_S, 2 * _LONG_S),
    Triangular(0.0, _SHORT_S, _USUAL_S),
    Triangular(_SHORT_S, _SHORT_S, 2 * _LONG_S),
)
"""Laws of which no two draws are ever equal."""

STEP_S = 5.0
"""Nearly all that happens on a floor with ties does so at whole multiples of this."""

TIED: tuple[Law, ...] = (
    Constant(2 * STEP_S),
    Constant(STEP_S),
    Constant(6 * STEP_S),
    Constant(7.3),
    Empirical((0.0, 10.0)),
    Empirical((5.0, 10.0, 10.0)),
    Empirical((10.0, 0.0, 90.0)),
    Constant(STEP_S, plus_s=2 * STEP_S),
    Constant(0.0),
)
"""Laws of which many draws are equal, and some are nothing at all."""


@dataclass(frozen=True)
class Laws:
    """The laws of one floor: those without ties or those with many."""

    ties: bool

    @property
    def all(self) -> tuple[Law, ...]:
        """Every one of them."""
        return TIED if self.ties else CONTINUOUS

    @property
    def any(self) -> st.SearchStrategy[Law]:
        """What may take no time."""
        return st.sampled_from(self.all)

    @property
    def lasting(self) -> st.SearchStrategy[Law]:
        """What takes time, if only now and then: else the clock would stand still."""
        return st.sampled_from([law for law in self.all if law.expected_s])

    @property
    def long(self) -> st.SearchStrategy[Law]:
        """What may take so long that the floor is closed when it is over."""
        return st.sampled_from([*self.all, *(replace(law, plus_s=200.0) for law in self.all)])

    @property
    def patience(self) -> st.SearchStrategy[Law | None]:
        """How long callers hold: for ever, too, and with ties often not at all."""
        return st.none() | self.any | st.just(Constant(0.0) if self.ties else self.all[0])

    @property
    def wrap_up(self) -> st.SearchStrategy[Law]:
        """An agent's work after a talk, of which there may be none."""
        return st.sampled_from([*self.all, *(Constant(0.0) for _ in self.all[::3])])


# ---- Keys that several kinds have

_shares = st.sampled_from([0.0, 0.5, 1.0])

_claims: st.SearchStrategy[Keys] = st.fixed_dictionaries(
    {
        "priority": st.sampled_from([1, 1, 2, 3]),
        "keep_free": st.sampled_from([0, 0, 0, 1, 2]),
        "limit": st.sampled_from([None, None, 1, 3]),
    }
)


def reactions_of(kind: type[Source]) -> Sequence[str]:
    """What a source of this kind may do about a port that is not free."""
    (declared,) = (one for one in declared_keys(kind) if one.field == "when_blocked")
    assert declared.value is not None
    allowed: Sequence[str] = declared.value.schema()["enum"]
    return allowed


@st.composite
def _reactions(draw: st.DrawFn, kind: type[Source], laws: Laws) -> Keys:
    when_blocked = draw(st.sampled_from(reactions_of(kind)))
    if when_blocked != RETRY:
        return {"when_blocked": when_blocked}
    attempts = draw(st.sampled_from([None, None, 1, 2, 5]))
    delay = draw(laws.lasting)
    retry = RetryKeys(
        probability=draw(st.sampled_from([0.5, 1.0])),
        # Who may come back for ever is not back at once, or there would be no end of attempts.
        delay=replace(delay, plus_s=10.0) if attempts is None else delay,
        attempts=attempts,
    )
    return {"when_blocked": RETRY, "retry": retry}


@st.composite
def _profiles(draw: st.DrawFn, day: Day) -> Profile:
    """A rate all day, or other rates in its quarters: none, in some of them."""
    rates = st.sampled_from([0.01, 0.03, 0.1])
    if draw(st.booleans()):
        return Profile.constant(draw(st.sampled_from([0.0004]) | rates))
    quarters = draw(st.sampled_from([(0,), (1,), (0, 2), (1, 2, 3), (-1, 3)]))
    from_s = tuple(day.opens_s + quarter * day.length_s / 4 for quarter in quarters)
    first = draw(rates)
    return Profile(from_s, (first, *(draw(st.just(0.0) | rates) for _ in quarters[1:])))


_day_cvs = st.sampled_from([0.0, 0.0, 0.5])


@st.composite
def _answered(draw: st.DrawFn, kind: type[Source], groups: Names, laws: Laws) -> Keys:
    """The keys of a kind of which calls are answered by agents."""
    asked = draw(st.lists(st.sampled_from(groups), unique=True, min_size=1)) if groups else []
    return {
        "agents": tuple(asked),
        "talk": draw(laws.any),
        "wrap_up": draw(laws.wrap_up),
        "record": draw(_shares),
        **draw(_reactions(kind, laws)),
        **draw(_claims),
    }


# ---- Sources


class InSteps:
    """A kind of which calls arrive at whole multiples of two steps, often several at once.

    It goes by the name of the kind that it is mixed into.
    """

    def arrivals_s(self, *args: Any) -> Any:
        """When calls arrive."""
        step_s = 2 * STEP_S
        return np.floor(super().arrivals_s(*args) / step_s) * step_s  # type: ignore[misc]


class InboundInSteps(InSteps, Inbound):
    """`Inbound`, in steps."""


class BroadcastInSteps(InSteps, Broadcast):
    """`Broadcast`, in steps."""


class LeadResponseInSteps(InSteps, LeadResponse):
    """`LeadResponse`, in steps."""


class FaxInSteps(InSteps, Fax):
    """`Fax`, in steps."""


@st.composite
def _inbound(draw: st.DrawFn, name: str, day: Day, groups: Names, laws: Laws) -> Source:
    keys = draw(_answered(Inbound, groups, laws))
    return (InboundInSteps if laws.ties else Inbound)(
        name=name,
        rate=draw(_profiles(day)),
        day_cv=draw(_day_cvs),
        ivr=draw(st.none() | laws.long),
        to_agent=draw(st.sampled_from([0.0, 0.5, 1.0, 1.0])) if groups else 0.0,
        patience=draw(laws.patience),
        **keys,
    )


@st.composite
def _broadcast(draw: st.DrawFn, name: str, day: Day, groups: Names, laws: Laws) -> Source:
    starts_s = st.sampled_from([None, day.opens_s - 60.0, day.opens_s + day.length_s / 4])
    return (BroadcastInSteps if laws.ties else Broadcast)(
        name=name,
        pace=draw(st.sampled_from([0.1, 1.0])),
        day_cv=draw(_day_cvs),
        starts_s=draw(starts_s),
        numbers=draw(st.sampled_from([None, 50, 500])),
        answers=0.5,
        press_1=draw(st.sampled_from([0.05, 0.2])),
        message=draw(laws.long),
        patience=draw(laws.patience),
        **draw(_answered(Broadcast, groups, laws)),
    )


@st.composite
def _leads(
    draw: st.DrawFn, name: str, day: Day, groups: Names, laws: Laws, *, with_elf: Names
) -> Source:
    keys = draw(_answered(LeadResponse, groups, laws))
    if not set(keys["agents"]) & set(with_elf):  # no lead would get an action
        keys["agents"] += with_elf[:1]
    return (LeadResponseInSteps if laws.ties else LeadResponse)(
        name=name,
        rate=draw(_profiles(day)),
        day_cv=draw(_day_cvs),
        ring=draw(laws.any),
        dial=draw(laws.any),
        contact=draw(st.sampled_from([0.0, 0.5, 1.0])),
        stale_after=draw(laws.any),
        **keys,
    )


@st.composite
def _monitoring(draw: st.DrawFn, name: str, day: Day, groups: Names, laws: Laws) -> Source:
    return Monitoring(
        name=name,
        supervisors=draw(st.integers(1, 3)),
        pause=draw(laws.lasting),
        session=draw(laws.any),
        **draw(_reactions(Monitoring, laws)),
        **draw(_claims),
    )


@st.composite
def _faxes(draw: st.DrawFn, name: str, day: Day, groups: Names, laws: Laws) -> Source:
    quarters = draw(st.sampled_from([(), (0,), (1,), (0, 2), (1, 1), (-1, 4)]))
    faxes = st.integers(1, 12)
    pages = st.sampled_from([Constant(1.0), Uniform(0.0, 3.0)])
    return (FaxInSteps if laws.ties else Fax)(
        name=name,
        agents=tuple(draw(st.lists(st.sampled_from(groups), unique=True, min_size=1))),
        rate=draw(st.none() | _profiles(day)) if quarters else draw(_profiles(day)),
        day_cv=draw(_day_cvs),
        lines=draw(st.sampled_from([None, None, 1, 2])),
        pages=Pages(draw(pages)),
        per_page_s=draw(st.sampled_from([5.0, 20.0])),
        mass=tuple(
            MassFax(at_s=day.opens_s + quarter * day.length_s / 4, faxes=draw(faxes))
            for quarter in quarters
        ),
        **draw(_reactions(Fax, laws)),
        **draw(_claims),
    )


Dialing = type[PowerDialer] | type[ClickToCall]

_outcomes = st.sampled_from(
    [
        Outcomes(voicemail=0.5, conversation=0.25, no_answer=0.25),
        Outcomes(voicemail=1.0),
        Outcomes(voicemail=0.0, conversation=0.5, no_answer=0.5),
        Outcomes(voicemail=0.8, conversation=0.2),
    ]
)


@st.composite
def _dialing(draw: st.DrawFn, kind: Dialing, name: str, groups: Names, laws: Laws) -> Source:
    keys: Keys = {"pause": draw(laws.any)} if kind is ClickToCall else {}
    return kind(
        name=name,
        agents=groups,
        dial=draw(laws.lasting),
        dial_by_hand=draw(st.none() | laws.lasting),
        outcomes=draw(_outcomes),
        message=draw(laws.any),
        by_hand=draw(st.none() | laws.any),
        talk=draw(laws.any),
        wrap_up=draw(laws.wrap_up),
        record=draw(_shares),
        **draw(_reactions(kind, laws)),
        **draw(_claims),
        **keys,
    )


# ---- Floors

_LOGIN, _ELF, _FAX = "agent-login", "elf", "fax"
_SCREEN, _DIALER = "dialer-tab", "dialer"

_SHIFTS: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    (),
    (),
    ((0.0, 0.5),),
    ((0.25, 1.0),),
    ((0.0, 0.25), (0.5, 0.75)),
    ((-0.5, 0.25), (0.5, 2.0)),
    ((0.125, 0.25), (0.375, 0.5), (0.625, 0.875)),
    ((0.25, 0.5), (0.625, 0.75), (0.875, 1.5)),
)
"""When a group is on duty, in days from opening."""

_SIZES: tuple[tuple[int, ...], ...] = (
    *((1,), (2,), (4,), (1, 1), (2, 1), (2, 3), (3, 2), (1, 1, 1), (1, 2, 2), (2, 1, 1)),
    (),
)


@st.composite
def _groups(draw: st.DrawFn, day: Day) -> tuple[Group, ...]:
    """None, or up to three, of five agents in all, with this or that licence."""
    found = []
    for number, count in enumerate(draw(st.sampled_from(_SIZES))):
        licences = ["crm", _FAX]
        licences += draw(st.sampled_from([(), (_LOGIN,), (_LOGIN, _ELF), (_LOGIN, _ELF)]))
        licences += draw(st.sampled_from([(), (_SCREEN,), (_SCREEN, _DIALER), (_SCREEN, _DIALER)]))
        shifts = _at(draw(st.sampled_from(_SHIFTS)), day)
        name = f"group {number + 1}"
        found.append(Group(name=name, count=count, licences=tuple(licences), shifts=shifts))
    return tuple(found)


def _at(shifts: Sequence[tuple[float, float]], day: Day) -> tuple[tuple[float, float], ...]:
    """By the clock."""
    return tuple(
        (day.opens_s + from_ * day.length_s, day.opens_s + to * day.length_s)
        for from_, to in shifts
    )


def _with(licence: str, groups: Sequence[Group]) -> Names:
    return tuple(group.name for group in groups if licence in group.licences)


@st.composite
def _dialed_lists(draw: st.DrawFn, groups: Sequence[Group], laws: Laws) -> list[Source]:
    """What some of the groups with the screen dial: each a list of its own, or all the same."""
    names_by_kind: dict[Dialing | None, list[str]] = defaultdict(list)
    for name in _with(_SCREEN, groups):
        clicks: list[Dialing] = [ClickToCall] * 2 if name in _with(_DIALER, groups) else []
        kind = draw(st.sampled_from([None, PowerDialer, PowerDialer, *clicks]))
        names_by_kind[kind].append(name)
    names_by_kind.pop(None, None)
    found: list[Source] = []
    for kind, names in names_by_kind.items():
        assert kind is not None
        lists = [tuple(names)] if draw(st.booleans()) else [(name,) for name in names]
        found += [draw(_dialing(kind, f"calls of {own[0]}", own, laws)) for own in lists]
    return found


Builder = Callable[[str, Day, Names, Laws], st.SearchStrategy[Source]]


def _builders(groups: Sequence[Group]) -> list[tuple[Builder, Names]]:
    """The kinds that these groups can have, beside dialing, and which of the groups."""
    answer, fax = _with(_LOGIN, groups), _with(_FAX, groups)
    found: list[tuple[Builder, Names]] = [(_inbound, answer), (_monitoring, ())]
    if fax:
        found.append((_faxes, fax))
    if answer:
        found += [(_inbound, answer), (_broadcast, answer)]
    if with_elf := _with(_ELF, groups):
        found += [(partial(_leads, with_elf=with_elf), answer)] * 2
    return found


@st.composite
def any_floors(draw: st.DrawFn, ties: bool = False) -> Floor:
    """Any floor: up to three groups of agents, and up to eight sources of all kinds.

    With `ties`, nearly all that happens does so at a whole multiple of `STEP_S`, and much of it at
    the same instant.
    """
    laws = Laws(ties)
    day = Day(
        length_s=draw(st.sampled_from([600.0, 1200.0, 1200.0, 2400.0])),
        warm_up_s=draw(st.sampled_from([0.0, 0.0, 97.3, 300.0])),
        day_cv=draw(_day_cvs),
    )
    groups = draw(_groups(day))
    sources = draw(_dialed_lists(groups, laws))
    chosen = draw(st.lists(st.sampled_from(_builders(groups)), min_size=2, max_size=5))
    for number, (builder, names) in enumerate(chosen):
        sources.append(draw(builder(f"source {number + 1}", day, names, laws)))
    floor = Floor(
        day=day,
        agents=groups,
        sources=tuple(draw(st.permutations(sources))),
        licences=draw(_pools(groups)),
        targets=Targets(service_level=draw(_service_levels)),
    )
    check_floor(floor)
    plan_of(floor)
    return floor


_service_levels = st.sampled_from(
    [None, ServiceLevel(share=0.8, within_s=0.0), ServiceLevel(share=0.5, within_s=30.0)]
)


@st.composite
def _pools(draw: st.DrawFn, groups: Sequence[Group]) -> Pools:
    """Large enough, or smaller than the number of those who dial."""
    of_any = st.sampled_from([None, 1, 2])
    sizes = dict.fromkeys(("dialer", "dialer_tab", "fax"), of_any)
    return Pools(**draw(st.fixed_dictionaries(sizes))) if groups else Pools()


def crowded_floor(ties: bool, turn: int) -> Floor:
    """Every kind of source for six ports and twelve agents on shifts, and for too few seats.

    What has to wait may wait here, so that there is always somebody in every queue. Another `turn`
    gives other laws to everything.
    """
    laws = Laws(ties)
    of_any = cycle([*laws.all[turn:], *laws.all[:turn]])
    lasting = filter(lambda law: law.expected_s > 0, of_any)
    everybody = ("sales", "service", "office")
    day = Day(length_s=7200.0, warm_up_s=600.0)
    agents = tuple(
        Group(name=name, count=count, licences=("crm", *held), shifts=_at(shifts, day))
        for name, count, held, shifts in (
            ("sales", 4, (_LOGIN, _ELF, _SCREEN, _DIALER), _SHIFTS[-1]),
            ("service", 5, (_LOGIN, _ELF, _SCREEN, _DIALER), _SHIFTS[-2]),
            ("office", 3, (_LOGIN, _FAX, _SCREEN), ()),
        )
    )

    def answered(*agents: str, priority: int = 1) -> Keys:
        talk, wrap_up = next(of_any), next(of_any)
        keys = {"agents": agents, "talk": talk, "wrap_up": wrap_up, "priority": priority}
        return keys | {"record": 0.5}

    def dialing() -> Keys:
        names = ("dial", "dial_by_hand", "message", "by_hand", "talk", "wrap_up")
        return {name: next(lasting) for name in names} | {"record": 0.5, "keep_free": turn % 2}

    inbound = InboundInSteps if ties else Inbound
    retry = RetryKeys(probability=0.9, delay=replace(next(of_any), plus_s=STEP_S), attempts=4)
    sources = (
        PowerDialer(name="list", agents=("service", "office"), **dialing()),
        ClickToCall(name="clicks", agents=("sales",), pause=next(lasting), **dialing()),
        inbound(
            name="toll-free",
            rate=Profile.constant(0.02),
            patience=replace(next(of_any), plus_s=12 * STEP_S),
            when_blocked=RETRY,
            retry=retry,
            **answered("office", "service", "sales"),
        ),
        inbound(
            name="order line",
            rate=Profile.constant(0.02),
            ivr=next(of_any),
            to_agent=0.5,
            **answered("sales", "office"),
        ),
        (BroadcastInSteps if ties else Broadcast)(
            name="jabberdog",
            pace=1.0,
            press_1=0.05,
            message=next(of_any),
            patience=next(of_any),
            limit=2,
            **answered("service", priority=2),
        ),
        (LeadResponseInSteps if ties else LeadResponse)(
            name="web-form",
            rate=Profile.constant(0.02),
            ring=next(of_any),
            dial=next(of_any),
            stale_after=replace(next(of_any), plus_s=24 * STEP_S),
            **answered(*everybody),
        ),
        Monitoring(
            name="coaching",
            supervisors=2,
            pause=next(lasting),
            session=next(of_any),
            when_blocked="wait",
            limit=1,
        ),
        (FaxInSteps if ties else Fax)(
            name="faxes",
            agents=("office",),
            rate=Profile.constant(0.005),
            lines=None,
            per_page_s=STEP_S,
            mass=(MassFax(at_s=day.opens_s + day.length_s / 2, faxes=40),),
            priority=2,
            keep_free=1,
        ),
    )
    pools = Pools(dialer=3, dialer_tab=5)
    return Floor(day=day, agents=agents, sources=sources, licences=pools)
