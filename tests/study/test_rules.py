"""The rules that others publish, and the square-root rule, against values worked by hand."""

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from flexports.floor import Floor, Group, Profile, Targets, read_floor
from flexports.laws import Exponential
from flexports.sources.blocked import RETRY, RetryKeys
from flexports.sources.broadcast import Broadcast
from flexports.study.rule import rule_of_thumb
from flexports.study.rules import RULES, Facts, Records, advise, facts_of, records_of
from flexports.study.rules.facts import strictest_blocking
from flexports.study.rules.square_root import Loads, loads_of, root_for, square_root
from flexports.theory import erlang_b_ports
from study.floors_for_studies import MODELS, answering_floor, callers, company_x, loss_floor

RECORDS = Records(peak=10, mean=4.2, deviation=1.5)


def counts(facts: Facts) -> dict[str, int]:
    return {each.rule.key: each.ports for each in advise(facts)}


def peak_floor(**targets: Any) -> Floor:
    return replace(read_floor(MODELS / "company-x-peak.toml"), **targets)


def test_rules_that_look_at_agents() -> None:
    # Five agents: 5/3, 5, 6, 7.5, 10, 15 and 20, rounded up.
    given = counts(facts_of(peak_floor()))
    assert given["one_line_for_three"] == 2
    assert given["one_line_an_agent"] == 5
    assert given["a_fifth_more_than_agents"] == 6
    assert given["three_lines_for_two"] == 8
    assert given["two_lines_an_agent"] == 10
    assert given["three_lines_an_agent"] == 15
    assert given["four_ports_a_seat"] == 20


def test_rules_that_look_at_records() -> None:
    # 4.2 + 1.5 = 5.7; the peak of 10, 12 and 15.
    given = counts(facts_of(peak_floor(), records=RECORDS))
    assert given["mean_and_a_deviation"] == 6
    assert given["peak_of_records"] == 10
    assert given["a_fifth_above_peak"] == 12
    assert given["half_above_peak"] == 15


def test_without_records_the_rules_that_need_them_say_nothing() -> None:
    given = counts(facts_of(peak_floor()))
    assert not {"mean_and_a_deviation", "peak_of_records", "half_above_peak"} & set(given)


def test_the_rule_of_thumb_stands_among_them_in_its_readings() -> None:
    given = counts(facts_of(peak_floor()))
    assert (given["bare_minimum"], given["plus_two"], given["port_an_agent_plus_two"]) == (5, 7, 7)


def test_records_are_those_of_an_unlimited_pool() -> None:
    # Half of the time no port, 0.3 of it one, 0.2 of it two: mean 0.7, variance 1.1 - 0.49.
    tally: Any = SimpleNamespace(busy=SimpleNamespace(ticks=np.array([5, 3, 2]), peak=2))
    records = Records.of(tally)
    assert records.peak == 2
    assert records.mean == pytest.approx(0.7)
    assert records.deviation == pytest.approx(0.61**0.5)


def test_records_of_poisson_calls_have_the_variance_of_their_mean() -> None:
    records = records_of(loss_floor(4.0), seed=1)
    assert records.mean == pytest.approx(4.0, rel=0.05)
    assert records.deviation == pytest.approx(2.0, rel=0.05)
    assert records.peak > 10


@pytest.mark.parametrize("blocking", [0.001, 0.01, 0.05])
def test_erlang_b_takes_the_load_of_the_rule_of_thumb(blocking: float) -> None:
    assert counts(facts_of(loss_floor(7.5), blocking))["erlang_b"] == erlang_b_ports(7.5, blocking)


@pytest.mark.parametrize(
    ("load_erl", "blocking", "recall", "lines"),
    # The examples of Westbay Engineers' calculator and manual.
    [(5.5, 0.03, 0.5, 11), (35.0, 0.03, 0.6, 44), (100.0, 0.025, 0.5, 113)],
)
def test_extended_erlang_b(load_erl: float, blocking: float, recall: float, lines: int) -> None:
    facts = replace(facts_of(loss_floor(load_erl), blocking), recall=recall)
    assert counts(facts)["extended"] == lines


def test_the_recall_is_the_mean_over_the_load() -> None:
    # 60 an hour of 180 s are 3 erlangs that come again with 0.8, and 20 an hour are 1 that do not.
    again = callers(
        60, 180.0, when_blocked=RETRY, retry=RetryKeys(probability=0.8, delay=Exponential(60.0))
    )
    floor = answering_floor(5, again, callers(20, 180.0, name="other"))
    assert facts_of(floor).recall == pytest.approx(0.8 * 3 / 4)


def test_the_target_is_the_strictest_of_the_floor() -> None:
    assert strictest_blocking(peak_floor()) == 0.01
    assert strictest_blocking(peak_floor(targets=Targets(blocking=0.05))) == 0.05
    assert strictest_blocking(peak_floor(targets=Targets(blocking={"toll-free": 0.0}))) == 0.01


def test_every_rule_says_who_publishes_it_and_has_a_name_of_its_own() -> None:
    assert all(rule.published for rule in RULES)
    assert len({rule.name for rule in RULES}) == len({rule.key for rule in RULES}) == len(RULES)


# ---- The square-root rule


