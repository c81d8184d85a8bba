"""Erlang B, its inverses, and the models that must agree with it."""

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flexports import theory

loads = st.floats(0.01, 300)
ports = st.integers(0, 200)
MANY = 10_000
TINY = 1e-300  # where floats end


def exact_erlang_b(load: Fraction, ports: int) -> Fraction:
    blocking = Fraction(1)
    for port in range(1, ports + 1):
        blocking = load * blocking / (port + load * blocking)
    return blocking


@pytest.mark.parametrize(("load", "ports"), [(2, 12), (40, 30), (3, 100), (90, 100)])
def test_erlang_b_has_the_digits_of_rational_arithmetic(load, ports):
    assert theory.erlang_b(load, ports) == pytest.approx(
        float(exact_erlang_b(Fraction(load), ports)), rel=1e-13
    )


@pytest.mark.parametrize("load", [9_000.0, 9_900.0, 10_100.0, 20_000.0])
def test_erlang_b_on_ten_thousand_ports_is_the_truncated_poisson_law(load):
    """A sum of positive terms, which knows nothing of the recursion."""
    terms = np.cumprod(np.arange(MANY, 0, -1) / load)
    assert theory.erlang_b(load, MANY) == pytest.approx(1 / (1 + math.fsum(terms)), rel=1e-12)


def test_blocking_beyond_what_a_float_holds_is_zero():
    assert theory.erlang_b(1.0, MANY) == 0.0


@given(loads, ports)
def test_blocking_falls_when_a_port_is_added(load, ports):
    blocking = theory.erlang_b(load, ports)
    assert theory.erlang_b(load, ports + 1) < blocking or blocking < TINY


@given(loads, st.floats(1.001, 3), st.integers(1, 200))
def test_blocking_rises_with_the_load(load, factor, ports):
    blocking = theory.erlang_b(load, ports)
    assert theory.erlang_b(load * factor, ports) > blocking or blocking < TINY


def test_many_ports_are_finite_and_monotone():
    rows = [theory.erlang_b(load, MANY) for load in np.linspace(9_000, 20_000, 12)]
    assert all(low < high for low, high in pairwise(rows))
    assert 0 < rows[0] < rows[-1] < 1


def test_an_array_of_loads_gives_what_each_load_gives():
    grid = np.array([[0.0, 0.5], [2.0, 20.0]])
    each = [[theory.erlang_b(float(load), 5) for load in row] for row in grid]
    assert theory.erlang_b(grid, 5).tolist() == each


def test_no_port_blocks_everything_and_no_load_blocks_nothing():
    assert theory.erlang_b(3, 0) == 1
    assert theory.erlang_b(0, 3) == 0


@given(st.floats(1e-12, 0.99), st.integers(1, 300))
def test_the_inverse_in_load_comes_back(blocking, ports):
    load = theory.erlang_b_load(blocking, ports)
    assert theory.erlang_b(load, ports) == pytest.approx(blocking, rel=1e-10)


@pytest.mark.parametrize("blocking", [1e-300, 1e-12, 0.01, 0.999])
def test_the_inverse_in_load_comes_back_on_ten_thousand_ports(blocking):
    load = theory.erlang_b_load(blocking, MANY)
    assert theory.erlang_b(load, MANY) == pytest.approx(blocking, rel=1e-9)


@given(loads, st.floats(1e-9, 0.999))
def test_the_inverse_in_ports_is_the_smallest_that_meets_the_target(load, target):
    ports = theory.erlang_b_ports(load, target)
    assert theory.erlang_b(load, ports) <= target
    assert ports == 0 or theory.erlang_b(load, ports - 1) > target


@given(loads, st.integers(0, 100), st.floats(0, 0.99))
def test_the_extended_form_is_a_fixed_point(load, ports, retry):
    answer = theory.extended_erlang_b(load, ports, retry)
    assert answer.blocking == theory.erlang_b(answer.offered, ports)
    assert answer.offered == pytest.approx(load + retry * answer.offered * answer.blocking)
    carried = answer.offered * (1 - answer.blocking)
    assert load * (1 - answer.lost) == pytest.approx(carried, abs=1e-9 * load)


def test_the_extended_form_without_retries_is_erlang_b():
    assert theory.extended_erlang_b(5, 4, 0).blocking == theory.erlang_b(5, 4)


def test_callers_who_never_give_up_are_all_served_if_the_ports_suffice():
    assert theory.extended_erlang_b(5, 6, 1).lost == 0
    with pytest.raises(ValueError, match="give more ports, or a retry below 1"):
        theory.extended_erlang_b(6, 6, 1)


@given(st.floats(0.1, 50), st.integers(0, 40))
def test_overflow_is_peaked_and_has_the_blocked_load(load, ports):
    answer = theory.overflow_moments(load, ports)
    assert answer.mean == pytest.approx(load * theory.erlang_b(load, ports))
    assert answer.peakedness >= 1 - 1e-9
    assert answer.mean_interval == pytest.approx(1 / answer.mean)


def test_overflow_of_no_port_is_the_poisson_load_itself():
    answer = theory.overflow_moments(7, 0)
    assert (answer.mean, answer.variance) == pytest.approx((7, 7))


@given(st.integers(1, 40), st.integers(0, 40), st.floats(0.01, 5))
def test_engset_orders_its_congestions(sources, ports, load):
    answer = theory.engset(sources, ports, load)
    slack = 1 + 1e-12
    assert answer.traffic_congestion <= slack * answer.call_congestion
    assert answer.call_congestion <= slack * answer.time_congestion
    lost = answer.offered - answer.carried
    assert lost == pytest.approx(answer.offered * answer.traffic_congestion, abs=1e-9)


