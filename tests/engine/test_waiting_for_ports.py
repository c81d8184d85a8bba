"""Calls that queue for a port: who is first, who is passed over, and who has waited too long."""

import math

from engine.hand_made import faxes, floor, loss, play, toll_free


def test_a_port_goes_to_the_first_waiter_before_an_arrival_of_that_instant() -> None:
    # One port. The fax of 5 waits for the end of the first, at 10, when a call arrives too.
    day = play(floor(faxes(), loss()), ports=1, arrivals={"faxes": [0, 5], "toll-free": [10]})
    assert [call.port for call in day.calls("faxes")] == [(0, 10), (10, 20)]
    assert day.calls("toll-free")[0].outcome == "lost"


def test_waiters_are_served_by_priority_and_then_in_order_of_joining() -> None:
    day = play(
        floor(faxes(name="second", priority=2), faxes(name="first", priority=1)),
        ports=1,
        arrivals={"second": [0, 1, 2], "first": [3, 4]},
    )
    assert [call.port for call in day.calls("first")] == [(10, 20), (20, 30)]
    assert [call.port for call in day.calls("second")] == [(0, 10), (30, 40), (40, 50)]


def test_within_a_priority_sources_wait_in_one_queue() -> None:
    day = play(
        floor(faxes(name="a"), faxes(name="b")),
        ports=1,
        arrivals={"a": [0, 2], "b": [1, 3]},
    )
    assert [call.port for call in day.calls("a")] == [(0, 10), (20, 30)]
    assert [call.port for call in day.calls("b")] == [(10, 20), (30, 40)]


def test_who_must_keep_ports_free_is_passed_over_by_who_need_not_and_keeps_his_place() -> None:
    # Two ports, busy over [0, 10) and [0, 20). `modest` leaves one free: its faxes wait from 1 and
    # 2, a plain one from 3. At 10 one port is free: for the plain one only, over [10, 15). At 15
    # one is free, at 20 both: for the first modest fax over [20, 30), and not for the second until
    # 30.
    day = play(
        floor(loss(), faxes(name="modest", keep_free=1), faxes(name="plain", per_page_s=5.0)),
        ports=2,
        arrivals={"toll-free": [0, 0], "modest": [1, 2], "plain": [3]},
        draws={"toll-free": {"ivr": [10, 20]}},
    )
    assert day.calls("plain")[0].port == (10, 15)
    assert [call.port for call in day.calls("modest")] == [(20, 30), (30, 40)]


def test_an_arrival_may_take_a_port_that_those_who_wait_may_not_have() -> None:
    # As above; the port that is free at 10 is left alone by the fax that waits, and at 12 a call
    # takes it until 15, and another at 18 until 21: only then are two ports free.
    day = play(
        floor(loss(), faxes(name="modest", keep_free=1)),
        ports=2,
        arrivals={"toll-free": [0, 0, 12, 18], "modest": [1]},
        draws={"toll-free": {"ivr": [10, 20, 3, 3]}},
    )
    assert [call.port for call in day.calls("toll-free")][2:] == [(12, 15), (18, 21)]
    assert day.calls("modest")[0].port == (21, 31)


def test_who_is_at_his_limit_waits_beside_a_free_port_and_keeps_his_place() -> None:
    # `few` may hold one port of two. Its fax of 1 waits for the end of its own first at 10, before
    # the fax of the other source that comes at 10, which finds the other port.
    day = play(
        floor(faxes(name="few", limit=1), faxes(name="plain")),
        ports=2,
        arrivals={"few": [0, 1, 2], "plain": [3, 4]},
    )
    assert [call.port for call in day.calls("few")] == [(0, 10), (10, 20), (20, 30)]
    assert [call.port for call in day.calls("plain")] == [(3, 13), (13, 23)]


def test_a_source_at_its_limit_does_not_hold_up_those_behind_it() -> None:
    # Ports busy over [0, 10) by `few` and [0, 6) by a call. At 6 the first in the queue, of `few`,
    # may not; the next may.
    day = play(
        floor(faxes(name="few", limit=1), loss(), faxes(name="plain")),
        ports=2,
        arrivals={"few": [0, 1], "toll-free": [0], "plain": [2]},
        draws={"toll-free": {"ivr": [6]}},
    )
    assert day.calls("plain")[0].port == (6, 16)
    assert day.calls("few")[1].port == (10, 20)


def test_the_port_of_a_recording_goes_to_the_first_waiter_too() -> None:
    # Talk over [0, 10) on two ports, one of them for the recording. Two faxes wait for them.
    day = play(
        floor(toll_free(record=1.0), faxes(), sales=1),
        ports=2,
        arrivals={"toll-free": [0], "faxes": [1, 2]},
    )
    assert day.recorded("toll-free") == [True]
    assert [call.port for call in day.calls("faxes")] == [(10, 20), (10, 20)]


def test_who_waits_for_a_port_at_closing_is_under_way() -> None:
    day = play(floor(faxes(), closes_s=5), ports=1, arrivals={"faxes": [0, 3, 4]})
    assert [call.port for call in day.calls("faxes")] == [(0, 10), (10, 20), (20, 30)]


def test_the_wait_is_told_from_wanting_a_port_to_having_one() -> None:
    day = play(floor(faxes()), ports=1, arrivals={"faxes": [0, 3]})
    row = day.rows("faxes")[1]
    assert (row["offered_s"], row["port_from_s"], row["attempt"]) == (3, 10, 1)
    assert math.isnan(row["gave_up_s"])


def test_a_mass_fax_goes_out_two_at_a_time_on_two_lines_of_its_own() -> None:
    # Five faxes at 50, 10 s each. The only flex port is not concerned.
    day = play(
        floor(faxes(lines=2), loss(100.0)),
        ports=1,
        arrivals={"faxes": [50] * 5, "toll-free": [49]},
    )
    assert [call.port for call in day.calls("faxes")] == [
        (50, 60),
        (50, 60),
        (60, 70),
        (60, 70),
        (70, 80),
    ]
    assert day.calls("toll-free")[0].port == (49, 149)


def test_on_flex_ports_a_mass_fax_takes_those_that_callers_want() -> None:
    day = play(floor(faxes(), loss()), ports=2, arrivals={"faxes": [50] * 5, "toll-free": [55, 75]})
    assert [call.port for call in day.calls("faxes")][-1] == (70, 80)
    assert [call.outcome for call in day.calls("toll-free")] == ["lost", "self-served"]


def test_fewer_fax_licences_than_lines_leave_lines_empty() -> None:
    day = play(floor(faxes(lines=2), fax=1), ports=1, arrivals={"faxes": [0, 0]})
    assert [call.port for call in day.calls("faxes")] == [(0, 10), (10, 20)]


def test_fax_licences_limit_what_faxes_take_of_the_flex_ports() -> None:
    day = play(floor(faxes(), fax=1), ports=9, arrivals={"faxes": [0, 0]})
    assert [call.port for call in day.calls("faxes")] == [(0, 10), (10, 20)]
