"""Seats on the dialer: fewer than agents. Who has one, when he passes it on, and to whom."""

from engine.hand_made import NOBODY_ANSWERS, floor, group, outbound, play, toll_free
from flexports.laws import Constant
from flexports.sources.click_to_call import ClickToCall
from flexports.sources.power_dialer import PowerDialer

BY_HAND = ("crm", "dialer-tab", "agent-login")


def dials(*groups: str) -> PowerDialer:
    """Dials of 10 s that nobody answers."""
    return outbound(outcomes=NOBODY_ANSWERS, agents=groups)


def test_an_agent_keeps_his_seat_from_dial_to_dial() -> None:
    day = play(floor(dials(), sales=2, dialer=1, closes_s=30), ports=1)
    assert day.work(0) == [("dialing", 0, 10), ("dialing", 10, 20), ("dialing", 20, 30)]
    assert day.work(1) == [("locked_out", 0, 30)]


def test_nobody_is_locked_out_of_a_pool_that_is_large_enough() -> None:
    day = play(floor(dials(), sales=2, dialer=2, closes_s=10), ports=1)
    assert day.work(0) == day.work(1) == [("dialing", 0, 10)]


def test_who_is_locked_out_answers_callers_at_once() -> None:
    # Agent 1 talks over [5, 15) and is locked out before and after it. Agent 0 dials on.
    day = play(
        floor(dials(), toll_free(), sales=2, dialer=1, closes_s=30),
        ports=1,
        arrivals={"toll-free": [5]},
    )
    assert day.calls("toll-free")[0].hold == (5, 5)
    assert day.work(1) == [("locked_out", 0, 5), ("talking", 5, 15), ("locked_out", 15, 30)]
    assert day.began_s("outbound") == [0, 10, 20]


def test_an_agent_who_takes_a_caller_signs_off_and_comes_back_without_a_seat() -> None:
    # The caller of 5 goes to agent 1, who is locked out; that of 6 to agent 0 after his dial, over
    # [10, 20). Agent 1 is free at 15, finds the seat, and keeps it: agent 0 is locked out from 20.
    day = play(
        floor(dials(), toll_free(), sales=2, dialer=1, closes_s=30),
        ports=2,
        arrivals={"toll-free": [5, 6]},
    )
    assert day.work(0) == [("dialing", 0, 10), ("talking", 10, 20), ("locked_out", 20, 30)]
    assert day.work(1) == [
        ("locked_out", 0, 5),
        ("talking", 5, 15),
        ("dialing", 15, 25),
        ("dialing", 25, 35),
    ]


def test_a_seat_is_passed_on_at_the_instant_its_agent_takes_a_caller() -> None:
    # Only group a answers. Its agent dials over [0, 10) and takes who has held since 3; at that
    # very instant the agent of b, locked out until then, begins to dial.
    day = play(
        floor(
            dials("a", "b"),
            toll_free(agents=("a",)),
            groups={"a": 1, "b": 1},
            dialer=1,
            closes_s=30,
        ),
        ports=1,
        arrivals={"toll-free": [3]},
    )
    assert day.work(0) == [("dialing", 0, 10), ("talking", 10, 20), ("locked_out", 20, 30)]
    assert day.work(1) == [("locked_out", 0, 10), ("dialing", 10, 20), ("dialing", 20, 30)]


def test_a_seat_is_passed_on_when_the_shift_of_its_agent_ends() -> None:
    day = play(
        floor(
            dials("a", "b"),
            groups=[group("a", 1, (0, 20)), group("b", 1)],
            dialer=1,
            closes_s=30,
        ),
        ports=1,
    )
    assert day.work(0) == [("dialing", 0, 10), ("dialing", 10, 20)]
    assert day.work(1) == [("locked_out", 0, 20), ("dialing", 20, 30)]


def test_who_finishes_a_dial_after_his_shift_keeps_his_seat_for_it() -> None:
    # The shift ends at 15, the dial in hand at 20.
    day = play(
        floor(
            dials("a", "b"),
            groups=[group("a", 1, (0, 15)), group("b", 1)],
            dialer=1,
            closes_s=30,
        ),
        ports=1,
    )
    assert day.work(1) == [("locked_out", 0, 20), ("dialing", 20, 30)]


def test_agents_are_let_in_in_the_order_in_which_they_were_locked_out() -> None:
    # Agents 1 and 2 are locked out from opening, in this order. Agent 1 answers over [3, 13) and
    # goes to the end of the line; so at 20, when agent 0 goes home, agent 2 is let in.
    day = play(
        floor(
            dials("a", "b"),
            toll_free(agents=("b",)),
            groups=[group("a", 1, (0, 20)), group("b", 2)],
            dialer=1,
            closes_s=30,
        ),
        ports=1,
        arrivals={"toll-free": [3]},
    )
    assert day.work(2) == [("locked_out", 0, 20), ("dialing", 20, 30)]
    assert day.work(1) == [("locked_out", 0, 3), ("talking", 3, 13), ("locked_out", 13, 30)]


