"""Sweeps: which days are run, and when it is enough."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Never

import pytest

from flexports.engine import Engine
from flexports.estimates import Estimate
from flexports.floor import Day, Targets, floor_text
from flexports.problems import InputError
from flexports.study import blocks as blocks_module
from flexports.study.blocks import Trial, blocks, days_in_a_block
from flexports.study.precision import lacking, wanted_of
from flexports.study.progress import Standing
from flexports.study.results import COLUMNS
from flexports.study.settings import MOST_DAYS, Settings
from flexports.study.sweep import port_counts, sweep
from flexports.theory import erlang_b
from study.floors_for_studies import MODELS, company_x, loss_floor

FLOOR = loss_floor(2.0, hours=1.0)


def test_port_counts_are_run_in_order_and_once() -> None:
    assert sweep(FLOOR, [4, 2, 4], days=2).ports == (2, 4)


def test_the_table_is_tidy() -> None:
    result = sweep(company_x(), [2, 3], days=3)
    assert tuple(result.table.columns) == COLUMNS
    assert set(result.table.source) == {"outbound", "ports", "sales"}
    assert set(result.table.days) == {3}
    assert not result.table.duplicated(["ports", "source", "metric"]).any()


def test_an_estimate_is_found_by_its_names() -> None:
    result = sweep(FLOOR, [3], days=3)
    assert isinstance(result.estimate(3, "calls", "blocking"), Estimate)
    with pytest.raises(KeyError):
        result.estimate(3, "calls", "abandonment")


def test_a_floor_may_be_given_by_its_file(tmp_path: Any) -> None:
    file = tmp_path / "floor.toml"
    file.write_text(floor_text(FLOOR))
    assert sweep(str(file), [2], days=2).tallies == sweep(FLOOR, [2], days=2).tallies
    assert sweep(MODELS / "company-x.toml", [3], days=2).ports == (3,)


def test_every_port_count_sees_the_same_traffic() -> None:
    result = sweep(FLOOR, [1, 5, 9], days=5)
    offered = {result.estimate(ports, "calls", "offered").value for ports in result.ports}
    assert len(offered) == 1


def test_the_first_days_of_a_longer_study_are_those_of_a_shorter_one() -> None:
    short = Trial(FLOOR, 1).tallies(range(3), [2])[2]
    rest = Trial(FLOOR, 1).tallies(range(3, 5), [2])[2]
    assert sweep(FLOOR, [2], days=5).tallies[2] == short + rest


def test_without_a_precision_all_days_are_run_before_the_first_look() -> None:
    assert Settings(days=30).looks == [30]
    assert Settings().looks == [100]


def test_with_a_precision_each_look_has_half_as_many_days_more() -> None:
    assert Settings(max_days=300, precision=0.1).looks == [64, 96, 144, 216, 300]
    assert Settings(precision="2%").looks[-1] == MOST_DAYS
    assert Settings(days=20, precision=0.1).looks == [20]


def test_a_study_stops_when_it_is_precise_enough() -> None:
    # One port for 2 erlangs blocks two calls of three: known within 5 % after the first 64 days.
    result = sweep(FLOOR, [1], precision=0.05)
    assert result.days == 64
    estimate = result.estimate(1, "calls", "blocking")
    assert estimate.half_width <= 0.05 * estimate.value


def test_a_study_goes_on_until_it_is_precise_enough() -> None:
    result = sweep(FLOOR, [3], precision="1%")
    assert result.days > 64
    assert not lacking(result, wanted_of("1%"))
    (worst,) = lacking(result, wanted_of("0.1%"))
    assert worst.times > 1
    # The same days as a study that was told so from the beginning.
    assert result.tallies == sweep(FLOOR, [3], days=result.days).tallies


def test_a_precision_out_of_reach_ends_at_the_most_days() -> None:
    result = sweep(FLOOR, [3], max_days=66, precision="0.1%")
    assert result.days == 66
    assert lacking(result, wanted_of("0.1%"))


def test_a_precision_out_of_reach_ends_when_the_time_is_over() -> None:
    result = sweep(FLOOR, [3], max_time_s=1e-6, precision="0.1%")
    assert 2 <= result.days <= 64
    assert result.tallies == sweep(FLOOR, [3], days=result.days).tallies


def test_precision_is_a_share_of_the_target_where_little_is_blocked() -> None:
    # With 12 ports nothing is blocked: no relative precision could be reached.
    loose = replace(FLOOR, targets=Targets(blocking=0.2))
    assert sweep(loose, [12], precision=0.1).days == 64


def test_each_of_several_precisions_is_reached() -> None:
    result = sweep(FLOOR, [3], precision=["5%", "carried_load: 0.005 ports"])
    load = result.estimate(3, "calls", "carried_load")
    assert load.half_width <= 0.005
    assert sweep(FLOOR, [3], precision="5%").days < result.days


def test_a_precision_of_what_the_floor_does_not_have_is_refused() -> None:
    with pytest.raises(InputError, match="asks for a metric that no source"):
        sweep(FLOOR, [3], precision="hold_p95: 1 s")


def test_progress_is_told_in_days() -> None:
    told: list[Standing] = []
    sweep(FLOOR, [2], days=7, progress=told.append)
    assert told[-1] == Standing(7, 7)


def test_progress_tells_how_far_the_precision_is() -> None:
    told: list[Standing] = []
    sweep(FLOOR, [3], precision="1%", progress=told.append)
    assert told[0].precision == ""
    assert "blocking of calls" in told[-1].precision


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ({"days": 1}, "days"),
        ({"days": 0}, "days"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**64}, "seed"),
        ({"workers": 0}, "workers"),
        ({"confidence": 1.0}, "confidence"),
        ({"confidence": 0.0}, "confidence"),
        ({"precision": 0.0}, "precision"),
        ({"precision": 1.0}, "precision"),
        ({"precision": "2 apples"}, "precision"),
        ({"precision": [True]}, "precision"),
        ({"max_days": 1}, "max_days"),
        ({"max_time_s": 0.0}, "max_time"),
        ({"days": 10, "max_days": 20}, "max_days"),
        ({"engine": "simply"}, "engine"),
    ],
)
def test_what_cannot_be_run_is_refused(keys: dict[str, Any], place: str) -> None:
    with pytest.raises(InputError, match=place):
        sweep(FLOOR, [2], **keys)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        Settings(days=1, seed=-1, workers=0)
    assert len(str(refused.value).splitlines()) == 3


@pytest.mark.parametrize("ports", [[], [0], [-1, 3], [10_001]])
def test_port_counts_out_of_range_are_refused(ports: list[int]) -> None:
    with pytest.raises(InputError, match="ports"):
        port_counts(ports)


def test_a_misspelt_engine_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="simpy"):
        sweep(FLOOR, [2], engine="simpi")


def test_a_failure_names_floor_seed_day_and_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Never:
        raise RuntimeError("broken")

    acme = replace(FLOOR, name="Acme")
    monkeypatch.setattr(blocks_module, "engine_named", lambda _: Engine("broken", broken))
    with pytest.raises(RuntimeError) as failure:
        sweep(acme, [2], days=2, seed=8)
    assert failure.value.__notes__ == ["floor 'Acme', seed 8, day 0, 2 ports"]
    monkeypatch.setattr(blocks_module, "engine_named", lambda _: Engine("broken", broken, broken))
    with pytest.raises(RuntimeError) as failure:
        sweep(acme, [2], days=2, seed=8)
    assert failure.value.__notes__ == ["floor 'Acme', seed 8, day 0"]


def test_a_block_is_some_twenty_thousand_calls() -> None:
    # 2 erlangs of a minute: 120 calls an hour
    assert days_in_a_block(FLOOR) == 100  # the most
    assert days_in_a_block(replace(FLOOR, day=Day(length_s=25 * 3600.0))) == 6  # 20,000 / 3,000
    assert days_in_a_block(replace(FLOOR, day=Day(length_s=1e7))) == 5  # the fewest


def test_many_days_are_cut_into_larger_blocks() -> None:
    floor = replace(FLOOR, day=Day(length_s=25 * 3600.0))  # 6 days make 20,000 calls

    def sizes(days: range) -> list[int]:
        cut = list(blocks(days, floor))
        assert [day for block in cut for day in block] == list(days)
        return [len(block) for block in cut]

    assert sizes(range(100)) == [6] * 16 + [4]
    assert sizes(range(10, 10 + 24 * 20)) == [20] * 24
    assert sizes(range(5000)) == [100] * 50


def test_how_days_are_cut_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    one = sweep(FLOOR, [1, 2], days=50)
    monkeypatch.setattr(blocks_module, "_MOST_DAYS", 7)
    assert len(list(blocks(range(50), FLOOR))) == 8
    other = sweep(FLOOR, [1, 2], days=50)
    assert one.tallies.to_dict() == other.tallies.to_dict()


def test_more_agents_make_smaller_blocks() -> None:
    # 5 agents x 3,600 s / 60 s = 300 dials a day: 66 days
    assert days_in_a_block(company_x()) == 66


def test_a_sweep_finds_erlang_b() -> None:
    result = sweep(loss_floor(2.0), [1, 2, 3], days=40, confidence=0.999)
    for ports in result.ports:
        found = result.estimate(ports, "calls", "blocking")
        assert found.low <= erlang_b(2.0, ports) <= found.high
