"""Differences between port counts, against the days themselves and against theory."""

from __future__ import annotations

import numpy as np
import pytest

from flexports.estimates.differences import differences
from flexports.study.blocks import Trial
from flexports.study.results import Sweep
from flexports.study.sweep import sweep
from flexports.tally import Tallies
from flexports.theory import erlang_b
from study.floors_for_studies import MODELS, loss_floor


@pytest.fixture(scope="module")
def peak() -> tuple[Sweep, list[Tallies]]:
    from flexports.floor import read_floor

    trial = Trial(read_floor(MODELS / "company-x-peak.toml"), 3)
    counts = [6, 7, 9]
    days = [trial.tallies(range(day, day + 1), counts) for day in range(40)]
    return Sweep(trial, trial.tallies(range(40), counts)), days


@pytest.mark.parametrize(
    ("source", "metric", "above", "below"),
    [
        ("outbound", "blocking", "blocked", "offered"),
        ("toll-free", "hold_mean", "hold_ticks", "asked"),
        ("toll-free", "abandonment", "abandoned", "asked"),
        ("outbound", "offered", "offered", None),
    ],
)
def test_value_and_variance_are_those_of_the_days(
    peak: tuple[Sweep, list[Tallies]], source: str, metric: str, above: str, below: str | None
) -> None:
    result, days = peak
    (found,) = (
        each
        for each in result.differences(against=9)
        if (each.ports, each.source, each.metric) == (6, source, metric)
    )
    number = [each.name for each in days[0][6].frame.sources].index(source)

    def column(ports: int, name: str) -> np.ndarray:
        scale = 2**20 if name.endswith("ticks") else 1
        return np.array([day[ports].sources[number].sum(name) / scale for day in days])

    errors, values = [], []
    for ports in (6, 9):
        y = column(ports, above)
        x = np.ones(len(days)) if below is None else column(ports, below)
        values.append(y.sum() / x.sum())
        errors.append((y - values[-1] * x) / x.mean())
    daily = errors[0] - errors[1]
    assert found.value == pytest.approx(values[0] - values[1], rel=1e-9)
    standard_error = (daily @ daily / (len(days) * (len(days) - 1))) ** 0.5
    # Student's t for 39 degrees of freedom at 97.5 %: 2.0227.
    towards_zero = min(found.value - found.low, found.high - found.value)
    assert towards_zero == pytest.approx(2.0227 * standard_error, rel=1e-4)


def test_a_difference_on_the_same_days_is_far_better_known_than_on_others() -> None:
    floor = loss_floor(8.0, 0.01, hours=6.0)
    result = sweep(floor, [10, 11], days=100, controls=False)
    (found,) = (each for each in result.differences() if each.metric == "carried_load")
    carried = [8.0 * (1 - erlang_b(8.0, ports)) for ports in (10, 11)]
    assert found.ports == 11
    assert found.against == 10
    # The day begins empty: a little less is carried than in the long run.
    assert found.value == pytest.approx(carried[1] - carried[0], rel=0.2)
    assert (2 * found.alone / (found.high - found.low)) ** 2 > 10


def test_the_cost_of_a_port_more_is_its_rent_where_it_changes_nothing() -> None:
    from dataclasses import replace

    from flexports.floor.prices import Prices

    floor = replace(loss_floor(0.5, 0.01), prices=Prices(port=30.0, lost_call=1.0))
    result = sweep(floor, [12, 13], days=20)
    (found,) = (each for each in result.differences() if each.source == "cost")
    assert found.value == pytest.approx(30.0)
    assert found.low < found.value < found.high


def test_counts_that_were_run_apart_are_not_compared() -> None:
    trial = Trial(loss_floor(2.0, 0.01), 1)
    apart = trial.tallies(range(5), [3]).beside(trial.tallies(range(5), [4]))
    result = Sweep(trial, apart)
    with pytest.raises(ValueError, match="not run together"):
        list(differences(apart, 3, result.estimates, 0.95))
    with pytest.raises(ValueError, match="none of the port counts"):
        result.differences(against=7)
