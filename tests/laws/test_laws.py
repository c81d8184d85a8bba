"""Laws: samples that only grow at the end, with the moments that their parameters say."""

import math
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from flexports.laws import (
    Choice,
    Coin,
    Constant,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Hyperexponential,
    Law,
    Lognormal,
    Sampler,
    Triangular,
    Uniform,
    Weibull,
    known_laws,
)
from flexports.laws.weibull import weibull_shape
from flexports.problems import InputError

LAWS: list[Law] = [
    Constant(20.0),
    Exponential(25.0),
    Lognormal(35.0, 0.2),
    Lognormal(180.0, 1.4),
    Gamma(30.0, 0.3),
    Gamma(30.0, 2.5),
    Weibull(120.0, 0.5),
    Weibull(120.0, 3.0),
    Hyperexponential(240.0, 2.0),
    Hyperexponential(240.0, 1.0),
    Erlang(30.0, 4),
    Uniform(10.0, 30.0),
    Triangular(10.0, 20.0, 60.0),
    Triangular(10.0, 10.0, 10.0),
    Empirical((3.0, 8.0, 8.0, 31.5)),
]
SAMPLERS: list[Sampler] = [
    *LAWS,
    *(replace(law, plus_s=5.0) for law in LAWS),
    Coin(0.3),
    Choice((0.40, 0.15, 0.45)),
]


def test_every_law_is_tested() -> None:
    assert {type(law) for law in LAWS} == set(known_laws().values())


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    short=st.integers(0, 70),
    more=st.integers(0, 131),
    burned=st.integers(0, 3),
)
def test_a_sample_is_the_beginning_of_a_longer_one(
    seed: int, short: int, more: int, burned: int
) -> None:
    for sampler in SAMPLERS:
        samples = []
        for size in (short, short + more):
            generator = np.random.Generator(np.random.Philox(seed))
            generator.random(burned)
            samples.append(sampler.sample(generator, size))
        first, longer = samples
        assert first.dtype == np.float64
        assert first.shape == (short,)
        assert first.tobytes() == longer[:short].tobytes(), sampler


@pytest.mark.parametrize("size", [1, 7, 64, 1000, 4097])
@pytest.mark.parametrize("sampler", SAMPLERS, ids=repr)
def test_long_streams_grow_at_the_end(sampler: Sampler, size: int) -> None:
    drawn = [sampler.sample(np.random.default_rng(5), n) for n in (size, 8191)]
    assert drawn[0].tobytes() == drawn[1][:size].tobytes()


@pytest.mark.parametrize("law", [law for law in SAMPLERS if isinstance(law, Law)], ids=repr)
def test_samples_have_the_moments_that_the_law_states(law: Law) -> None:
    values = law.sample(np.random.default_rng(20), 200_000)
    assert values.min() >= law.plus_s
    # Five standard errors; those of the variance from the sample's own fourth moment.
    error = math.sqrt(law.variance_s2 / len(values))
    assert values.mean() == pytest.approx(law.expected_s, abs=5 * error + 1e-9)
    squares = (values - values.mean()) ** 2
    wide = 8 * squares.std() / math.sqrt(len(values)) + 1e-9
    assert values.var() == pytest.approx(law.variance_s2, abs=wide)


@pytest.mark.parametrize(
    ("law", "cdf"),
    [
        (Exponential(25.0), stats.expon(scale=25.0).cdf),
        (Lognormal(35.0, 1.0), stats.lognorm(math.sqrt(math.log(2)), scale=35 / 2**0.5).cdf),
        (Gamma(30.0, 0.5), stats.gamma(4.0, scale=7.5).cdf),
        (Weibull(10.0, 1.0), stats.expon(scale=10.0).cdf),
        # shape 2: Gamma(2) / Gamma(1.5)^2 - 1 = 4/pi - 1 is the square of cv
        (
            Weibull(1.0, math.sqrt(4 / math.pi - 1)),
            stats.weibull_min(2, scale=2 / math.pi**0.5).cdf,
        ),
        (Erlang(30.0, 3), stats.gamma(3, scale=10.0).cdf),
        (Uniform(2.0, 5.0), stats.uniform(2.0, 3.0).cdf),
        (Triangular(0.0, 1.0, 4.0), stats.triang(0.25, 0.0, 4.0).cdf),
        # p = (1 + sqrt(3/5)) / 2, means 1 / 2p and 1 / 2(1-p)
        (
            Hyperexponential(1.0, 2.0),
            lambda t: sum(p * -np.expm1(-2 * p * t) for p in (0.5 + 0.15**0.5, 0.5 - 0.15**0.5)),
        ),
    ],
    ids=lambda value: repr(value) if isinstance(value, Law) else "cdf",
)
def test_samples_have_the_distribution_that_the_law_names(law: Law, cdf: Any) -> None:
    values = law.sample(np.random.default_rng(11), 20_000)
    assert stats.kstest(values, cdf).pvalue > 1e-3


@pytest.mark.parametrize("cv", [1e-6, 1e-3, 0.01, 0.3, 1.0, 2.0, 10.0, 100.0])
def test_the_weibull_shape_gives_back_its_cv(cv: float) -> None:
    k = weibull_shape(cv)
    log_ratio = math.lgamma(1 + 2 / k) - 2 * math.lgamma(1 + 1 / k)
    assert math.sqrt(math.expm1(log_ratio)) == pytest.approx(cv, rel=1e-6 if cv >= 1e-3 else 1e-2)


