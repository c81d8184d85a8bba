"""Erlang C, Erlang A and priorities: the waits for an agent."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import integrate

from flexports import theory
from flexports.theory.holds import PositionHold

MANY = 10_000
TINY = 1e-300  # where floats end
quick = settings(max_examples=40, deadline=None)


@given(st.floats(0.01, 100), st.integers(1, 150))
def test_waiting_is_likelier_than_blocking(load, agents):
    assume(load < agents)
    assert theory.erlang_c(load, agents) >= theory.erlang_b(load, agents)


@given(st.floats(0.01, 100), st.integers(1, 150))
def test_erlang_c_falls_when_an_agent_is_added(load, agents):
    assume(load < agents)
    p_wait = theory.erlang_c(load, agents)
    assert theory.erlang_c(load, agents + 1) < p_wait or p_wait < TINY


def test_one_agent_makes_callers_wait_as_often_as_he_is_busy():
    assert theory.erlang_c(0.7, 1) == pytest.approx(0.7)


def test_an_unstable_queue_is_refused_with_the_agents_it_needs():
    with pytest.raises(ValueError, match="give 21 agents or more"):
        theory.erlang_c(20, 20)


@given(st.floats(0.1, 50), st.integers(1, 60), st.floats(0.1, 10))
def test_the_waits_of_mmc_obey_littles_law(load, agents, mean_talk):
    assume(load < 0.999 * agents)
    queue = theory.mmc(load / mean_talk, mean_talk, agents)
    assert queue.mean_queue == pytest.approx(queue.mean_wait * load / mean_talk)
    assert queue.mean_wait == pytest.approx(queue.p_wait * queue.mean_wait_of_waiting)
    assert queue.ports_busy == pytest.approx(queue.load + queue.mean_queue)


@given(st.floats(0.5, 50), st.floats(0.01, 0.99), st.floats(0, 2))
def test_the_agents_for_a_service_level_are_the_fewest(load, share, within):
    agents = theory.mmc_agents(load, 1, share=share, within=within)
    assert theory.mmc(load, 1, agents).service_level(within) >= share - 1e-12
    if agents - 1 > load:
        assert theory.mmc(load, 1, agents - 1).service_level(within) < share


@given(st.floats(0.5, 30), st.integers(1, 40), st.floats(0, 0.999))
def test_a_quantile_is_where_the_wait_has_that_share(load, agents, level):
    assume(load < 0.99 * agents)
    queue = theory.mmc(load, 1, agents)
    time = queue.wait_quantile(level)
    assert queue.wait_tail(time) <= 1 - level + 1e-12
    assert time == 0 or queue.wait_tail(time) == pytest.approx(1 - level)


def test_endless_patience_is_erlang_c():
    patient = theory.erlang_a(48, 1, 50, math.inf)
    erlang_c = theory.mmc(48, 1, 50)
    for name in ("p_wait", "mean_wait", "occupancy", "mean_queue", "ports_busy"):
        assert getattr(patient, name) == getattr(erlang_c, name)
    assert patient.abandonment == 0
    assert patient.wait_quantile(0.9) == erlang_c.wait_quantile(0.9)


@pytest.mark.parametrize(
    ("mean_patience", "places"), [(1e9, None), (1e9, 2_000), (math.inf, 2_000)]
)
def test_long_patience_in_many_places_comes_near_erlang_c(mean_patience, places):
    queue, erlang_c = theory.erlang_a(48, 1, 50, mean_patience, places), theory.mmc(48, 1, 50)
    assert queue.mean_wait == pytest.approx(erlang_c.mean_wait, rel=1e-6)
    assert queue.service_level(0.1) == pytest.approx(erlang_c.service_level(0.1), rel=1e-6)
    assert queue.wait_quantile(0.9) == pytest.approx(erlang_c.wait_quantile(0.9), rel=1e-6)
    assert queue.mean_wait_of_answered == pytest.approx(erlang_c.mean_wait, rel=1e-6)


@given(st.floats(0.1, 100), st.integers(1, 80), st.floats(0.1, 10))
def test_as_many_places_as_agents_is_erlang_b(load, agents, mean_patience):
    queue = theory.erlang_a(load, 1, agents, mean_patience, agents)
    assert queue.blocked == pytest.approx(theory.erlang_b(load, agents), rel=1e-11)
    assert queue.p_wait == queue.mean_wait == queue.abandonment == 0
    assert queue.wait_quantile(0.99) == 0
    assert queue.service_level(0) == pytest.approx(1)


def test_fewer_places_than_agents_leave_agents_idle():
    queue = theory.erlang_a(6, 1, 10, 2, places=4)
    assert queue.blocked == pytest.approx(theory.erlang_b(6, 4))
    assert queue.occupancy == pytest.approx(6 * (1 - queue.blocked) / 10)


@quick
@given(st.floats(0.5, 60), st.integers(1, 40), st.floats(0.05, 20), st.integers(0, 60))
def test_erlang_a_conserves_calls_and_obeys_littles_law(load, agents, mean_patience, more):
    queue = theory.erlang_a(load, 1, agents, mean_patience, agents + more)
    answered = agents * queue.occupancy
    lost = load * (queue.blocked + queue.abandonment_of_offered)
    assert answered + lost == pytest.approx(load)
    let_in = load * (1 - queue.blocked)
    assert queue.mean_queue == pytest.approx(let_in * queue.mean_wait)
    assert queue.abandonment == pytest.approx(queue.mean_wait / mean_patience)
    assert queue.ports_busy == pytest.approx(queue.mean_queue + answered)


@quick
@given(st.floats(0.5, 30), st.integers(1, 20), st.floats(0.05, 20), st.integers(1, 30))
def test_the_law_of_the_wait_has_the_means_that_the_chain_gives(load, agents, patience, more):
    queue = theory.erlang_a(load, 1, agents, patience, agents + more)
    assert queue.wait_tail(0) == pytest.approx(queue.p_wait)
    # A wait beyond 60 talks, or 60 times the mean patience, is rarer than exp(-60).
    most = min(60 * (more + 1) / agents + 60, 60 * patience)
    mean, _ = integrate.quad(queue.wait_tail, 0, most, limit=500, epsabs=1e-11, epsrel=1e-9)
    assert mean == pytest.approx(queue.mean_wait, rel=1e-6, abs=1e-9)
    assert queue.service_level(1e6) == pytest.approx(1 - queue.abandonment)
    assert queue.answered_within(1e6) == pytest.approx(
        1 - queue.blocked - queue.abandonment_of_offered
    )


@quick
@given(st.floats(1, 30), st.integers(1, 20), st.floats(0.05, 20), st.floats(0, 0.999))
def test_a_quantile_of_erlang_a_is_where_the_wait_has_that_share(load, agents, patience, level):
    queue = theory.erlang_a(load, 1, agents, patience)
    time = queue.wait_quantile(level)
    assert time == 0 or queue.wait_tail(time) == pytest.approx(1 - level, rel=1e-8)
    assert queue.wait_tail(time) <= 1 - level + 1e-12


@pytest.mark.parametrize(
    ("agents", "patience_rate", "place"), [(3, 0.4, 5), (1, 2.0, 0), (8, 0, 9)]
)
def test_the_wait_at_a_place_in_the_queue_is_that_of_a_chain(agents, patience_rate, place):
    """The call waits for those before it to go one by one, unless it gives up first."""

    def transitions(state):
        if state in ("answered", "abandoned"):
            return []
        leaving = theory.Transition(
            agents + state * patience_rate, state - 1 if state else "answered"
        )
        return [leaving, theory.Transition(patience_rate, "abandoned")]

    chain = theory.Chain(place, transitions)
    law = PositionHold(0.0, np.eye(place + 1)[-1], float(agents), patience_rate)
    for time in (0.01, 0.5, 2.0):
        shares = dict(zip(chain.states, chain.distribution(time), strict=True))
        answered, gone = shares["answered"], shares.get("abandoned", 0.0)
        assert law.answered(time) == pytest.approx(answered, rel=1e-10)
        assert law.tail(time) == pytest.approx(1 - answered - gone, rel=1e-10)


def test_the_mean_wait_of_the_answered_is_that_of_its_law():
    queue = theory.erlang_a(90 / 3600, 180, 5, 90, places=8)
    answered = queue.service_level(1e5)
    mean, _ = integrate.quad(lambda t: 1 - queue.service_level(t) / answered, 0, 3000, limit=500)
    assert queue.mean_wait_of_answered == pytest.approx(mean, rel=1e-8)


@pytest.mark.parametrize("places", [None, 10_500])
def test_ten_thousand_agents_are_finite_and_conserve_calls(places):
    queue = theory.erlang_a(10_100 / 60, 60, MANY, 120, places)
    answered = MANY * queue.occupancy
    lost = queue.blocked + queue.abandonment_of_offered
    assert answered == pytest.approx(10_100 * (1 - lost), rel=1e-10)
    assert 0 < queue.wait_quantile(0.5) < queue.wait_quantile(0.9) < 60


def test_an_overloaded_queue_is_as_long_as_patience_makes_it():
    """Fluid limit: twice the load of the agents; half the calls abandon."""
    queue = theory.erlang_a(2_000, 1, 1_000, 10)
    assert queue.abandonment == pytest.approx(0.5, rel=1e-6)
    assert queue.mean_wait == pytest.approx(5, rel=1e-6)


def test_a_queue_without_end_is_refused():
    with pytest.raises(ValueError, match="without a limit more than 10,000,000 calls may wait"):
        theory.erlang_a(2_000, 1, 1_000, 1e9)
    with pytest.raises(ValueError, match="use erlang_a: callers abandon"):
        theory.erlang_a(50, 1, 50, math.inf)


@given(st.lists(st.floats(0.05, 1), min_size=1, max_size=5), st.integers(6, 20))
def test_priorities_only_share_out_the_wait(rates, agents):
    """Weighted by rate the mean waits add up to that without priorities (same talk for all)."""
    waits = theory.priority_waits(rates, 1, agents)
    plain = theory.mmc(sum(rates), 1, agents).mean_wait
    shared = sum(rate * wait for rate, wait in zip(rates, waits, strict=True))
    assert shared == pytest.approx(sum(rates) * plain)
    assert list(waits) == sorted(waits)
