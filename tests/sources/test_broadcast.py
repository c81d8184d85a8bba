"""The broadcast (JabberDog): who presses 1 after the message wants a live agent."""

import numpy as np
import pytest

from engine.hand_made import floor, play
from flexports.laws import Constant, Exponential
from flexports.sources.broadcast import Broadcast
from flexports.tape import Pen, Streams

OPENS_S, LENGTH_S = 9 * 3600.0, 3600.0


def campaign(**keys: object) -> Broadcast:
    usual = {"name": "jabberdog", "pace": 1.0, "talk": Constant(10.0), "wrap_up": Constant(0.0)}
    return Broadcast(**usual | keys)


def presses(day: int = 0, **keys: object) -> np.ndarray:
    pen = Pen(Streams(seed=1), day, "jabberdog")
    return campaign(**keys).arrivals_s(pen, OPENS_S, LENGTH_S)


def test_the_port_is_held_from_the_press_to_the_end_of_talk() -> None:
    day = play(floor(campaign(), sales=1), ports=2, arrivals={"jabberdog": [1, 2]})
    assert [call.port for call in day.calls("jabberdog")] == [(1, 11), (2, 21)]
    assert day.calls("jabberdog")[1].hold == (2, 11)


def test_a_press_that_finds_no_port_hears_an_apology() -> None:
    day = play(floor(campaign(), sales=2), ports=1, arrivals={"jabberdog": [1, 2]})
    assert [call.outcome for call in day.calls("jabberdog")] == ["answered", "lost"]


def test_if_everybody_answers_and_presses_there_is_a_press_a_message_after_each_attempt() -> None:
    attempts = presses(answers=1.0, press_1=1.0, message=Constant(0.0))
    after = presses(answers=1.0, press_1=1.0, message=Constant(20.0))
    np.testing.assert_array_equal(after, attempts + 20.0)


def test_presses_come_in_order_of_time_whatever_the_messages_last() -> None:
    pressed = presses(answers=1.0, press_1=1.0, message=Exponential(60.0))
    assert np.all(np.diff(pressed) >= 0)


def test_who_was_dialed_before_closing_may_press_after_it() -> None:
    pressed = presses(answers=1.0, press_1=1.0, message=Constant(600.0))
    assert LENGTH_S < pressed[-1] < LENGTH_S + 600.0


def test_presses_are_a_share_of_a_share_of_the_attempts() -> None:
    # 20 days x 3,600 attempts x 0.35 x 0.1 = 2,520 presses, with a standard deviation of 50.
    pressed = sum(len(presses(day, answers=0.35, press_1=0.1)) for day in range(20))
    assert pressed == pytest.approx(2520, abs=4 * 2520**0.5)


def test_a_list_ends() -> None:
    assert len(presses(answers=1.0, press_1=1.0, numbers=100)) == 100
    assert len(presses(answers=1.0, press_1=1.0)) > 3000


def test_a_campaign_starts_at_its_hour() -> None:
    pressed = presses(answers=1.0, press_1=1.0, message=Constant(0.0), starts_s=9.5 * 3600.0)
    assert pressed[0] > 1800.0
    # 1,800 s at one a second, with a standard deviation of 42
    assert len(pressed) == pytest.approx(1800, abs=4 * 1800**0.5)


def test_a_campaign_that_starts_before_opening_starts_at_opening() -> None:
    np.testing.assert_array_equal(
        presses(answers=1.0, press_1=1.0, starts_s=8 * 3600.0),
        presses(answers=1.0, press_1=1.0),
    )


def test_more_presses_come_of_the_same_attempts_if_more_press() -> None:
    few, many = presses(answers=1.0, press_1=0.1), presses(answers=1.0, press_1=0.5)
    assert set(few) < set(many)


def test_it_counts_on_paper_what_it_offers() -> None:
    one = campaign(pace=2.0, answers=0.5, press_1=0.1, record=0.5, talk=Exponential(60.0))
    calls, recordings = one.uses(floor(one, sales=1))
    # 2 a second x 0.5 x 0.1 = 0.1 presses a second, x 60 s = 6 erlangs; half of them recorded
    assert calls.load_erl == pytest.approx(6.0)
    assert recordings.load_erl == pytest.approx(3.0)
    assert one.poisson_rate_per_s(OPENS_S, LENGTH_S) == pytest.approx(0.1)
    assert one.expected_calls(floor(one, sales=1), OPENS_S, LENGTH_S) == pytest.approx(360.0)


def test_a_campaign_of_a_list_or_from_some_hour_is_no_poisson_stream_of_the_day() -> None:
    assert campaign(numbers=100).poisson_rate_per_s(OPENS_S, LENGTH_S) is None
    assert campaign(starts_s=10 * 3600.0).poisson_rate_per_s(OPENS_S, LENGTH_S) is None
    on_a_floor = floor(campaign(numbers=100), sales=1)
    assert campaign(numbers=100, answers=0.5, press_1=0.5).expected_calls(
        on_a_floor, OPENS_S, LENGTH_S
    ) == pytest.approx(25.0)