def test_only_memoryless_laws_say_that_they_are() -> None:
    shaped = (Gamma(3.0, 1.0), Weibull(3.0, 1.0), Erlang(3.0, 1), Hyperexponential(3.0, 1.0))
    memoryless = [Exponential(3.0), *shaped]
    assert all(law.is_exponential for law in memoryless)
    assert not any(replace(law, plus_s=1.0).is_exponential for law in memoryless)
    others = (
        Constant(3.0),
        Lognormal(3.0, 1.0),
        Gamma(3.0, 1.1),
        Weibull(3.0, 0.9),
        Erlang(3.0, 2),
    )
    assert not any(law.is_exponential for law in others)


def test_only_laws_of_which_no_value_comes_up_twice_say_that_they_are_continuous() -> None:
    repeated = {
        repr(sampler): len(np.unique(sampler.sample(np.random.default_rng(5), 50_000) + 1e4))
        < 50_000
        for sampler in SAMPLERS
        if sampler.is_continuous
    }
    assert len(repeated) > len(SAMPLERS) / 2
    assert not any(repeated.values()), repeated
    narrow, unbounded = Lognormal(1.0, 0.01), (Gamma(30.0, 2.5), Weibull(120.0, 3.0))
    others = (Constant(20.0), Empirical((3.0, 8.0)), Triangular(10.0, 10.0, 10.0), Coin(0.3))
    assert not any(sampler.is_continuous for sampler in (narrow, *unbounded, *others))


def test_plus_moves_the_mean_and_leaves_the_variance() -> None:
    law = Lognormal(30.0, 0.5, plus_s=5.0)
    assert law.expected_s == 35.0
    assert law.variance_s2 == 225.0
    assert law.cv_of_whole == pytest.approx(15 / 35)
    assert Constant(0.0).cv_of_whole == 0.0


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Exponential(0.0),
        lambda: Exponential(-1.0),
        lambda: Exponential(math.nan),
        lambda: Exponential("25 s"),  # type: ignore[arg-type]
        lambda: Lognormal(30.0, -0.2),
        lambda: Gamma(30.0, 0.0),
        lambda: Weibull(30.0, 101.0),
        lambda: Hyperexponential(30.0, 0.9),
        lambda: Erlang(30.0, 0),
        lambda: Erlang(30.0, 2.5),  # type: ignore[arg-type]
        lambda: Uniform(5.0, 3.0),
        lambda: Triangular(5.0, 3.0, 9.0),
        lambda: Triangular(1.0, 10.0, 9.0),
        lambda: Constant(math.inf),
        lambda: Constant(1.0, plus_s=-1.0),
        lambda: Empirical(()),
        lambda: Empirical((1.0, -1.0)),
        lambda: Empirical(file="no such file"),
        lambda: Coin(1.5),
        lambda: Choice((0.5, 0.6)),
        lambda: Choice((1.5, -0.5)),
    ],
)
def test_a_law_built_in_python_obeys_the_same_bounds(bad: Any) -> None:
    with pytest.raises(InputError, match=r".; ."):
        bad()


def test_laws_travel_to_workers() -> None:
    for law in LAWS:
        assert pickle.loads(pickle.dumps(law)) == law


def test_a_share_of_zero_never_comes_up() -> None:
    # 0.1 + 0.2 + 0.7 misses 1 by a bit: the last edge must not leave room for the share of zero.
    chosen = Choice((0.0, 0.1, 0.2, 0.7, 0.0)).sample(np.random.default_rng(2), 100_000)
    assert set(chosen) == {1.0, 2.0, 3.0}
    assert (chosen == 3).mean() == pytest.approx(0.7, abs=0.01)


def test_empirical_durations_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("talk_s\n35.5\n# a remark\n\n2 min\n")
    law = Empirical(file=str(file))
    assert law.values_s == (35.5, 120.0)
    assert law.expected_s == pytest.approx(155.5 / 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "has no durations"),
        (b"12\n-3\n", "line 2: '-3' is not a finite number of 0 or more"),
        (b"12\n3 mins\n", "line 2: '3 mins' is not a duration; write '3 min'"),
        (b"\xff\xfe\x00", "not a text file"),
        (b"nan\n", "line 1: 'nan'"),
    ],
)
def test_a_bad_file_of_durations_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "talk.txt"
    file.write_bytes(content)
    with pytest.raises(InputError) as refused:
        Empirical(file=str(file))
    assert says in str(refused.value)


@pytest.mark.parametrize("law", [*LAWS, *(replace(law, plus_s=5.0) for law in LAWS)], ids=repr)
def test_the_mean_of_what_a_limit_leaves_is_that_of_many_draws_cut_off(law: Law) -> None:
    drawn = law.sample(np.random.default_rng(11), 200_000)
    limits = np.array([0.0, 2.0, 9.0, 15.0, 24.0, 40.0, 100.0, 700.0, 1e6])
    exact = law.limited_mean_s(limits)
    for limit, mean in zip(limits, exact, strict=True):
        cut = np.minimum(drawn, limit)
        # Five standard errors; and what is the same every time, up to rounding.
        assert abs(cut.mean() - mean) <= 5 * cut.std() / len(cut) ** 0.5 + 1e-9 * limit
    assert law.limited_mean_s(np.array([1e12]))[0] == pytest.approx(law.expected_s, rel=1e-6)
