"""What holds on every floor, whatever its sources, laws and ports."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import given

from engine.small_floors import FEW, floors, loss_floors, ports, seeds
from flexports.engine import DayOutcomes, engine_named
from flexports.engine.outcomes import NOT_WANTED, RECORDED
from flexports.floor import Floor
from flexports.flows import Plan
from flexports.sources import plan_of
from flexports.study.blocks import Trial
from flexports.tape import Tape

Span = tuple[float, float]


def run(floor: Floor, seed: int, count: int, day: int = 0) -> tuple[Plan, Tape, DayOutcomes]:
    plan, tape = plan_of(floor), Trial(floor, seed).tape(day)
    return plan, tape, engine_named("simpy")(plan, tape, count)


def rows(outcomes: DayOutcomes) -> list[dict[str, float]]:
    table = outcomes.calls
    return [dict(zip(table.columns, row, strict=True)) for row in table.values.tolist()]


def legs(outcomes: DayOutcomes) -> list[tuple[int, Span]]:
    """Every holding of a port, with its source; a recording's counts as -1."""
    found = []
    for row in rows(outcomes):
        if row["port_from_s"] == row["port_from_s"]:
            found.append((int(row["source"]), (row["port_from_s"], row["port_to_s"])))
        if row["recorded"] == RECORDED:
            found.append((-1, (row["answered_s"], row["talk_to_s"])))
    return found


def most_at_once(spans: list[Span]) -> int:
    """Of spans; at one instant, what ends comes before what begins."""
    real = [(begin, end) for begin, end in spans if end > begin]
    events = sorted([(end, 0) for _, end in real] + [(begin, 1) for begin, _ in real])
    most = now = 0
    for _, begins in events:
        now += 1 if begins else -1
        most = max(most, now)
    return most


@FEW
@given(floors(), seeds, ports)
def test_ports_in_use_never_exceed_their_number(floor: Floor, seed: int, count: int) -> None:
    _, _, outcomes = run(floor, seed, count)
    assert most_at_once([span for _, span in legs(outcomes)]) <= count


@FEW
@given(floors(), seeds, ports)
def test_no_source_holds_more_ports_than_its_limit(floor: Floor, seed: int, count: int) -> None:
    plan, _, outcomes = run(floor, seed, count)
    for number, line in enumerate(plan.lines):
        own = [span for source, span in legs(outcomes) if source == number]
        assert most_at_once(own) <= (count if line.limit is None else line.limit)
        assert most_at_once(own) <= max(0, count - line.keep_free)


@FEW
@given(floors(), seeds, ports)
def test_every_arrival_has_one_row_and_so_has_every_dial(
    floor: Floor, seed: int, count: int
) -> None:
    plan, tape, outcomes = run(floor, seed, count)
    told = Counter(int(row["source"]) for row in rows(outcomes))
    once = Counter((row["source"], row["call"], row["attempt"]) for row in rows(outcomes))
    assert set(once.values()) <= {1}
    for number in range(len(plan.lines)):
        if plan.dialer_of(number):
            assert told[number] == len(dial_spells(plan, outcomes))
        else:
            assert told[number] == len(tape.reels[number].arrivals_s)


def dial_spells(plan: Plan, outcomes: DayOutcomes) -> np.ndarray:
    work = outcomes.work
    return work.values[work["activity"] == plan.activities.index("dialing")]


@FEW
@given(floors(), seeds, ports)
def test_a_dialer_dials_its_numbers_in_order_and_leaves_none_out(
    floor: Floor, seed: int, count: int
) -> None:
    plan, _, outcomes = run(floor, seed, count)
    for number in filter(plan.dialer_of, range(len(plan.lines))):
        by_agent = defaultdict(list)
        for row in rows(outcomes):
            if row["source"] == number:
                by_agent[int(row["agent"])].append(int(row["call"]))
        for agent, dialed in by_agent.items():
            place, of = plan.place_among_dialers(agent)
            assert dialed == [place + of * i for i in range(len(dialed))]


@FEW
@given(floors(), seeds, ports)
def test_outcomes_fit_what_happened(floor: Floor, seed: int, count: int) -> None:
    plan, _, outcomes = run(floor, seed, count)
    for row in rows(outcomes):
        outcome = plan.outcomes[int(row["outcome"])]
        did = {name for name, value in row.items() if not math.isnan(value)}
        assert ("offered_s" in did) >= ("port_from_s" in did)
        assert ("port_from_s" in did) == (outcome in {*WITH_CALLER, "self-served", "message"})
        assert ("asked_s" in did) == (outcome in WITH_CALLER)
        assert ("answered_s" in did) == (outcome in {"answered", "conversation"})
        # Who dialed or answered it; nobody, if no agent came near the call.
        assert (row["agent"] < 0) == (outcome in {"abandoned", "lost", "self-served"})
        assert ("answered_s" in did) >= (row["recorded"] != NOT_WANTED)


WITH_CALLER = {"answered", "abandoned"}
ORDER = ("began_s", "offered_s", "port_from_s", "asked_s", "held_to_s", "answered_s", "talk_to_s")


