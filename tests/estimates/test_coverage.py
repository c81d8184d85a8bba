"""How often the 95 % intervals contain the truth: a short run of experiments/interval_coverage.py.

The allowance: the true coverage may be as low as `NOT_BELOW`; a case fails if what was counted is
so low that even then it would happen in fewer than one run of ten thousand. Seeds are fixed.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from scipy import stats

from flexports.estimates.intervals import Certainty, mean_length
from flexports.estimates.ratios import ratio_of_sums

SCRIPT = Path(__file__).parents[2] / "experiments" / "interval_coverage.py"
NOT_BELOW = {"blocking": 0.93, "time congestion": 0.93, "hold mean": 0.91}
NOT_BELOW |= {"hold p90": 0.92, "hold p99": 0.91}
REPLICATIONS = {10: 250, 50: 250, 400: 50}


@pytest.fixture(scope="module")
def study() -> ModuleType:
    spec = importlib.util.spec_from_file_location("interval_coverage", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for the annotations
    spec.loader.exec_module(module)
    return module


def fewest(estimate: str, replications: int) -> float:
    return float(stats.binom.ppf(1e-4, replications, NOT_BELOW[estimate])) / replications


@pytest.mark.parametrize("day_cv", [0.0, 0.2])
@pytest.mark.parametrize("days", [10, 50, 400])
@pytest.mark.parametrize("expected", [0.3, 1, 3, 10, 100])
def test_of_a_loss_system(study: ModuleType, expected: float, days: int, day_cv: float) -> None:
    system = study.LossSystem.with_blocking(7, expected / (study.CALLS_A_DAY * days), day_cv)
    generator = np.random.default_rng(1)
    for row in study.loss_rows(system, days, REPLICATIONS[days], generator):
        assert row.covered >= fewest(row.estimate, row.replications), row


@pytest.mark.parametrize(("days", "expected"), [(10, 10), (10, 300), (50, 30), (50, 1000)])
def test_of_a_queue(study: ModuleType, days: int, expected: float) -> None:
    queue = study.Queue.with_waiting(3, expected / (study.CALLS_A_DAY * days))
    generator = np.random.default_rng(1)
    for row in study.queue_rows(queue, days, REPLICATIONS[days], generator):
        assert row.covered >= fewest(row.estimate, row.replications), row


def test_the_textbook_interval_would_not_do(study: ModuleType) -> None:
    # The reason for all this: one blocked call expected in ten days.
    system = study.LossSystem.with_blocking(7, 1 / (study.CALLS_A_DAY * 10), day_cv=0.0)
    row, _ = study.loss_rows(system, 10, 250, np.random.default_rng(1))
    assert row.estimate == "blocking"
    assert row.textbook < 0.7
    assert row.covered > 0.93


def test_the_tables_have_a_line_for_each_estimate_and_number_of_days(study: ModuleType) -> None:
    rows = [
        study.Row("loss", "blocking", days, expected, 100, 0.95, np.nan, 2.0)
        for days in (10, 50)
        for expected in (1, 3)
    ]
    header, rule, ten, fifty = study.table(rows, (1, 3))
    assert header == "| system | estimate | days | 1 expected | 3 expected |"
    assert rule == "| --- | --- | ---: | ---: | ---: |"
    assert ten == "| loss | blocking | 10 | 95.0 2.0x | 95.0 2.0x |"
    assert fifty == "| loss | blocking | 50 | 95.0 2.0x | 95.0 2.0x |"


@pytest.mark.parametrize("days", [10, 50])
@pytest.mark.parametrize("expected", [1, 3, 10, 100])
def test_of_the_mean_length_of_spells(expected: float, days: int) -> None:
    # Spells of exponential length, some of them expected in all days; in runs without any, no mean.
    generator, sure = np.random.default_rng(1), Certainty(0.95, days)
    covered = replications = 0
    while replications < 400:
        spells = generator.poisson(expected / days, days)
        lengths = np.array([generator.exponential(1.0, number).sum() for number in spells])
        if spells.any():
            squares = (lengths @ lengths, lengths @ spells, spells @ spells)
            sums = float(lengths.sum()), int(spells.sum())
            point = ratio_of_sums(*sums, squares, days)  # type: ignore[arg-type]
            low, high = mean_length(point.value, sums[1], max(point.variance, 0.0), sure)
            covered += low <= 1.0 <= high
            replications += 1
    assert covered >= stats.binom.ppf(1e-4, replications, 0.93)
