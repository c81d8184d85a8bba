from __future__ import annotations

from dataclasses import replace

import pytest

from flexports.floor import Floor, Group, Pools, Prices, Profile
from flexports.laws import Constant, Exponential
from flexports.sources.inbound import Inbound
from flexports.sources.power_dialer import PowerDialer
from flexports.study.costs import rent_of_licences, rent_of_ports
from flexports.study.pools import sweep_licence
from flexports.study.sweep import sweep
from flexports.table.costs import cost_texts

AGENTS = (
    Group(name="sales", count=4),
    Group(name="service", count=2, licences=("crm", "agent-login")),
)


def loss_floor(prices: Prices) -> Floor:
    calls = Inbound(
        name="route", rate=Profile.constant(1 / 60), ivr=Exponential(120.0), to_agent=0.0
    )
    return Floor(agents=AGENTS, sources=(calls,), prices=prices)


def test_the_contract_has_one_pay_for_its_minimum_of_ports() -> None:
    prices = Prices(port=10.0, minimum_ports=5)
    assert [rent_of_ports(prices, ports) for ports in (3, 5, 7)] == [50.0, 50.0, 70.0]


def test_a_licence_is_rented_for_each_holder_and_a_pool_for_its_size() -> None:
    floor = replace(loss_floor(Prices()), licences=Pools(dialer=3))
    # crm for all 6, the dialer for 3 seats and not for its 4 holders, agent-login for 6
    prices = Prices(crm=1.0, dialer=100.0, agent_login=10.0)
    assert rent_of_licences(floor, prices) == 6 * 1.0 + 3 * 100.0 + 6 * 10.0


def test_a_month_costs_rent_and_the_mean_of_what_goes_wrong() -> None:
    prices = Prices(port=10.0, lost_call=2.0, days_a_month=20)
    result = sweep(loss_floor(prices), [2], days=10)
    cost = result.estimate(2, "cost", "cost_per_month")
    lost = result.estimate(2, "route", "lost").value * result.estimate(2, "route", "offered").value
    assert cost.value == pytest.approx(2 * 10.0 + 20 * 2.0 * lost)
    assert cost.low < cost.value < cost.high


def test_the_cheapest_count_balances_rent_and_lost_calls() -> None:
    dear_ports = sweep(loss_floor(Prices(port=1e6, lost_call=1.0)), range(1, 9), days=5)
    dear_calls = sweep(loss_floor(Prices(port=1.0, lost_call=1e6)), range(1, 9), days=5)
    assert dear_ports.cheapest == 1
    assert dear_calls.cheapest is not None
    assert dear_calls.cheapest > 5
    assert sweep(replace(loss_floor(Prices()), prices=None), [1], days=2).cheapest is None


def test_a_cheapest_count_that_is_the_last_tried_is_not_called_the_cheapest() -> None:
    dear_ports = loss_floor(Prices(port=1e6, lost_call=1.0))
    dear_calls = loss_floor(Prices(port=1.0, lost_call=1e6))

    def said(floor: Floor, counts: list[int]) -> str:
        (text,) = cost_texts(sweep(floor, counts, days=5))
        return text.words

    assert said(dear_ports, [1, 2, 3]).startswith("Of these counts, 1 flex port cost least")
    assert said(dear_ports, [2, 3, 4]).startswith(
        "Cost still falls at 2 flex ports, the smallest count tried: 2"
    )
    assert said(dear_calls, [1, 2, 3]).startswith(
        "Cost still falls at 3 flex ports, the largest count tried: "
    )
    assert said(dear_calls, [3]).startswith("3 flex ports: ")


def test_more_dialer_seats_lock_fewer_agents_out() -> None:
    calls = Inbound(
        name="route", agents=("sales",), rate=Profile.constant(1 / 300), talk=Constant(60.0)
    )

    floor = Floor(agents=AGENTS, sources=(calls, PowerDialer(agents=("sales",))))
    result = sweep_licence(floor, "dialer", [1, 2, 4], [6], days=3)
    locked = [
        result.sweeps[seats].estimate(6, "sales", "time_locked_out").value for seats in (1, 2, 4)
    ]
    assert locked[0] > locked[1] > locked[2] == 0
    assert list(result.table.columns[:2]) == ["licence", "size"]
