"""What is said of a precision that is not reached: in the unit in which it was asked for."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from flexports.estimates import Estimate
from flexports.experiment import Wanted
from flexports.floor import Targets
from flexports.study.precision import Lacking, standing_text, wanted_of
from flexports.study.sweep import sweep
from study.floors_for_studies import loss_floor

BLOCKING = Estimate("calls", "blocking", "share", 0.02, 0.015, 0.025)
HOLD = Estimate("calls", "hold_p95", "s", 40.0, 37.0, 43.0)


@pytest.mark.parametrize(
    ("estimate", "asked", "bound", "told"),
    [
        (BLOCKING, "2%", None, "+-25 % and not to 2 % of its value"),  # 0.5 of 2 %
        (BLOCKING, "2%", 0.01, "+-25 % and not to 2 % of its value"),
        (BLOCKING, "2%", 0.05, "+-10 % and not to 2 % of its target"),  # 0.5 of 5 %
        (replace(BLOCKING, value=0.0), "2%", None, "+-500 % and not to 2 % of 0.1 %"),
        (BLOCKING, "blocking: 0.001 share", 0.05, "+-0.005 share and not to 0.001 share"),
        (HOLD, "hold_p95: 5%", None, "+-7.5 % and not to 5 % of its value"),  # 3 of 40 s
        (HOLD, "hold_p95: 500 ms", None, "+-3 s and not to 0.5 s"),
        (replace(HOLD, value=0.5), "hold_p95: 5%", None, "+-300 % and not to 5 % of 1 s"),
        (replace(HOLD, high=math.inf), "hold_p95: 1 s", None, "no bound yet and not to 1 s"),
    ],
)
def test_what_is_known_is_told_in_the_unit_that_was_asked_in(
    estimate: Estimate, asked: str, bound: float | None, told: str
) -> None:
    (wanted,) = wanted_of(asked)
    start = f"{estimate.metric} of calls with 3 ports is known to "
    assert str(Lacking(3, estimate, wanted, bound)) == start + told


def test_the_standing_is_in_percent_where_percent_were_asked() -> None:
    floor = replace(loss_floor(2.0, hours=1.0), targets=Targets(blocking=0.2))
    result = sweep(floor, [3], days=10)
    half = result.estimate(3, "calls", "blocking").half_width
    value = max(0.2, result.estimate(3, "calls", "blocking").value)
    known = f"{100 * half / value:.2g}"
    assert standing_text(result, wanted_of("1%")) == f"blocking of calls +-{known} %, 1 % wanted"
    assert standing_text(result, (Wanted(relative=0.9),)) == ""
