"""Both engines tell the same of every call, to the last bit, on every floor there is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from engine.any_floor import (
    InboundInSteps,
    any_floors,
    crowded_floor,
    days,
    interval_lengths_s,
    on_many,
    reactions_of,
)
from engine.any_flow import Flow, any_flows
from engine.small_floors import ports, seeds
from flexports.engine import REFERENCE_ENGINE, DayOutcomes, Table, engine_named
from flexports.engine.outcomes import CALL_COLUMNS, MISSED, RECORDED, WORK_COLUMNS
from flexports.floor import Day, Floor, Group, Pools, Profile, check_floor, read_floor
from flexports.floor.source import kinds
from flexports.flows import (
    DIALING,
    LOCKED_OUT,
    LOST,
    RETRIES,
    End,
    Line,
    Plan,
    Retry,
    Step,
    Team,
    walk,
)
from flexports.laws import Constant, Exponential, Gamma, Law, Lognormal, Uniform, known_laws
from flexports.sources import plan_of
from flexports.sources.blocked import RETRY, RetryKeys
from flexports.sources.click_to_call import ClickToCall
from flexports.sources.fax import Fax
from flexports.sources.fax_keys import MassFax, Pages
from flexports.sources.inbound import Inbound
from flexports.sources.lead_response import LeadResponse
from flexports.sources.monitoring import Monitoring
from flexports.sources.power_dialer import Outcomes, PowerDialer
from flexports.study.blocks import Trial
from flexports.study.simulate import simulate
from flexports.tally import Tallies, ToldDays
from flexports.tally.moments import Moments
from flexports.tape import Tape

READ, COMPILED = REFERENCE_ENGINE, "compiled"
"""The engine that one reads, and the one that must tell what it tells."""

CALL_FLOOR = Path(__file__).parents[2] / "models" / "call-floor.toml"
MODELS = sorted(CALL_FLOOR.parent.glob("*.toml"))

# ---- What differs


def assert_same_day(one: DayOutcomes, other: DayOutcomes, where: str = "") -> None:
    """No two numbers are equal unless their bits are."""
    found = [
        *differences("calls", CALL_COLUMNS, one.calls, other.calls),
        *differences("work", WORK_COLUMNS, one.work, other.work),
    ]
    assert not found, "\n".join([where, *found])


def differences(name: str, columns: Sequence[str], one: Table, other: Table) -> Iterator[str]:
    assert one.columns == other.columns == columns
    assert one.values.dtype == other.values.dtype == np.float64
    if len(one) != len(other):
        yield f"{name}: {len(one)} rows and {len(other)}"
    rows = min(len(one), len(other))
    bits, other_bits = (_bits(table.values[:rows]) for table in (one, other))
    for row, column in islice(np.argwhere(bits != other_bits).tolist(), 8):
        first = ", ".join(f"{key} {one[key][row]:.12g}" for key in columns[:3])
        values = (float(table.values[row, column]) for table in (one, other))
        yield f"{name}, row {row} ({first}): {columns[column]} is {' and '.join(map(repr, values))}"


def _bits(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values).view(np.int64)


def leaves(value: Any, place: str) -> Iterator[tuple[str, object]]:
    """Every number in a tally, with where it stands."""
    if isinstance(value, Moments):
        names = value.layout.names
        products = (" x ".join(names[factor] for factor in pair) for pair in value.layout.pairs)
        yield from leaves(dict(zip(names, value.sums, strict=True)), place)
        yield from leaves(dict(zip(products, value.products, strict=True)), place)
    elif is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), f"{place}.{field.name}")
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from leaves(each, f"{place}[{key}]")
    elif isinstance(value, np.ndarray | list | tuple):
        yield from leaves(dict(enumerate(value)), place)
    else:
        yield place, value


def assert_same_tallies(one: Tallies, other: Tallies) -> None:
    """Else those numbers are told, of the tallies by port count, that differ."""
    same = one == other
    assert same, "\n".join(tally_differences(one, other))


def tally_differences(one: Tallies, other: Tallies) -> Iterator[str]:
    told, told_by_other = (dict(leaves(each, "ports ")) for each in (one, other))
    places = [each for each in told | told_by_other if told.get(each) != told_by_other.get(each)]
    yield f"{len(places)} numbers differ:"
    for place in places[:20]:
        yield f"{place} is {told.get(place)} and {told_by_other.get(place)}"


def run_day(engine: str, plan: Plan, tape: Tape, count: int) -> DayOutcomes:
    return engine_named(engine).run_day(plan, tape, count)


def one_day(floor: Floor, seed: int, day: int, count: int, engine: str) -> DayOutcomes:
    return run_day(engine, plan_of(floor), Trial(floor, seed).tape(day), count)


def check_days(
    floor: Floor, seed: int, days: range, counts: Sequence[int], by_s: float | None = None
) -> None:
    """Every call of some days must be the same, and so must be what all of them come to."""
    plan, trial = plan_of(floor), Trial(floor, seed, COMPILED, by_s)
    runs = trial.runs(counts)
    told = ToldDays(
        plan,
        runs,
        warm_up_s=floor.day.warm_up_s,
        within_s=trial.within_s,
        by_s=by_s,
        controls=trial.known.which,
    )
    for day in days:
        outcomes = []
        for count in runs:
            one, other = (one_day(floor, seed, day, count, engine) for engine in (READ, COMPILED))
            assert_same_day(one, other, f"day {day}, {count} ports")
            outcomes.append(one)
        told.add(day, trial.tape(day), outcomes)
    assert_same_tallies(told.tallies().among(counts), trial.tallies(days, counts))


@pytest.mark.parametrize(
    ("value", "other"), [(1.0, math.nextafter(1.0, 2.0)), (0.0, -0.0), (math.nan, -math.nan)]
)
def test_no_two_numbers_are_the_same_unless_their_bits_are(value: float, other: float) -> None:
    spells = (np.array([[0.0, 0.0, 0.0, each], [0.0, 1.0, 1.0, 1.0]]) for each in (value, other))
    one, another = (Table(WORK_COLUMNS, values) for values in spells)
    (found,) = differences("work", WORK_COLUMNS, one, another)
    assert "row 0" in found
    assert "to_s" in found


# ---- Any floor


def check_simulated(floor: Floor, seed: int, day: int, count: int) -> None:
    one, other = (
        simulate(floor, ports=count, day=day, seed=seed, engine=engine)
        for engine in (READ, COMPILED)
    )
    assert_same_day(one.outcomes, other.outcomes)
    pd.testing.assert_frame_equal(one.calls, other.calls, check_exact=True)


@on_many(any_floors(), seeds, days, ports)
def test_on_any_floor_both_tell_the_same_of_every_call(
    floor: Floor, seed: int, day: int, count: int
) -> None:
    check_simulated(floor, seed, day, count)


@on_many(any_floors(ties=True), seeds, days, ports)
def test_on_any_floor_both_keep_the_same_order_at_one_instant(
    floor: Floor, seed: int, day: int, count: int
) -> None:
    check_simulated(floor, seed, day, count)


@on_many(st.booleans().flatmap(any_flows), seeds, ports, examples=480)
def test_of_a_flow_of_anybodys_own_both_tell_the_same_of_every_call(
    flow: Flow, seed: int, count: int
) -> None:
    check_simulated(flow.on_floor(), seed, 0, count)


@on_many(
    st.booleans().flatmap(any_floors), seeds, ports, st.none() | interval_lengths_s, examples=120
)
def test_on_any_floor_both_come_to_the_same_tallies(
    floor: Floor, seed: int, count: int, by_s: float | None
) -> None:
    one, other = (
        Trial(floor, seed, engine, by_s).tallies(range(2), [count, 1, count + 3])
        for engine in (READ, COMPILED)
    )
    assert_same_tallies(one, other)


# ---- What is run on one tape, in one process


@on_many(st.booleans().flatmap(any_floors), seeds, ports, examples=60)
def test_what_else_was_run_on_a_tape_changes_nothing(floor: Floor, seed: int, count: int) -> None:
    # The same day and count first, last, among others, by the other engine, and twice.
    alone = one_day(floor, seed, 0, count, COMPILED)
    as_it_was = deepcopy(alone)
    plan, tape = plan_of(floor), Trial(floor, seed).tape(0)
    runs = [(COMPILED, 9), (COMPILED, count), (READ, count), (COMPILED, count), (COMPILED, 1)]
    for engine, ports_now in runs:
        told = run_day(engine, plan, tape, ports_now)
        if ports_now == count:
            assert_same_day(alone, told, engine)
    assert_same_day(as_it_was, alone)  # no later run wrote into it


@on_many(st.booleans().flatmap(any_floors), seeds, st.permutations([1, 2, 3, 5]), examples=60)
def test_which_other_port_counts_are_run_changes_nothing(
    floor: Floor, seed: int, counts: list[int]
) -> None:
    trial = Trial(floor, seed, COMPILED)
    together = trial.tallies(range(2), counts)
    for count in counts[:2]:
        assert_same_tallies(together.among([count]), trial.tallies(range(2), [count]))


@pytest.mark.parametrize("threads", [2, 5])
def test_days_that_run_at_the_same_time_are_those_that_run_one_by_one(threads: int) -> None:
    floor = read_floor(CALL_FLOOR)

    def run(day: int) -> DayOutcomes:
        return one_day(floor, 5, day, 4 + day, COMPILED)

    in_turn = [run(day) for day in range(12)]
    with ThreadPoolExecutor(threads) as pool:
        at_once = list(pool.map(run, range(12)))
    for one, other in zip(in_turn, at_once, strict=True):
        assert_same_day(one, other)


def test_threads_that_share_a_plan_and_no_tape_disturb_each_other_in_nothing() -> None:
    floors = [read_floor(path) for path in MODELS]

    def run(floor: Floor) -> Tallies:
        return Trial(floor, 5, COMPILED, by_s=3600.0).tallies(range(2), [3, 1])

    in_turn = [run(floor) for floor in floors]
    with ThreadPoolExecutor(2) as pool:
        at_once = list(pool.map(run, floors))
    for one, other in zip(in_turn, at_once, strict=True):
        assert_same_tallies(one, other)


# ---- The models


def counts_of(floor: Floor) -> list[int]:
    """The ports of the file, and too few of them."""
    rented = floor.ports.count or 4
    return [max(1, rented // 3), rented]


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_both_tell_the_same_of_every_model(path: Path) -> None:
    floor = read_floor(path)
    floor = replace(floor, day=replace(floor.day, warm_up_s=1800.0))
    check_days(floor, 7, range(20), counts_of(floor), by_s=3600.0)


# ---- Days on which there is far more of something than on others


@pytest.mark.parametrize("turn", range(9))
@pytest.mark.parametrize("ties", [False, True])
def test_where_everything_is_short_of_everything_both_tell_the_same(ties: bool, turn: int) -> None:
    floor = crowded_floor(ties, turn)
    check_floor(floor)
    check_days(floor, turn, range(2), (6, 2, 4), by_s=1000.0)


OPENS_S = 32400.0
LOGIN = ("crm", "agent-login", "elf", "fax")
ONE_AGENT = (Group(name="sales", count=1, licences=LOGIN),)
AT_ONCE = RetryKeys(probability=1.0, delay=Constant(40.0))


def loss(rate_per_s: float, hold: Law, **keys: Any) -> Inbound:
    """Calls that hold a port and want no agent."""
    rate = Profile.constant(rate_per_s)
    return Inbound(name="loss", rate=rate, to_agent=0.0, ivr=hold, **keys)


def mailing(faxes: int, **keys: Any) -> Fax:
    """A list of faxes of 0 to 2 s, sent ten seconds after opening."""
    mass = (MassFax(at_s=OPENS_S + 10.0, faxes=faxes),)
    pages = Pages(Uniform(0.0, 20.0))
    return Fax(name="mailing", mass=mass, pages=pages, per_page_s=0.1, **keys)


def callers(rate_per_s: float, **keys: Any) -> Inbound:
    """Callers who hold for ever."""
    usual: dict[str, Any] = {"name": "toll-free", "talk": Exponential(20.0)}
    return Inbound(rate=Profile.constant(rate_per_s), **usual | keys)


def of(*sources: Any, agents: Sequence[Group] = ONE_AGENT, length_s: float = 3600.0) -> Floor:
    return Floor(day=Day(length_s=length_s), agents=tuple(agents), sources=sources)


def spells(first_s: int, length_s: int, every_s: int) -> tuple[tuple[float, float], ...]:
    """Shifts of one length, one after another."""
    begins = (OPENS_S + begin_s for begin_s in range(first_s, 3600, every_s))
    return tuple((begin_s, begin_s + length_s) for begin_s in begins)


MUCH: Mapping[str, tuple[int, Floor]] = {
    "a list of faxes that wait for one port": (
        1,
        of(mailing(5000, lines=None), length_s=600.0),
    ),
    "a list of faxes that wait for lines of their own, beside calls": (
        2,
        of(mailing(2000, lines=3), loss(0.3, Exponential(10.0)), length_s=600.0),
    ),
    "a list of faxes that all come back at the same instant": (
        2,
        of(mailing(300, lines=None, when_blocked=RETRY, retry=AT_ONCE)),
    ),
    "callers who hold for ever for one agent": (4000, of(callers(0.6))),
    "callers who hold for agents who have gone": (
        4000,
        of(
            callers(0.5, patience=Exponential(5000.0)),
            agents=[replace(ONE_AGENT[0], shifts=((OPENS_S, OPENS_S + 600.0),))],
        ),
    ),
    "one call that comes back hundreds of times": (
        1,
        of(
            loss(
                0.003,
                Constant(100_000.0),
                when_blocked=RETRY,
                retry=RetryKeys(probability=1.0, delay=Exponential(5.0)),
            )
        ),
    ),
    "many calls that come back many times": (
        1,
        of(
            loss(
                0.2,
                Exponential(20.0),
                when_blocked=RETRY,
                retry=RetryKeys(probability=1.0, delay=Lognormal(40.0, 2.0)),
            ),
            length_s=1800.0,
        ),
    ),
    "leads that wait for a port until they are stale": (
        1,
        of(
            LeadResponse(
                name="web-form", rate=Profile.constant(0.5), stale_after=Gamma(900.0, 0.5)
            ),
        ),
    ),
    "three hundred agents": (
        40,
        of(
            PowerDialer(
                name="outbound",
                agents=("sales",),
                dial=Exponential(20.0),
                outcomes=Outcomes(voicemail=0.4, conversation=0.2, no_answer=0.4),
                message=Exponential(30.0),
                talk=Exponential(60.0),
                record=0.2,
            ),
            callers(0.5, agents=("service", "sales"), patience=Exponential(60.0)),
            agents=[Group(name="sales", count=200), Group(name="service", count=100)],
            length_s=900.0,
        ),
    ),
    "agents and supervisors with thousands of calls each": (
        2,
        of(
            PowerDialer(
                name="outbound",
                agents=("sales",),
                dial=Exponential(1.0),
                outcomes=Outcomes(voicemail=0.1, no_answer=0.9),
                message=Exponential(1.0),
                by_hand=Gamma(1.0, 20.0),
            ),
            Monitoring(name="coaching", pause=Exponential(1.0), session=Gamma(1.0, 20.0)),
            agents=[Group(name="sales", count=2)],
        ),
    ),
    "seats that are given up at the ends of many shifts": (
        20,
        replace(
            of(
                *(
                    ClickToCall(name=f"calls of {name}", agents=(name,), pause=Exponential(100.0))
                    for name in ("sales", "service")
                ),
                callers(0.1, agents=("sales", "service"), patience=Exponential(60.0)),
                agents=[
                    Group(name="sales", count=6, shifts=spells(60, 240, 300)),
                    Group(name="service", count=6, shifts=spells(0, 170, 180)),
                ],
            ),
            licences=Pools(dialer=4),
        ),
    ),
    "callers at the very instants at which pauses end and seats are passed on": (
        4,
        replace(
            of(
                ClickToCall(
                    name="clicks",
                    agents=("sales",),
                    pause=Constant(10.0),
                    dial=Constant(10.0),
                    message=Constant(10.0),
                    talk=Constant(10.0),
                    wrap_up=Constant(10.0),
                ),
                InboundInSteps(
                    name="toll-free",
                    rate=Profile.constant(0.1),
                    talk=Constant(10.0),
                    wrap_up=Constant(10.0),
                    patience=Constant(0.0),
                ),
                agents=[Group(name="sales", count=2)],
            ),
            licences=Pools(dialer=1),
        ),
    ),
    "three hundred supervisors": (
        30,
        of(
            Monitoring(name="coaching", supervisors=300, when_blocked="wait"),
            Monitoring(name="quality", supervisors=50, keep_free=3, limit=2, priority=2),
        ),
    ),
    "times from microseconds to years": (
        3,
        of(
            callers(0.01, ivr=Exponential(1e-6), talk=Lognormal(1.0, 50.0)),
            loss(0.1, Gamma(100.0, 100.0)),
            replace(loss(0.0005, Exponential(1e8)), name="years"),
            Monitoring(name="coaching", pause=Exponential(0.5), session=Exponential(1e-3)),
        ),
    ),
    "a day of three weeks with an hour's calls in its last minute": (
        5,
        of(
            replace(
                callers(0.001, patience=Exponential(30.0)),
                rate=Profile((OPENS_S, OPENS_S + 60.0), (1.0, 1e-5)),
            ),
            loss(1e-5, Exponential(1e4)),
            length_s=21 * 86400.0 + 60.0,
        ),
    ),
    "forty groups and as many routes": (
        30,
        of(
            *(
                callers(
                    0.01,
                    name=f"route {number}",
                    priority=1 + number % 5,
                    patience=Exponential(60.0),
                    agents=tuple(f"group {(number + step) % 40}" for step in range(5)),
                )
                for number in range(40)
            ),
            agents=[Group(name=f"group {number}", count=2) for number in range(40)],
        ),
    ),
}


@pytest.mark.parametrize("what", MUCH)
def test_however_much_there_is_of_something_both_tell_the_same(what: str) -> None:
    count, floor = MUCH[what]
    check_floor(floor)
    check_days(floor, 11, range(1), [count], by_s=floor.day.length_s / 4)


def test_floors_that_differ_in_rates_and_laws_alone_are_not_mixed_up() -> None:
    # All that an engine keeps from one day to the next may depend on the plan, and theirs is one.
    quiet, busy, slow = (
        of(callers(rate, talk=Exponential(talk_s), patience=Exponential(300.0)))
        for rate, talk_s in ((0.01, 20.0), (2.0, 20.0), (0.01, 90.0))
    )
    assert plan_of(quiet) == plan_of(busy) == plan_of(slow)
    for floor in (quiet, busy, slow, quiet, slow, busy):
        check_days(floor, 11, range(2), [3, 1000])


# ---- What the floors drawn reach

SEEN_ON = 3
"""Everything must be met on this many of the floors drawn: on one, it might be by chance."""

NEVER = {"fax ends as stale", "monitoring ends as stale"}
"""Who waits for a port for as long as it takes does not give up."""


@dataclass(frozen=True)
class Seen:
    """One day of a floor, to be asked what there was on it. Columns are those of the calls."""

    floor: Floor
    plan: Plan
    ports: int
    outcomes: DayOutcomes

    def __getattr__(self, column: str) -> Any:
        """Return a column."""
        return self.outcomes.calls[column]

    def ended(self, *outcomes: str) -> Any:
        """Which attempts ended so."""
        return np.isin([self.plan.outcomes[int(code)] for code in self.outcome], outcomes)

    @property
    def blocked(self) -> Any:
        """Which attempts wanted a port and did not find one at once."""
        return ~np.isnan(self.offered_s) & (self.port_from_s != self.offered_s)

    @property
    def in_vain(self) -> Any:
        """Which calls asked for an agent and were not answered."""
        return ~np.isnan(self.asked_s) & (self.agent < 0)

    def some_port_is_free_at(self, times_s: Any) -> Any:
        """At which times some flex port is not held."""
        flex = np.array([line.own_lines is None for line in self.plan.lines])
        own, recorded = flex[self.source.astype(int)], self.recorded == RECORDED
        begins = np.concatenate([self.port_from_s[own], self.answered_s[recorded]])
        ends = np.concatenate([self.port_to_s[own], self.talk_to_s[recorded]])
        begun, ended = (
            np.sort(each[~np.isnan(each)]).searchsorted(times_s, side="right")
            for each in (begins, ends)
        )
        return begun - ended < self.ports

    @cached_property
    def answers(self) -> list[tuple[Line, int]]:
        """Each call that an agent took, as its line and the number of his team."""
        of = [number for number, team in enumerate(self.plan.teams) for _ in range(team.count)]
        took = ~np.isnan(self.asked_s) & (self.agent >= 0)
        return [
            (self.plan.lines[int(source)], of[int(agent)])
            for source, agent in zip(self.source[took], self.agent[took], strict=True)
        ]

    @cached_property
    def spells(self) -> list[tuple[Team, str, float, float]]:
        """Whatever agents did: team, activity, from when, to when."""
        of = [team for team in self.plan.teams for _ in range(team.count)]
        return [
            (of[int(agent)], self.plan.activities[int(activity)], from_s, to_s)
            for agent, activity, from_s, to_s in self.outcomes.work.values.tolist()
        ]


SITUATIONS: Mapping[str, Callable[[Seen], Any]] = {
    "a floor without agents": lambda day: not day.plan.teams,
    "a source without a call": lambda day: len(set(day.source)) < len(day.plan.lines),
    "a warm-up": lambda day: day.floor.day.warm_up_s > 0,
    "a talk is recorded": lambda day: any(day.recorded == RECORDED),
    "a talk finds no port to be recorded": lambda day: any(day.recorded == MISSED),
    "a port is free, and not for this call": lambda day: any(
        day.some_port_is_free_at(day.offered_s[day.blocked])
    ),
    "a call waits for a port and has it": lambda day: any(day.port_from_s > day.offered_s),
    "a call gives up waiting for a port": lambda day: any(day.gave_up_s > day.offered_s),
    "a call comes back again and again": lambda day: any(day.attempt >= 4),
    "a call comes back and has a port": lambda day: any(
        (day.attempt > 1) & ~np.isnan(day.port_from_s)
    ),
    "a call has come back in vain": lambda day: any((day.attempt > 1) & day.ended(LOST)),
    "a caller holds and is answered": lambda day: any(
        (day.held_to_s > day.asked_s) & (day.agent >= 0)
    ),
    "a caller holds in vain": lambda day: any(day.in_vain & (day.held_to_s > day.asked_s)),
    "callers are sent away at closing": lambda day: any(
        day.in_vain & (day.held_to_s == day.plan.closing_s)
    ),
    "a caller who asks after closing is sent away": lambda day: any(
        day.in_vain & (day.held_to_s == day.asked_s) & (day.asked_s > day.plan.closing_s)
    ),
    "a caller is answered after closing": lambda day: any(
        ~np.isnan(day.asked_s) & (day.answered_s > day.plan.closing_s)
    ),
    "a group that is not the first choice answers": lambda day: any(
        team != line.asks[0] for line, team in day.answers
    ),
    "who dials answers a caller": lambda day: any(
        day.plan.teams[team].dials is not None for _, team in day.answers
    ),
    "who clicks to call answers a caller": lambda day: any(
        dials is not None and day.plan.lines[dials].pause is not None
        for dials in (day.plan.teams[team].dials for _, team in day.answers)
    ),
    "an agent without the dialer dials": lambda day: any(
        team.dials is not None and team.flow != day.plan.lines[team.dials].flow
        for team, activity, _, _ in day.spells
        if activity == DIALING
    ),
    "an agent is let in after a time": lambda day: any(
        activity == LOCKED_OUT and from_s < to_s < day.plan.closing_s
        for _, activity, from_s, to_s in day.spells
    ),
    "an agent finishes after his shift": lambda day: any(
        from_s < end_s < to_s for team, _, from_s, to_s in day.spells for _, end_s in team.shifts
    ),
    "two calls arrive at one instant": lambda day: (
        len(set(day.began_s[day.agent < 0])) < sum(day.agent < 0)
    ),
    "a port is given back as another call wants one": lambda day: any(
        np.isin(day.offered_s, day.port_to_s)
    ),
    "an agent is free as a caller asks": lambda day: any(
        np.isin(day.asked_s, day.outcomes.work["to_s"])
    ),
    "patience ends as an agent is free": lambda day: any(
        np.isin(day.held_to_s[day.in_vain], day.outcomes.work["to_s"])
    ),
    "a shift ends as an agent is free": lambda day: any(
        to_s == end_s for team, _, _, to_s in day.spells for _, end_s in team.shifts
    ),
    "work that takes no time": lambda day: any(
        day.outcomes.work["from_s"] == day.outcomes.work["to_s"]
    ),
}


def in_general() -> set[str]:
    """What there is to meet on one floor or another."""
    return {
        *(f"step {step.__name__}" for step in get_args(Step)),
        *(f"law {law}" for law in known_laws()),
        *(f"{name} may {what}" for name, kind in kinds().items() for what in reactions_of(kind)),
        *SITUATIONS,
    }


def on_this(day: Seen) -> Iterator[str]:
    """What the flows of this floor may come to."""
    sources = day.floor.sources
    flows = [(sources[number], line.flow) for number, line in enumerate(day.plan.lines)]
    flows += [(sources[team.dials], team.flow or ()) for team in day.plan.teams if team.dials]
    for source, flow in flows:
        for step in walk(flow):
            if isinstance(step, End):
                yield f"{source.kind} ends as {step.outcome}"
            if isinstance(step, Retry):
                yield f"{source.kind} ends as {RETRIES}"
    yield from (f"agents are {activity}" for activity in day.plan.activities if day.plan.teams)


def met(day: Seen) -> Iterator[str]:
    """What there was."""
    sources: Sequence[Any] = day.floor.sources
    for line in day.plan.lines:
        yield from (f"step {type(step).__name__}" for step in walk(line.flow))
    for source in sources:
        yield from (f"law {law.distribution}" for law in laws_in(source))
    for number, code in set(zip(day.source, day.outcome, strict=True)):
        yield f"{sources[int(number)].kind} ends as {day.plan.outcomes[int(code)]}"
    for number in set(day.source[day.blocked]):
        yield f"{sources[int(number)].kind} may {sources[int(number)].when_blocked}"
    yield from (f"agents are {activity}" for _, activity, _, _ in day.spells)
    yield from (name for name, there_is in SITUATIONS.items() if there_is(day))


def laws_in(value: object) -> Iterator[Law]:
    """The laws among the keys of a source."""
    if isinstance(value, Law):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from laws_in(getattr(value, field.name))


def test_the_floors_drawn_reach_all_that_there_is() -> None:
    wanted, reached = in_general(), Counter[str]()

    def look(floor: Floor, seed: int, day: int, count: int) -> None:
        seen = Seen(floor, plan_of(floor), count, one_day(floor, seed, day, count, READ))
        wanted.update(on_this(seen))
        reached.update(set(met(seen)))

    for ties in (False, True):
        on_many(any_floors(ties), seeds, days, ports)(look)()
    rare = {what: reached[what] for what in sorted(wanted - NEVER) if reached[what] < SEEN_ON}
    assert rare == {}
