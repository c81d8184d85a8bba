"""The smallest port count for each of several values of something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flexports.floor import Prices
from flexports.problems import InputError
from flexports.study.size import size
from flexports.study.size_over import MOST_VALUES, size_over, variants
from flexports.table import page
from flexports.theory import erlang_b_ports
from study.floors_for_studies import MODELS, loss_floor


def test_each_load_needs_what_erlang_b_says() -> None:
    rates = [f"{load_erl * 60:g} per hour" for load_erl in (0.2, 2.0)]  # calls of a minute
    result = size_over(loss_floor(1.0, 0.01), "sources.calls.rate", rates, max_days=800)
    found = [each.ports for each in result.sizes.values()]
    assert found == [erlang_b_ports(0.2, 0.01), erlang_b_ports(2.0, 0.01)]
    assert result.fewest == next(iter(result.sizes))
    assert list(result.table.columns)[:2] == ["sources.calls.rate", "ports"]
    assert len(result.table) == len(result.rows)


def test_several_answers_at_once_are_judged_more_strictly_than_one() -> None:
    floor = loss_floor(2.0, 0.01)
    alone = size(floor, days=20)
    together = size_over(floor, "ports.count", [1, 2, 3], days=20)
    first = next(iter(together.sizes.values()))
    assert first.sweep.tallies == alone.sweep.tallies
    assert first.judged.confidence > alone.judged.confidence > 0.9
    usual, strict = (each.estimate(5, "calls", "blocking") for each in (alone.judged, first.judged))
    assert strict.low < usual.low < usual.high < strict.high


def test_fewer_seats_for_dialers_need_fewer_ports() -> None:
    result = size_over(MODELS / "company-x.toml", "licences.dialer", [1, 5], days=40)
    few, many = (each.ports for each in result.sizes.values())
    assert few is not None
    assert many is not None
    assert few < many


def test_the_cheapest_value_is_told_beside_the_one_that_needs_fewest_ports() -> None:
    # B(0.2, 2) = 0.0164: two ports either way, and the first value is the first of the fewest.
    floor = replace(loss_floor(0.2, 0.05), prices=Prices(port=1.0))
    rents = size_over(floor, "prices.port", [5.0, 1.0], days=40)
    ports = {each.ports for each in rents.sizes.values()}
    assert ports == {2}
    assert (rents.fewest, rents.cheapest) == ("5.0", "1.0")
    text = " ".join(page(rents).text().split())
    assert "prices.port = 1.0 costs least, with the 2 flex ports that it needs: 2" in text
    assert "a month, against 10" in text
    assert "cost per month" in text
    only = size_over(floor, "prices.port", [5.0], days=40)
    assert "That costs least, too: 10" in page(only).text()
    unpriced = size_over(loss_floor(0.2, 0.05), "ports.count", [2], days=40)
    assert unpriced.cheapest is None
    assert "cost" not in page(unpriced).text()


@pytest.mark.parametrize(
    ("path", "values", "said"),
    [
        ("licences.dailer", [3], "did you mean 'dialer'"),
        ("sources.outbound.keep_free", ["many"], "whole number"),
        ("sources.outbound.keep_free", [], "give from 1"),
        ("sources.outbound.keep_free", list(range(MOST_VALUES + 1)), "give from 1"),
        ("nowhere", [1], "nowhere"),
        ('quo"te', [1], "quo"),
    ],
)
def test_what_cannot_be_varied_is_refused(path: str, values: list[object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        size_over(MODELS / "company-x.toml", path, values, days=2)


def test_variants_differ_in_nothing_else() -> None:
    floor = loss_floor(1.0, 0.02)
    (same,) = variants(floor, "sources.calls.keep_free", [0]).values()
    assert same.sources == floor.sources
    assert same.targets == floor.targets
