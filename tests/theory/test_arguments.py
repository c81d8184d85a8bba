"""What the closed forms refuse, and how."""

import math

import numpy as np
import pytest

import flexports.theory as t

REFUSED = [
    (lambda: t.erlang_b(-1, 3), r"load: -1 is out of range; give a finite number of erlang"),
    (lambda: t.erlang_b(math.nan, 3), r"load: nan is not a number"),
    (lambda: t.erlang_b(math.inf, 3), r"load: inf is out of range"),
    (lambda: t.erlang_b([1.0, -2.0], 3), r"load: -2.0 is out of range"),
    (lambda: t.erlang_b("two", 3), r"load: 'two' is not a number; give"),
    (lambda: t.erlang_b(2, 2.5), r"ports: 2.5 is not a whole number; give a whole number, 0 or"),
    (lambda: t.erlang_b(2, -1), r"ports: -1 is out of range"),
    (lambda: t.erlang_b(2, True), r"ports: True is out of range"),
    (lambda: t.erlang_b_load(0, 3), r"blocking: 0 is out of range; give a share above 0 and below"),
    (lambda: t.erlang_b_load(1, 3), r"blocking: 1 is out of range"),
    (lambda: t.erlang_b_load(0.1, 0), r"ports: 0 is out of range; give a whole number, 1 or more"),
    (lambda: t.erlang_b_ports(2, 0), r"blocking: 0 is out of range; give a share above 0 and at"),
    (lambda: t.extended_erlang_b(2, 3, 1.1), r"retry: 1.1 is out of range; give a share from 0 to"),
    (lambda: t.erlang_c(2, 0), r"agents: 0 is out of range"),
    (lambda: t.mmc(1, 0, 3), r"mean_talk: 0 is out of range; give a number of units of time above"),
    (lambda: t.mmc(0, 1, 3), r"arrival_rate: 0 is out of range"),
    (lambda: t.mmc(1, 1, 3).wait_quantile(1), r"level: 1 is out of range; give a share from 0 to"),
    (lambda: t.mmc(1, 1, 3).wait_tail(-1), r"time: -1 is out of range"),
    (lambda: t.mmc_agents(1, 1, share=1, within=1), r"share: 1 is out of range"),
    (lambda: t.erlang_a(1, 1, 3, 0), r"mean_patience: 0 is out of range; .*inf is allowed"),
    (lambda: t.erlang_a(1, 1, 3, 1, 0), r"places: 0 is out of range"),
    (lambda: t.engset(0, 3, 1), r"sources: 0 is out of range"),
    (lambda: t.engset(5, 3, -1), r"load_per_idle_source: -1 is out of range"),
    (lambda: t.kaufman_roberts([1, 2], [1], 3), r"loads has 2, ports_per_call has 1; give one"),
    (lambda: t.kaufman_roberts([], [], 3), r"one class at least"),
    (lambda: t.kaufman_roberts([1], [0], 3), r"ports_per_call: 0 is out of range"),
    (lambda: t.reservation([1], [-1], 3), r"reserves: -1 is out of range"),
    (lambda: t.trunk_reservation([1, 1], [1, 0], [0, 0], 3), r"mean_holds: 0 is out of range"),
    (lambda: t.overflow_moments(0, 3), r"load: 0 is out of range"),
    (lambda: t.priority_waits([2, 2], 1, 4), r"load: 4.0 erlang keep 4 agents"),
    (lambda: t.mean_time(1, 0), r"rate: 0 is out of range"),
    (lambda: t.birth_death([1], [1, 2]), r"give two lists of the same length"),
    (lambda: t.birth_death([-1], [1]), r"births: a rate is negative"),
    (lambda: t.birth_death([1], [0]), r"deaths: a rate is 0"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED)
def test_a_bad_argument_is_refused_with_value_rule_and_remedy(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_numbers_of_numpy_are_numbers():
    assert t.erlang_b(np.float64(2), np.int64(3)) == t.erlang_b(2, 3)
    assert t.erlang_b(np.array(2.0), 3) == t.erlang_b(2, 3)


def test_the_public_names_are_these():
    assert sorted(t.__all__, key=str) == t.__all__
    assert all(hasattr(t, name) for name in t.__all__)
    assert len(t.__all__) == 27
