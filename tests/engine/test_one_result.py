"""One seed gives one result, whatever else is asked for, and on however many workers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine.small_floors import FEW, floors, ports, seeds
from flexports.engine import engine_named
from flexports.floor import Day, Floor, Group, Profile
from flexports.laws import Exponential
from flexports.sources import plan_of
from flexports.sources.inbound import Inbound
from flexports.sources.power_dialer import Outcomes, PowerDialer
from flexports.study import blocks
from flexports.study.blocks import Trial
from flexports.study.sweep import sweep
from flexports.tape import Roll, Tape

CALLERS = Inbound(
    name="toll-free", rate=Profile.constant(0.02), talk=Exponential(100.0), agents=("sales",)
)
DIALER = PowerDialer(
    name="outbound",
    agents=("sales",),
    outcomes=Outcomes(voicemail=0.4, conversation=0.2, no_answer=0.4),
)
FLOOR = Floor(
    day=Day(length_s=1800.0), agents=(Group(name="sales", count=3),), sources=(DIALER, CALLERS)
)


def by_name(floor: Floor, seed: int, count: int) -> dict[str, list[Any]]:
    """The rows of each source, under its name."""
    plan = plan_of(floor)
    table = engine_named("simpy")(plan, Trial(floor, seed).tape(0), count).calls
    outcome = table.columns.index("outcome")
    found: dict[str, list[Any]] = {line.name: [] for line in plan.lines}
    for row in table.values.tolist():
        row[outcome] = plan.outcomes[int(row[outcome])]
        found[plan.lines[int(row[0])].name].append(str(row[1:]))
    return found


@FEW
@given(floors(), seeds, ports)
def test_the_order_of_the_sources_in_the_file_changes_nothing(
    floor: Floor, seed: int, count: int
) -> None:
    turned = replace(floor, sources=floor.sources[::-1])
    assert by_name(floor, seed, count) == by_name(turned, seed, count)


@FEW
@given(floors(), seeds, ports)
def test_the_same_day_run_twice_is_the_same_to_the_last_bit(
    floor: Floor, seed: int, count: int
) -> None:
    assert by_name(floor, seed, count) == by_name(floor, seed, count)


@FEW
@given(floors(), seeds, ports)
def test_other_port_counts_on_the_same_tape_change_nothing(
    floor: Floor, seed: int, count: int
) -> None:
    alone = Trial(floor, seed).tallies(range(2), [count])[count]
    among = Trial(floor, seed).tallies(range(2), [9, count, 1])[count]
    assert alone == among


@pytest.mark.parametrize("calls_in_a_block", [1, 200, 10**9])
def test_how_days_are_cut_into_blocks_changes_nothing(
    calls_in_a_block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = sweep(FLOOR, [2, 3], days=8, seed=5).tallies
    monkeypatch.setattr(blocks, "_CALLS_IN_A_BLOCK", calls_in_a_block)
    assert sweep(FLOOR, [2, 3], days=8, seed=5).tallies == usual


def test_how_many_workers_run_the_days_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        blocks, "_CALLS_IN_A_BLOCK", 300
    )  # each day a block of its own, or two days
    alone = sweep(FLOOR, [2], days=6, seed=5)
    together = sweep(FLOOR, [2], days=6, seed=5, workers=2)
    assert alone.tallies == together.tallies
    assert alone.rows == together.rows


def test_another_seed_is_another_day() -> None:
    assert by_name(FLOOR, 1, 2) != by_name(FLOOR, 2, 2)


def draws(floor: Floor, source: str) -> dict[str, list[float]]:
    number = [each.name for each in floor.sources].index(source)
    reel = tape_of(floor).reels[number]
    return every(reel.arrived) | {"arrivals": reel.arrivals_s.tolist()}


def every(roll: Roll, starter: int = 0) -> dict[str, list[float]]:
    """All that is drawn for a starter's calls, by attribute."""
    return {attribute: roll.draws(starter).column(attribute) for attribute in roll.attributes}


def tape_of(floor: Floor) -> Tape:
    return Trial(floor, seed=3).tape(day=4)


def test_one_more_source_leaves_the_draws_of_the_others_as_they_were() -> None:
    more = replace(FLOOR, sources=(replace(CALLERS, name="another"), *FLOOR.sources))
    assert draws(more, "toll-free") == draws(FLOOR, "toll-free")
    assert draws(more, "toll-free") != draws(more, "another")


@pytest.mark.parametrize("count", [1, 4, 40])
def test_one_more_agent_leaves_the_draws_of_the_others_as_they_were(count: int) -> None:
    more = replace(FLOOR, agents=(Group(name="sales", count=count),))
    few = tape_of(FLOOR).reels[0].started("sales", 3)
    many = tape_of(more).reels[0].started("sales", count)
    for roll in (few, many):
        roll.lengthen(3)
    for place in range(min(count, 3)):
        assert every(many, place) == every(few, place)
    assert every(few, 0) != every(few, 1)


def test_one_more_group_of_dialers_leaves_the_draws_of_the_others_as_they_were() -> None:
    more = replace(
        FLOOR,
        agents=(Group(name="extra", count=2), *FLOOR.agents),
        sources=(replace(DIALER, agents=("extra", "sales")), CALLERS),
    )
    theirs = every(tape_of(FLOOR).reels[0].started("sales", 3), 1)
    assert every(tape_of(more).reels[0].started("sales", 3), 1) == theirs
    assert every(tape_of(more).reels[0].started("extra", 2), 1) != theirs


def test_agents_of_two_groups_share_one_list_of_numbers() -> None:
    # Dial i of the agent at place p among n dialers is call i n + p, groups in the floor's order.
    plan = plan_of(
        replace(
            FLOOR,
            agents=(Group(name="extra", count=2), *FLOOR.agents),
            sources=(replace(DIALER, agents=("sales", "extra")), CALLERS),
        )
    )
    assert [plan.place_among_dialers(agent) for agent in range(5)] == [(p, 5) for p in range(5)]


def test_a_longer_day_begins_like_a_shorter_one() -> None:
    longer = replace(FLOOR, day=Day(length_s=5400.0))
    short, long = draws(FLOOR, "toll-free"), draws(longer, "toll-free")
    for attribute, values in short.items():
        np.testing.assert_array_equal(values, long[attribute][: len(values)])
