"""Exact values beside the simulation, and what a simulation that is wrong is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flexports.engine import engine_named
from flexports.floor import Day, Floor, Group, Profile
from flexports.laws import Constant, Erlang, Exponential, Lognormal
from flexports.sources.broadcast import Broadcast
from flexports.study import blocks, exact
from flexports.study.exact import Standing, disagreements, exact_sweep, exact_values
from flexports.study.sweep import sweep
from flexports.theory import erlang_b
from study.floors_for_studies import answering_floor, callers, company_x, loss_floor


def values(floor: Floor, ports: int) -> dict[tuple[str, str], float]:
    return {(each.source, each.metric): each.value for each in exact_values(floor, ports)}


def standing(floor: Floor, ports: int = 3) -> Standing:
    (only,) = {each.standing for each in exact_values(floor, ports)}
    return only


def test_a_loss_floor_has_the_values_of_erlang_b() -> None:
    steady = replace(loss_floor(2.0), day=Day(length_s=1e6, warm_up_s=1e4))
    found = values(steady, 4)
    blocking = erlang_b(2.0, 4)
    assert found["calls", "blocking"] == pytest.approx(blocking, rel=1e-9)
    assert found["ports", "time_congestion"] == pytest.approx(blocking, rel=1e-9)  # PASTA
    assert found["calls", "carried_load"] == pytest.approx(2.0 * (1 - blocking), rel=1e-9)
    assert found["ports", "busy_mean"] == pytest.approx(2.0 * (1 - blocking), rel=1e-9)


def test_a_day_begins_empty_and_so_blocks_less_than_the_long_run() -> None:
    short = replace(loss_floor(2.0), day=Day(length_s=120.0))
    assert values(short, 3)["calls", "blocking"] < 0.7 * erlang_b(2.0, 3)


def test_short_days_that_begin_empty_are_simulated_as_they_are_worked_out() -> None:
    short = replace(company_x(), day=Day(length_s=180.0))
    result = sweep(short, [2, 4], days=1500, confidence=0.999)
    exact = exact_sweep(short, [2, 4])
    assert disagreements(result, exact) == []
    long_run = values(replace(short, day=Day(length_s=1e6, warm_up_s=1e4)), 2)
    found = result.estimate(2, "outbound", "blocking")
    assert found.high < long_run["outbound", "blocking"]


@pytest.mark.parametrize(
    ("floor", "expected"),
    [
        (company_x(), Standing.EXACT),
        (loss_floor(2.0), Standing.EXACT),
        (company_x(by_hand=Lognormal(60.0, 0.5)), Standing.EXPONENTIAL),
        # talk is lognormal, but nobody ever has a conversation
        (company_x(talk=Lognormal(60.0, 0.5)), Standing.EXACT),
        # by-hand is lognormal, but blocked messages are skipped
        (company_x(by_hand=Lognormal(60.0, 0.5), when_blocked="skip"), Standing.EXACT),
        (answering_floor(2, callers(20, 60.0)), Standing.EXACT),
        (answering_floor(2, callers(20, 60.0, patience=Constant(5.0))), Standing.EXPONENTIAL),
        (answering_floor(2, callers(20, 60.0, wrap_up=Constant(5.0))), Standing.EXPONENTIAL),
        (answering_floor(2, callers(20, 60.0, talk=Erlang(60.0, 1))), Standing.EXACT),
        (answering_floor(2, callers(20, 60.0, ivr=Constant(5.0), to_agent=0.0)), Standing.LONG_RUN),
    ],
)
def test_a_value_is_exact_if_all_that_can_happen_is_memoryless(
    floor: Floor, expected: Standing
) -> None:
    assert standing(floor) is expected


def test_a_loss_floor_of_any_law_has_the_long_run_of_its_means() -> None:
    floor = loss_floor(2.0)
    source = replace(floor.sources[0], ivr=Lognormal(60.0, 2.0))  # type: ignore[call-arg]
    found = values(replace(floor, sources=(source,)), 4)
    assert found["calls", "blocking"] == pytest.approx(erlang_b(2.0, 4), rel=1e-9)


def test_a_stream_that_changes_over_the_day_has_no_exact_value() -> None:
    two_rates = Profile((0.0, 36_000.0), (0.01, 0.02))
    assert exact_values(answering_floor(2, callers(20, 60.0, rate=two_rates)), 3) == ()
    campaign = Broadcast(name="jabberdog", pace=1.0, numbers=10, talk=Exponential(60.0))
    assert exact_values(answering_floor(2, campaign), 3) == ()  # type: ignore[arg-type]


def test_a_floor_of_too_many_states_has_no_exact_value() -> None:
    assert exact_values(company_x(), 5, most_states=10) == ()
    assert exact_sweep(company_x(), [1, 2]) != ()


def test_a_sweep_ends_at_the_first_count_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "MOST_STATES", 20)
    # 6 (ports + 1) states with messages by hand: 12, 18, 24
    assert {each.ports for each in exact_sweep(company_x(), [3, 1, 2])} == {1, 2}


def test_a_sweep_gives_what_each_count_gives_by_itself() -> None:
    # What is known from fewer ports is used for more of them.
    counts = [1, 2, 4]
    alone = [value for count in counts for value in exact_values(full_floor(), count)]
    assert alone
    assert list(exact_sweep(full_floor(), counts)) == alone


def full_floor(**keys: Any) -> Floor:
    """Two groups, limits, reservation, recordings: what no published case has."""
    dialer = company_x(agents=("b",), keep_free=1).sources[0]
    recorded = callers(40, 60.0, agents=("a", "b"), patience=Exponential(30.0), record=0.5, limit=2)
    return Floor(
        day=Day(length_s=7200.0),
        agents=(Group(name="a", count=1), Group(name="b", count=1)),
        sources=(dialer, recorded),
    )


def test_limits_groups_reservation_and_recordings_are_simulated_as_they_are_worked_out() -> None:
    floor = full_floor()
    result = sweep(floor, [2, 3, 4], days=400, confidence=0.99)
    exact = exact_sweep(floor, [2, 3, 4])
    assert {each.metric for each in exact} >= {
        "blocking",
        "carried_load",
        "abandonment",
        "missed_recordings",
        "busy_mean",
        "time_congestion",
        "time_dialing",
        "time_talking",
        "time_by_hand",
    }
    assert disagreements(result, exact) == []


def test_a_simulation_that_is_wrong_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_named("simpy")
    wrong = replace(engine, run_day=lambda plan, tape, ports: engine(plan, tape, ports - 1))
    monkeypatch.setattr(blocks, "engine_named", lambda _: wrong)
    floor = company_x()
    found = disagreements(sweep(floor, [3], days=30), exact_values(floor, 3))
    by_metric = {each.estimate.metric: each for each in found}
    assert {"blocking", "busy_mean"} <= set(by_metric)
    told = by_metric["blocking"]
    assert not told.low <= told.exact.value <= told.high
    assert "please report this" in str(told)
    assert "with 3 ports" in str(told)


def test_messages_by_hand_that_take_too_long_are_told() -> None:
    floor = company_x()
    slow = sweep(company_x(by_hand=Exponential(120.0)), [2], days=30)
    found = disagreements(slow, exact_values(floor, 2))
    assert "time_by_hand" in {each.estimate.metric for each in found}


def test_rounding_is_no_disagreement() -> None:
    # Agents who skip messages and have no conversations do nothing but dial: a share of 1.
    floor = company_x(when_blocked="skip")
    ports = range(1, 13)
    assert disagreements(sweep(floor, ports, days=5), exact_sweep(floor, ports)) == []


def test_what_is_worked_out_as_if_it_were_exponential_is_never_a_disagreement() -> None:
    floor = company_x(message=Lognormal(60.0, 3.0), dial=Constant(60.0))
    result = sweep(floor, [2], days=5)
    wrong = [replace(each, value=0.9) for each in exact_values(floor, 2)]
    assert disagreements(result, wrong) == []
