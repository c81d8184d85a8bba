"""Calls that people start after pauses: supervisors who listen in, agents who click to call."""

from typing import Any

from engine.hand_made import NOBODY_ANSWERS, floor, group, loss, outbound, play, toll_free
from flexports.laws import Constant, Exponential
from flexports.sources.click_to_call import ClickToCall
from flexports.sources.monitoring import Monitoring
from flexports.sources.power_dialer import Outcomes


def coaching(**keys: Any) -> Monitoring:
    """Sessions of 5 s after pauses of 10 s, which are skipped if there is no port."""
    usual: dict[str, Any] = {"pause": Constant(10.0), "session": Constant(5.0)}
    return Monitoring(**{"name": "coaching"} | usual | keys)


def callbacks(**keys: Any) -> ClickToCall:
    """Calls of 10 s that nobody answers, after pauses of 20 s."""
    usual: dict[str, Any] = {"dial": Constant(10.0), "outcomes": NOBODY_ANSWERS}
    return ClickToCall(**{"name": "callbacks", "pause": Constant(20.0)} | usual | keys)


def test_a_supervisor_listens_in_and_pauses_in_turn_until_closing() -> None:
    # [10, 15), [25, 30), and none at closing.
    day = play(floor(coaching(), closes_s=40), ports=1)
    assert [call.port for call in day.calls("coaching")] == [(10, 15), (25, 30)]


def test_a_session_that_finds_no_port_is_skipped_and_the_pause_begins_anew() -> None:
    day = play(floor(coaching(), loss(12.0), closes_s=30), ports=1, arrivals={"toll-free": [0]})
    assert day.began_s("coaching") == [10, 20]
    assert [call.outcome for call in day.calls("coaching")] == ["skipped", "served"]


def test_a_session_that_waits_for_a_port_lasts_as_long_as_any() -> None:
    # The port is free at 12: session over [12, 17), the next at 27.
    day = play(
        floor(coaching(when_blocked="wait"), loss(12.0), closes_s=30),
        ports=1,
        arrivals={"toll-free": [0]},
    )
    assert [call.port for call in day.calls("coaching")] == [(12, 17), (27, 32)]
    assert day.offered_s("coaching") == [10, 27]


def test_supervisors_are_numbered_in_turn_and_have_draws_of_their_own() -> None:
    # Session i of supervisor p of 2 is call 2 i + p.
    day = play(
        floor(coaching(supervisors=2, pause=Exponential(1.0)), closes_s=40),
        ports=2,
        draws={"coaching": [{"pause": [10, 20, 99]}, {"pause": [14, 99]}]},
    )
    told = [(int(row["call"]), row["began_s"]) for row in day.rows("coaching")]
    assert told == [(0, 10), (1, 14), (2, 35)]


def test_a_session_takes_ports_as_its_limit_and_its_reserve_allow() -> None:
    day = play(floor(coaching(supervisors=2, limit=1), closes_s=12), ports=9)
    assert [call.outcome for call in day.calls("coaching")] == ["served", "skipped"]
    day = play(floor(coaching(keep_free=1), closes_s=12), ports=1)
    assert [call.outcome for call in day.calls("coaching")] == ["skipped"]


def test_an_agent_pauses_before_each_call_that_he_starts() -> None:
    # Dials over [20, 30) and [50, 60); the next would begin at 80, at closing.
    day = play(floor(callbacks(), sales=1, closes_s=80), ports=1)
    assert day.work() == [("dialing", 20, 30), ("dialing", 50, 60)]


def test_in_a_pause_he_takes_callers_and_the_pause_begins_anew() -> None:
    # The pause from 30 on is interrupted at 35 by a talk over [35, 45): the next call at 65.
    day = play(
        floor(callbacks(), toll_free(), sales=1, closes_s=70),
        ports=1,
        arrivals={"toll-free": [35]},
    )
    assert day.calls("toll-free")[0].hold == (35, 35)
    assert day.began_s("callbacks") == [20, 65]


def test_a_pause_that_begins_anew_is_as_long_as_it_was_to_be() -> None:
    # The pause belongs to the call that follows it: 20 s before the first, 7 s before the second.
    day = play(
        floor(callbacks(pause=Exponential(1.0)), toll_free(), sales=1, closes_s=60),
        ports=1,
        arrivals={"toll-free": [5]},
        draws={"callbacks": [{"pause": [20, 7, 99]}]},
    )
    assert day.began_s("callbacks") == [35, 52]


def test_a_caller_of_the_instant_at_which_a_pause_ends_is_answered_first() -> None:
    day = play(
        floor(callbacks(), toll_free(), sales=1, closes_s=60),
        ports=1,
        arrivals={"toll-free": [20]},
    )
    assert day.calls("toll-free")[0].talk == (20, 30)
    assert day.began_s("callbacks") == [50]


def test_a_pause_ends_with_the_shift_and_begins_anew_with_the_next() -> None:
    day = play(
        floor(callbacks(), groups=[group("sales", 1, (0, 15), (30, 70))], closes_s=100), ports=1
    )
    assert day.began_s("callbacks") == [50]


def test_the_message_of_a_single_call_plays_on_in_the_pause_after_it() -> None:
    day = play(
        floor(
            callbacks(outcomes=Outcomes(voicemail=1.0), message=Constant(30.0)),
            sales=1,
            closes_s=60,
        ),
        ports=2,
    )
    assert [call.port for call in day.calls("callbacks")] == [(30, 60), (60, 90)]
    assert day.began_s("callbacks") == [20, 50]


def test_a_group_without_the_dialer_dials_slowly_speaks_itself_and_takes_no_port() -> None:
    # The same list, power dialed and by hand: 10 s and 15 s a dial, 30 s and 7 s a message.
    dialer = outbound(
        agents=("power", "by hand"), dial_by_hand=Constant(15.0), by_hand=Constant(7.0)
    )
    licences = ("crm", "dialer-tab")
    day = play(
        floor(
            dialer,
            groups=[group("power", 1), group("by hand", 1, licences=licences)],
            closes_s=20,
        ),
        ports=9,
    )
    assert day.work(0) == [("dialing", 0, 10), ("dialing", 10, 20)]
    assert day.work(1) == [("dialing", 0, 15), ("by_hand", 15, 22)]
    in_person = [call for call in day.calls("outbound") if call.agent == 1]
    assert [(call.outcome, call.port) for call in in_person] == [("by hand", None)]
    assert day.offered_s("outbound") == [10, None, 20]
