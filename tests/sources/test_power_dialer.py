"""The power dialer, step by step: messages that outlive the agent's attention."""

import pytest

from engine.hand_made import CONVERSATION, NOBODY, floor, loss, outbound, play
from flexports.floor import check_floor
from flexports.laws import Constant
from flexports.problems import InputError
from flexports.sources.power_dialer import Outcomes

MIXED = Outcomes(voicemail=0.4, conversation=0.2, no_answer=0.4)


def test_the_message_plays_on_while_its_agent_dials_again() -> None:
    # Dials over [0, 10), [10, 20), [20, 30); messages of 30 s on ports from 10, 20, 30.
    day = play(floor(outbound(), sales=1, closes_s=21), ports=3)
    assert day.work() == [("dialing", 0, 10), ("dialing", 10, 20), ("dialing", 20, 30)]
    assert [call.port for call in day.calls("outbound")] == [(10, 40), (20, 50), (30, 60)]
    assert {call.outcome for call in day.calls("outbound")} == {"message"}


def test_a_message_that_finds_no_port_is_left_by_hand_and_keeps_the_agent_busy() -> None:
    # One port, taken at 10 for 30 s. The message of 20 is left by hand over [20, 27); the dial
    # after it ends at 37, and its message is by hand too; that of 54 finds the port free.
    day = play(floor(outbound(by_hand=Constant(7.0)), sales=1, closes_s=50), ports=1)
    assert [call.port for call in day.calls("outbound")] == [(10, 40), None, None, (54, 84)]
    assert [call.outcome for call in day.calls("outbound")] == [
        "message",
        "by hand",
        "by hand",
        "message",
    ]
    assert day.work() == [
        ("dialing", 0, 10),
        ("dialing", 10, 20),
        ("by_hand", 20, 27),
        ("dialing", 27, 37),
        ("by_hand", 37, 44),
        ("dialing", 44, 54),
    ]


def test_a_message_by_hand_takes_as_long_as_the_message_unless_told_otherwise() -> None:
    day = play(floor(outbound(), sales=1, closes_s=15), ports=1)
    assert day.work()[-1] == ("by_hand", 20, 50)


def test_a_message_that_is_skipped_takes_no_time() -> None:
    # The port is taken over [10, 40); messages of 20, 30 are skipped, that of 40 finds it free.
    day = play(floor(outbound(when_blocked="skip"), sales=1, closes_s=35), ports=1)
    assert day.work() == [("dialing", 10.0 * i, 10.0 * i + 10) for i in range(4)]
    assert [call.outcome for call in day.calls("outbound")] == [
        "message",
        "skipped",
        "skipped",
        "message",
    ]
    assert day.plan.lost_outcomes == {"skipped"}


def test_a_dial_that_nobody_answers_never_wants_a_port() -> None:
    day = play(
        floor(outbound(outcomes=MIXED), sales=1, closes_s=5),
        ports=1,
        draws={"outbound": [{"outcome": [NOBODY]}]},
    )
    assert day.calls("outbound") == [("no answer", None, None, None, 0)]
    assert day.offered_s("outbound") == [None]


def test_a_conversation_keeps_the_agent_for_talk_and_wrap_up_and_takes_no_port() -> None:
    # Dial over [0, 10), talk over [10, 30), wrap-up over [30, 35), then the next dial.
    day = play(
        floor(outbound(outcomes=MIXED), sales=1, closes_s=36),
        ports=1,
        draws={"outbound": [{"outcome": [CONVERSATION, NOBODY]}]},
    )
    assert day.work() == [
        ("dialing", 0, 10),
        ("talking", 10, 30),
        ("wrapping_up", 30, 35),
        ("dialing", 35, 45),
    ]
    assert day.calls("outbound")[0] == ("conversation", None, None, (10, 30), 0)


def test_an_agent_dials_on_through_the_numbers_of_his_tape() -> None:
    # More dials than are drawn at first: 64, then 128, then 256.
    day = play(
        floor(outbound(outcomes=Outcomes(voicemail=0.0, no_answer=1.0)), sales=1, closes_s=2000),
        ports=1,
    )
    assert len(day.calls("outbound")) == 200
    assert day.began_s("outbound") == [10.0 * i for i in range(200)]


def test_messages_of_a_group_share_the_ports_with_all_other_calls() -> None:
    day = play(
        floor(outbound(), loss(100.0), sales=1, closes_s=5), ports=1, arrivals={"toll-free": [3]}
    )
    assert day.calls("outbound")[0].outcome == "by hand"


def test_the_message_of_a_dialer_leaves_the_ports_free_that_it_is_told_to() -> None:
    # Two ports, one to be kept free: the message of 10 finds two, that of 20 only one.
    day = play(floor(outbound(keep_free=1), sales=1, closes_s=15), ports=2)
    assert [call.outcome for call in day.calls("outbound")] == ["message", "by hand"]


def test_the_message_of_a_dialer_holds_no_more_ports_than_its_limit() -> None:
    # At most one message at a time: one plays from 10 to 40, and that of 40 finds it over.
    day = play(floor(outbound(limit=1, when_blocked="skip"), sales=1, closes_s=35), ports=9)
    assert [call.outcome for call in day.calls("outbound")] == [
        "message",
        "skipped",
        "skipped",
        "message",
    ]


def test_a_dial_that_takes_no_time_is_refused() -> None:
    # The clock would never go on.
    with pytest.raises(InputError, match="takes no time"):
        check_floor(floor(outbound(dial=Constant(0.0)), sales=1))
