"""One day, call by call."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from flexports.floor import Floor
from flexports.problems import InputError
from flexports.study.simulate import CALL_COLUMNS, simulate
from study.floors_for_studies import MODELS, answering_floor, callers, company_x


def recorded_floor() -> Floor:
    return answering_floor(2, callers(60, 120.0, record=0.5))


def test_the_frame_has_a_row_a_call_in_the_order_in_which_they_began() -> None:
    calls = simulate(company_x(), ports=2).calls
    assert tuple(calls.columns) == CALL_COLUMNS
    assert calls.began_s.is_monotonic_increasing
    assert set(calls.outcome) == {"message", "by hand", "no answer"}
    assert calls.attempt.eq(1).all()


def test_agents_have_names_and_nobody_is_missing() -> None:
    assert set(simulate(company_x(), ports=2).calls.agent) == {f"sales {i}" for i in range(1, 6)}
    lost = simulate(recorded_floor(), ports=1).calls.query("outcome == 'lost'")
    assert len(lost) > 0
    assert lost.agent.isna().all()


def test_recorded_says_yes_no_or_not_wanted() -> None:
    calls = simulate(recorded_floor(), ports=2).calls
    assert set(calls.recorded.dropna()) == {True, False}
    assert calls.recorded.isna().any()


def test_what_did_not_happen_is_not_a_number() -> None:
    calls = simulate(company_x(), ports=1).calls
    silent = calls[calls.outcome == "no answer"]
    assert silent[["offered_s", "port_from_s", "hold_s", "answered_s"]].isna().all(axis=None)


def test_hold_is_the_time_from_joining_the_queue() -> None:
    day = simulate(recorded_floor(), ports=9)
    answered = day.calls[day.calls.outcome == "answered"]
    np.testing.assert_allclose(answered.hold_s, answered.answered_s - answered.offered_s)
    assert (answered.hold_s >= 0).all()


def test_one_seed_and_day_give_one_frame_and_another_day_another() -> None:
    once = simulate(company_x(), ports=2, day=3, seed=9).calls
    pd.testing.assert_frame_equal(once, simulate(company_x(), ports=2, day=3, seed=9).calls)
    assert not once.began_s.equals(simulate(company_x(), ports=2, day=4, seed=9).calls.began_s)


def test_a_day_can_be_read_from_a_file_and_shows_its_calls_as_a_table() -> None:
    day = simulate(MODELS / "company-x.toml", ports=3)
    assert day.table is day.calls
    assert day.ports == 3
    assert day.day == 0


@pytest.mark.parametrize("ports", [0, -1, 10_001])
def test_a_port_count_out_of_range_is_refused(ports: int) -> None:
    with pytest.raises(InputError, match="ports"):
        simulate(company_x(), ports=ports)


def test_a_floor_that_does_not_fit_together_is_refused() -> None:
    nobody = replace(company_x(), agents=())
    with pytest.raises(InputError):
        simulate(nobody, ports=2)


def test_a_day_before_the_first_is_refused() -> None:
    with pytest.raises(InputError, match="day"):
        simulate(company_x(), ports=2, day=-1)