def test_a_call_of_the_instant_comes_before_the_seat_that_is_passed_on() -> None:
    # At 20 agent 0 looks for work, last of all, and goes home. The call of 20 began before that:
    # agent 1, locked out for longest, answers it, and agent 2 is let in.
    day = play(
        floor(
            dials("a", "b"),
            toll_free(agents=("b",)),
            groups=[group("a", 1, (0, 20)), group("b", 2)],
            dialer=1,
            closes_s=30,
        ),
        ports=1,
        arrivals={"toll-free": [20]},
    )
    assert day.work(1)[:2] == [("locked_out", 0, 20), ("talking", 20, 30)]
    assert day.work(2) == [("locked_out", 0, 20), ("dialing", 20, 30)]


def test_who_dials_by_hand_needs_the_screen_and_no_seat_on_the_dialer() -> None:
    day = play(
        floor(
            dials("power", "by hand"),
            groups=[group("power", 2), group("by hand", 1, licences=BY_HAND)],
            dialer=1,
            closes_s=10,
        ),
        ports=1,
    )
    assert [day.work(agent)[0][0] for agent in range(3)] == ["dialing", "locked_out", "dialing"]


def test_who_needs_a_seat_in_two_pools_takes_both_or_none() -> None:
    # One screen, which the agent who dials by hand has; the seat on the dialer stays empty.
    day = play(
        floor(
            dials("by hand", "power"),
            groups=[group("by hand", 1, (0, 20), licences=BY_HAND), group("power", 1)],
            dialer=1,
            dialer_tab=1,
            closes_s=30,
        ),
        ports=1,
    )
    assert day.work(1) == [("locked_out", 0, 20), ("dialing", 20, 30)]


def test_who_pauses_before_a_single_call_keeps_his_seat() -> None:
    # Click-to-call: signed on from 0, call over [20, 30), signed on in the pause after it too.
    calls = ClickToCall(
        name="callbacks", dial=Constant(10.0), outcomes=NOBODY_ANSWERS, pause=Constant(20.0)
    )
    day = play(floor(calls, sales=2, dialer=1, closes_s=45), ports=1)
    assert day.work(0) == [("dialing", 20, 30)]
    assert day.work(1) == [("locked_out", 0, 45)]


def test_who_is_locked_out_until_his_shift_ends_is_not_let_in_after_it() -> None:
    # Both shifts end at 30, the one of the agent who pauses on his seat and the one of the agent
    # who is locked out. He begins to dial when he is back at 40, and does one thing at a time.
    calls = ClickToCall(
        name="callbacks",
        agents=("service",),
        dial=Constant(10.0),
        outcomes=NOBODY_ANSWERS,
        pause=Constant(50.0),
    )
    day = play(
        floor(
            calls,
            dials("sales"),
            groups=[
                group("service", 1, (0, 30), (60, 70)),
                group("sales", 1, (0, 30), (40, 60)),
            ],
            dialer=1,
            closes_s=100,
        ),
        ports=1,
    )
    assert day.work(1) == [("locked_out", 0, 30), ("dialing", 40, 50), ("dialing", 50, 60)]


def test_agents_of_one_group_whose_shift_ends_let_nobody_of_it_in() -> None:
    # Agent 0 pauses on the only seat, agent 1 is locked out, and both go to lunch at 30. Four
    # callers hold when they are back at 40: each agent takes two, one after the other.
    calls = ClickToCall(
        name="callbacks", dial=Constant(10.0), outcomes=NOBODY_ANSWERS, pause=Constant(200.0)
    )
    day = play(
        floor(
            calls,
            toll_free(),
            groups=[group("sales", 2, (0, 30), (40, 100))],
            dialer=1,
            closes_s=100,
        ),
        ports=4,
        arrivals={"toll-free": [31, 32, 33, 34]},
    )
    assert [call.talk for call in day.calls("toll-free")] == [(40, 50)] * 2 + [(50, 60)] * 2
    for agent in range(2):
        talks = [spell for spell in day.work(agent) if spell[0] == "talking"]
        assert talks == [("talking", 40, 50), ("talking", 50, 60)]


def test_nobody_is_locked_out_after_closing() -> None:
    day = play(floor(dials(), sales=2, dialer=1, closes_s=15), ports=1)
    assert day.work(0) == [("dialing", 0, 10), ("dialing", 10, 20)]
    assert day.work(1) == [("locked_out", 0, 15)]
