"""Calls that found no port and come back: how often, when, and in which order."""

from typing import Any

import pytest

from engine.hand_made import Played, floor, loss, play, toll_free
from flexports.laws import Constant, Exponential
from flexports.sources.blocked import RetryKeys
from flexports.sources.inbound import Inbound
from flexports.sources.monitoring import Monitoring


def persistent(hold_s: float = 10.0, **keys: Any) -> Inbound:
    """Calls of 10 s that come back after 5 s, always, unless told otherwise."""
    usual: dict[str, Any] = {"probability": 1.0, "delay": Constant(5.0)}
    return loss(hold_s, when_blocked="retry", retry=RetryKeys(**usual | keys))


def attempts(day: Played, call: int) -> list[tuple[int, float, str]]:
    """The attempts of a call: number, time, outcome."""
    return [
        (int(row["attempt"]), row["began_s"], day.plan.outcomes[int(row["outcome"])])
        for row in day.rows("toll-free")
        if row["call"] == call
    ]


def test_every_attempt_has_a_row_of_its_own() -> None:
    # The only port is taken over [0, 10): attempts at 1, 6 and 11. What was first stays known.
    day = play(floor(persistent()), ports=1, arrivals={"toll-free": [0, 1]})
    assert attempts(day, 1) == [(1, 1, "retries"), (2, 6, "retries"), (3, 11, "self-served")]
    rows = [row for row in day.rows("toll-free") if row["call"] == 1]
    assert [row["offered_s"] for row in rows] == [1, 6, 11]
    assert {row["first_s"] for row in rows} == {1}
    assert (rows[-1]["port_from_s"], rows[-1]["port_to_s"]) == (11, 21)


def test_a_call_has_no_more_attempts_than_the_limit() -> None:
    day = play(floor(persistent(attempts=2)), ports=1, arrivals={"toll-free": [0, 1]})
    assert attempts(day, 1) == [(1, 1, "retries"), (2, 6, "lost")]


def test_one_attempt_is_no_retry() -> None:
    day = play(floor(persistent(attempts=1)), ports=1, arrivals={"toll-free": [0, 1]})
    assert attempts(day, 1) == [(1, 1, "lost")]


def test_who_does_not_come_back_is_lost() -> None:
    day = play(floor(persistent(probability=0.0)), ports=1, arrivals={"toll-free": [0, 1]})
    assert attempts(day, 1) == [(1, 1, "lost")]


def test_whether_and_when_is_drawn_anew_for_every_attempt() -> None:
    # Port taken over [0, 100). Back after 7 s, then after 2 s, then no more.
    day = play(
        floor(persistent(100.0, probability=0.5, delay=Exponential(1.0))),
        ports=1,
        arrivals={"toll-free": [0, 1]},
        draws={"toll-free": {"retry": [[], [1, 1, 0]], "retry_delay": [[], [7, 2]]}},
    )
    assert attempts(day, 1) == [(1, 1, "retries"), (2, 8, "retries"), (3, 10, "lost")]


def test_what_a_call_is_about_is_drawn_once() -> None:
    day = play(
        floor(
            toll_free(
                talk=Exponential(1.0),
                when_blocked="retry",
                retry=RetryKeys(probability=1.0, delay=Constant(5.0)),
            ),
            sales=1,
        ),
        ports=1,
        arrivals={"toll-free": [0, 1]},
        draws={"toll-free": {"talk": [3, 4]}},
    )
    assert day.calls("toll-free")[-1].talk == (6, 10)


@pytest.mark.parametrize(
    ("closes_s", "told"),
    [
        (6.0, [(1, 1, "lost")]),
        (6.0 + 2**-40, [(1, 1, "retries"), (2, 6, "lost")]),
    ],
)
def test_a_retry_that_would_come_at_closing_or_after_it_is_lost(
    closes_s: float, told: list[tuple[int, float, str]]
) -> None:
    # Blocked at 1, it would be back at 6; blocked again then, it would be back at 11.
    day = play(floor(persistent(), closes_s=closes_s), ports=1, arrivals={"toll-free": [0, 1]})
    assert attempts(day, 1) == told
    assert day.plan.lost_outcomes == {"lost"}


def test_a_retry_at_the_instant_of_a_release_is_carried() -> None:
    day = play(floor(persistent(6.0)), ports=1, arrivals={"toll-free": [0, 1]})
    assert attempts(day, 1)[-1] == (2, 6, "self-served")


def test_an_arrival_comes_before_a_retry_of_the_same_instant() -> None:
    # Both want the port that is free at 6. The retry comes again at 11, and at 16.
    day = play(floor(persistent(6.0)), ports=1, arrivals={"toll-free": [0, 1, 6]})
    assert attempts(day, 2) == [(1, 6, "self-served")]
    assert [began_s for _, began_s, _ in attempts(day, 1)] == [1, 6, 11, 16]


def test_retries_of_one_instant_come_in_the_order_in_which_they_were_blocked() -> None:
    # Back at 6 both, after 5 s and after 4 s.
    day = play(
        floor(persistent(6.0, delay=Exponential(1.0))),
        ports=1,
        arrivals={"toll-free": [0, 1, 2]},
        draws={"toll-free": {"retry_delay": [[], [5], [4, 9]]}},
    )
    assert attempts(day, 1)[-1] == (2, 6, "self-served")
    assert [began_s for _, began_s, _ in attempts(day, 2)] == [2, 6, 15]


def test_a_supervisor_who_comes_back_for_a_port_is_busy_with_it() -> None:
    # Sessions of 5 s after pauses of 10 s; a call has the only port over [0, 12). Blocked at 10,
    # back at 13, session over [13, 18), and the next pause from 18 on.
    monitoring = Monitoring(
        name="coaching",
        pause=Constant(10.0),
        session=Constant(5.0),
        when_blocked="retry",
        retry=RetryKeys(probability=1.0, delay=Constant(3.0)),
    )
    day = play(floor(monitoring, loss(12.0), closes_s=30), ports=1, arrivals={"toll-free": [0]})
    assert day.began_s("coaching") == [10, 13, 28]
    assert [call.port for call in day.calls("coaching")] == [None, (13, 18), (28, 33)]
