"""Columns that the loop draws are those that numpy's generators give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from flexports.engine.compiled import columns
from flexports.engine.compiled.codes import EXPONENTIALS, UNIFORMS
from flexports.engine.compiled.loop.ziggurat import BELOW, TAIL_FROM, TOPS, WIDTHS
from flexports.engine.compiled.workplace import Workplace
from flexports.floor import read_floor
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
    drawing = columns.Columns()
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


@pytest.mark.parametrize("name", ["random_standard_exponential_fill", "no_such_function"])
def test_a_function_that_gives_other_values_or_is_not_there_is_not_called(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dict(columns._functions())
    monkeypatch.setitem(columns._FUNCTIONS, "standard_normal", name)
    del before["standard_normal"]
    assert columns._functions.__wrapped__() == before


def test_exponentials_are_numpys_in_the_tail_too() -> None:
    roll, values = one_of_exponentials(300_000)
    expected = np.empty(roll.size)
    roll.fill(expected, "dial", None)
    np.testing.assert_array_equal(values, expected)
    in_tail = int((values > TAIL_FROM).sum())
    assert abs(in_tail / 300_000 - np.exp(-TAIL_FROM)) < 5 * np.sqrt(np.exp(-TAIL_FROM) / 300_000)


def one_of_exponentials(size: int) -> tuple[Roll, np.ndarray]:
    return one_of(Exponential(1.0), size)


def one_of(law: Exponential | Uniform, size: int) -> tuple[Roll, np.ndarray]:
    roll = ArrivedRoll(Pen(Streams(5), 0, "outbound"), {"dial": law}, size)
    values, drawing = np.empty(size), columns.Columns()
    drawing.draw(roll, "dial", None, values)
    drawing.draw_rest()
    return roll, values


def test_layers_of_the_ziggurat_are_of_one_area() -> None:
    # The bottom strip is a bar of its own width; the tail is in it.
    areas = WIDTHS[1:] * 2.0**53 * -np.diff(TOPS)
    np.testing.assert_allclose(areas, WIDTHS[0] * 2.0**53 * TOPS[-1], rtol=2e-13)
    assert BELOW[1] == 0
    np.testing.assert_allclose(BELOW[2:], WIDTHS[1:-1] / WIDTHS[2:] * 2.0**53, rtol=1e-15)


@pytest.mark.parametrize(
    ("law", "own"), [(Exponential(1.0), EXPONENTIALS), (Uniform(0.0, 1.0), UNIFORMS)]
)
def test_draws_of_the_loop_that_are_not_numpys_are_left_to_its_function(
    law: Exponential | Uniform, own: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    method = str(law.standard)
    assert columns._functions()[method] == own
    gives = columns.Columns.gives
    monkeypatch.setattr(columns.Columns, "gives", lambda *asked: asked[1] != own and gives(*asked))
    found = columns._functions.__wrapped__()
    assert found[method] not in (EXPONENTIALS, UNIFORMS)
    _, of_the_loop = one_of(law, 1000)
    monkeypatch.setattr(columns, "_functions", lambda: found)
    _, of_numpy = one_of(law, 1000)
    np.testing.assert_array_equal(of_the_loop, of_numpy)


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
