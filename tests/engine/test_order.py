"""The rule of order: at equal times, what ends comes before what begins."""

from engine.hand_made import VOICEMAIL, floor, loss, outbound, play, toll_free
from flexports.laws import Constant, Exponential


def test_an_arrival_at_the_instant_of_release_is_carried() -> None:
    # One port. The first call holds it over [0, 10); the second comes at 10 and takes it.
    day = play(floor(loss(10.0)), ports=1, arrivals={"toll-free": [0, 10]})
    assert [call.port for call in day.calls("toll-free")] == [(0, 10), (10, 20)]


def test_an_arrival_just_before_a_release_is_blocked() -> None:
    just_before = 10 - 2**-40
    day = play(floor(loss(10.0)), ports=1, arrivals={"toll-free": [0, just_before]})
    assert [call.outcome for call in day.calls("toll-free")] == ["self-served", "lost"]


def test_of_two_arrivals_at_one_instant_the_first_on_the_tape_takes_the_last_port() -> None:
    day = play(floor(loss(10.0)), ports=1, arrivals={"toll-free": [5, 5]})
    assert [call.port for call in day.calls("toll-free")] == [(5, 15), None]


def test_of_arrivals_of_two_sources_at_one_instant_the_first_source_comes_first() -> None:
    both = floor(loss(10.0, name="a"), loss(10.0, name="b"))
    day = play(both, ports=1, arrivals={"b": [5], "a": [5]})
    assert day.calls("a")[0].port == (5, 15)
    assert day.calls("b")[0].port is None


def test_a_caller_whose_patience_ends_as_an_agent_becomes_free_has_gone() -> None:
    # The agent talks over [0, 10). The second caller comes at 4 and will hold for 6 s: to 10.
    day = play(
        floor(toll_free(patience=Exponential(1.0)), sales=1),
        ports=2,
        arrivals={"toll-free": [0, 4]},
        draws={"toll-free": {"patience": [99, 6]}},
    )
    first, second = day.calls("toll-free")
    assert first.talk == (0, 10)
    assert second.outcome == "abandoned"
    assert second.hold == second.port == (4, 10)
    assert second.agent is None


def test_a_caller_whose_patience_ends_after_an_agent_becomes_free_is_answered() -> None:
    day = play(
        floor(toll_free(patience=Exponential(1.0)), sales=1),
        ports=2,
        arrivals={"toll-free": [0, 4]},
        draws={"toll-free": {"patience": [99, 6 + 2**-40]}},
    )
    assert day.calls("toll-free")[1].talk == (10, 20)


def test_the_port_of_a_caller_who_gives_up_can_carry_an_arrival_of_that_instant() -> None:
    # Ports: one for the talk over [0, 50), one for the caller who holds over [4, 10).
    day = play(
        floor(toll_free(patience=Exponential(1.0), talk=Constant(50.0)), sales=1),
        ports=2,
        arrivals={"toll-free": [0, 4, 10]},
        draws={"toll-free": {"patience": [99, 6, 99]}},
    )
    assert [call.port for call in day.calls("toll-free")] == [(0, 50), (4, 10), (10, 100)]


def test_an_arrival_at_the_instant_an_agent_becomes_free_is_answered_at_once() -> None:
    day = play(floor(toll_free(), sales=1), ports=1, arrivals={"toll-free": [0, 10]})
    second = day.calls("toll-free")[1]
    assert second.hold == (10, 10)
    assert second.talk == (10, 20)


def test_who_holds_comes_before_an_arrival_at_the_instant_an_agent_becomes_free() -> None:
    day = play(floor(toll_free(), sales=1), ports=3, arrivals={"toll-free": [0, 3, 10]})
    assert [call.talk for call in day.calls("toll-free")] == [(0, 10), (10, 20), (20, 30)]


def test_an_agent_takes_a_caller_of_that_instant_rather_than_dial() -> None:
    # He dials over [0, 10), nobody answers, and at 10 a call comes in: talk over [10, 20), then on.
    day = play(
        floor(outbound(), toll_free(), sales=1, closes_s=25),
        ports=1,
        arrivals={"toll-free": [10]},
        draws={"outbound": [{"outcome": [2, 2, 2, 2]}]},
    )
    assert day.calls("toll-free")[0].hold == (10, 10)
    assert day.work() == [("dialing", 0, 10), ("talking", 10, 20), ("dialing", 20, 30)]


def test_two_messages_due_at_one_instant_take_the_port_in_the_order_of_their_dials() -> None:
    # Both agents dial over [0, 10); one port. The first hands over, the second speaks himself.
    day = play(floor(outbound(), sales=2, closes_s=5), ports=1)
    first, second = day.calls("outbound")
    assert (first.outcome, first.port) == ("message", (10, 40))
    assert (second.outcome, second.port) == ("by hand", None)


def test_a_message_due_as_another_ends_takes_its_port_whoever_was_set_down_first() -> None:
    # The first message plays over [10, 20) on the only port. The second dial ends at 20 too; it
    # began at 10, and whether its end or the message's was set down first does not matter.
    day = play(floor(outbound(message=Constant(10.0)), sales=1, closes_s=15), ports=1)
    assert [call.port for call in day.calls("outbound")] == [(10, 20), (20, 30)]


def test_an_arrival_comes_before_a_message_that_is_due_at_that_instant() -> None:
    # Arrivals are set down before opening, so the only port goes to the call that comes at 10.
    day = play(
        floor(outbound(), loss(20.0), sales=1, closes_s=5), ports=1, arrivals={"toll-free": [10]}
    )
    assert day.calls("toll-free")[0].port == (10, 30)
    assert day.calls("outbound")[0].outcome == "by hand"


def test_an_agent_who_hands_over_a_message_is_free_at_that_very_instant() -> None:
    # The dial ends at 10; a caller has held since 3. Message and talk both begin at 10.
    day = play(
        floor(outbound(), toll_free(), sales=1, closes_s=5),
        ports=2,
        arrivals={"toll-free": [3]},
        draws={"outbound": [{"outcome": [VOICEMAIL]}]},
    )
    assert day.calls("outbound")[0].port == (10, 40)
    assert day.calls("toll-free")[0].talk == (10, 20)


def test_a_call_that_comes_at_opening_is_answered_at_opening() -> None:
    day = play(floor(toll_free(), sales=1), ports=1, arrivals={"toll-free": [0]})
    assert day.calls("toll-free")[0].hold == (0, 0)


def test_a_call_that_takes_no_time_leaves_port_and_agent_to_the_next() -> None:
    # The talk of no time ends before the call of the next instant begins.
    day = play(
        floor(toll_free(talk=Constant(0.0)), sales=1), ports=1, arrivals={"toll-free": [5, 6]}
    )
    assert [call.port for call in day.calls("toll-free")] == [(5, 5), (6, 6)]
    assert [call.hold for call in day.calls("toll-free")] == [(5, 5), (6, 6)]
