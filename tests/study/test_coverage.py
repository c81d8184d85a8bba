"""Parts of experiments/study_coverage.py: intervals of whole studies, and answers of size.

A right interval at 95 % covers so seldom, or so often, in one run of ten thousand. Seeds are fixed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

import study_coverage
import wrong_answers
from flexports.floor import Targets
from flexports.study.size import size
from known_floors import (
    CALLS,
    Known,
    Metric,
    by_chain,
    by_erlang_a,
    company_x_floor,
    known_company,
    known_loss,
    known_queue,
    loss_floor,
    queue_floor,
)
from study_coverage import CONTROLS, PAIRED, PLAIN, Coverage, Row, Sums

STUDIES = 200
RARE = 1e-4 / 2
FEWEST = int(stats.binom.ppf(RARE, STUDIES, 0.95))
MOST = int(stats.binom.ppf(1 - RARE, STUDIES, 0.95))

FLOORS = {
    "loss, days differ": lambda: known_loss(
        "loss, days differ",
        loss_floor(4.0, hours=0.5, day_cv=0.3),
        (6, 7),
        precisions=((7, "20%"),),
    ),
    "queue": lambda: known_queue(
        "queue", queue_floor(4.5, 5, patience_s=60.0), (9,), precisions=((9, "hold_p90: 8%"),)
    ),
    "Company X": lambda: known_company("Company X", company_x_floor(), (3, 4)),
}


def covered(known: Known, studies: int) -> dict[tuple[Row, str], Coverage]:
    sums: Sums = defaultdict(lambda: np.zeros(5))
    for number in range(studies):
        for key, told in study_coverage.study(known, number):
            sums[key] += (1, *told)
    return {key: Coverage.of(each) for key, each in sums.items()}


@pytest.mark.parametrize("name", FLOORS)
def test_intervals_contain_the_truth_as_often_as_they_say(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_coverage, "DAYS", (60,))
    monkeypatch.setattr(study_coverage, "MOST_DAYS", 100)
    found = covered(FLOORS[name](), STUDIES)
    assert {way for _, way in found} <= {CONTROLS, PLAIN, PAIRED}
    # As many as hundred intervals are asked, of which the most telling are one another's kin.
    wrong = {key: each for key, each in found.items() if not FEWEST <= each.covered <= MOST}
    assert not wrong


def test_the_truth_of_a_queue_is_that_of_the_days_that_are_simulated() -> None:
    floor = queue_floor(4.5, 5, patience_s=60.0)
    long_run = by_erlang_a(floor, 7)
    for metric, part in by_chain(floor, [7], ("blocking", "abandonment", "carried_load")).items():
        known = long_run[metric]
        assert part.above / part.below == pytest.approx(known.above / known.below, rel=1e-9)


def test_of_days_that_differ_the_busy_ones_have_more_calls() -> None:
    alike, differing = (known_loss("", loss_floor(4.0, day_cv=cv), (7,)).truth for cv in (0.0, 0.3))
    blocking, congestion = Metric(7, CALLS, "blocking"), Metric(7, "ports", "time_congestion")
    assert alike[blocking] == pytest.approx(alike[congestion])
    assert differing[blocking] > differing[congestion] > alike[blocking]


@pytest.mark.parametrize("name", [each for each in wrong_answers.questions() if "1.1" in each])
def test_answers_are_seldom_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrong_answers, "MOST_DAYS", 200)
    studies = 30
    told = wrong_answers.answers((name, range(studies)))
    assert sum(told) == studies
    assert told.wrong <= stats.binom.ppf(1 - 1e-4, studies, 0.05)


def test_a_count_above_that_misses_what_ports_cannot_help_leaves_smaller_ones_undecided() -> None:
    # Six ports block 5.2 %, seven 2.4 %; with eight or more, those who hold abandon more often.
    known = known_queue("", queue_floor(3.0, 5, patience_s=60.0), (6, 7, 13))
    truth = {(each.ports, each.metric): value for each, value in known.truth.items()}
    targets = Targets(
        blocking=truth[6, "blocking"] * 0.98, abandonment=truth[13, "abandonment"] * 0.8
    )
    assert truth[7, "abandonment"] < targets.abandonment_of(CALLS) < truth[13, "abandonment"]
    found = size(replace(known.floor, targets=targets), days=60)
    larger = [each for each in found.verdicts if each.ports > 9]
    assert any(each.is_certain for each in larger)
    assert found.ports is not None or found.undecided
