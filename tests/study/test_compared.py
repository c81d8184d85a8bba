"""Two floors on the same days: what is known of how they differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

import flexports
from flexports import table
from flexports.floor import Floor, Ports, Targets
from flexports.floor.parts import ServiceLevel
from flexports.laws import Exponential
from flexports.problems import InputError
from flexports.sources.power_dialer import PowerDialer
from flexports.study.compared import Compared
from flexports.study.exact import exact_values
from study.floors_for_studies import answering_floor, callers, company_x, loss_floor

BY = ["source", "metric"]


def test_the_same_floor_on_two_counts_is_what_a_sweep_says_of_them() -> None:
    floor = replace(answering_floor(4, callers(60, 150.0)), name="Callers")
    floors = [replace(floor, ports=Ports(count=count)) for count in (5, 4)]
    compared = flexports.compare(*floors, days=40, seed=3)
    sweep = flexports.sweep(floor, [4, 5], days=40, seed=3, controls=False)
    found = {(each.source, each.metric): each for each in compared.differences}
    known = [each for each in sweep.differences(5) if each.source != "cost"]
    assert len(known) > 10
    for each in known:
        other = found[each.source, each.metric]
        assert (other.ports, other.against) == (4, 5)
        told = [other.value, other.low, other.high, other.alone]
        assert told == pytest.approx([each.value, each.low, each.high, each.alone], abs=1e-12)


@pytest.mark.parametrize("ports", [3, 5])
def test_exact_differences_are_within_their_intervals(ports: int) -> None:
    slow = company_x()
    fast = replace(slow, sources=(replace(slow.sources[0], message=_halved(slow)),))
    compared = flexports.compare(slow, fast, ports, days=400, confidence=0.999)
    exactly = [
        {(each.source, each.metric): each.value for each in exact_values(floor, ports)}
        for floor in (slow, fast)
    ]
    within = 0
    for each in compared.differences:
        named = each.source, each.metric
        if named in exactly[0]:
            assert each.low <= exactly[1][named] - exactly[0][named] <= each.high, each
            within += 1
    assert within >= 4


@pytest.mark.parametrize(
    ("before", "after", "ports"),
    [(loss_floor(4.0), loss_floor(4.4), 6), (company_x(), company_x(message=Exponential(30.0)), 4)],
)
def test_intervals_contain_the_exact_difference_as_often_as_they_say(
    before: Floor, after: Floor, ports: int
) -> None:
    """A right interval at 95 % covers so seldom in one run of ten thousand. Seeds are fixed."""
    exactly = [
        {(each.source, each.metric): each.value for each in exact_values(floor, ports)}
        for floor in (before, after)
    ]
    studies, hits = 100, Counter[tuple[str, str]]()
    for seed in range(studies):
        for each in flexports.compare(before, after, ports, days=30, seed=seed).differences:
            named = each.source, each.metric
            if named in exactly[0]:
                hits[named] += each.low <= exactly[1][named] - exactly[0][named] <= each.high
    assert len(hits) >= 4
    assert min(hits.values()) >= stats.binom.ppf(1e-4, studies, 0.95)


def test_the_days_are_the_same_and_so_little_is_left_to_chance() -> None:
    """Erlang B: a loss floor and one of a little more load."""
    compared = flexports.compare(loss_floor(4.0), loss_floor(4.2), 6, days=200)
    (blocking,) = (each for each in compared.differences if each.metric == "blocking")
    assert blocking.low > 0
    assert blocking.high - blocking.low < 0.6 * 2 * blocking.alone


def test_the_other_way_round_all_signs_change() -> None:
    one, other = loss_floor(4.0), loss_floor(3.0)
    there = flexports.compare(one, other, [4, 6], days=20).table
    back = flexports.compare(other, one, [4, 6], days=20).table
    assert np.allclose(there[["value", "low", "high"]], -back[["value", "high", "low"]])
    assert np.array_equal(there[["before", "after"]], back[["after", "before"]])


def test_workers_and_engine_do_not_matter() -> None:
    floors = answering_floor(4, callers(60, 150.0)), answering_floor(5, callers(60, 150.0))
    one = flexports.compare(*floors, 5, days=12)
    assert flexports.compare(*floors, 5, days=12, workers=2).rows == one.rows
    assert flexports.compare(*floors, 5, days=12, engine="simpy").rows == one.rows


def test_a_metric_that_only_one_has_is_left_out() -> None:
    floors = loss_floor(4.0), answering_floor(4, callers(60, 150.0))
    found = {
        (each.source, each.metric) for each in flexports.compare(*floors, 5, days=5).differences
    }
    assert found == {("ports", "busy_mean"), ("ports", "time_congestion")}


def test_service_levels_of_different_times_are_not_compared() -> None:
    floor = answering_floor(4, callers(60, 150.0))
    slower = replace(floor, targets=Targets(service_level=ServiceLevel(share=0.8, within_s=30.0)))
    same, apart = (flexports.compare(floor, each, 5, days=5).table for each in (floor, slower))
    assert set(same["metric"]) - set(apart["metric"]) == {"service_level"}


def test_the_counts_are_those_asked_for_or_the_floors_own() -> None:
    floor = loss_floor(2.0)
    today, plan = (replace(floor, ports=Ports(count=count)) for count in (3, 4))
    assert flexports.compare(today, plan, days=2).ports == ((3, 4),)
    assert flexports.compare(today, plan, [5, 2], days=2).ports == ((2, 2), (5, 5))
    with pytest.raises(InputError, match=r"ports: is missing, and .* has none of its own"):
        flexports.compare(today, floor, days=2)
    with pytest.raises(InputError, match="ports"):
        flexports.compare(today, plan, 0, days=2)


def test_it_shows_itself() -> None:
    one, other = (replace(loss_floor(load), name=name) for load, name in ((4, "Now"), (3, "Then")))
    compared = flexports.compare(one, other, 5, days=60)
    assert isinstance(compared, Compared)
    assert repr(compared) == "<Comparison of Now with Then: 60 days>"
    words = " ".join(table.page(compared).text().split())
    assert words.startswith("With 5 flex ports, calls calls that find no port fall from ")
    assert "not shown to differ" in table.page(flexports.compare(one, one, 5, days=9)).text()
    assert "Now (before), Then (after)" in compared._repr_html_()


def _halved(floor: Floor) -> Exponential:
    """Messages of half the length."""
    (source,) = floor.sources
    assert isinstance(source, PowerDialer)
    return Exponential(source.message.expected_s / 2)
