"""``erlang``: the closed forms, and their inverses."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import Result

from flexports import theory

Run = Callable[..., Result]


@pytest.fixture
def values(run: Run) -> Callable[..., list[dict[str, Any]]]:
    """Return what gives the rows of a closed form."""

    def call(*words: object) -> list[dict[str, Any]]:
        result = run("erlang", *words, "--format", "json")
        assert result.exit_code == 0, result.stderr
        return list(json.loads(result.stdout)["rows"])

    return call


Values = Callable[..., list[dict[str, Any]]]


def named(rows: list[dict[str, Any]]) -> dict[str, float]:
    return {row["metric"]: row["value"] for row in rows}


def test_erlang_b_of_two_erlangs(values: Values) -> None:
    # B(1) = 2/3, B(2) = 2/5, B(3) = 4/19
    rows = values("b", "--load", 2, "--ports", "1-3")
    assert [row["value"] for row in rows] == pytest.approx([2 / 3, 2 / 5, 4 / 19], rel=1e-12)


def test_erlang_b_inverted_in_ports(values: Values) -> None:
    # 2 erlangs: 1.21 % on 6 ports, 0.344 % on 7
    rows = values("b", "--load", 2, "--blocking", 0.01)
    assert rows[0]["value"] == 7
    assert [row["ports"] for row in rows[1:]] == [6, 7]


def test_erlang_b_inverted_in_load(values: Values) -> None:
    (row,) = values("b", "--ports", 10, "--blocking", 0.01)
    assert row["value"] == pytest.approx(4.4612, abs=5e-5)  # the ITU's table


def test_erlang_c_and_its_inverse_agree(values: Values) -> None:
    traffic = ("--rate", "200 per hour", "--talk", "3 min")
    found = named(values("c", *traffic, "--share", 0.8, "--within", "20 s"))
    assert found["agents"] == 14
    assert named(values("c", *traffic, "--agents", 14)) == found
    assert named(values("c", *traffic, "--agents", 13))["service_level"] < 0.8


def test_erlang_a_with_places(values: Values) -> None:
    found = named(
        values(
            *("a", "--rate", "90 per hour", "--talk", "3 min", "--agents", 5),
            *("--patience", "90 s", "--ports", 8),
        )
    )
    queue = theory.erlang_a(90 / 3600, 180, 5, 90, places=8)
    assert found["blocking"] == pytest.approx(queue.blocked, rel=1e-12)
    assert found["abandonment"] == pytest.approx(queue.abandonment, rel=1e-12)


def test_engset_with_as_many_ports_as_sources_blocks_nothing(values: Values) -> None:
    assert named(values("engset", "--sources", 5, "--ports", 5, "--load", 1))["blocking"] == 0


def test_kaufman_roberts_with_one_port_a_call_is_erlang_b(values: Values) -> None:
    rows = values("kaufman-roberts", "--loads", "1.5,0.5", "--ports-per-call", "1,1", "--ports", 3)
    both = [row["value"] for row in rows if row["metric"] == "blocking"]
    assert both == pytest.approx([4 / 19, 4 / 19], rel=1e-12)


def test_reservation_of_nothing_is_erlang_b(values: Values) -> None:
    for holds in ((), ("--holds", "60 s,3 min")):
        rows = values("reservation", "--loads", "1,1", "--reserves", "0,0", "--ports", 3, *holds)
        both = [row["value"] for row in rows if row["metric"] == "blocking"]
        assert both == pytest.approx([4 / 19, 4 / 19], rel=1e-9)


def test_overflow_of_no_ports_is_the_offered_load(values: Values) -> None:
    assert named(values("overflow", "--load", 3, "--ports", 0)) == pytest.approx(
        {"mean": 3, "variance": 3, "peakedness": 1}
    )


def test_priorities_order_the_waits(values: Values) -> None:
    first, second = values("priorities", "--rates", "30,60", "--talk", "2 min", "--agents", 4)
    assert first["value"] < second["value"]


def test_what_is_exact_says_so_and_what_is_not_does_not(run: Run) -> None:
    exact = run("erlang", "b", "--load", 2, "--ports", 3).stdout
    approximate = run("erlang", "extended-b", "--load", 2, "--ports", 3, "--retry", 0.5).stdout
    assert "exact" in exact
    assert "approximate" in approximate
    assert "exact" not in approximate


@pytest.mark.parametrize(
    "words",
    [
        ("b", "--load", 2),
        ("b", "--load", 2, "--ports", 3, "--blocking", 0.1),
        ("b", "--load", -1, "--ports", 3),
        ("b", "--load", "nan", "--ports", 3),
        ("b", "--load", 2, "--ports", "5-2"),
        ("c", "--rate", "200 per hour", "--talk", "3 min"),
        ("c", "--rate", "200 per hour", "--talk", "3 min", "--agents", 9),
        ("c", "--rate", "often", "--talk", "3 min", "--agents", 9),
        ("kaufman-roberts", "--loads", "1,2", "--ports-per-call", "1", "--ports", 3),
        ("kaufman-roberts", "--loads", "a", "--ports-per-call", "1", "--ports", 3),
        ("reservation", "--loads", "1,2", "--reserves", "0.5,0", "--ports", 3),
        ("reservation", "--loads", "1,2", "--reserves", "1,0", "--ports", 3, "--holds", "1 s"),
    ],
)
def test_what_no_closed_form_can_take_is_bad_input(run: Run, words: tuple[object, ...]) -> None:
    result = run("erlang", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert "; " in result.stderr
