"""Poisson arrivals, and the tape of a day."""

from __future__ import annotations

import math

import numpy as np
import pytest

from flexports.floor import Day, Floor, Group, Profile
from flexports.laws import Constant
from flexports.sources.inbound import Inbound
from flexports.study.blocks import Trial
from flexports.tape import FloatArray, Pen, Reel, Streams, Tape


def arrivals(
    starts: tuple[float, ...], rates: tuple[float, ...], until: float, day: int = 0
) -> FloatArray:
    return Pen(Streams(5), day, "a").poisson("arrivals", starts, rates, until)


def test_arrivals_ascend_and_end_before_closing() -> None:
    times = arrivals((0.0,), (0.5,), 1000.0)
    assert times[0] > 0
    assert times[-1] < 1000.0
    assert np.all(np.diff(times) > 0)


def test_their_number_is_poisson() -> None:
    # 2,000 days of mean 20: mean within 4 standard deviations sqrt(20 / 2000) = 0.1, and the
    # variance within 4 of 20 sqrt(2 / 2000 + 1 / 40000) = 0.64.
    counts = [len(arrivals((0.0,), (0.2,), 100.0, day)) for day in range(2000)]
    assert np.mean(counts) == pytest.approx(20, abs=0.4)
    assert np.var(counts) == pytest.approx(20, abs=2.6)


def test_gaps_are_exponential() -> None:
    gaps = np.sort(np.diff(arrivals((0.0,), (1.0,), 20_000.0)))
    steps = np.arange(1, len(gaps) + 1) / len(gaps)
    distance = np.max(np.abs(steps - -np.expm1(-gaps)))
    assert distance < 1.95 / math.sqrt(len(gaps))  # Kolmogorov-Smirnov at 0.1 %


def test_a_rate_that_changes_brings_arrivals_in_proportion() -> None:
    # 0.1 a second over [0, 1000), none over [1000, 2000), 0.3 over [2000, 3000)
    times = np.concatenate(
        [arrivals((0.0, 1000.0, 2000.0), (0.1, 0.0, 0.3), 3000.0, day) for day in range(50)]
    )
    found = np.histogram(times, [0, 1000, 2000, 3000])[0]
    assert found[1] == 0
    assert found[0] == pytest.approx(5000, abs=4 * 5000**0.5)
    assert found[2] == pytest.approx(15_000, abs=4 * 15_000**0.5)


def test_the_same_rate_in_pieces_brings_the_same_arrivals() -> None:
    whole = arrivals((0.0,), (0.5,), 1000.0)
    pieces = arrivals((0.0, 300.0, 700.0), (0.5, 0.5, 0.5), 1000.0)
    np.testing.assert_allclose(pieces, whole, rtol=1e-12)


def test_twice_the_rate_brings_the_same_arrivals_in_half_the_time() -> None:
    np.testing.assert_allclose(
        arrivals((0.0,), (1.0,), 500.0), arrivals((0.0,), (0.5,), 1000.0) / 2, rtol=1e-12
    )


def test_a_longer_day_begins_with_the_arrivals_of_the_shorter_one() -> None:
    short, long = arrivals((0.0,), (0.5,), 100.0), arrivals((0.0,), (0.5,), 10_000.0)
    np.testing.assert_array_equal(short, long[: len(short)])
    assert long[len(short)] >= 100.0


def test_a_rate_of_nearly_nothing_brings_nobody() -> None:
    assert len(arrivals((0.0,), (1e-12,), 1000.0)) == 0
    assert len(arrivals((0.0, 500.0), (0.0, 0.0), 1000.0)) == 0


def test_gaps_are_drawn_until_they_pass_closing_however_short_they_are() -> None:
    class Hasty(Streams):
        """Gaps that are all a tenth of their mean."""

        def at(self, *_: object) -> np.random.Generator:  # type: ignore[override]
            return self  # type: ignore[return-value]

        def standard_exponential(self, size: int) -> FloatArray:
            return np.full(size, 0.1)

    times = Pen(Hasty(5), 0, "a").poisson("arrivals", (0.0,), (1.0,), 1000.05)
    np.testing.assert_allclose(times, np.arange(1, 10_001) / 10)


def reel(*times: float) -> Reel:
    return Reel(Pen(Streams(1), 0, "a"), {"talk": Constant(1.0)}, np.array(times))


def test_arrivals_of_all_sources_come_in_order_of_time_then_source_then_call() -> None:
    tape = Tape((reel(1.0, 3.0, 3.0), reel(2.0, 3.0), reel()))
    assert list(tape.arrivals()) == [
        (1.0, 0, 0),
        (2.0, 1, 0),
        (3.0, 0, 1),
        (3.0, 0, 2),
        (3.0, 1, 1),
    ]


def test_a_reel_holds_the_draws_of_each_of_its_calls() -> None:
    assert reel(1.0, 2.0).arrived.draws().values["talk"] == [1.0, 1.0]


def test_a_source_whose_calls_agents_start_has_no_arrivals() -> None:
    silent = Reel(Pen(Streams(1), 0, "a"), {"talk": Constant(1.0)}, None)
    assert len(silent.arrivals_s) == 0


def test_a_profile_of_the_day_is_read_by_the_clock() -> None:
    # From 09:00 to 12:00, nobody before 10:00: the first call comes after the first hour.
    profile = Profile((0.0, 10 * 3600.0), (0.0, 0.1))
    source = Inbound(name="a", rate=profile, agents=("sales",))
    floor = Floor(
        day=Day(length_s=3 * 3600.0, opens_s=9 * 3600.0),
        agents=(Group(name="sales", count=1),),
        sources=(source,),
    )
    times = Trial(floor, 1).tape(0).reels[0].arrivals_s
    assert min(times) > 3600.0
    assert len(times) == pytest.approx(720, abs=4 * 720**0.5)
