"""Controls: their means, and that taking out what they explain changes no truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flexports.floor import Day, Floor, Profile
from flexports.laws import Constant, Exponential, Law, Lognormal
from flexports.sources.inbound import Inbound
from flexports.study.blocks import Trial
from flexports.study.controls import KnownControls
from flexports.study.results import Sweep
from flexports.tally.controls import ABOVE, LOAD, TAIL
from flexports.theory import erlang_b
from flexports.ticks import TICKS_PER_S
from study.floors_for_studies import answering_floor, callers, company_x, loss_floor

PEAKED = Profile((9 * 3600.0, 10 * 3600.0), (1 / 30, 1 / 10))


def ivr(name: str, rate: Profile, law: Law, day_cv: float = 0.0) -> Inbound:
    return Inbound(name=name, rate=rate, ivr=law, to_agent=0.0, day_cv=day_cv)


def floor(*sources: Inbound, day_cv: float = 0.0) -> Floor:
    return Floor(
        day=Day(length_s=2 * 3600.0, opens_s=9 * 3600.0, warm_up_s=600.0, day_cv=day_cv),
        sources=sources,
    )


FLOORS = {
    "one stream": loss_floor(3.0),
    "two laws, a peak": floor(
        ivr("short", PEAKED, Constant(40.0)), ivr("long", PEAKED, Lognormal(90.0, 1.2))
    ),
    "a factor on the day": floor(ivr("calls", PEAKED, Exponential(60.0)), day_cv=0.3),
    "a factor on the source": floor(ivr("calls", PEAKED, Exponential(60.0), day_cv=0.3)),
}


@pytest.mark.parametrize("name", FLOORS)
def test_the_means_are_those_of_many_days(name: str) -> None:
    trial = Trial(FLOORS[name], seed=4)
    assert trial.known.which.occupancy
    days, ports = 400, 6
    tally = trial.tallies(range(days), [ports])[ports]
    assert tally.controlled is not None
    known = trial.known.means(ports)
    assert {LOAD, TAIL, ABOVE} < set(known)
    for control, mean in known.items():
        total = tally.controlled.sum(control)
        of_strands = tally.controlled.sums[:, tally.controlled.place[control]].astype(float)
        spread = ((of_strands - total / days * tally.controlled.days) ** 2).sum() / days
        # Four standard errors: one control in 16,000 strays further.
        assert abs(total / days - mean) < 4 * (spread / days) ** 0.5, control


def test_in_the_long_run_the_tail_is_that_of_a_poisson_number() -> None:
    trial = Trial(replace(loss_floor(3.0), day=Day(length_s=86400.0, warm_up_s=3600.0)), 1)
    span_ticks = (86400 - 3600) * TICKS_PER_S
    # P(N >= 2) = 1 - 4 exp(-3); E(N - 2)+ = 3 - 2 + (2 + 3) exp(-3) = 1 + 5 exp(-3)
    assert trial.known.means(2)[TAIL] == pytest.approx((1 - 4 * np.exp(-3)) * span_ticks)
    assert trial.known.means(2)[ABOVE] == pytest.approx((1 + 5 * np.exp(-3)) * span_ticks)


@pytest.mark.parametrize(
    ("of", "names"),
    [
        (company_x(), ()),  # agents dial: nothing of that is known beforehand
        (answering_floor(1, callers(20, 60.0)), ("arrivals of toll-free",)),
        (floor(ivr("a", PEAKED, Constant(9.0), 0.1), ivr("b", PEAKED, Constant(9.0), 0.1)), None),
        (floor(*(ivr(name, PEAKED, Constant(9.0)) for name in "abcde")), ()),
    ],
)
def test_which_controls_a_floor_has(of: Floor, names: tuple[str, ...] | None) -> None:
    which = KnownControls(of).which
    assert not which.occupancy
    assert which.names == (("arrivals of a", "arrivals of b") if names is None else names)
    assert set(KnownControls(of).means(3)) == set(which.names)
    assert KnownControls(of, watched=False).which.names == ()


def test_blocking_is_known_several_times_better_and_no_less_truly() -> None:
    trial = Trial(replace(loss_floor(8.0), day=Day(length_s=86400.0, warm_up_s=3600.0)), 6)
    plain = Trial(trial.floor, trial.seed, controls=False)
    one, other = (Sweep(each, each.tallies(range(120), [10])) for each in (trial, plain))
    for source, metric in (("calls", "blocking"), ("ports", "time_congestion")):
        corrected, usual = (each.estimate(10, source, metric) for each in (one, other))
        assert (usual.half_width / corrected.half_width) ** 2 > 4
        # The intervals contain the truth here; how often they do, docs/statistics.md tells.
        assert corrected.low < erlang_b(8.0, 10) < corrected.high


def test_without_enough_days_nothing_is_taken_out() -> None:
    trial = Trial(loss_floor(8.0), 6)
    plain = Trial(trial.floor, trial.seed, controls=False)
    few = range(59)  # 20, and 10 for each of four controls, are needed
    one, other = (Sweep(each, each.tallies(few, [10])) for each in (trial, plain))
    assert one.estimate(10, "calls", "blocking") == other.estimate(10, "calls", "blocking")