@given(st.integers(2, 40), st.integers(1, 39), st.floats(0.01, 5))
def test_an_attempt_sees_the_time_congestion_of_one_source_fewer(sources, ports, load):
    fewer = theory.engset(sources - 1, ports, load)
    expected = fewer.time_congestion if sources > ports else 0
    assert theory.engset(sources, ports, load).call_congestion == pytest.approx(expected, rel=1e-10)


def test_no_more_sources_than_ports_block_no_attempt():
    assert theory.engset(4, 4, 0.5).call_congestion == 0
    assert theory.engset(4, 4, 0.5).time_congestion == pytest.approx((1 / 3) ** 4)
    assert theory.engset(4, 5, 0.5).time_congestion == 0


def test_engset_of_very_many_sources_is_erlang_b():
    answer = theory.engset(10**9, 12, 8 / 10**9)
    for congestion in (answer.time_congestion, answer.call_congestion):
        assert congestion == pytest.approx(theory.erlang_b(8, 12), rel=1e-6)


def test_engset_of_very_many_sources_on_ten_thousand_ports_is_erlang_b():
    answer = theory.engset(10**12, MANY, 9_900 / 10**12)
    assert answer.time_congestion == pytest.approx(theory.erlang_b(9_900, MANY), rel=1e-5)


@given(loads, ports)
def test_kaufman_roberts_with_one_class_is_erlang_b(load, ports):
    answer = theory.kaufman_roberts([load], [1], ports)
    assert answer.blocking[0] == pytest.approx(theory.erlang_b(load, ports), rel=1e-11)
    assert answer.mean_busy == pytest.approx(load * (1 - answer.blocking[0]))


@given(st.lists(st.tuples(st.floats(0.1, 20), st.integers(1, 6)), min_size=1, max_size=4), ports)
def test_kaufman_roberts_carries_what_it_does_not_block(classes, ports):
    loads, taken = zip(*classes, strict=True)
    answer = theory.kaufman_roberts(loads, taken, ports)
    carried = sum(
        load * each * (1 - share)
        for load, each, share in zip(loads, taken, answer.blocking, strict=True)
    )
    assert answer.mean_busy == pytest.approx(carried, abs=1e-9)
    assert answer.occupancy.sum() == pytest.approx(1)


@pytest.mark.parametrize("load", [100.0, 9_900.0, 30_000.0])
def test_kaufman_roberts_on_ten_thousand_ports_is_erlang_b(load):
    answer = theory.kaufman_roberts([load], [1], MANY)
    assert answer.blocking[0] == pytest.approx(theory.erlang_b(load, MANY), rel=1e-11)


def test_a_call_of_more_ports_than_there_are_is_always_blocked():
    assert theory.kaufman_roberts([1, 1], [1, 9], 4).blocking[1] == pytest.approx(1)


def test_an_occupancy_cannot_be_changed_by_its_reader():
    with pytest.raises(ValueError, match="read-only"):
        theory.kaufman_roberts([1], [1], 4).occupancy[0] = 0


@given(loads, st.integers(0, 60))
def test_reservation_that_reserves_nothing_is_erlang_b(load, ports):
    answer = theory.reservation([load / 2, load / 2], [0, 0], ports)
    assert answer.blocking[0] == pytest.approx(theory.erlang_b(load, ports), rel=1e-11)
    assert answer.mean_busy == pytest.approx(sum(answer.carried))


@given(st.floats(0.5, 20), st.floats(0.5, 20), st.integers(1, 30))
def test_a_reserve_costs_its_own_class_and_helps_the_other(first, second, ports):
    free_for_all = theory.reservation([first, second], [0, 0], ports)
    reserved = theory.reservation([first, second], [1, 0], ports)
    assert reserved.blocking[0] > free_for_all.blocking[0]
    assert reserved.blocking[1] < free_for_all.blocking[1]


def test_ten_thousand_ports_with_a_reserve_are_finite():
    answer = theory.trunk_reservation([90, 75], [60, 60], [5, 0], MANY)
    assert 0 < answer.blocking[1] < answer.blocking[0] < 1


@settings(max_examples=20, deadline=None)
@given(st.floats(0.5, 5), st.floats(0.5, 5), st.integers(0, 3), st.integers(1, 12))
def test_the_chain_and_the_birth_and_death_form_of_a_reserve_agree(first, second, reserve, ports):
    """A hair's breadth between the means forces the chain."""
    chain = theory.trunk_reservation([first, second], [1, 1 + 1e-12], [reserve, 0], ports)
    form = theory.reservation([first, second], [reserve, 0], ports)
    assert chain.blocking == pytest.approx(form.blocking, rel=1e-9)
    assert chain.carried == pytest.approx(form.carried, rel=1e-9)


def test_reservation_without_a_reserve_is_kaufman_roberts_whatever_the_means():
    by_chain = theory.trunk_reservation([2, 0.05], [1, 20], [0, 0], 6, ports_per_call=[1, 2])
    product_form = theory.kaufman_roberts([2, 1], [1, 2], 6)
    assert by_chain.blocking == pytest.approx(product_form.blocking, rel=1e-10)
    assert by_chain.mean_busy == pytest.approx(product_form.mean_busy, rel=1e-10)


def test_littles_law_comes_back():
    number = theory.mean_number(0.25, 80)
    assert number == 20
    assert theory.mean_time(number, 0.25) == 80
    assert theory.mean_rate(number, 80) == 0.25
