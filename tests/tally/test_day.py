"""Days typed by hand and counted by hand. All times are whole seconds, of 2**20 ticks each."""

from __future__ import annotations

import dataclasses

import pytest

from flexports.engine.outcomes import CALL_COLUMNS, MISSED, RECORDED
from flexports.flows import BY_HAND, DIALING, MESSAGE, NO_ANSWER, TALKING, WRAPPING_UP
from flexports.tally import TICKS_PER_S, Tally, tally_day
from tally.by_hand import (
    OUTBOUND,
    PLAN,
    TOLL_FREE,
    blocked,
    by_hand,
    call,
    carried,
    day,
    gave_up,
    message,
    no_answer,
    work,
)

S = TICKS_PER_S
ATTEMPT, OUTCOME = CALL_COLUMNS.index("attempt"), CALL_COLUMNS.index("outcome")


def tallied(
    *calls: list[float], ports: int = 3, warm_up_s: float = 0.0, work: tuple[list[float], ...] = ()
) -> Tally:
    return tally_day(PLAN, day(*calls, work=work), ports, warm_up_s=warm_up_s, within_s=5.0)


def of(tally: Tally, source: int, *names: str) -> list[int]:
    return [tally.sources[source].sum(name) for name in names]


def test_attempts_that_wanted_a_port_are_offered_and_those_without_one_are_blocked() -> None:
    tally = tallied(carried(0, 10, 10, 20), blocked(1, 12), blocked(2, 15))
    assert of(tally, TOLL_FREE, "offered", "blocked", "fresh", "lost") == [3, 2, 3, 2]


def test_a_message_left_by_hand_was_blocked_but_is_not_lost() -> None:
    tally = tallied(message(0, 0, 5, 30), by_hand(1, 6, 12), no_answer(2, 20))
    assert of(tally, OUTBOUND, "offered", "blocked", "lost") == [2, 1, 0]
    assert of(tally, OUTBOUND, "dials", "messages", "by_hand") == [3, 2, 1]


def blocked_twice(number: int, first_s: float, second_s: float) -> list[list[float]]:
    """A call that finds no port, tries again, and is lost."""
    first, second = blocked(number, first_s), blocked(number, second_s)
    first[OUTCOME] = PLAN.outcomes.index(MESSAGE)  # any that does not turn it away for good
    second[ATTEMPT] = 2
    return [first, second]


def test_a_call_is_lost_once_however_often_it_tried() -> None:
    tally = tallied(*blocked_twice(0, 10, 40), blocked(1, 50), carried(2, 60, 60, 70))
    assert of(tally, TOLL_FREE, "offered", "blocked", "fresh", "lost") == [4, 3, 3, 2]


def test_a_call_is_among_the_lost_if_it_first_tried_within_the_span() -> None:
    # The second attempt is lost within the span either way.
    tally = tallied(*blocked_twice(0, 10, 40), *blocked_twice(1, 30, 50), warm_up_s=20.0)
    assert of(tally, TOLL_FREE, "offered", "blocked", "fresh", "lost") == [3, 3, 1, 1]


@pytest.mark.parametrize(("at_s", "counts"), [(19, 0), (20, 1), (99, 1), (100, 0)])
def test_a_call_counts_if_it_was_offered_from_the_warm_up_to_before_closing(
    at_s: float, counts: int
) -> None:
    tally = tallied(blocked(0, at_s), warm_up_s=20.0)
    assert of(tally, TOLL_FREE, "offered", "blocked") == [counts, counts]


def test_a_dial_counts_when_it_begins_and_its_message_when_it_wants_a_port() -> None:
    # Begun in the warm-up, wanted a port after it; begun before closing, wanted one after it.
    tally = tallied(message(0, 19, 21, 50), message(1, 99, 101, 130), warm_up_s=20.0)
    assert of(tally, OUTBOUND, "dials", "offered", "messages") == [1, 1, 1]


def test_a_call_that_runs_past_closing_counts_with_its_whole_outcome() -> None:
    # Holds from 90 to 120 and talks to 150: 30 s of hold; 10 s of its port are before closing.
    tally = tallied(carried(0, 90, 120, 150))
    assert of(tally, TOLL_FREE, "answered", "hold_ticks", "talk_ticks") == [1, 30 * S, 30 * S]
    assert of(tally, TOLL_FREE, "carried_ticks") == [10 * S]


def test_a_call_of_the_warm_up_is_not_counted_but_its_port_is_busy() -> None:
    # Offered at 10, on its port until 30: 10 s of that are after the warm-up of 20 s.
    tally = tallied(carried(0, 10, 12, 30), warm_up_s=20.0)
    assert of(tally, TOLL_FREE, "offered", "asked", "carried_ticks") == [0, 0, 10 * S]
    assert tally.busy.ticks.tolist() == [70 * S, 10 * S]
    assert tally.ports.sum("legs") == 0


def test_hold_is_of_all_who_asked_and_of_those_answered() -> None:
    # 0 s, 4 s and 12 s, answered; 20 s, abandoned. Within 5 s: two of four.
    tally = tallied(
        carried(0, 10, 10, 20), carried(1, 20, 24, 30), carried(2, 30, 42, 50), gave_up(3, 60, 80)
    )
    assert of(tally, TOLL_FREE, "asked", "answered", "abandoned", "in_time") == [4, 3, 1, 2]
    assert of(tally, TOLL_FREE, "hold_ticks", "hold_answered_ticks") == [36 * S, 16 * S]


def test_a_hold_of_just_the_time_of_the_service_level_is_within_it() -> None:
    assert of(tallied(carried(0, 10, 15, 20)), TOLL_FREE, "in_time") == [1]


