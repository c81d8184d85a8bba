"""``size``: the answer as a sentence and a table, and as data."""

import json
import math
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import Result

import flexports

Run = Callable[..., Result]
COLUMNS = ["ports", "source", "metric", "unit", "value", "low", "high", "days"]
QUICK = ("--workers", 1, "--seed", 7)


def paragraphs(text: str) -> str:
    """Return a text without its line ends, which only fit it to the width."""
    return " ".join(text.split())


@pytest.fixture
def document(run: Run, calls: Path) -> dict:
    """The JSON of a size on eight days."""
    result = run("size", calls, "--days", 8, "--format", "json", *QUICK)
    return json.loads(result.stdout)


def test_the_answer_comes_first_with_its_certainty_and_what_one_port_fewer_fails_on(
    run: Run, calls: Path
) -> None:
    result = run("size", calls, "--days", 8, *QUICK)
    answer = flexports.size(calls, days=8, seed=7).ports
    first = paragraphs(result.stdout)
    assert result.exit_code == 0
    assert first.startswith(f"Tiny needs {answer} flex ports")
    assert "95 % sure" in first
    assert f"With {answer - 1} it is" in first
    assert "the target of 20 %" in first


def test_the_rule_of_thumb_follows_in_a_sentence_of_its_own(run: Run, calls: Path) -> None:
    # 1 call a minute x 2 min = 2 erlangs; rounded up, and one: 3 ports; plus two.
    assert "The rule of thumb gives 5 (a bare minimum of 3, plus 2)" in paragraphs(
        run("size", calls, "--days", 3, *QUICK).stdout
    )


def test_every_line_fits_a_terminal_and_the_table_has_at_most_fifteen(
    run: Run, calls: Path
) -> None:
    lines = run("size", calls, "--days", 3, *QUICK).stdout.splitlines()
    blank = [number for number, line in enumerate(lines) if not line]
    assert max(map(len, lines)) <= 80
    assert blank[1] - blank[0] - 1 <= 15


def test_the_table_marks_the_answer_and_says_what_each_count_fails_on(
    run: Run, calls: Path
) -> None:
    result = run("size", calls, "--days", 8, *QUICK)
    (needed,) = [line for line in result.stdout.splitlines() if "needed" in line.split()[1:2]]
    assert needed.endswith("nothing")
    assert "calls blocking" in result.stdout


def test_values_that_are_known_exactly_stand_beside_the_simulation(run: Run, calls: Path) -> None:
    assert "exact: worked out as a Markov chain" in paragraphs(
        run("size", calls, "--days", 3, *QUICK).stdout
    )


def test_json_holds_the_answer_what_reproduces_it_and_the_rows(document: dict) -> None:
    assert list(document)[:2] == ["command", "floor"]
    assert document["floor"] == "Tiny"
    assert document["seed"] == 7
    assert document["days"] == 8
    assert document["rule_of_thumb"] == 5
    assert document["engine"] == "compiled"
    assert document["version"] == flexports.__version__
    assert len(document["model_sha256"]) == 64
    assert document["fails_on"][str(document["ports"])] == []
    assert list(document["rows"][0]) == COLUMNS


def test_json_has_null_where_there_is_no_number(document: dict) -> None:
    # Few days leave quantiles without an upper end: the text has neither NaN nor Infinity.
    def numbers(value: object) -> list[object]:
        if isinstance(value, dict):
            return [one for each in value.values() for one in numbers(each)]
        if isinstance(value, list):
            return [one for each in value for one in numbers(each)]
        return [value]

    found = numbers(document)
    assert None in found
    assert all(math.isfinite(one) for one in found if isinstance(one, int | float))


def test_csv_has_exactly_the_columns_of_every_table(run: Run, calls: Path) -> None:
    result = run("size", calls, "--days", 3, "--format", "csv", *QUICK)
    frame = pd.read_csv(StringIO(result.stdout))
    assert list(frame.columns) == COLUMNS
    assert set(frame["days"]) == {3}


def test_one_seed_gives_one_text(run: Run, calls: Path) -> None:
    texts = {run("size", calls, "--days", 3, *QUICK).stdout for _ in range(2)}
    assert len(texts) == 1


def test_targets_of_the_command_line_replace_those_of_the_model(run: Run, calls: Path) -> None:
    strict = json.loads(
        run("size", calls, "--days", 8, "--blocking", "5%", "--format", "json", *QUICK).stdout
    )
    by_name = json.loads(
        run(
            "size", calls, "--days", 8, "--blocking", "calls=0.05", "--format", "json", *QUICK
        ).stdout
    )
    assert [target["bound"] for target in strict["targets"]] == [0.05]
    assert by_name["targets"] == strict["targets"]
    assert by_name["ports"] == strict["ports"]


def test_a_target_that_no_port_count_meets_is_a_negative_answer_with_the_best_there_is(
    run: Run, calls: Path
) -> None:
    # Two agents are offered 2 erlangs: more ports let more callers in, and none sooner out.
    result = run("size", calls, "--days", 40, "--service-level", "99.9/1", *QUICK)
    assert result.exit_code == 1
    text = paragraphs(result.stdout)
    assert "No number of flex ports meets the targets of Tiny. The best is" in text
    assert "are answered within 1 s, below the target of 99.9 %" in text
    assert result.stderr == ""


def test_too_few_days_are_a_negative_answer_that_says_how_many_would_do(
    run: Run, calls: Path
) -> None:
    result = run("size", calls, "--days", 2, "--blocking", "0.001", *QUICK)
    assert result.exit_code == 1
    text = paragraphs(result.stdout)
    assert "2 days are too few" in text
    assert "More days would decide it: about --days " in text
    assert ", or leave --days out." in text
    assert "not yet shown to meet the target of 0.1 %" in text


def test_a_precision_that_the_days_do_not_reach_is_a_negative_answer(run: Run, calls: Path) -> None:
    result = run("size", calls, "--days", 4, "--precision", 0.01, *QUICK)
    assert result.exit_code == 1
    assert "precision not reached in 4 days: blocking of calls" in result.stderr
    assert "; it would take about --days " in result.stderr
