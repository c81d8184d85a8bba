"""Which metrics there are, and their values on days typed by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from flexports.engine.outcomes import MISSED, RECORDED, DayOutcomes
from flexports.estimates import Estimate, estimate
from flexports.flows import BY_HAND, DIALING, TALKING, ReleasePort, Work
from flexports.tally import Tally, tally_day
from tally.by_hand import PLAN, blocked, by_hand, carried, day, gave_up, message, no_answer, work

ONE = day(
    message(0, 0, 10, 40),
    by_hand(1, 50, 60),
    no_answer(2, 80),
    carried(0, 10, 10, 40, recorded=RECORDED),
    carried(1, 20, 26, 56, recorded=MISSED),
    blocked(2, 35),
    gave_up(3, 60, 70),
    work=(work(0, DIALING, 0, 10), work(0, BY_HAND, 60, 90), work(1, TALKING, 10, 50)),
)
OTHER = day(
    message(0, 0, 5, 15),
    carried(0, 50, 52, 60),
    work=(work(0, DIALING, 0, 5), work(1, TALKING, 52, 60)),
)


def tallied(*outcomes: DayOutcomes, ports: int = 4) -> Tally:
    first, *others = (tally_day(PLAN, day, ports, within_s=5.0) for day in outcomes)
    return sum(others, start=first)


def found(tally: Tally) -> dict[tuple[str, str], Estimate]:
    return {(one.source, one.metric): one for one in estimate(tally)}


TOLL_FREE = {
    # 4 and 1 calls in two days of 100 s; of 5, 1 is blocked and lost.
    "offered": (2.5, "per day"),
    "blocking": (1 / 5, "share"),
    "lost": (1 / 5, "share"),
    # 30 + its recording 30, 36, 10; 10: 116 s of port time in 200 s.
    "carried_load": (116 / 200, "ports"),
    # 3 answered, 1 gave up; holds 0, 6, 2 and 10 s.
    "answered": (1.5, "per day"),
    "abandonment": (1 / 4, "share"),
    "hold_mean": (18 / 4, "s"),
    "hold_mean_answered": (8 / 3, "s"),
    "service_level": (2 / 4, "share"),
    "missed_recordings": (1 / 2, "share"),
}
OUTBOUND = {
    "offered": (1.5, "per day"),
    "blocking": (1 / 3, "share"),
    "lost": (0.0, "share"),
    "carried_load": (40 / 200, "ports"),
    "dials": (2.0, "per day"),
    "by_hand": (1 / 3, "share"),
}
PORTS = {
    "busy_mean": (156 / 200, "ports"),
    # On the first day 4 at once (a message, a call, its recording, another call), then 1.
    "busy_peak": (2.5, "ports"),
    "time_congestion": (20 / 200, "share"),
    "utilisation": (156 / 800, "share"),
    # Once, on the first day: from 20 s to 40 s.
    "full_spells": (1 / 2, "per day"),
    "full_spell_mean": (20.0, "s"),
}
SALES = {
    # Of 2 agents x 200 s.
    "time_dialing": (15 / 400, "share"),
    "time_talking": (48 / 400, "share"),
    "time_wrapping_up": (0.0, "share"),
    "time_by_hand": (30 / 400, "share"),
    "time_idle": (307 / 400, "share"),
    "time_locked_out": (0.0, "share"),
}
EXPECTED = {
    (source, metric): expected
    for source, metrics in {
        "toll-free": TOLL_FREE,
        "outbound": OUTBOUND,
        "ports": PORTS,
        "sales": SALES,
    }.items()
    for metric, expected in metrics.items()
}


@pytest.mark.parametrize(("of", "expected"), EXPECTED.items(), ids=map("-".join, EXPECTED))
def test_values_by_hand(of: tuple[str, str], expected: tuple[float, str]) -> None:
    one = found(tallied(ONE, OTHER))[of]
    assert (one.value, one.unit) == (pytest.approx(expected[0]), expected[1])


def test_all_metrics_stand_in_the_order_of_the_tables() -> None:
    of_ports = ["offered", "blocking", "lost", "carried_load"]
    quantiles = ["hold_p50", "hold_p90", "hold_p95", "hold_p99"]
    of_agents = ["answered", "abandonment", "hold_mean", *quantiles]
    of_agents += ["hold_mean_answered", "service_level"]
    expected = [("outbound", metric) for metric in [*of_ports, "dials", "by_hand"]]
    expected += [("toll-free", metric) for metric in [*of_ports, *of_agents, "missed_recordings"]]
    expected += [("ports", metric) for metric in PORTS] + [("sales", metric) for metric in SALES]
    assert list(found(tallied(ONE, OTHER))) == expected


def test_which_metrics_there_are_does_not_depend_on_what_happened() -> None:
    assert list(found(tallied(ONE, OTHER))) == list(found(tallied(day(), day())))


def test_an_activity_of_a_kinds_own_is_shown_with_the_teams_that_may_do_it() -> None:
    support = replace(PLAN.teams[0], name="support", first=2, dials=None)
    inbound = PLAN.lines[1]
    own = replace(inbound, flow=(Work("typing", "typing"), ReleasePort(), *inbound.flow))
    plan = replace(PLAN, lines=(PLAN.lines[0], own), teams=(*PLAN.teams, support))
    rows = [one for one in estimate(tally_day(plan, day(), 4)) if one.metric == "time_typing"]
    assert [row.source for row in rows] == ["sales"]


@pytest.mark.parametrize("outcomes", [(ONE, OTHER), (ONE, ONE), (OTHER, OTHER), (day(), day())])
def test_every_interval_is_wide_and_contains_its_value(outcomes: tuple[DayOutcomes, ...]) -> None:
    for one in estimate(tallied(*outcomes)):
        if not math.isnan(one.value):
            assert one.low <= one.value <= one.high, one
            assert one.low < one.high, one
            assert one.low >= 0.0, one
            assert one.unit != "share" or one.high <= 1.0, one


def test_shares_and_holds_of_no_calls_are_not_numbers_and_keep_their_units() -> None:
    nothing = found(tallied(day(), day()))
    for metric in ("blocking", "lost", "abandonment", "hold_mean", "hold_p95", "service_level"):
        one = nothing["toll-free", metric]
        assert all(map(math.isnan, (one.value, one.low, one.high, one.relative_half_width)))
        assert one.unit == EXPECTED.get(("toll-free", metric), (0, "s"))[1]


def test_one_day_has_values_and_no_intervals() -> None:
    for one in estimate(tallied(ONE)):
        assert not math.isnan(one.value)
        assert math.isnan(one.low)
        assert math.isnan(one.high)


def test_calls_that_never_came_may_have_gone_unseen() -> None:
    # None in two days: fewer than -ln(0.025) = 3.69 in two days are expected.
    one = found(tallied(day(), day()))["toll-free", "offered"]
    assert (one.value, one.low, one.high) == (0.0, 0.0, pytest.approx(3.689 / 2, rel=1e-3))


def test_a_full_pool_that_was_never_seen_may_have_lasted_for_some_holdings() -> None:
    # Each day one message of 10 s and one call of 10 s: 3.69 spells of 10 s in 200 s.
    one = found(tallied(OTHER, OTHER))["ports", "time_congestion"]
    assert (one.value, one.high) == (0.0, pytest.approx(3.689 * 10 / 200, rel=1e-3))


def test_where_nobody_held_some_may_have_held_for_a_talk() -> None:
    # One call a day, talks of 30 s. None of 2 holds: 1 - 0.025**(4 / 2) of them may have.
    same = day(carried(0, 10, 10, 40))
    one = found(tallied(same, same))["toll-free", "hold_mean"]
    assert (one.value, one.low) == (0.0, 0.0)
    assert one.high == pytest.approx((1 - 0.025**2) * 30)


def test_an_activity_that_was_never_seen_may_have_filled_some_days() -> None:
    # The share of days of which two may show none: 1 - 0.025**(1 / 2).
    one = found(tallied(OTHER, OTHER))["sales", "time_by_hand"]
    assert (one.value, one.high) == (0.0, pytest.approx(1 - 0.025**0.5))


def test_the_peak_is_never_above_the_port_count() -> None:
    busy = day(*[message(n, 0, 10, 20) for n in range(4)])
    one = found(tallied(busy, busy, OTHER))["ports", "busy_peak"]
    assert one.value == pytest.approx(3.0)
    assert one.high == 4.0


def test_the_mean_in_use_is_the_share_in_use_of_all_ports() -> None:
    estimates = found(tallied(ONE, OTHER))
    busy, share = estimates["ports", "busy_mean"], estimates["ports", "utilisation"]
    assert (busy.value, busy.low, busy.high) == pytest.approx(
        (4 * share.value, 4 * share.low, 4 * share.high)
    )


def test_a_floor_without_ports_is_not_an_error() -> None:
    one = found(tallied(day(blocked(0, 10)), day(blocked(0, 20)), ports=0))
    assert one["ports", "time_congestion"].value == 1.0
    assert math.isnan(one["ports", "utilisation"].value)


def test_a_higher_confidence_widens_every_interval_that_is_not_at_an_end() -> None:
    narrow, wide = (estimate(tallied(ONE, OTHER), confidence=level) for level in (0.8, 0.99))
    for one, other in zip(narrow, wide, strict=True):
        assert other.low <= one.low
        assert other.high >= one.high


def test_relative_half_widths() -> None:
    one = Estimate("toll-free", "blocking", "share", 0.5, 0.4, 0.7)
    assert one.half_width == pytest.approx(0.15)
    assert one.relative_half_width == pytest.approx(0.3)
    assert replace(one, value=0.0, low=0.0).relative_half_width == math.inf
    assert math.isnan(replace(one, value=math.nan, low=math.nan).relative_half_width)