def test_an_outbound_conversation_did_not_ask_for_an_agent() -> None:
    talk = call(OUTBOUND, 0, NO_ANSWER, 10, answered_s=20, talk_to_s=60, agent=1)
    assert of(tallied(talk), OUTBOUND, "asked", "answered", "offered", "dials") == [0, 0, 0, 1]


def test_a_recording_holds_one_more_port_from_the_answer() -> None:
    # Its port from 10 to 40, its recording from 20 to 40: 30 + 20 port seconds; two busy at once.
    tally = tallied(carried(0, 10, 20, 40, recorded=RECORDED))
    assert of(tally, TOLL_FREE, "recordings", "missed", "carried_ticks") == [1, 0, 50 * S]
    assert tally.busy.ticks.tolist() == [70 * S, 10 * S, 20 * S]
    assert [tally.ports.sum(name) for name in ("legs", "leg_ticks")] == [2, 50 * S]


def test_a_missed_recording_was_wanted_and_holds_no_port() -> None:
    tally = tallied(carried(0, 10, 20, 40, recorded=MISSED), carried(1, 50, 50, 60))
    assert of(tally, TOLL_FREE, "recordings", "missed", "carried_ticks") == [1, 1, 40 * S]


def test_a_port_that_passes_on_at_one_instant_was_one_port() -> None:
    tally = tallied(carried(0, 10, 10, 30), message(0, 25, 30, 40))
    assert tally.busy.ticks.tolist() == [70 * S, 30 * S]
    assert tally.ports.sum("peak") == 1


def test_the_time_with_all_ports_busy() -> None:
    # Two overlap from 20 to 30: full with two ports, not with three.
    calls = (carried(0, 10, 10, 30), carried(1, 20, 20, 50))
    assert tallied(*calls, ports=2).ports.sum("full_ticks") == 10 * S
    assert tallied(*calls, ports=3).ports.sum("full_ticks") == 0


def test_port_time_by_source_adds_up_to_port_time_by_number_busy() -> None:
    tally = tallied(carried(0, 10, 15, 30, recorded=RECORDED), message(0, 5, 12, 47))
    by_source = sum(of(tally, TOLL_FREE, "carried_ticks") + of(tally, OUTBOUND, "carried_ticks"))
    assert by_source == tally.busy.busy_ticks == tally.ports.sum("busy_ticks")


def test_littles_law_holds_on_a_day_that_begins_and_ends_empty() -> None:
    # Carried load = carried calls a second x mean time on a port: 70 / 100 = 3 / 100 x 70 / 3.
    tally = tallied(
        carried(0, 10, 15, 30), carried(1, 12, 30, 52), gave_up(2, 60, 70), blocked(3, 80)
    )
    carried_calls = tally.sources[TOLL_FREE].sum("offered") - tally.sources[TOLL_FREE].sum(
        "blocked"
    )
    assert carried_calls == tally.ports.sum("legs") == 3
    assert tally.ports.sum("leg_ticks") == 70 * S
    assert of(tally, TOLL_FREE, "carried_ticks") == [70 * S]


def test_a_day_on_which_nothing_happened() -> None:
    tally = tallied()
    assert tally.busy.ticks.tolist() == [100 * S]
    assert sum(tally.sources[TOLL_FREE].sums) == sum(tally.sources[OUTBOUND].sums) == 0
    assert tally.teams[0].sum("idle") == tally.teams[0].sum("staffed") == 200 * S


def test_the_time_of_agents_is_clipped_to_the_span_and_the_rest_is_idle() -> None:
    # Of 2 x 80 s: agent 0 dials 5 of his 10 s and talks 30; agent 1 wraps up 10 of his 25.
    tally = tallied(
        warm_up_s=20.0,
        work=(
            work(0, DIALING, 15, 25),
            work(0, TALKING, 25, 55),
            work(1, WRAPPING_UP, 90, 115),
        ),
    )
    spent = dict(zip(tally.teams[0].layout.names, tally.teams[0].sums, strict=True))
    assert spent == {
        DIALING: 5 * S,
        TALKING: 30 * S,
        WRAPPING_UP: 10 * S,
        BY_HAND: 0,
        "idle": 115 * S,
        "locked_out": 0,
        "staffed": 160 * S,
    }


def test_time_goes_to_the_team_of_the_agent() -> None:
    two = (
        dataclasses.replace(PLAN.teams[0], count=1),
        dataclasses.replace(PLAN.teams[0], name="support", first=1, count=1),
    )
    plan = dataclasses.replace(PLAN, teams=two)
    outcomes = day(work=(work(0, TALKING, 0, 10), work(1, TALKING, 0, 30)))
    tally = tally_day(plan, outcomes, 3)
    assert [team.sum(TALKING) for team in tally.teams] == [10 * S, 30 * S]


def test_a_source_that_wants_no_agent_keeps_no_holds() -> None:
    tally = tallied(carried(0, 10, 15, 30))
    assert tally.holds[OUTBOUND] is None
    assert tally.holds[TOLL_FREE] is not None


def test_a_warm_up_as_long_as_the_day_leaves_nothing_to_observe() -> None:
    with pytest.raises(ValueError, match="the warm-up must end before closing"):
        tallied(warm_up_s=100.0)


def test_ten_thousand_ports_cost_no_more_than_the_ports_that_were_used() -> None:
    tally = tallied(carried(0, 10, 15, 30), ports=10_000)
    assert len(tally.busy.ticks) == 2
    assert tally.ports.sum("full_ticks") == 0
