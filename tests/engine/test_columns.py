"""Columns that the loop draws are those that numpy's generators give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from flexports.engine.compiled import columns
from flexports.engine.compiled.workplace import Workplace
from flexports.floor import read_floor
from flexports.flows import Plan
from flexports.laws import (
    Choice,
    Coin,
    Constant,
    Empirical,
    Exponential,
    Gamma,
    Lognormal,
    Standard,
    Uniform,
)
from flexports.sources import plan_of
from flexports.study.blocks import Trial
from flexports.tape import Pen, Roll, StartedRoll
from flexports.tape.rolls import ArrivedRoll
from flexports.tape.streams import Streams

MODELS = sorted((Path(__file__).parents[2] / "models").glob("*.toml"))
LAWS = {
    "exponential": Exponential(20.0, plus_s=2.0),
    "lognormal": Lognormal(30.0, 0.7, plus_s=1.0),
    "uniform": Uniform(5.0, 9.0),
    "empirical": Empirical((1.0, 2.0, 5.0)),
    "coin": Coin(0.3),
    "choice": Choice((0.0, 0.5, 0.2, 0.3)),
    "none needed": Choice((0.0, 0.0, 1.0)),
    "gamma": Gamma(30.0, 0.5),  # which the loop does not draw
    "constant": Constant(3.0),
}


def rolls() -> Iterator[Roll]:
    pen = Pen(Streams(11), 4, "outbound")
    started = StartedRoll(pen, LAWS, "sales", 7)
    started.lengthen(3)
    yield started
    yield ArrivedRoll(pen, LAWS, 1003)


def drawn(roll: Roll, attempt: int | None = None) -> dict[str, np.ndarray]:
    workplace = Workplace(Plan((), (), closing_s=1.0))
    drawing = columns.Columns(workplace._fill_columns)
    values = {attribute: np.full(roll.size, np.nan) for attribute in LAWS}
    for attribute, out in values.items():
        drawing.draw(roll, attribute, attempt, out)
    drawing.draw_rest()
    return values


@pytest.mark.parametrize("attempt", [None, 2])
def test_the_loop_draws_what_a_generator_draws(attempt: int | None) -> None:
    for roll in rolls():
        for attribute, values in drawn(roll, attempt).items():
            expected = np.empty(roll.size)
            roll.fill(expected, attribute, attempt)
            np.testing.assert_array_equal(values, expected, attribute)


def test_here_the_loop_draws_all_that_is_standard() -> None:
    assert set(columns._functions()) == {str(each) for each in Standard}


def test_a_function_that_gives_other_values_or_is_not_there_is_not_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = columns._functions()
    monkeypatch.setitem(columns._FUNCTIONS, "random", "random_standard_exponential_fill")
    monkeypatch.setitem(columns._FUNCTIONS, "standard_normal", "no_such_function")
    found = columns._functions.__wrapped__()
    assert set(found) == {"standard_exponential"}
    assert found["standard_exponential"] == before["standard_exponential"]


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_without_these_functions_days_are_the_same(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = Trial(read_floor(model), 3)
    plan, ports = plan_of(trial.floor), 4
    rows, spells = Workplace(plan).rows_of(trial.tape(1), ports)
    monkeypatch.setattr(columns, "_functions", dict)
    other_rows, other_spells = Workplace(plan).rows_of(trial.tape(1), ports)
    assert len(rows) > 0
    assert rows.tobytes() == other_rows.tobytes()
    assert spells.tobytes() == other_spells.tobytes()
