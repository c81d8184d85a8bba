"""Closing time: nothing new begins, and what is under way runs to its end."""

from engine.hand_made import NOBODY, VOICEMAIL, floor, outbound, play, toll_free
from flexports.laws import Constant, Exponential
from flexports.sources.broadcast import Broadcast
from flexports.sources.power_dialer import Outcomes


def test_no_dial_begins_at_closing() -> None:
    # Dials over [0, 10), [10, 20), and none at 20.
    day = play(
        floor(outbound(outcomes=Outcomes(voicemail=0.0, no_answer=1.0)), sales=1, closes_s=20),
        ports=1,
    )
    assert day.began_s("outbound") == [0, 10]


def test_a_dial_begun_just_before_closing_runs_to_its_end_and_leaves_its_message() -> None:
    day = play(
        floor(outbound(), sales=1, closes_s=10 + 2**-40),
        ports=1,
        draws={"outbound": [{"outcome": [NOBODY, VOICEMAIL]}]},
    )
    assert day.calls("outbound")[-1].port == (20, 50)


def test_calls_under_way_at_closing_run_on() -> None:
    day = play(floor(toll_free(), sales=1, closes_s=5), ports=1, arrivals={"toll-free": [4]})
    assert day.calls("toll-free")[0].talk == (4, 14)


def test_callers_on_hold_at_closing_are_served() -> None:
    day = play(floor(toll_free(), sales=1, closes_s=5), ports=3, arrivals={"toll-free": [2, 3, 4]})
    assert [call.talk for call in day.calls("toll-free")] == [(2, 12), (12, 22), (22, 32)]


def test_callers_on_hold_at_closing_may_still_give_up() -> None:
    day = play(
        floor(toll_free(patience=Exponential(1.0)), sales=1, closes_s=5),
        ports=3,
        arrivals={"toll-free": [2, 3]},
        draws={"toll-free": {"patience": [99, 7]}},
    )
    assert day.calls("toll-free")[1].hold == (3, 10)
    assert day.calls("toll-free")[1].outcome == "abandoned"


def test_a_call_still_with_the_ivr_at_closing_is_answered_after_it() -> None:
    # IVR over [4, 24); the dialing agent is idle from 10, past closing, and answers at 24.
    day = play(
        floor(outbound(), toll_free(ivr=Constant(20.0)), sales=1, closes_s=5),
        ports=3,
        arrivals={"toll-free": [4]},
        draws={"outbound": [{"outcome": [NOBODY]}]},
    )
    assert day.calls("toll-free")[0].hold == (24, 24)
    assert day.began_s("outbound") == [0]


def test_who_was_dialed_before_closing_and_presses_after_it_is_answered() -> None:
    # The press is on the tape after closing, at 7; the agent has been idle since opening.
    broadcast = Broadcast(name="jabberdog", pace=1.0, talk=Constant(10.0), wrap_up=Constant(0.0))
    day = play(floor(broadcast, sales=1, closes_s=5), ports=1, arrivals={"jabberdog": [7]})
    assert day.calls("jabberdog")[0].talk == (7, 17)


def test_a_dialer_who_is_idle_after_closing_answers_who_presses_then() -> None:
    broadcast = Broadcast(name="jabberdog", pace=1.0, talk=Constant(10.0), wrap_up=Constant(0.0))
    day = play(
        floor(outbound(), broadcast, sales=1, closes_s=5),
        ports=1,
        arrivals={"jabberdog": [12]},
        draws={"outbound": [{"outcome": [NOBODY]}]},
    )
    assert day.work() == [("dialing", 0, 10), ("talking", 12, 22)]


def test_an_agent_free_after_closing_takes_the_caller_who_holds_and_dials_no_more() -> None:
    day = play(
        floor(outbound(), toll_free(), sales=1, closes_s=10),
        ports=3,
        arrivals={"toll-free": [9]},
        draws={"outbound": [{"outcome": [NOBODY]}]},
    )
    assert day.work() == [("dialing", 0, 10), ("talking", 10, 20)]
