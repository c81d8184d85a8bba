"""Who may take a port: reservation, limits, recordings."""

from collections.abc import Sequence
from typing import Any

import pytest

from engine.hand_made import CONVERSATION, Played, floor, loss, outbound, play, toll_free
from flexports.laws import Constant
from flexports.sources.power_dialer import Outcomes


def modest_and_others(keep_free: int, others: int, ports: int = 3) -> Played:
    """Some ports are held over [0, 10) when a call that leaves `keep_free` comes at 5."""
    return play(
        floor(loss(10.0, name="modest", keep_free=keep_free), loss(10.0, name="others")),
        ports,
        arrivals={"modest": [5], "others": [0] * others},
    )


@pytest.mark.parametrize(
    ("others", "outcome"),
    [
        (2, "lost"),  # 3 - 2 = 1 free, and 1 is to be kept free
        (1, "self-served"),  # 3 - 1 = 2 free, one more than is to be kept free
        (0, "self-served"),
    ],
)
def test_a_port_is_taken_only_if_more_than_keep_free_are_free(others: int, outcome: str) -> None:
    day = modest_and_others(keep_free=1, others=others)
    assert day.calls("modest")[0].outcome == outcome


def test_what_is_kept_free_is_there_for_others() -> None:
    day = play(
        floor(loss(10.0, name="modest", keep_free=2), loss(10.0, name="others")),
        ports=2,
        arrivals={"modest": [0], "others": [1, 2]},
    )
    assert day.calls("modest")[0].outcome == "lost"  # 2 free, 2 to be kept free: never
    assert [call.port for call in day.calls("others")] == [(1, 11), (2, 12)]


def test_a_source_keeps_ports_free_of_its_own_calls_too() -> None:
    day = play(floor(loss(10.0, keep_free=1)), ports=3, arrivals={"toll-free": [0, 1, 2]})
    assert [call.port for call in day.calls("toll-free")] == [(0, 10), (1, 11), None]


def test_a_source_holds_no_more_ports_than_its_limit() -> None:
    day = play(floor(loss(10.0, limit=2)), ports=9, arrivals={"toll-free": [0, 1, 2, 10, 10.5]})
    assert [call.port for call in day.calls("toll-free")] == [
        (0, 10),
        (1, 11),
        None,
        (10, 20),
        None,
    ]


def test_a_limit_counts_the_source_alone() -> None:
    day = play(
        floor(loss(10.0, name="limited", limit=1), loss(10.0, name="others")),
        ports=3,
        arrivals={"limited": [1], "others": [0, 0]},
    )
    assert day.calls("limited")[0].port == (1, 11)


def recorded(ports: int, arrivals: Sequence[float], **keys: Any) -> Played:
    """Calls that are all recorded, two agents."""
    return play(
        floor(toll_free(record=1.0, **keys), sales=2), ports, arrivals={"toll-free": arrivals}
    )


def test_a_recording_takes_one_more_port_from_the_answer_to_the_end_of_talk() -> None:
    # Two ports: call and recording over [0, 10). An arrival at 5 finds none, one at 10 does.
    day = recorded(2, [0, 5, 10])
    assert [call.port for call in day.calls("toll-free")] == [(0, 10), None, (10, 20)]
    assert day.recorded("toll-free") == [True, None, True]


def test_a_recording_that_finds_no_port_is_missed_and_the_talk_goes_on() -> None:
    day = recorded(1, [0])
    assert day.recorded("toll-free") == [False]
    assert day.calls("toll-free")[0].talk == (0, 10)


def test_a_missed_recording_is_not_made_up_for() -> None:
    # Three ports. The first call and its recording hold two until 10; the second, from 5, is not
    # recorded. From 10 there are two ports, for the call of 11 and its recording.
    day = recorded(3, [0, 5, 11])
    assert day.recorded("toll-free") == [True, False, True]


