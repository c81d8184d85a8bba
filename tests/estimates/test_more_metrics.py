"""Waits for a port, leads, lines of their own, groups on shifts, spells: values worked by hand."""

from __future__ import annotations

import math

import pytest

from flexports.engine.outcomes import DayOutcomes
from flexports.estimates import Estimate, estimate
from flexports.flows import ANSWERED, LOCKED_OUT, LOST, RINGING, TALKING
from flexports.tally import Tally, tally_day
from tally import by_hand
from tally.more_by_hand import (
    PLAN,
    day,
    dialed,
    fax,
    skipped,
    stale_without_agent,
    stale_without_port,
    talk,
    tried,
    work,
)

ONE = day(
    *tried(0, 10, 20, then=ANSWERED, **talk(20, 30)),
    *tried(1, 12, then=LOST),
    dialed(0, 10, 10, 12, 16, 20),
    stale_without_port(1, 10, 40),
    stale_without_agent(2, 20, 26, 50),
    skipped(3, 30),
    fax(0, 0, 0, 30),
    fax(1, 10, 10, 20),
    fax(2, 12, 20, 40),
    work=(work(0, LOCKED_OUT, 0, 16), work(1, TALKING, 20, 30), work(2, RINGING, 12, 16)),
)
OTHER = day(dialed(0, 10, 10, 10, 24, 30), *tried(0, 50, then=ANSWERED, **talk(50, 70)))


def found(*outcomes: DayOutcomes, ports: int = 2) -> dict[tuple[str, str], Estimate]:
    tallies = [tally_day(PLAN, each, ports, within_s=5.0) for each in outcomes]
    tally: Tally = sum(tallies[1:], start=tallies[0])
    return {(one.source, one.metric): one for one in estimate(tally)}


EXPECTED = {
    # 4 attempts of 3 callers: the first found none, came back 10 s later, and got one; one is lost.
    ("callers", "offered"): (2.0, "per day"),
    ("callers", "blocking"): (2 / 4, "share"),
    ("callers", "lost"): (1 / 3, "share"),
    ("callers", "port_wait_mean"): (10 / 3, "s"),
    ("callers", "retries"): (1 / 2, "per day"),
    # 5 leads; one gets no action; of the other 4, one waits in vain for a port (30 s), one for 6 s.
    ("leads", "offered"): (2.0, "per day"),
    ("leads", "blocking"): (2 / 4, "share"),
    ("leads", "lost"): (1 / 4, "share"),
    ("leads", "answered"): (1.0, "per day"),
    # Of the 3 that held for an agent, for 2, 24 and 0 s, one was never taken.
    ("leads", "abandonment"): (1 / 3, "share"),
    ("leads", "hold_mean"): (26 / 3, "s"),
    ("leads", "hold_mean_answered"): (1.0, "s"),
    ("leads", "service_level"): (2 / 3, "share"),
    ("leads", "speed_to_lead_mean"): ((6 + 14) / 2, "s"),
    ("leads", "stale"): (2 / 4, "share"),
    ("leads", "actions_skipped"): (1 / 5, "share"),
    ("leads", "port_wait_mean"): (36 / 4, "s"),
    ("leads", "retries"): (0.0, "per day"),
    # 30 + 10 + 20 s of lines in 200 s; one of 3 faxes waits, for 8 s.
    ("fax", "carried_load"): (60 / 200, "lines"),
    ("fax", "blocking"): (1 / 3, "share"),
    ("fax", "port_wait_mean"): (8 / 3, "s"),
    # Ports: callers 10 + 20, leads 10 + 24 + 20 s of 200; no fax. Two at once over [26, 30).
    ("ports", "busy_mean"): (84 / 200, "ports"),
    ("ports", "time_congestion"): (4 / 200, "share"),
    ("ports", "full_spells"): (1 / 2, "per day"),
    ("ports", "full_spell_mean"): (4.0, "s"),
    # Sales: 2 agents x 80 s on two days. Support: 20 s on each.
    ("sales", "time_talking"): (10 / 320, "share"),
    ("sales", "time_idle"): (294 / 320, "share"),
    ("sales", "time_locked_out"): (16 / 320, "share"),
    ("support", "time_ringing"): (4 / 40, "share"),
    ("support", "time_idle"): (36 / 40, "share"),
    ("support", "time_locked_out"): (0.0, "share"),
}


