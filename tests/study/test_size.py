"""The smallest port count that meets the targets, on floors of which the answer is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flexports.floor import ServiceLevel, Targets, read_floor
from flexports.laws import Exponential
from flexports.study.size import Search, size
from flexports.table.answer import answer_sentences
from flexports.theory import erlang_b, erlang_b_ports
from study.floors_for_studies import MODELS, answering_floor, callers, company_x, loss_floor


@pytest.mark.parametrize(
    ("load_erl", "blocking"),
    [
        (0.2, 0.05),  # B(0.2, 1) = 0.167, B(0.2, 2) = 0.0164
        (2.0, 0.01),  # B(2, 6) = 0.0121, B(2, 7) = 0.0034
    ],
)
def test_on_a_loss_floor_the_answer_is_that_of_erlang_b(load_erl: float, blocking: float) -> None:
    answer = size(loss_floor(load_erl, blocking), days=30)
    expected = erlang_b_ports(load_erl, blocking)
    assert answer.ports == expected
    assert erlang_b(load_erl, expected) <= blocking < erlang_b(load_erl, expected - 1)


def test_ten_erlangs_at_two_percent_need_seventeen_ports() -> None:
    # B(10, 16) = 0.0223, B(10, 17) = 0.0129: the case ports-A10-2pct
    answer = size(loss_floor(10.0, 0.02, hours=3.0), days=20)
    assert answer.ports == 17
    # More than twelve are not all tried: those near the answer are, and the rule of thumb's.
    assert answer.sweep.ports[0] > 1
    assert {answer.rule.ports, answer.rule.bare_minimum} <= set(answer.sweep.ports)


def test_every_count_below_the_answer_fails_on_something() -> None:
    answer = size(loss_floor(2.0, 0.01), days=20)
    assert answer.ports is not None
    for one in answer.verdicts:
        assert one.meets_all == (one.ports >= answer.ports)
        if not one.meets_all:
            assert [each.target.metric for each in one.failures] == ["blocking"]
    below = {one.ports: one for one in answer.verdicts}[answer.ports - 2]
    assert below.is_certain
    assert below.wants_ports


def test_an_answer_of_one_port_is_found() -> None:
    answer = size(loss_floor(0.1, 0.2), days=20)  # B(0.1, 1) = 0.091
    assert answer.ports == 1


def test_a_target_that_no_port_count_meets_has_no_answer_and_a_best() -> None:
    # One agent for 2 erlangs, who hold for ever: nobody is answered in 20 s, however many ports.
    floor = answering_floor(
        1,
        callers(40, 180.0),
        targets=Targets(blocking=0.05, service_level=ServiceLevel(share=0.8, within_s=20.0)),
    )
    answer = size(floor, days=20)
    assert answer.ports is None
    failures = {each.target.metric: each for each in answer.verdicts[-1].failures}
    assert failures["service_level"].is_certain
    assert answer.best.ports in answer.sweep.ports


def test_the_best_count_is_the_one_that_misses_the_fewest_targets() -> None:
    # Two agents for 1.5 erlangs, one caller in a thousand may give up. With one port nobody holds,
    # and so few give up; most calls find no port. With many, only agents are short.
    floor = answering_floor(
        2,
        callers(30, 180.0, patience=Exponential(60.0)),
        targets=Targets(blocking=0.05, abandonment=0.0001),
    )
    answer = size(floor, days=20)
    assert answer.ports is None
    assert [each.target.metric for each in answer.best.failures] == ["abandonment"]
    assert max(len(each.failures) for each in answer.verdicts) == 2
    words = answer_sentences(answer)
    assert words[1].startswith(f"The best is {answer.best.ports}: ")
    assert words[2] == "Agents are what is short there, not ports."


def test_an_abandonment_that_agents_must_mend_does_not_call_for_ever_more_ports() -> None:
    floor = answering_floor(
        1,
        callers(40, 180.0, patience=Exponential(30.0)),
        targets=Targets(abandonment=0.01),
    )
    answer = size(floor, days=20)
    assert answer.ports is None
    assert answer.sweep.ports[-1] < 30


def test_a_target_of_nothing_blocked_at_all_cannot_be_shown_to_be_met() -> None:
    answer = size(loss_floor(0.2, blocking=0.0), days=10)
    assert answer.ports is None
    last = answer.verdicts[-1]
    assert not last.is_certain  # nothing was blocked; more days would say so more surely
    assert last.failures[0].estimate.value == 0


def test_targets_by_source_are_those_of_the_source_alone() -> None:
    floor = replace(company_x(), targets=Targets(blocking={"outbound": 0.3}))
    answer = size(floor, days=20)
    # The exact chain of companyx-vm-hand: 0.349 with two ports, 0.181 with three.
    assert answer.ports == 3
    assert [(each.source, each.bound) for each in answer.targets] == [("outbound", 0.3)]


def test_all_targets_of_a_source_count() -> None:
    targets = Targets(
        blocking=0.1,
        abandonment=0.9,
        missed_recordings=0.9,
        service_level=ServiceLevel(share=0.1, within_s=60.0),
    )
    floor = answering_floor(
        3, callers(20, 180.0, record=0.5, patience=Exponential(60.0)), targets=targets
    )
    metrics = [each.metric for each in size(floor, days=10).targets]
    assert metrics == ["blocking", "abandonment", "missed_recordings", "service_level"]


def test_a_precision_and_workers_pass_through() -> None:
    answer = size(loss_floor(0.2, 0.05), days=100, precision=0.5)
    assert answer.sweep.days in (50, 100)


def test_the_same_answer_comes_from_a_file() -> None:
    answer = size(MODELS / "company-x.toml", days=10)
    assert answer.rule.floor == read_floor(MODELS / "company-x.toml")
    assert list(answer.table.columns) == list(answer.sweep.table.columns)


@pytest.mark.parametrize("first", [[20, 21], [5, 6], [1]])
def test_counts_that_do_not_decide_are_followed_by_others(
    first: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever the pilot guessed: below if all counts meet the targets, above if none does.
    monkeypatch.setattr(Search, "_first_counts", lambda _: first)
    answer = size(loss_floor(0.2, 0.05), days=20)
    assert answer.ports == erlang_b_ports(0.2, 0.05) == 2
    assert set(first) < set(answer.sweep.ports)
