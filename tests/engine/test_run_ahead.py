"""Calls run ahead only after durations of which no value comes up twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexports.engine.compiled.codes import BLANK
from flexports.engine.compiled.workplace import Workplace
from flexports.floor import read_floor
from flexports.sources import plan_of
from flexports.study.blocks import Trial

MODELS = sorted((Path(__file__).parents[2] / "models").glob("*.toml"))


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_each_step_is_told_whether_its_own_law_is_continuous(model: Path) -> None:
    trial = Trial(read_floor(model), 1)
    workplace = Workplace(plan_of(trial.floor))
    tape = trial.tape(0)
    workplace.rows_of(tape, 4)
    program = workplace._program
    alone = [step for step in program.steps if step["alone"] and step["op"] != BLANK]
    told = [bool(step["continuous"]) for step in alone]
    draws = [program.draws[step["draw"]] for step in alone]
    laws = [
        tape.reels[program.rolls[draw.roll].line].arrived.law_of(draw.attribute) for draw in draws
    ]
    assert told == [law.is_continuous for law in laws]
    assert told
