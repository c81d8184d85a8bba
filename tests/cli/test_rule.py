"""``rule``: the published arithmetic, beside what its counts mean."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
MODELS = Path(__file__).resolve().parents[2] / "models"
QUICK = ("--workers", 1, "--days", 2)


@pytest.fixture(scope="module")
def models() -> Path:
    """The floors of the published example."""
    return MODELS


def test_the_published_example_reads_as_it_was_published(run: Run, models: Path) -> None:
    text = " ".join(run("rule", models / "company-x-peak.toml", *QUICK).stdout.split())
    # 2 for voice messages, 3 more for inbound: 5; plus two: 7.
    assert "7 flex ports: a bare minimum of 5, plus two" in text
    assert "2 ports (three would be safer)" in text
    assert "3 more ports" in text
    assert "so that no caller waits" in text
    assert "bare minimum 2 + 3 = 5; plus two = 7" in text
    assert "the bare minimum is 5 either way" in text


def test_the_bare_minimum_and_the_rule_stand_beside_the_simulation_and_erlang_b(
    run: Run, models: Path
) -> None:
    text = run("rule", models / "company-x.toml", *QUICK).stdout
    (minimum,) = [line for line in text.splitlines() if line.startswith("bare minimum  ")]
    (thumb,) = [line for line in text.splitlines() if line.startswith("rule of thumb")]
    assert minimum.split()[2] == "2"
    assert minimum.split()[-2:] == ["40.0", "%"]  # Erlang B: 2 erlangs on 2 ports: 0.4
    assert thumb.split()[3] == "4"
    assert thumb.split()[-2:] == ["9.52", "%"]  # 2 erlangs on 4 ports: 2/21


def test_json_holds_the_lines_and_what_is_needed(run: Run, dialer: Path) -> None:
    result = run("rule", dialer, "--format", "json", *QUICK)
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [line["use"] for line in document["lines"]] == ["automated messages", "recordings"]
    assert document["bare_minimum"] == sum(line["ports"] for line in document["lines"])
    assert document["rule_of_thumb"] == document["bare_minimum"] + 2
    assert {row["ports"] for row in document["rows"]} >= {
        document["bare_minimum"],
        document["rule_of_thumb"],
    }
    assert "needed" in document


def test_other_rules_stand_below_with_what_they_give_beside_the_need(
    run: Run, models: Path
) -> None:
    text = run("rule", models / "company-x.toml", *QUICK).stdout
    lines = text[text.index("What other rules give") :].splitlines()
    (seats,) = [line.split() for line in lines if line.startswith("4 ports a seat")]
    (ours,) = [line.split() for line in lines if line.startswith("square-root rule")]
    assert seats[4] == "20"  # five agents
    assert seats[-1] == "8x8"
    assert ours[2] == "7"  # 2 + 1.75 x 1.414 + 2 = 6.47
    assert any(line.startswith("peak of the records") for line in lines)


def test_json_holds_the_other_rules_and_who_publishes_them(run: Run, dialer: Path) -> None:
    document = json.loads(run("rule", dialer, "--format", "json", *QUICK).stdout)
    given = {each["rule"]: each for each in document["other_rules"]}
    assert given["1.5 x peak"]["ports"] >= given["peak of the records"]["ports"]
    assert given["1.2 lines an agent"]["published"].startswith("Rostrvm Solutions")
    assert "square-root rule" in given
