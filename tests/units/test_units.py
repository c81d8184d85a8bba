"""Durations, rates and times of day: text to seconds and back, and what is refused."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flexports.units import (
    clock_s,
    duration_s,
    format_clock,
    format_duration,
    format_rate,
    rate_per_s,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3 min", 180.0),
        ("3min", 180.0),
        (" 2 h ", 7200.0),
        ("250 ms", 0.25),
        ("0 s", 0.0),
        ("1.5 d", 129600.0),
        (".5 s", 0.5),
        ("1e3 s", 1000.0),
        ("+7 s", 7.0),
        ("0.1 min", 6.0),  # 0.1 * 60 rounded once
    ],
)
def test_a_duration_is_a_number_with_a_unit(text: str, seconds: float) -> None:
    assert duration_s(text) == seconds


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3 mins", "is not a duration; write '3 min'"),
        ("5 minutes", "is not a duration; write '5 min'"),
        ("3 hours", "is not a duration; write '3 h'"),
        ("3 S", "is not a duration; write '3 s'"),
        ("20 msec", "is not a duration; write '20 ms'"),
        ("20", "has no unit; write '20 s' or '20 min'"),
        ("-20", "has no unit; write '20 s' or '20 min'"),
        ("-3 s", "is negative; write a duration of 0 s or more, such as '3 s'"),
        ("nan s", "is not a finite number; "),
        ("inf min", "is not a finite number; "),
        ("-Infinity", "is not a finite number; "),
        ("1e999 s", "is too large; "),
        ("", "is not a duration; write a number with a unit"),
        ("soon", "is not a duration; write a number with a unit"),
        ("1 h 30 min", "is not a duration; write a number with a unit"),
        ("3 parsecs", "is not a duration; write a number with a unit"),
        ("1" * 10_000 + " s", "is not a duration; write a number with a unit"),
        ("1e" + "9" * 50 + " s", "is not a duration; write a number with a unit"),
        ("\u0661 s", "is not a duration; "),
    ],
)
def test_what_is_no_duration_is_refused_with_a_remedy(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".; .") as refused:
        duration_s(text)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "per_s"),
    [
        ("18 per hour", 0.005),
        ("2 per second", 2.0),
        ("90 per  minute", 1.5),
        ("86400 per day", 1.0),
        ("0 per hour", 0.0),
    ],
)
def test_a_rate_is_a_number_per_unit(text: str, per_s: float) -> None:
    assert rate_per_s(text) == per_s


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("18/h", "is not a rate; write '18 per hour'"),
        ("18 per hours", "is not a rate; write '18 per hour'"),
        ("18 an hour", "is not a rate; write '18 per hour'"),
        ("18 per min", "is not a rate; write '18 per minute'"),
        ("18", "is not a rate; write a number per second, minute, hour or day"),
        ("often", "is not a rate; write a number per second, minute, hour or day"),
        ("-18 per hour", "is negative; "),
        ("nan per hour", "is not a finite number; "),
        ("1e999 per day", "is too large; "),
    ],
)
def test_what_is_no_rate_is_refused_with_a_remedy(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".; .") as refused:
        rate_per_s(text)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:00", 0.0),
        ("09:00", 32400.0),
        ("9:05", 32700.0),
        ("17:30:15", 63015.0),
        ("24:00", 86400.0),
    ],
)
def test_a_time_of_day_is_hours_and_minutes(text: str, seconds: float) -> None:
    assert clock_s(text) == seconds
    assert clock_s(format_clock(seconds)) == seconds


@pytest.mark.parametrize("text", ["", "9", "9 am", "25:00", "24:01", "09:60", "09:00:60", "-1:00"])
def test_what_is_no_time_of_day_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time of day; write"):
        clock_s(text)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(180.0, "3 min"), (20.0, "20 s"), (60.0, "1 min"), (90.0, "90 s"), (21600.0, "6 h")],
)
def test_a_duration_is_shown_in_the_shortest_way(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text


@given(st.floats(min_value=0, allow_nan=False, allow_infinity=False, max_value=1e300))
@example(5e-324)
@example(0.1 + 0.2)
@example(1e10)
def test_what_is_written_reads_back_to_the_last_bit(value: float) -> None:
    assert duration_s(format_duration(value)) == value
    assert rate_per_s(format_rate(value)) == value


@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf])
def test_what_has_no_text_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="has no text; give"):
        format_duration(value)


@given(st.text(max_size=30))
def test_any_text_is_either_read_or_refused_with_a_remedy(text: str) -> None:
    for read in (duration_s, rate_per_s, clock_s):
        try:
            value = read(text)
        except ValueError as error:
            rule, semicolon, remedy = str(error).partition("; ")
            assert all((rule, semicolon, remedy))
        else:
            assert math.isfinite(value)
            assert value >= 0
