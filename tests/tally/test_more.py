"""Waits for a port, calls that come back, leads, lines of their own: days counted by hand."""

from __future__ import annotations

from dataclasses import replace

from flexports.flows import ANSWERED, LOST
from flexports.tally import TICKS_PER_S, Tally, tally_day
from tally.more_by_hand import (
    CALLERS,
    FAX,
    LEADS,
    PLAN,
    day,
    dialed,
    fax,
    skipped,
    stale_without_agent,
    stale_without_port,
    talk,
    tried,
)

S = TICKS_PER_S


def tallied(*calls: list[float], ports: int = 3, warm_up_s: float = 0.0) -> Tally:
    return tally_day(PLAN, day(*calls), ports, warm_up_s=warm_up_s, within_s=5.0)


def of(tally: Tally, source: int, *names: str) -> list[int]:
    return [tally.sources[source].sum(name) for name in names]


# ---- Blocked, and how long calls go without a port


def test_who_has_to_wait_for_a_port_was_blocked() -> None:
    # One gets it at once, one after 3 s, one never.
    tally = tallied(
        dialed(0, 10, 10, 10, 14, 20), dialed(1, 10, 13, 13, 17, 25), stale_without_port(2, 10, 40)
    )
    assert of(tally, LEADS, "offered", "blocked") == [3, 2]


def test_waits_for_a_port_count_for_all_who_wanted_one() -> None:
    # 0 s; 3 s; and 30 s of one that gave up: 33 s of 3 leads.
    tally = tallied(
        dialed(0, 10, 10, 10, 14, 20), dialed(1, 10, 13, 13, 17, 25), stale_without_port(2, 10, 40)
    )
    assert of(tally, LEADS, "fresh", "port_wait_ticks") == [3, 33 * S]
    counts = tally.durations[LEADS]["port_wait"]
    assert int(counts.counts[0]) == 1
    assert int(counts.counts[-1]) == 3


def test_a_caller_who_comes_back_waits_from_his_first_attempt() -> None:
    # Tries at 10, 25 and 40 s and gets a port then: 30 s. Another at 50 and 62 s, in vain: 12 s.
    tally = tallied(
        *tried(0, 10, 25, 40, then=ANSWERED, **talk(40, 55)), *tried(1, 50, 62, then=LOST)
    )
    assert of(tally, CALLERS, "offered", "blocked", "fresh", "lost") == [5, 4, 2, 1]
    assert of(tally, CALLERS, "retries", "port_wait_ticks") == [3, 42 * S]


def test_a_call_waits_within_the_span_if_it_first_tried_there() -> None:
    # The first call tried before the warm-up ended: its second attempt is offered, its wait is not.
    tally = tallied(
        *tried(0, 10, 25, then=ANSWERED, **talk(25, 40)), *tried(1, 30, 33, then=LOST), warm_up_s=20
    )
    assert of(tally, CALLERS, "offered", "fresh", "retries") == [3, 1, 2]
    assert of(tally, CALLERS, "port_wait_ticks") == [3 * S]


# ---- Leads


def test_a_lead_whom_nobody_reaches_was_answered_by_the_agent_who_dialed() -> None:
    # One dialed, one stale while holding: no talks.
    tally = tallied(dialed(0, 10, 10, 12, 16, 20), stale_without_agent(1, 20, 20, 50))
    assert of(tally, LEADS, "asked", "answered", "abandoned") == [2, 1, 1]
    assert of(tally, LEADS, "talks", "talk_ticks") == [0, 0]
    assert of(tally, LEADS, "hold_ticks", "hold_answered_ticks") == [32 * S, 2 * S]


def test_only_a_lead_that_never_got_a_port_was_lost_for_want_of_one() -> None:
    tally = tallied(stale_without_port(0, 10, 40), stale_without_agent(1, 20, 22, 50))
    assert of(tally, LEADS, "stale", "lost") == [2, 1]


def test_speed_to_lead_is_from_its_arrival_to_the_dial() -> None:
    # 16 - 10 = 6 s, and 45 - 30 = 15 s; two without a dial, one of them without any action.
    tally = tallied(
        dialed(0, 10, 10, 12, 16, 20),
        dialed(1, 30, 35, 41, 45, 60),
        stale_without_port(2, 10, 40),
        skipped(3, 50),
    )
    names = ("leads", "skipped", "acted_on", "stale", "dialed", "speed_to_lead_ticks")
    assert of(tally, LEADS, *names) == [4, 1, 3, 1, 2, 21 * S]
    assert int(tally.durations[LEADS]["speed_to_lead"].counts[-1]) == 2


def test_a_lead_of_the_warm_up_does_not_count_though_it_is_dialed_later() -> None:
    tally = tallied(dialed(0, 10, 10, 30, 34, 40), skipped(1, 19), skipped(2, 20), warm_up_s=20)
    names = ("leads", "skipped", "dialed", "speed_to_lead_ticks")
    assert of(tally, LEADS, *names) == [1, 1, 0, 0]


# ---- Lines of their own


def test_lines_of_its_own_are_no_ports() -> None:
    # Faxes over [0, 30) and [10, 20), and one that waits from 12 to 20 and takes until 40.
    tally = tallied(fax(0, 0, 0, 30), fax(1, 10, 10, 20), fax(2, 12, 20, 40), ports=1)
    assert tally.busy.ticks.tolist() == [100 * S]
    assert [tally.ports.sum(name) for name in ("full_ticks", "legs")] == [0, 0]
    assert of(tally, FAX, "carried_ticks", "legs", "leg_ticks") == [60 * S, 3, 60 * S]
    assert of(tally, FAX, "offered", "blocked", "port_wait_ticks") == [3, 1, 8 * S]


def test_a_recording_holds_a_flex_port_whatever_its_call_holds() -> None:
    # As if callers had lines of their own: the line from 10 to 40 is none of the flex ports.
    plan = replace(PLAN, lines=(replace(PLAN.lines[CALLERS], own_lines=5), *PLAN.lines[1:]))
    recorded = tried(0, 10, then=ANSWERED, **talk(10, 40), recorded=1.0)
    tally = tally_day(plan, day(*recorded), 3)
    assert tally.busy.ticks.tolist() == [70 * S, 30 * S]
    assert of(tally, CALLERS, "carried_ticks", "recordings") == [30 * S, 1]


def test_time_on_ports_is_that_of_the_sources_without_lines_of_their_own() -> None:
    tally = tallied(fax(0, 0, 0, 30), dialed(0, 10, 13, 13, 17, 25), skipped(1, 20))
    assert of(tally, LEADS, "carried_ticks") == [tally.ports.sum("busy_ticks")] == [12 * S]
