"""Rates by time of day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.floor import Profile
from flexports.problems import InputError

H = 3600.0
MORNING = Profile((9 * H, 11 * H), (0.01, 0.02))


def test_one_rate_holds_all_day_and_every_day() -> None:
    assert Profile.constant(0.5).between(9 * H, 1e6) == ((0.0,), (0.5,))


def test_before_the_first_time_the_rate_is_zero() -> None:
    assert MORNING.at(8.99 * H) == 0.0
    assert MORNING.at(9 * H) == 0.01
    assert MORNING.between(8 * H, 4 * H) == ((0.0, H, 3 * H), (0.0, 0.01, 0.02))


def test_a_day_past_midnight_begins_again() -> None:
    night = Profile((0.0, 6 * H), (0.3, 0.1))
    assert night.between(22 * H, 10 * H) == ((0.0, 2 * H, 8 * H), (0.1, 0.3, 0.1))


def test_what_changes_at_closing_does_not_count() -> None:
    assert MORNING.between(9 * H, 2 * H) == ((0.0,), (0.01,))


def test_the_expected_number_is_the_area_below_the_rate() -> None:
    # 2 h at 36 an hour, 1 h at 72 an hour
    assert MORNING.expected(9 * H, 3 * H) == pytest.approx(2 * 36 + 72)


@given(
    st.lists(st.integers(0, 86399), min_size=1, max_size=6, unique=True).map(sorted),
    st.floats(0, 86400),
    st.floats(1, 200_000),
    st.floats(0, 0.999),
)
def test_pieces_and_times_of_day_tell_the_same_rate(
    times: list[int], opens_s: float, length_s: float, where: float
) -> None:
    profile = Profile(tuple(map(float, times)), tuple(0.5 + n for n in range(len(times))))
    starts, rates = profile.between(opens_s, length_s)
    assert list(starts) == sorted(set(starts))
    assert starts[0] == 0
    assert starts[-1] < length_s
    at_s = where * length_s
    piece = max(n for n, start in enumerate(starts) if start <= at_s)
    if abs(at_s - starts[piece]) > 1e-6:
        near = [profile.at(opens_s + at_s + nudge) for nudge in (-1e-6, 1e-6)]
        assert rates[piece] in near


@pytest.mark.parametrize(
    ("from_s", "rates"),
    [((), ()), ((0.0,), (0.1, 0.2)), ((5.0, 5.0), (0.1, 0.2)), ((9.0, 5.0), (0.1, 0.2))],
)
def test_times_that_do_not_rise_are_refused(
    from_s: tuple[float, ...], rates: tuple[float, ...]
) -> None:
    with pytest.raises(InputError):
        Profile(from_s, rates)
    with pytest.raises(ValueError, match="is 0 all day"):
        Profile((0.0,), (0.0,))
