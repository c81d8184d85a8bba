"""What precision is asked for: texts, and how wide an interval may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.experiment import Wanted, parse_wanted
from flexports.experiment.metrics import metric_units, metrics_on
from flexports.floor import parse_floor
from shown_floors import CALLS, DIALER


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2%", Wanted(relative=0.02)),
        ("0.02", Wanted(relative=0.02)),
        (" blocking :  2 % ", Wanted("blocking", relative=0.02)),
        ("hold_p95: 5%", Wanted("hold_p95", relative=0.05)),
        ("hold_p95: 1 s", Wanted("hold_p95", absolute=1.0)),
        ("hold_p95: 2 min", Wanted("hold_p95", absolute=120.0)),
        ("carried_load: 0.1 ports", Wanted("carried_load", absolute=0.1)),
        ("offered: 5 per day", Wanted("offered", absolute=5.0)),
        ("service_level: 0.01 share", Wanted("service_level", absolute=0.01)),
        ("time_idle: 1%", Wanted("time_idle", relative=0.01)),
    ],
)
def test_a_text_asks_for_a_precision(text: str, wanted: Wanted) -> None:
    assert parse_wanted(text) == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a precision; write a share such as '2%'"),
        ("few", "is not a precision; write a share such as '2%'"),
        ("2%" + " " * 100, "is not a precision; write a share such as '2%'"),
        ("0%", "is not a share between 0 and 1; write 'blocking: 5%' or 'blocking: 0.001 share'"),
        ("2", "is not a share between 0 and 1; write 'blocking: 5%' or 'blocking: 0.001 share'"),
        ("-2%", "is not a share between 0 and 1; write 'blocking: 5%' or 'blocking: 0.001 share'"),
        ("hold_p95: 1", "is not a share between 0 and 1; write 'hold_p95: 5%' or 'hold_p95: 1 s'"),
        ("hold_95: 1 s", "asks for 'hold_95', which is no metric; did you mean 'hold_p95'?"),
        ("hold p95: 1 s", "asks for 'hold p95', which is no metric; did you mean 'hold_p95'?"),
        ("weather: 1 s", "asks for 'weather', which is no metric; write a metric of the tables"),
        ("hold_p95: 1 sec", "is not a duration; write 'hold_p95: 5%' or 'hold_p95: 1 s'"),
        ("hold_p95: 0 s", "is not above 0; write 'hold_p95: 5%' or 'hold_p95: 1 s'"),
        (
            "carried_load: 1 s",
            "has the unit 's', not that of carried_load; write 'carried_load: 5%' or"
            " 'carried_load: 1 ports'",
        ),
        ("blocking: 0 share", "is not above 0; write 'blocking: 5%' or 'blocking: 0.001 share'"),
    ],
)
def test_a_text_that_asks_for_none_says_what_would(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".+; .+") as refused:
        parse_wanted(text)
    assert str(refused.value).startswith(said)


AMOUNTS = st.floats(1e-6, 1e6) | st.integers(1, 10**6).map(float)
WANTED = st.one_of(
    st.builds(Wanted, st.sampled_from(sorted(metric_units())), st.floats(1e-6, 0.999999)),
    st.builds(
        lambda metric, amount: Wanted(metric, absolute=amount),
        st.sampled_from(sorted(metric_units())),
        AMOUNTS,
    ),
)


@given(wanted=WANTED)
def test_a_precision_reads_back_from_its_text_to_the_last_bit(wanted: Wanted) -> None:
    assert parse_wanted(str(wanted)) == wanted


def test_a_relative_precision_is_of_the_value_or_of_what_it_is_compared_with() -> None:
    wanted = Wanted("blocking", relative=0.1)
    assert wanted.allowed(0.05) == pytest.approx(0.1 * 0.05)
    assert wanted.allowed(0.0) == pytest.approx(0.1 * 0.001)
    assert wanted.allowed(0.002, bound=0.01) == pytest.approx(0.1 * 0.01)
    assert wanted.allowed(0.05, bound=0.01) == pytest.approx(0.1 * 0.05)
    assert wanted.allowed(0.0, bound=0.0) == pytest.approx(0.1 * 0.001)


def test_an_absolute_precision_is_the_same_for_all_values() -> None:
    wanted = Wanted("hold_p95", absolute=1.0)
    assert wanted.allowed(0.0) == wanted.allowed(300.0) == wanted.allowed(5.0, bound=9.0) == 1.0


@pytest.mark.parametrize(
    "given_",
    [
        {},
        {"relative": 0.1, "absolute": 0.1},
        {"relative": 1.0},
        {"relative": float("nan")},
        {"absolute": 0.0},
        {"absolute": float("inf")},
        {"metric": "weather", "relative": 0.1},
    ],
)
def test_what_is_no_precision_cannot_be_made(given_: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r".+; .+"):
        Wanted(**given_)  # type: ignore[arg-type]


def test_metrics_are_those_that_a_floor_is_told_by() -> None:
    of_calls, of_dialer = metrics_on(parse_floor(CALLS)), metrics_on(parse_floor(DIALER))
    assert of_calls | of_dialer <= set(metric_units())
    assert "hold_p95" in of_calls - of_dialer
    assert "missed_recordings" in of_dialer - of_calls
    assert {"blocking", "busy_mean", "time_idle"} <= of_calls & of_dialer
