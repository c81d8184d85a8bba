"""``check`` and ``schema``, of experiments."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from flexports.experiment import experiment_schema
from shown_experiments import FLOOR, HEAD, OTHER

Run = Callable[..., Result]

GRID = '[factors]\nagents.sales.count = [2, 5]\nsources.toll-free.rate = ["6 per hour"]\n'


@pytest.fixture
def trial(tmp_path: Path) -> Callable[[str], Path]:
    """Return what writes an experiment, beside its floor."""
    (tmp_path / "small.toml").write_text(FLOOR, encoding="utf-8")

    def written(rest: str) -> Path:
        file = tmp_path / "trial.toml"
        file.write_text(HEAD + rest, encoding="utf-8")
        return file

    return written


def test_check_tells_how_much_there_is_to_run(run: Run, trial: Callable[[str], Path]) -> None:
    result = run("check", trial("days = 50\n" + GRID))
    text = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "is a valid experiment: 2 points, 4 port counts (1 to 4)." in text
    assert "50 days on each port count, 400 day simulations in all." in text
    assert "1 2 6 per hour 2 5 6 per hour" in text


def test_check_tells_when_precisions_decide(run: Run, trial: Callable[[str], Path]) -> None:
    file = trial('precision = "hold_p95: 2 s"\nmax_days = 200\nmax_time = "5 min"')
    text = " ".join(run("check", file).stdout.split())
    assert "1 point, 4 port counts" in text
    assert (
        "until half of each interval is within hold_p95: 2 s; at most 200 days on each port count"
        " (800 in all) and 5 min."
    ) in text


def test_check_gives_the_points_as_data(run: Run, trial: Callable[[str], Path]) -> None:
    document = json.loads(run("check", trial(GRID), "--format", "json").stdout)
    assert (document["valid"], document["points"], document["ports"]) == (True, 2, [1, 2, 3, 4])
    assert document["most_day_simulations"] == 800
    assert document["rows"] == [
        {
            "point": point,
            "floor": "Small",
            "agents.sales.count": count,
            "sources.toll-free.rate": "6 per hour",
        }
        for point, count in ((1, 2), (2, 5))
    ]


def test_values_of_several_kinds_fit_in_one_column(
    run: Run, trial: Callable[[str], Path], tmp_path: Path
) -> None:
    file = trial("[factors]\ntargets.blocking = [0.1, { outbound = 0.2 }]")
    assert run("check", file, "--output", tmp_path / "x.parquet").exit_code == 0
    lines = run("check", file, "--format", "csv").stdout.splitlines()
    assert lines[1:] == ["1,Small,0.1", "2,Small,{ outbound = 0.2 }"]


def test_check_names_the_floors_where_there_are_several(
    run: Run, trial: Callable[[str], Path]
) -> None:
    file = trial("")
    other = file.with_name("other.toml")
    other.write_text(OTHER, encoding="utf-8")
    one, two = 'floor = "small.toml"', 'floors = ["small.toml", "other.toml"]'
    file.write_text(HEAD.replace(one, two).replace('"1-4"', "[2, 8]"), encoding="utf-8")
    result = run("check", file)
    assert "2 points, 2 port counts (2 and 8)." in " ".join(result.stdout.split())
    assert result.stdout.splitlines()[-2:] == ["    1  Small", "    2  Other"]


def test_check_shows_a_few_of_many_points(run: Run, trial: Callable[[str], Path]) -> None:
    result = run("check", trial(f"[factors]\nagents.sales.count = {list(range(1, 101))}"))
    assert "84 more points in between." in result.stdout
    assert len(result.stdout.splitlines()) < 30


def test_check_refuses_an_experiment_with_all_errors(
    run: Run, trial: Callable[[str], Path]
) -> None:
    result = run("check", trial("days = 0\n[factors]\nagents.slaes.count = [1]"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 2
    assert all(line.startswith("error: ") for line in result.stderr.splitlines())


def test_schema_is_that_of_what_is_asked_for(run: Run) -> None:
    assert json.loads(run("schema", "--of", "experiment").stdout) == experiment_schema()
    assert run("schema", "--of", "floor").stdout == run("schema").stdout
    refused = run("schema", "--of", "experimnt")
    assert refused.exit_code == 2
    assert "did you mean 'experiment'?" in refused.stderr