@pytest.mark.parametrize(("of", "expected"), EXPECTED.items(), ids=map("-".join, EXPECTED))
def test_values_by_hand(of: tuple[str, str], expected: tuple[float, str]) -> None:
    one = found(ONE, OTHER)[of]
    assert (one.value, one.unit) == (pytest.approx(expected[0]), expected[1])


def test_quantiles_are_of_all_who_waited_or_were_dialed() -> None:
    # To within a bin of 1 %: of waits 0, 6, 30 and 0 s, p95 lies in the bin of 30 s.
    estimates = found(ONE, OTHER)
    assert estimates["leads", "port_wait_p95"].value == pytest.approx(30, rel=0.01)
    assert estimates["leads", "speed_to_lead_p90"].value == pytest.approx(14, rel=0.01)


def metrics(source: str) -> list[str]:
    return [metric for name, metric in found(day(), day()) if name == source]


def test_the_new_metrics_stand_behind_the_others() -> None:
    waits = ["port_wait_mean", "port_wait_p95", "retries"]
    leads = ["speed_to_lead_mean", "speed_to_lead_p90", "stale", "actions_skipped"]
    assert metrics("callers")[-6:] == ["missed_recordings", "dials", "by_hand", *waits]
    assert metrics("leads")[-8:] == ["service_level", *leads, *waits]
    assert metrics("fax") == ["offered", "blocking", "lost", "carried_load", *waits]
    assert metrics("ports")[-2:] == ["full_spells", "full_spell_mean"]
    assert metrics("support")[-2:] == ["time_idle", "time_locked_out"]


@pytest.mark.parametrize("outcomes", [(ONE, OTHER), (ONE, ONE), (OTHER, OTHER), (day(), day())])
def test_every_interval_is_wide_and_contains_its_value(outcomes: tuple[DayOutcomes, ...]) -> None:
    for one in found(*outcomes).values():
        if not math.isnan(one.value):
            assert 0.0 <= one.low <= one.value <= one.high, one
            assert one.low < one.high, one


def test_where_no_call_waited_some_may_have_for_as_long_as_a_port_is_held() -> None:
    # A lead a day with a port for 20 s; 1 - 0.025**(4 / 2) of two may have waited.
    same = day(dialed(0, 10, 10, 10, 24, 30))
    one = found(same, same)["leads", "port_wait_mean"]
    assert (one.value, one.high) == (0.0, pytest.approx((1 - 0.025**2) * 20))


def test_where_no_fax_waited_some_may_have_for_as_long_as_a_line_is_held() -> None:
    # Lines for 30 s, and leads on ports for 20 s, which faxes have nothing to do with.
    same = day(fax(0, 0, 0, 30), dialed(0, 10, 10, 10, 24, 30))
    one = found(same, same)["fax", "port_wait_mean"]
    assert (one.value, one.high) == (0.0, pytest.approx((1 - 0.025**2) * 30))


def test_a_group_that_was_never_on_duty_has_no_shares() -> None:
    tallies = [tally_day(PLAN, day(), 2, warm_up_s=50.0) for _ in range(2)]
    shares = [one for one in estimate(tallies[0] + tallies[1]) if one.source == "support"]
    assert shares
    assert all(math.isnan(bound) for one in shares for bound in (one.value, one.low, one.high))


def test_without_a_full_spell_there_is_no_mean_of_them() -> None:
    estimates = found(OTHER, OTHER, ports=9)
    # None in two days: fewer than -ln(0.025) = 3.69 in two days are expected.
    assert estimates["ports", "full_spells"].high == pytest.approx(3.689 / 2, rel=1e-3)
    assert math.isnan(estimates["ports", "full_spell_mean"].value)
    assert math.isnan(estimates["ports", "full_spell_mean"].high)


def test_one_spell_tells_little_of_how_long_they_are() -> None:
    # A single exponential time of 4 s: its mean is between 4 / 3.689 and 4 / 0.02532 s.
    spell = by_hand.day(by_hand.carried(0, 10, 10, 14))
    days = [spell] + [by_hand.day()] * 9
    tallies = [tally_day(by_hand.PLAN, each, 1) for each in days]
    (one,) = (
        each
        for each in estimate(sum(tallies[1:], start=tallies[0]))
        if each.metric == "full_spell_mean"
    )
    assert one.value == 4.0
    assert (one.low, one.high) == pytest.approx((4 / 3.689, 4 / 0.02532), rel=1e-3)