def test_a_recording_wants_a_port_at_the_answer_and_not_at_the_arrival() -> None:
    # Three ports, one agent. At 10 the first call and its recording release theirs; the second,
    # which has held since 5, is answered and recorded.
    day = play(floor(toll_free(record=1.0), sales=1), 3, arrivals={"toll-free": [0, 5]})
    assert day.recorded("toll-free") == [True, True]
    assert day.calls("toll-free")[1].talk == (10, 20)


def test_a_recording_may_take_the_last_port_that_is_kept_free() -> None:
    # Three ports, two to be kept free of the dialer... and of its calls' own ports, but not of
    # recordings: a conversation from 10 to 30 is recorded although 2 are free.
    day = play(
        floor(
            outbound(record=1.0, keep_free=2, outcomes=Outcomes(voicemail=0.0, conversation=1.0)),
            sales=1,
            closes_s=5,
        ),
        ports=2,
    )
    assert day.recorded("outbound") == [True]
    assert day.calls("outbound")[0].port is None  # a dial that is answered takes no port


def test_a_recording_takes_the_last_port_reserved_for_others() -> None:
    # Two ports, one to be kept free of these calls. The call of 0 takes one (2 are free), its
    # recording the last, so the call of the other source at 5 is lost.
    day = play(
        floor(toll_free(record=1.0, keep_free=1), loss(10.0, name="others"), sales=1),
        ports=2,
        arrivals={"toll-free": [0], "others": [5]},
    )
    assert day.recorded("toll-free") == [True]
    assert day.calls("others")[0].outcome == "lost"


def test_recordings_do_not_count_towards_a_limit() -> None:
    day = recorded(4, [0, 1], limit=2)
    assert day.recorded("toll-free") == [True, True]


def test_a_recording_does_not_use_up_the_limit_of_a_later_call() -> None:
    day = recorded(9, [0, 1, 2], limit=2)
    assert [call.outcome for call in day.calls("toll-free")] == ["answered", "answered", "lost"]


def test_the_ports_of_call_and_recording_are_released_together() -> None:
    # Two ports are held over [0, 10); two calls of another source come at 10, and take both.
    day = play(
        floor(toll_free(record=1.0), loss(10.0, name="others"), sales=1),
        ports=2,
        arrivals={"toll-free": [0], "others": [10, 10]},
    )
    assert [call.port for call in day.calls("others")] == [(10, 20), (10, 20)]


def test_a_conversation_of_a_dialer_is_recorded_while_it_lasts() -> None:
    # Dial over [0, 10), talk and recording over [10, 30), wrap-up without a port to 35.
    day = play(
        floor(
            outbound(record=1.0, outcomes=Outcomes(voicemail=0.5, conversation=0.5)),
            loss(1.0, name="others"),
            sales=1,
            closes_s=9,
        ),
        ports=1,
        arrivals={"others": [29, 30]},
        draws={"outbound": [{"outcome": [CONVERSATION]}]},
    )
    assert day.recorded("outbound") == [True]
    assert [call.outcome for call in day.calls("others")] == ["lost", "self-served"]


def test_of_a_recording_and_an_arrival_at_one_instant_the_arrival_comes_first() -> None:
    # One port. The dial is answered at 10, at which a call comes in too: both begin, and arrivals
    # were set down before opening.
    day = play(
        floor(
            outbound(record=1.0, outcomes=Outcomes(voicemail=0.0, conversation=1.0)),
            loss(1.0, name="others"),
            sales=1,
            closes_s=9,
        ),
        ports=1,
        arrivals={"others": [10]},
    )
    assert day.calls("others")[0].port == (10, 11)
    assert day.recorded("outbound") == [False]


def test_no_port_at_all_blocks_every_call() -> None:
    day = play(floor(loss(10.0)), ports=0, arrivals={"toll-free": [0, 1]})
    assert [call.outcome for call in day.calls("toll-free")] == ["lost", "lost"]


def test_a_zero_length_talk_can_be_recorded() -> None:
    day = recorded(2, [0], talk=Constant(0.0))
    assert day.recorded("toll-free") == [True]
