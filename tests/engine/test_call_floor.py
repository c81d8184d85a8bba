"""models/call-floor.toml, which has every kind of source: what holds on it whatever comes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from flexports.engine import DayOutcomes, engine_named
from flexports.engine.outcomes import RECORDED
from flexports.floor import Floor, read_floor
from flexports.floor.source import kinds
from flexports.flows import LOCKED_OUT, Plan
from flexports.sources import plan_of
from flexports.study import blocks
from flexports.study.blocks import Trial
from flexports.study.sweep import sweep
from flexports.tape import Reel, Roll

MODEL = Path(__file__).parents[2] / "models" / "call-floor.toml"
FLOOR = read_floor(MODEL)
NAMES = [source.name for source in FLOOR.sources]
DIALERS = ("outbound", "callbacks")
SEATS = 10
DAYS = range(3)
PORTS = 12


@cache
def day_on(day: int, ports: int = PORTS) -> tuple[Plan, DayOutcomes]:
    plan = plan_of(FLOOR)
    return plan, engine_named("simpy")(plan, Trial(FLOOR, seed=7).tape(day), ports)


def rows(day: int) -> list[dict[str, float]]:
    table = day_on(day)[1].calls
    return [dict(zip(table.columns, row, strict=True)) for row in table.values.tolist()]


def spells(day: int) -> list[tuple[int, str, float, float]]:
    """What agents did: agent, activity, from, to; not what took no time."""
    plan, outcomes = day_on(day)
    return [
        (int(agent), plan.activities[int(activity)], from_s, to_s)
        for agent, activity, from_s, to_s in outcomes.work.values.tolist()
        if to_s > from_s
    ]


def most_at_once(spans: list[tuple[float, float]]) -> int:
    """Of spans; at one instant, what ends comes before what begins."""
    events = sorted(
        [(end, -1) for begin, end in spans if end > begin]
        + [(begin, 1) for begin, end in spans if end > begin]
    )
    return max(np.cumsum([change for _, change in events]).tolist(), default=0)


@cache
def shifts_of(agent: float) -> tuple[tuple[float, float], ...]:
    (team,) = (
        team for team in plan_of(FLOOR).teams if team.first <= agent < team.first + team.count
    )
    return team.shifts


def on_duty(agent: float, time_s: float) -> bool:
    return any(from_s <= time_s < to_s for from_s, to_s in shifts_of(agent))


def drawn(floor: Floor, name: str) -> dict[str, Any]:
    """All that the tape holds for a source: arrivals, calls, agents and users, later attempts."""
    number = [source.name for source in floor.sources].index(name)
    reel: Reel = Trial(floor, seed=3).tape(day=4).reels[number]
    rolls: list[Roll] = [reel.arrived, reel.started("", 2)]
    rolls += [reel.started(group.name, group.count) for group in floor.agents]
    told: dict[str, Any] = {"arrivals": reel.arrivals_s.tolist()}
    for place, roll in enumerate(rolls):
        for attribute in roll.attributes:
            for attempt in (None, 1, 3):
                column = roll.draws(roll.starters - 1).column(attribute, attempt)
                told[f"{place} {attribute} {attempt}"] = column
    return told


def test_the_floor_has_every_kind_of_source() -> None:
    assert {source.kind for source in FLOOR.sources} == set(kinds())


@pytest.mark.parametrize("added", NAMES)
def test_adding_a_source_leaves_every_other_tape_as_it_was(added: str) -> None:
    others = tuple(source for source in FLOOR.sources if source.name != added)
    without = replace(FLOOR, sources=others)
    for source in others:
        assert drawn(without, source.name) == drawn(FLOOR, source.name)


def test_the_order_of_the_sources_changes_nothing_that_happens() -> None:
    def by_name(floor: Floor) -> dict[str, list[str]]:
        plan = plan_of(floor)
        table = engine_named("simpy")(plan, Trial(floor, seed=7).tape(0), PORTS).calls
        outcome = table.columns.index("outcome")
        found: dict[str, list[str]] = {name: [] for name in NAMES}
        for row in table.values.tolist():
            row[outcome] = plan.outcomes[int(row[outcome])]
            found[plan.lines[int(row[0])].name].append(str(row[1:]))
        return found

    assert by_name(FLOOR) == by_name(replace(FLOOR, sources=FLOOR.sources[::-1]))


def test_port_counts_beside_it_and_workers_change_no_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blocks, "_CALLS_IN_A_BLOCK", 1)  # each day a block of its own
    alone = sweep(FLOOR, [PORTS], days=2, seed=7)
    together = sweep(FLOOR, [9, PORTS], days=2, seed=7, workers=2)
    assert alone.tallies[PORTS] == together.tallies[PORTS]
    assert alone.rows == [row for row in together.rows if row["ports"] == PORTS]


@pytest.mark.parametrize("day", DAYS)
def test_ports_in_use_never_exceed_their_number(day: int) -> None:
    own_lines = {number for number, name in enumerate(NAMES) if name == "faxes"}
    held = [
        (row["port_from_s"], row["port_to_s"])
        for row in rows(day)
        if row["port_from_s"] == row["port_from_s"] and row["source"] not in own_lines
    ]
    held += [
        (row["answered_s"], row["talk_to_s"]) for row in rows(day) if row["recorded"] == RECORDED
    ]
    assert most_at_once(held) == PORTS  # and there are days on which it is reached


@pytest.mark.parametrize("day", DAYS)
def test_faxes_never_take_more_than_their_lines(day: int) -> None:
    faxes = NAMES.index("faxes")
    held = [(row["port_from_s"], row["port_to_s"]) for row in rows(day) if row["source"] == faxes]
    assert most_at_once(held) == 2


@pytest.mark.parametrize("day", DAYS)
def test_no_agent_does_two_things_at_once(day: int) -> None:
    by_agent: dict[int, list[tuple[float, float]]] = {}
    for agent, _, from_s, to_s in spells(day):
        by_agent.setdefault(agent, []).append((from_s, to_s))
    assert len(by_agent) == plan_of(FLOOR).agents
    for busy in by_agent.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(busy)))


@pytest.mark.parametrize("day", DAYS)
def test_no_dial_begins_and_no_call_is_taken_outside_of_a_shift(day: int) -> None:
    dialers = {NAMES.index(name) for name in DIALERS}
    for row in rows(day):
        if row["source"] in dialers:
            assert on_duty(row["agent"], row["began_s"])
        elif row["agent"] >= 0:
            assert on_duty(row["agent"], row["held_to_s"])


@pytest.mark.parametrize("day", DAYS)
def test_who_is_locked_out_is_on_duty(day: int) -> None:
    for agent, activity, from_s, to_s in spells(day):
        if activity == LOCKED_OUT:
            assert any(begin <= from_s and to_s <= end for begin, end in shifts_of(agent))


@pytest.mark.parametrize("day", DAYS)
def test_agents_on_the_dialer_never_exceed_its_seats(day: int) -> None:
    dialers = {NAMES.index(name) for name in DIALERS}
    dials = {(row["agent"], row["began_s"]) for row in rows(day) if row["source"] in dialers}
    on_it = [
        (from_s, to_s)
        for agent, activity, from_s, to_s in spells(day)
        if (agent, from_s) in dials and activity == "dialing"
    ]
    assert SEATS - 2 <= most_at_once(on_it) <= SEATS


@pytest.mark.parametrize("day", DAYS)
def test_attempts_of_a_call_follow_one_another(day: int) -> None:
    for before, after in pairwise(rows(day)):
        same = (before["source"], before["call"]) == (after["source"], after["call"])
        assert after["attempt"] == (before["attempt"] + 1 if same else 1)
        if same:
            assert before["began_s"] < after["began_s"] < FLOOR.day.length_s
            assert before["port_from_s"] != before["port_from_s"]
