"""A day as a list of events."""

import pytest

import flexports
from flexports import parse_floor
from flexports.study.simulate import SimulatedDay
from flexports.table.events import clock_text, events_of
from shown_floors import CALLS, CLOCKWORK, DIALER


def day_of(text: str, ports: int) -> SimulatedDay:
    return flexports.simulate(parse_floor(text), ports=ports)


@pytest.mark.parametrize("text", [CALLS, DIALER, CLOCKWORK])
def test_events_are_in_order_and_every_port_taken_is_given_back(text: str) -> None:
    events = events_of(day_of(text, 2))
    assert [event.time_s for event in events] == sorted(event.time_s for event in events)
    assert sum(event.ports for event in events) == 0


@pytest.mark.parametrize("text", [CALLS, DIALER])
def test_every_call_is_told_from_its_beginning(text: str) -> None:
    day = day_of(text, 2)
    begun = [event for event in events_of(day) if event.what in ("arrives", "dials")]
    assert len(begun) == len(day.calls)
    assert all(event.agent for event in begun if event.what == "dials")


def test_what_ends_comes_before_what_begins_at_the_same_time() -> None:
    # At 0:20 the message begins, and the agent dials again; at 0:40 he finds no port.
    events = [(event.time_s, event.what) for event in events_of(day_of(CLOCKWORK, 1))]
    assert events.index((20.0, "takes a port")) < events.index((20.0, "dials"))
    assert events.index((55.0, "by hand ends")) < events.index((55.0, "dials"))


def test_work_by_hand_belongs_to_its_call() -> None:
    by_hand = [event for event in events_of(day_of(CLOCKWORK, 1)) if "by hand" in event.what]
    assert by_hand
    assert all(event.call is not None and event.source == "outbound" for event in by_hand)


def test_recordings_take_ports_of_their_own() -> None:
    told = {event.what for event in events_of(day_of(DIALER, 9))}
    assert {"recording takes a port", "recording gives its port back"} <= told


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (32400.0, "09:00:00.0"),
        (32418.446, "09:00:18.4"),
        (32459.96, "09:01:00.0"),
        (86400.0, "24:00:00.0"),
        (90000.0, "01:00:00.0 +1 d"),
    ],
)
def test_a_time_of_day_is_shown_to_the_tenth_of_a_second(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text