@pytest.mark.parametrize(
    ("blocking", "ports"),
    # Callers of 20.8 x 191 / 3600 = 1.1036 erlangs leave 1 - 1.25 x 1.1036 / 5 = 0.7241 of the
    # agents to dial: 1.1036 + 2 x 0.7241 = 2.552 erlangs, with a root of 1.597.
    # 2.552 + 3 x 1.597 + 2 = 9.34, with 1.75 in place of 3 it is 7.35, with 0.65 it is 5.59.
    [(0.001, 10), (0.01, 8), (0.05, 6)],
)
def test_the_square_root_rule_on_company_x_at_its_peak(blocking: float, ports: int) -> None:
    assert square_root(facts_of(peak_floor(), blocking)) == ports


def test_what_dialing_adds_counts_for_the_agents_whom_callers_leave_free() -> None:
    # 4 agents, 2 erlangs of callers: 1 - 1.25 x 2 / 4 = 0.375 of 10 erlangs, and 3 of other things.
    loads = Loads(agents=4, dialed_erl=10.0, callers_erl=2.0, other_erl=3.0, spread_erl=0.0)
    assert loads.load_erl() == pytest.approx(0.375 * 10 + 3)


def test_more_callers_than_agents_leave_nobody_to_dial() -> None:
    loads = Loads(agents=4, dialed_erl=10.0, callers_erl=5.0, other_erl=5.0, spread_erl=0.0)
    assert loads.load_erl() == 5.0


def test_a_floor_without_agents_has_the_load_of_its_calls() -> None:
    # 4 + 1.75 x 2 + 2 = 9.5
    assert square_root(facts_of(loss_floor(4.0), 0.01)) == 10


def test_recordings_of_a_dialers_conversations_count_with_its_dials() -> None:
    floor = read_floor(MODELS / "company-x.toml")
    recorded: Any = replace(floor.sources[0], record=0.5)  # type: ignore[call-arg]
    rule = rule_of_thumb(replace(floor, sources=(recorded,)))
    loads = loads_of(rule, 5)
    assert loads.dialed_erl == pytest.approx(rule.load_erl)
    assert loads.other_erl == 0


def test_days_that_differ_add_their_spread() -> None:
    # 60 and 20 an hour of 180 s: 3 and 1 erlangs, each with a spread of 0.2 of its own, and 0.1 of
    # their sum in common: the square root of 0.36 + 0.04 + 0.16.
    one, other = callers(60, 180.0, day_cv=0.2), callers(20, 180.0, name="other", day_cv=0.2)
    floor = answering_floor(5, one, other)
    common = replace(floor, day=replace(floor.day, day_cv=0.1))
    assert loads_of(rule_of_thumb(floor), 5).spread_erl == pytest.approx(0.4**0.5)
    assert loads_of(rule_of_thumb(common), 5).spread_erl == pytest.approx(0.56**0.5)


def test_a_campaign_adds_no_spread() -> None:
    campaign = Broadcast(name="jabberdog", agents=("sales",), pace=1.0, numbers=1000, day_cv=0.3)
    floor = Floor(agents=(Group(name="sales", count=5),), sources=(campaign,))
    loads = loads_of(rule_of_thumb(floor), 5)
    assert loads.spread_erl == 0
    assert loads.callers_erl > 0


def test_between_targets_the_root_goes_with_their_logarithm() -> None:
    assert root_for(0.01) == 1.75
    assert root_for(0.001 * 10**0.5) == pytest.approx((3.0 + 1.75) / 2)
    assert root_for(1e-6) == 3.0
    assert root_for(0.3) == 0.65


def test_stricter_targets_and_more_callers_never_take_fewer_ports() -> None:
    for agents in (2, 10, 100):
        floor = answering_floor(agents, callers(10.0 * agents, 180.0))
        asked = [square_root(facts_of(floor, blocking)) for blocking in (0.05, 0.01, 0.001)]
        assert asked == sorted(asked)
    more = [square_root(facts_of(loss_floor(float(load)), 0.01)) for load in range(1, 30)]
    assert more == sorted(more)


def test_a_floor_that_uses_no_port_needs_none_by_the_square_root_rule() -> None:
    assert square_root(facts_of(Floor())) == 0


def test_erlang_b_on_the_mended_load_needs_no_more_than_on_that_of_the_rule() -> None:
    given = counts(facts_of(peak_floor(), 0.01))
    assert given["erlang_b_on_that_load"] == erlang_b_ports(2.574, 0.01) <= given["erlang_b"]


def test_who_only_dials_has_the_load_of_the_rule_of_thumb() -> None:
    floor = company_x()
    assert loads_of(rule_of_thumb(floor), 5).load_erl() == pytest.approx(2.0)


def test_ratios_are_exact() -> None:
    # 1.2 x 5 is 6.0 in decimals, and may be a little more in binary.
    floor = Floor(agents=(Group(name="sales", count=5 * 10**5),), sources=())
    assert counts(facts_of(floor))["a_fifth_more_than_agents"] == Fraction(6, 5) * 5 * 10**5


def test_the_busiest_rate_counts() -> None:
    profile = Profile((0.0, 10 * 3600.0), (10 / 3600, 60 / 3600))
    floor = answering_floor(5, replace(callers(1, 180.0), rate=profile))
    assert facts_of(floor).load_erl == pytest.approx(3.0)
