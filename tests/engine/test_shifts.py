"""Shifts: who is on duty, what is finished after them, and callers for whom nobody is left."""

from engine.hand_made import NOBODY_ANSWERS, floor, group, outbound, play, toll_free
from flexports.laws import Constant, Exponential


def test_the_call_in_hand_is_finished_after_the_shift_and_then_he_leaves() -> None:
    # The shift ends at 20, in the middle of the talk over [15, 25) and before its wrap-up. Who
    # holds from 16 finds nobody again: he is sent away at closing.
    day = play(
        floor(toll_free(wrap_up=Constant(5.0)), groups=[group("sales", 1, (0, 20))], closes_s=100),
        ports=2,
        arrivals={"toll-free": [15, 16]},
    )
    assert day.work() == [("talking", 15, 25), ("wrapping_up", 25, 30)]
    assert day.calls("toll-free")[1] == ("abandoned", (16, 100), (16, 100), None, None)


def test_an_arrival_at_the_end_of_a_shift_is_not_answered_by_who_was_idle() -> None:
    # What ends comes before what begins: the shift over [0, 20). The next begins at 30.
    day = play(
        floor(toll_free(), groups=[group("sales", 1, (0, 20), (30, 90))], closes_s=100),
        ports=1,
        arrivals={"toll-free": [20]},
    )
    assert day.calls("toll-free")[0].hold == (20, 30)
    assert day.calls("toll-free")[0].talk == (30, 40)


def test_an_arrival_just_before_the_end_of_a_shift_is_answered() -> None:
    day = play(
        floor(toll_free(), groups=[group("sales", 1, (0, 20))], closes_s=100),
        ports=1,
        arrivals={"toll-free": [20 - 2**-40]},
    )
    assert day.calls("toll-free")[0].talk == (20 - 2**-40, 30 - 2**-40)


def test_who_becomes_free_as_his_shift_ends_takes_nobody_more() -> None:
    # He talks over [10, 20), the end of his shift. Who holds from 12 is answered after the break.
    day = play(
        floor(toll_free(), groups=[group("sales", 1, (0, 20), (50, 90))], closes_s=100),
        ports=2,
        arrivals={"toll-free": [10, 12]},
    )
    assert [call.talk for call in day.calls("toll-free")] == [(10, 20), (50, 60)]


def test_no_dial_begins_in_a_lunch_break_and_one_begun_before_it_is_finished() -> None:
    # Shifts over [0, 25) and [40, 60): the dial of 20 runs over into the break, and the dial of 50
    # ends with the second shift.
    day = play(
        floor(
            outbound(outcomes=NOBODY_ANSWERS),
            groups=[group("sales", 1, (0, 25), (40, 60))],
            closes_s=100,
        ),
        ports=1,
    )
    assert day.began_s("outbound") == [0, 10, 20, 40, 50]


def test_who_comes_back_from_lunch_takes_who_holds_before_he_dials() -> None:
    day = play(
        floor(
            outbound(outcomes=NOBODY_ANSWERS),
            toll_free(),
            groups=[group("sales", 1, (0, 20), (40, 55))],
            closes_s=100,
        ),
        ports=1,
        arrivals={"toll-free": [30]},
    )
    assert day.calls("toll-free")[0].hold == (30, 40)
    assert day.work() == [
        ("dialing", 0, 10),
        ("dialing", 10, 20),
        ("talking", 40, 50),
        ("dialing", 50, 60),
    ]


def test_a_call_that_lasts_through_lunch_is_simply_his_next_shift() -> None:
    # Talk over [15, 45); shifts over [0, 20) and [30, 90). At 45 he is on duty again.
    day = play(
        floor(
            toll_free(talk=Constant(30.0)),
            groups=[group("sales", 1, (0, 20), (30, 90))],
            closes_s=100,
        ),
        ports=2,
        arrivals={"toll-free": [15, 32]},
    )
    assert [call.talk for call in day.calls("toll-free")] == [(15, 45), (45, 75)]


def test_an_arrival_at_the_beginning_of_a_shift_is_answered_at_once() -> None:
    day = play(
        floor(toll_free(), groups=[group("sales", 1, (30, 90))], closes_s=100),
        ports=1,
        arrivals={"toll-free": [30]},
    )
    assert day.calls("toll-free")[0].hold == (30, 30)


def test_callers_before_the_first_shift_hold_and_may_give_up() -> None:
    # Patience of 20 and 99 s from 5 and 6; the shift begins at 30.
    day = play(
        floor(
            toll_free(patience=Exponential(1.0)), groups=[group("sales", 1, (30, 90))], closes_s=100
        ),
        ports=2,
        arrivals={"toll-free": [5, 6]},
        draws={"toll-free": {"patience": [20, 99]}},
    )
    assert [call.hold for call in day.calls("toll-free")] == [(5, 25), (6, 30)]
    assert [call.outcome for call in day.calls("toll-free")] == ["abandoned", "answered"]


def test_who_is_on_duty_at_closing_stays_until_nobody_waits() -> None:
    # The shift ends at closing, at 20: a shift that lasts to closing has no other end.
    day = play(
        floor(toll_free(), groups=[group("sales", 1, (0, 20))], closes_s=20),
        ports=3,
        arrivals={"toll-free": [15, 16, 17]},
    )
    assert [call.talk for call in day.calls("toll-free")] == [(15, 25), (25, 35), (35, 45)]


def test_callers_on_hold_when_the_last_shift_ends_are_sent_away_at_closing() -> None:
    # Nobody comes back after 20, but the caller cannot know: he holds, and his port with him, until
    # the floor closes at 100.
    day = play(
        floor(toll_free(), groups=[group("sales", 1, (0, 20))], closes_s=100),
        ports=1,
        arrivals={"toll-free": [30, 50]},
    )
    first, second = day.calls("toll-free")
    assert first == ("abandoned", (30, 100), (30, 100), None, None)
    assert second.outcome == "lost"


def test_a_caller_who_asks_after_closing_for_agents_who_are_gone_is_sent_away_at_once() -> None:
    # The IVR over [90, 110); the floor closes at 100.
    day = play(
        floor(toll_free(ivr=Constant(20.0)), groups=[group("sales", 1, (0, 50))], closes_s=100),
        ports=1,
        arrivals={"toll-free": [90]},
    )
    assert day.calls("toll-free")[0] == ("abandoned", (90, 110), (110, 110), None, None)


def test_callers_are_served_after_closing_if_one_of_their_groups_is_still_there() -> None:
    # The early group leaves at 20. The late one is busy over [40, 80) and answers past closing.
    day = play(
        floor(
            toll_free(talk=Constant(40.0), agents=("early", "late")),
            groups=[group("early", 1, (0, 20)), group("late", 1, (0, 50))],
            closes_s=50,
        ),
        ports=2,
        arrivals={"toll-free": [40, 45]},
    )
    assert [call.talk for call in day.calls("toll-free")] == [(40, 80), (80, 120)]
    assert [call.agent for call in day.calls("toll-free")] == [1, 1]


def test_the_group_that_has_left_is_not_asked() -> None:
    day = play(
        floor(
            toll_free(agents=("early", "late")),
            groups=[group("early", 1, (0, 20)), group("late", 1)],
        ),
        ports=1,
        arrivals={"toll-free": [5, 25]},
    )
    assert [call.agent for call in day.calls("toll-free")] == [0, 1]
