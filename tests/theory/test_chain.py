"""The generic chain: long run, spans, events, and what it refuses."""

import math

import numpy as np
import pytest
from scipy import sparse
from scipy.linalg import expm

from flexports.theory import Chain, Transition, birth_death, erlang_b
from flexports.theory.long_run import FEW
from theory import chains


def loss(load, ports):
    def transitions(busy):
        if busy < ports:
            yield Transition(load, busy + 1, ("offered",))
        else:
            yield Transition(load, busy, ("offered", "blocked"))
        yield Transition(busy, busy - 1)

    return Chain(0, transitions)


def dense_generator(chain):
    rates = chain._rates.toarray()
    return rates - np.diag(rates.sum(axis=1))


@pytest.mark.parametrize(("load", "ports"), [(2, 7), (1900, 2000), (3000, 2000), (100, 500)])
def test_the_long_run_of_a_loss_system_is_erlang_b(load, ports):
    chain = loss(float(load), ports)
    shares = chain.stationary()
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()
    blocking = chain.rate_of("blocked", shares) / chain.rate_of("offered", shares)
    assert blocking == pytest.approx(erlang_b(load, ports), rel=1e-11, abs=1e-30)


def test_a_rare_state_keeps_its_digits():
    load, ports = 0.1, 12
    product = birth_death([load] * ports, range(1, ports + 1))
    assert product[-1] < 1e-20
    np.testing.assert_allclose(loss(load, ports).stationary(), product, rtol=1e-10)


def pair_of_groups(link):
    def transitions(state):
        group, busy = state
        if busy < 10:
            yield Transition((3, 8)[group], (group, busy + 1))
        if busy:
            yield Transition(busy, (group, busy - 1))
        else:
            yield Transition(link, (1 - group, 0))

    return Chain((0, 0), transitions)


@pytest.mark.parametrize("link", [1e-2, 1e-6, 1e-12])
def test_parts_that_hardly_ever_meet_are_in_balance(link):
    """The link is the same both ways, so that both its ends are as likely."""
    chain = pair_of_groups(link)
    shares = dict(zip(chain.states, chain.stationary(), strict=True))
    assert shares[0, 0] == pytest.approx(shares[1, 0], rel=1e-9)


@pytest.mark.parametrize("link", [1e-14, 1e-30])
def test_many_states_that_hardly_ever_meet_are_refused_rather_than_answered_wrongly(link):
    def transitions(state):
        group, step = state
        yield Transition(1, (group, (step + 1) % FEW))
        if not step:
            yield Transition(link * (1 + group), (1 - group, 0))

    with pytest.raises(ArithmeticError, match="ask for its occupancy over a span"):
        Chain((0, 0), transitions).stationary()


def test_states_that_are_left_for_good_have_no_share():
    chain = Chain(0, lambda now: [Transition(1, min(now + 1, 3)), Transition(float(now == 3), 2)])
    assert chain.stationary().tolist() == [0, 0, 0.5, 0.5]


def test_a_chain_with_two_ends_has_no_long_run_but_a_span():
    def transitions(state):
        if state == "start":
            yield Transition(1, "left")
            yield Transition(3, "right")

    chain = Chain("start", transitions)
    with pytest.raises(ValueError, match="2 sets of states that it never leaves"):
        chain.stationary()
    spent = chain.occupancy(1_000)
    np.testing.assert_allclose(spent, [0.25, 249.9375, 749.8125], rtol=1e-10)


def test_a_single_state_is_where_it_always_is():
    chain = Chain("only", lambda _: [Transition(2, "only", ("tick",))])
    assert chain.stationary().tolist() == [1]
    assert chain.rate_of("tick", chain.occupancy(5, since=2)) == pytest.approx(6)


@pytest.mark.parametrize(("since", "until"), [(0, 0.3), (0, 20), (5, 9), (400, 1_000), (3, 3)])
def test_time_in_states_is_the_integral_of_the_exponential(since, until):
    chain = chains.voice_messages(
        agents=3, cycle_mean=2, p_message=0.5, message_mean=3, ports=2, inbound_rate=0.2
    )
    generator, size = dense_generator(chain), len(chain)
    block = np.block([[generator, np.eye(size)], [np.zeros((size, 2 * size))]])
    integral = (expm(block * until) - expm(block * since))[0, size:]
    spent = chain.occupancy(until, since)
    np.testing.assert_allclose(spent, integral, atol=1e-10 * max(until, 1))
    assert spent.sum() == pytest.approx(until - since)


@pytest.mark.parametrize("at", [0, 0.3, 20, 1_000])
def test_a_distribution_is_the_exponential(at):
    chain = loss(3.0, 5)
    expected = expm(dense_generator(chain) * at)[0]
    np.testing.assert_allclose(chain.distribution(at), expected, rtol=1e-9, atol=1e-12)


def test_a_periodic_pair_settles():
    chain = Chain(0, lambda now: [Transition(1, 1 - now)])
    assert chain.occupancy(1e6).tolist() == pytest.approx([5e5 + 0.25, 5e5 - 0.25], rel=1e-12)


def test_an_event_named_twice_counts_twice_and_an_unknown_one_never():
    chain = Chain(0, lambda now: [Transition(2, now, ("call", "call")), Transition(1, 1 - now)])
    shares = chain.stationary()
    assert chain.rate_of("call", shares) == pytest.approx(4)
    assert chain.rate_of("nothing", shares) == 0


def test_a_mean_over_a_span_is_a_mean_over_its_time():
    chain = Chain(0, lambda now: [Transition(1, 1 - now)])
    assert chain.mean(lambda now: now, chain.occupancy(1e6)) == pytest.approx(0.5, rel=1e-6)


def test_what_a_reader_does_to_the_shares_is_not_remembered():
    chain = loss(2.0, 3)
    chain.stationary()[:] = 0
    assert chain.stationary().sum() == pytest.approx(1)


def test_an_endless_chain_is_cut_off_with_a_remedy():
    with pytest.raises(ValueError, match="cut its queues short"):
        Chain(0, lambda now: [Transition(1, now + 1)], limit=50)


@pytest.mark.parametrize("rate", [-1, math.nan, math.inf])
def test_a_rate_that_is_none_is_refused_with_its_state(rate):
    with pytest.raises(ValueError, match=r"to=1.*from state 0: give a rate"):
        Chain(0, lambda now: [Transition(rate, 1)])


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="is after until"):
        loss(1.0, 1).occupancy(1, since=2)


def test_a_floor_of_thousands_of_states_is_in_balance():
    """Its five coordinates would fill a complete factorisation; the day is begun empty."""
    chain = chains.company(
        agents=8, cycle_mean=60, p_message=0.4, message_mean=45, by_hand_mean=45, ports=14,
        inbound_rate=0.011, talk_mean=180, patience_mean=120, p_record=0.5, reserve=1,
    )  # fmt: skip
    assert len(chain) > 8_000
    shares = chain.stationary()
    np.testing.assert_allclose(shares @ sparse_generator(chain), 0, atol=1e-14)
    day = chain.occupancy(8 * 3600, since=4 * 3600)
    np.testing.assert_allclose(day / (4 * 3600), shares, atol=1e-9)


def sparse_generator(chain):
    """The generator as a sparse matrix."""
    rates = chain._rates
    return sparse.csr_array(rates - sparse.diags_array(rates.sum(axis=1)))


def test_a_very_long_span_takes_no_longer_than_the_way_to_the_long_run():
    assert loss(2.0, 3).occupancy(1e12).sum() == pytest.approx(1e12)