@FEW
@given(floors(), seeds, ports)
def test_nothing_happens_to_a_call_before_what_it_follows_from(
    floor: Floor, seed: int, count: int
) -> None:
    _, _, outcomes = run(floor, seed, count)
    for row in rows(outcomes):
        times = [row[name] for name in ORDER if row[name] == row[name]]
        assert times == sorted(times)
        if row["port_from_s"] == row["port_from_s"]:
            last = max(
                row[n] for n in ("port_from_s", "held_to_s", "talk_to_s") if row[n] == row[n]
            )
            assert row["port_to_s"] >= last
        if row["asked_s"] == row["asked_s"] and row["answered_s"] == row["answered_s"]:
            assert row["answered_s"] == row["held_to_s"]
            assert row["port_to_s"] == row["talk_to_s"]


def spells(outcomes: DayOutcomes) -> dict[int, list[Span]]:
    """What each agent was busy with, in order of time."""
    found: dict[int, list[Span]] = defaultdict(list)
    for agent, _, from_s, to_s in outcomes.work.values.tolist():
        found[int(agent)].append((from_s, to_s))
    return {agent: sorted(own) for agent, own in found.items()}


@FEW
@given(floors(), seeds, ports)
def test_no_agent_does_two_things_at_once(floor: Floor, seed: int, count: int) -> None:
    _, _, outcomes = run(floor, seed, count)
    for own in spells(outcomes).values():
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(own))


@FEW
@given(floors(), seeds, ports)
def test_nobody_holds_while_an_agent_who_may_answer_is_idle(
    floor: Floor, seed: int, count: int
) -> None:
    plan, _, outcomes = run(floor, seed, count)
    busy = {agent: list(joined(own)) for agent, own in spells(outcomes).items()}
    for row in rows(outcomes):
        if not row["held_to_s"] > row["asked_s"]:
            continue
        for team in (plan.teams[number] for number in plan.lines[int(row["source"])].asks):
            for agent in range(team.first, team.first + team.count):
                assert any(
                    begin <= row["asked_s"] and row["held_to_s"] <= end
                    for begin, end in busy.get(agent, [])
                ), f"agent {agent} was idle while a caller held: {row}"


def joined(spans: list[Span]) -> Iterator[Span]:
    """Spans of which one begins as the other ends, as one."""
    begin, end = spans[0]
    for from_s, to_s in spans[1:]:
        if from_s > end:
            yield begin, end
            begin = from_s
        end = to_s
    yield begin, end


@FEW
@given(floors(), seeds, ports)
def test_within_a_source_the_first_to_come_is_the_first_to_be_answered(
    floor: Floor, seed: int, count: int
) -> None:
    _, _, outcomes = run(floor, seed, count)
    by_source = defaultdict(list)
    for row in rows(outcomes):
        if row["answered_s"] == row["answered_s"] and row["asked_s"] == row["asked_s"]:
            by_source[row["source"]].append((row["asked_s"], row["answered_s"]))
    for own in by_source.values():
        answered = [answered_s for _, answered_s in sorted(own)]
        assert answered == sorted(answered)


@FEW
@given(floors(), seeds, ports)
def test_nothing_new_begins_after_closing(floor: Floor, seed: int, count: int) -> None:
    plan, _, outcomes = run(floor, seed, count)
    for row in rows(outcomes):
        if plan.lines[int(row["source"])].name != "jabberdog":  # a press follows a dial
            assert row["began_s"] < plan.closing_s


@FEW
@given(floors(), seeds, ports)
def test_littles_law_holds_for_every_source(floor: Floor, seed: int, count: int) -> None:
    # The time held by all callers is the number holding, over time: the one call by call, the other
    # instant by instant, in exact arithmetic.
    plan, _, outcomes = run(floor, seed, count)
    for number in range(len(plan.lines)):
        held = [
            (Fraction(row["asked_s"]), Fraction(row["held_to_s"]))
            for row in rows(outcomes)
            if row["source"] == number and row["asked_s"] == row["asked_s"]
        ]
        changes = sorted([(begin, 1) for begin, _ in held] + [(end, -1) for _, end in held])
        area, holding, since = Fraction(0), 0, Fraction(0)
        for time, change in changes:
            area += holding * (time - since)
            holding, since = holding + change, time
        assert holding == 0
        assert area == sum((end - begin for begin, end in held), Fraction(0))


@FEW
@given(floors(), seeds, ports)
def test_the_time_for_which_ports_are_busy_is_what_calls_and_recordings_hold(
    floor: Floor, seed: int, count: int
) -> None:
    tally = Trial(floor, seed).tallies(range(1), [count])[count]
    assert tally.ports.sum("busy_ticks") == sum(own.sum("carried_ticks") for own in tally.sources)
    assert tally.busy.peak <= count


@FEW
@given(loss_floors(), seeds, ports)
def test_on_a_loss_floor_a_call_that_is_carried_is_carried_with_one_more_port(
    floor: Floor, seed: int, count: int
) -> None:
    # Call by call, on the same tape. The larger pool holds the calls of the smaller one and at most
    # one more: while it holds that one, either both are full or neither is.
    few, more = (carried(run(floor, seed, each)[2]) for each in (count, count + 1))
    assert few <= more


@FEW
@given(loss_floors(), seeds)
def test_on_a_loss_floor_blocking_never_rises_with_a_port(floor: Floor, seed: int) -> None:
    kept = [len(carried(run(floor, seed, count)[2])) for count in range(1, 6)]
    assert kept == sorted(kept)


def carried(outcomes: DayOutcomes) -> set[tuple[float, float]]:
    """The calls that had a port, by source and number."""
    with_port = (row for row in rows(outcomes) if row["port_from_s"] == row["port_from_s"])
    return {(row["source"], row["call"]) for row in with_port}
