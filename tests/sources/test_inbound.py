"""Inbound calls, step by step."""

from engine.hand_made import floor, loss, play, toll_free
from flexports.laws import Constant, Exponential


def test_the_port_is_held_from_arrival_to_the_end_of_talk() -> None:
    # IVR over [1, 6), hold over [6, 10) for the agent who talks over [0, 10), talk over [10, 20).
    day = play(
        floor(toll_free(ivr=Exponential(1.0)), sales=1),
        ports=2,
        arrivals={"toll-free": [0, 1]},
        draws={"toll-free": {"ivr": [0, 5]}},
    )
    second = day.calls("toll-free")[1]
    assert second.port == (1, 20)
    assert second.hold == (6, 10)
    assert second.talk == (10, 20)


def test_a_call_that_finds_no_port_hears_the_busy_tone() -> None:
    day = play(floor(toll_free(), sales=2), ports=1, arrivals={"toll-free": [0, 5]})
    second = day.calls("toll-free")[1]
    assert second.outcome == "lost"
    assert second.port is second.hold is second.talk is second.agent is None
    assert day.offered_s("toll-free") == [0, 5]


def test_wrap_up_keeps_the_agent_and_frees_the_port() -> None:
    # One port: talk over [0, 10), wrap-up over [10, 15). The call of 10 finds the port free, but
    # its hold lasts to 15.
    day = play(
        floor(toll_free(wrap_up=Constant(5.0)), sales=1), ports=1, arrivals={"toll-free": [0, 10]}
    )
    assert [call.port for call in day.calls("toll-free")] == [(0, 10), (10, 25)]
    assert day.calls("toll-free")[1].hold == (10, 15)
    assert day.work() == [
        ("talking", 0, 10),
        ("wrapping_up", 10, 15),
        ("talking", 15, 25),
        ("wrapping_up", 25, 30),
    ]


def test_a_share_of_calls_is_served_by_the_ivr_and_wants_no_agent() -> None:
    day = play(
        floor(toll_free(ivr=Constant(5.0), to_agent=0.5), sales=1),
        ports=2,
        arrivals={"toll-free": [0, 1]},
        draws={"toll-free": {"to_agent": [0, 1]}},
    )
    served, answered = day.calls("toll-free")
    assert (served.outcome, served.port, served.hold) == ("self-served", (0, 5), None)
    assert (answered.outcome, answered.port, answered.hold) == ("answered", (1, 16), (6, 6))


def test_an_ivr_that_serves_everybody_needs_no_agent() -> None:
    day = play(floor(loss(10.0)), ports=1, arrivals={"toll-free": [3]})
    assert day.calls("toll-free")[0] == ("self-served", (3, 13), None, None, None)


def test_a_caller_who_gives_up_frees_his_port() -> None:
    day = play(
        floor(toll_free(patience=Constant(2.0)), sales=1), ports=2, arrivals={"toll-free": [0, 5]}
    )
    assert day.calls("toll-free")[1].port == (5, 7)


def test_patience_counts_from_the_end_of_the_ivr() -> None:
    # IVR over [5, 8); patience of 1 s from there.
    day = play(
        floor(toll_free(patience=Constant(1.0), ivr=Exponential(1.0)), sales=1),
        ports=2,
        arrivals={"toll-free": [0, 5]},
        draws={"toll-free": {"ivr": [0, 3]}},
    )
    assert day.calls("toll-free")[1].hold == (8, 9)


def test_no_patience_at_all_means_no_hold() -> None:
    day = play(
        floor(toll_free(patience=Constant(0.0)), sales=1),
        ports=2,
        arrivals={"toll-free": [0.5, 5, 11]},
    )
    outcomes = [call.outcome for call in day.calls("toll-free")]
    # The agent who is idle answers at once; who would have to hold gives up at once; and at 11
    # the agent is free again.
    assert outcomes == ["answered", "abandoned", "answered"]
    assert day.calls("toll-free")[1].hold == (5, 5)
