"""The rule of thumb: the published arithmetic, and the same on other floors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flexports.floor import Floor, read_floor
from flexports.floor.source import Source
from flexports.sources.kind import Need
from flexports.study.rule import rule_of_thumb
from flexports.theory import erlang_b
from study.floors_for_studies import MODELS, answering_floor, callers, company_x, loss_floor


def test_company_x_needs_two_ports_for_its_messages_and_three_would_be_safer() -> None:
    # 5 agents x 0.4 messages a dial x 44.14 s a message / 44.14 s a dial = 2 erlangs
    (line,) = rule_of_thumb(read_floor(MODELS / "company-x.toml")).lines
    assert line.use.load_erl == pytest.approx(2.0)
    assert (line.ports, line.safer) == (2, 3)


def test_company_x_at_its_peak_needs_two_and_three_and_two_make_seven() -> None:
    # Callers: 20.8 an hour x 191 s = 1.1036 erlangs of talk: 2 ports, and one more, so that no
    # caller waits. 2 + 3 = 5, the bare minimum, and 5 + 2 = 7.
    rule = rule_of_thumb(read_floor(MODELS / "company-x-peak.toml"))
    assert [line.ports for line in rule.lines] == [2, 3]
    assert rule.lines[1].use.load_erl == pytest.approx(20.8 / 3600 * 191)
    assert rule.bare_minimum == 5
    assert rule.ports == 7


def test_a_port_for_each_agent_less_those_of_messages_is_the_same_minimum() -> None:
    # 2 for messages, and 5 - 2 = 3 for callers
    assert rule_of_thumb(read_floor(MODELS / "company-x-peak.toml")).one_port_an_agent == 5


def test_without_callers_both_readings_are_one() -> None:
    rule = rule_of_thumb(read_floor(MODELS / "company-x.toml"))
    assert rule.one_port_an_agent == rule.bare_minimum == 2
    assert rule.ports == 4


def test_a_load_that_rounding_leaves_above_a_whole_number_needs_no_more_ports() -> None:
    # 0.1 + 0.2 erlangs, ten times: 3.0000000000000004 in floating point
    load_erl = 10 * (0.1 + 0.2)
    assert load_erl > 3
    (line,) = rule_of_thumb(loss_floor(load_erl)).lines
    assert line.ports == 3 + 1


@pytest.mark.parametrize(("per_hour", "ports"), [(10, 2), (20, 2), (20.1, 3), (60, 4), (61, 5)])
def test_callers_need_their_load_rounded_up_and_one_more(per_hour: float, ports: int) -> None:
    # talks of 180 s: 20 an hour are 1 erlang
    (line,) = rule_of_thumb(answering_floor(5, callers(per_hour, 180.0))).lines
    assert line.use.need is Need.CALLERS
    assert line.ports == line.safer == ports


def test_recordings_need_their_load_rounded_up() -> None:
    # 60 an hour of 180 s are 3 erlangs; half of them recorded: 1.5, so 2 ports
    lines = rule_of_thumb(answering_floor(5, callers(60, 180.0, record=0.5))).lines
    assert [(line.use.need, line.ports) for line in lines] == [
        (Need.CALLERS, 4),
        (Need.RECORDINGS, 2),
    ]


def test_the_ivr_and_the_share_that_wants_an_agent_count() -> None:
    # 60 an hour x (30 s + 0.5 x 180 s) = 2 erlangs
    half = callers(60, 180.0, to_agent=0.5, ivr=callers(60, 30.0).talk, record=1.0)
    calls, recordings = rule_of_thumb(answering_floor(5, half)).lines
    assert calls.use.load_erl == pytest.approx(2.0)
    assert recordings.use.load_erl == pytest.approx(1.5)


def test_conversations_of_a_dialer_that_are_recorded_count() -> None:
    floor = read_floor(MODELS / "company-x.toml")
    recorded: Source = replace(floor.sources[0], record=0.5)  # type: ignore[call-arg]
    messages, recordings = rule_of_thumb(replace(floor, sources=(recorded,))).lines
    # 5 agents x 0.17 x 0.5 x 122 s / 44.14 s = 1.175 erlangs
    assert messages.ports == 2
    assert recordings.use.load_erl == pytest.approx(5 * 0.17 * 0.5 * 122 / 44.14)
    assert recordings.ports == 2


def test_the_closed_form_beside_the_rule_takes_all_its_load_for_poisson() -> None:
    rule = rule_of_thumb(company_x())
    assert rule.load_erl == pytest.approx(2.0)
    assert rule.blocking_by_erlang_b(4) == pytest.approx(erlang_b(2.0, 4))
    # B(2, 6) = 0.0121 and B(2, 7) = 0.0034
    assert rule.ports_by_erlang_b(0.01) == 7


def test_every_line_says_where_its_load_comes_from() -> None:
    rule = rule_of_thumb(read_floor(MODELS / "jabberdog.toml"))
    assert [line.source for line in rule.lines] == ["outbound", "jabberdog", "jabberdog"]
    assert all("x" in line.use.arithmetic for line in rule.lines)
    assert list(rule.table.columns[:3]) == ["source", "use", "load_erl"]
    assert len(rule.table) == 3


def test_a_floor_that_uses_no_port_needs_the_margin_alone() -> None:
    assert rule_of_thumb(Floor()).ports == 2
