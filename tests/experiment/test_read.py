"""Reading an experiment: what it holds, its points, and making it again from texts alone."""

import pickle
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from flexports.counts import MOST_PORTS
from flexports.experiment import (
    Experiment,
    FloorFile,
    Range,
    Wanted,
    is_experiment,
    parse_experiment,
    read_experiment,
    read_experiment_text,
    summary,
)
from flexports.experiment.experiment import DEFAULT_DAYS, DEFAULT_MAX_DAYS
from flexports.experiment.table import FEWEST_DAYS, LEAST_SURE, MOST_SURE, ExperimentTable
from flexports.floor import parse_floor, read_floor
from flexports.problems import InputError
from flexports.study import settings as study
from flexports.study import sweep
from flexports.study.results import CONFIDENCE
from shown_experiments import FLOOR, HEAD

ROOT = Path(__file__).parents[2]
EXPERIMENTS = sorted((ROOT / "experiments").glob("*.toml"))
MODELS = sorted((ROOT / "models").glob("*.toml"))

Read = Callable[[str], Experiment]

FACTORS = """
[factors]
agents.sales.count = [2, 5]
sources.toll-free.rate = ["6 per hour", "12 per hour", "24 per hour"]
"""

MEASURED = FLOOR.replace('"lognormal", mean = "4 min", cv = 1.0', '"empirical", file = "talk.txt"')


@pytest.mark.parametrize("file", MODELS, ids=lambda path: path.name)
def test_every_model_is_a_floor(file: Path) -> None:
    assert read_floor(file).sources
    assert not is_experiment(tomllib.loads(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", EXPERIMENTS, ids=lambda path: path.name)
def test_every_experiment_is_one_and_needs_no_files_once_it_is_read(file: Path) -> None:
    experiment = read_experiment(file)
    assert is_experiment(tomllib.loads(experiment.text))
    assert read_experiment_text(experiment.text, experiment.floor_texts) == experiment


def test_there_are_experiments() -> None:
    assert {"company-x.toml", "company-x-agents.toml"} <= {file.name for file in EXPERIMENTS}


def test_little_is_needed_and_the_rest_has_defaults(read: Read) -> None:
    experiment = read("")
    assert experiment.name == "Trial"
    assert experiment.floors == (FloorFile("Small", "small.toml"),)
    assert experiment.ports == (1, 2, 3, 4)
    assert (experiment.days, experiment.precision) == (100, ())
    assert (experiment.seed, experiment.confidence) == (1, 0.95)
    (point,) = experiment.points
    assert (point.number, point.floor_name, point.settings) == (1, "Small", {})
    assert point.floor == parse_floor(FLOOR)


def test_defaults_and_bounds_are_those_of_a_study() -> None:
    settings = study.Settings()
    defaults = {one: getattr(ExperimentTable, one) for one in ("seed", "confidence")}
    assert defaults == {"seed": settings.seed, "confidence": settings.confidence}
    assert settings.confidence == CONFIDENCE
    assert (DEFAULT_DAYS, DEFAULT_MAX_DAYS) == (study.DEFAULT_DAYS, study.MOST_DAYS)
    assert MOST_PORTS == sweep.MOST_PORTS
    study.Settings(days=FEWEST_DAYS, confidence=LEAST_SURE, seed=2**64 - 1)
    study.Settings(confidence=MOST_SURE)


@pytest.mark.parametrize(
    ("ports", "counts"),
    [('"1-3, 10-20:5"', (1, 2, 3, 10, 15, 20)), ("[8, 4, 8]", (4, 8)), ("7", (7,))],
)
def test_port_counts_are_text_or_numbers(folder: Path, ports: str, counts: tuple[int, ...]) -> None:
    assert parse_experiment(HEAD.replace('"1-4"', ports), folder=folder).ports == counts


def test_precisions_take_the_place_of_days(read: Read) -> None:
    text = 'precision = ["2%", "hold_p95: 1 s"]\nmax_days = 800\nmax_time = "10 min"'
    experiment = read(text)
    assert experiment.days is None
    assert experiment.precision == (Wanted(relative=0.02), Wanted("hold_p95", absolute=1.0))
    assert (experiment.max_days, experiment.max_time_s) == (800, 600.0)
    assert read("precision = 0.02").precision == read('precision = "2%"').precision


def test_a_precision_need_only_make_sense_at_some_point(read: Read) -> None:
    text = 'precision = "missed_recordings: 5%"\n[factors]\nsources.toll-free.record = [0.0, 0.5]'
    assert len(read(text).points) == 2


def test_points_are_all_combinations_on_every_floor_in_order(read: Read, folder: Path) -> None:
    text = HEAD.replace('floor = "small.toml"', 'floors = ["small.toml", "other.toml"]') + FACTORS
    points = parse_experiment(text, folder=folder).points
    assert [point.number for point in points] == list(range(1, 13))
    assert [point.floor_name for point in points] == ["Small"] * 6 + ["Other"] * 6
    counts = [point.floor.group("sales").count for point in points]
    assert counts == [2, 2, 2, 5, 5, 5] * 2
    assert [point.settings["sources.toll-free.rate"] for point in points[:3]] == [
        "6 per hour",
        "12 per hour",
        "24 per hour",
    ]


def test_a_point_is_the_floor_that_its_text_describes(read: Read) -> None:
    for point in read(FACTORS).points:
        assert parse_floor(point.floor_text) == point.floor


def test_a_drawn_point_has_the_settings_that_it_tells(read: Read) -> None:
    experiment = read(
        """
        [design]
        kind = "latin-hypercube"
        points = 5
        [factors]
        agents.sales.count = { from = 2, to = 6 }
        sources.toll-free.record = { from = 0, to = 1, whole = false }
        """
    )
    assert isinstance(experiment.factors["agents.sales.count"], Range)
    for point in experiment.points:
        assert point.floor.group("sales").count == point.settings["agents.sales.count"]
        record = getattr(point.floor.source("toll-free"), "record")  # noqa: B009
        assert record == point.settings["sources.toll-free.record"]


def test_targets_take_the_place_of_the_floors_own_key_by_key(read: Read) -> None:
    (point,) = read("[targets]\nblocking = { outbound = 0.05 }").points
    assert point.floor.targets.blocking == {"outbound": 0.05}
    assert point.floor.targets.abandonment == 0.1


def test_a_factor_takes_the_place_of_a_target(read: Read) -> None:
    points = read("[targets]\nblocking = 0.05\n[factors]\ntargets.blocking = [0.01, 0.1]").points
    assert [point.floor.targets.blocking for point in points] == [0.01, 0.1]


def test_an_experiment_outlives_changes_of_its_floors(read: Read, folder: Path) -> None:
    experiment = read(FACTORS)
    (folder / "small.toml").write_text(FLOOR.replace("18 per hour", "60 per hour"))
    again = read_experiment_text(experiment.text, experiment.floor_texts)
    assert again == experiment
    assert read("[factors]\nagents.sales.count = [2]").points[0] != experiment.points[0]


def test_measured_durations_are_kept_with_the_floor(folder: Path) -> None:
    (folder / "models").mkdir()
    (folder / "models" / "small.toml").write_text(MEASURED)
    durations = folder / "models" / "talk.txt"
    durations.write_text("60\n2 min\n")
    text = HEAD.replace("small.toml", "models/small.toml")
    experiment = parse_experiment(text, folder=folder)
    assert set(experiment.floor_texts) == {"models/small.toml", "models/talk.txt"}
    durations.unlink()
    again = read_experiment_text(experiment.text, experiment.floor_texts)
    assert again == experiment
    talk = getattr(again.points[0].floor.source("toll-free"), "talk")  # noqa: B009
    assert talk.values_s == (60.0, 120.0)
    assert parse_floor(again.points[0].floor_text) == again.points[0].floor


def test_files_of_durations_can_be_a_factor(read: Read, folder: Path) -> None:
    (folder / "short.txt").write_text("60\n")
    (folder / "long.txt").write_text("600\n")
    law = '{{ distribution = "empirical", file = "{}" }}'.format
    experiment = read(
        f"[factors]\nsources.toll-free.talk = [{law('short.txt')}, {law('long.txt')}]"
    )
    talks = [
        getattr(point.floor.source("toll-free"), "talk").expected_s  # noqa: B009
        for point in experiment.points
    ]
    assert talks == [60.0, 600.0]
    assert read_experiment_text(experiment.text, experiment.floor_texts) == experiment


def test_what_was_not_kept_is_not_looked_for(read: Read) -> None:
    with pytest.raises(InputError, match=r"small\.toml: is not among the files that were kept; "):
        read_experiment_text(read("").text, {})


def test_an_experiment_travels(read: Read) -> None:
    experiment = read(FACTORS)
    assert pickle.loads(pickle.dumps(experiment)) == experiment


def test_the_summary_multiplies_points_port_counts_and_days(read: Read) -> None:
    fixed = summary(read("days = 50" + FACTORS))
    assert (fixed.points, fixed.ports, fixed.days, fixed.is_most) == (6, (1, 2, 3, 4), 50, False)
    assert fixed.day_simulations == 6 * 4 * 50
    most = summary(read('precision = "2%"\nmax_days = 800'))
    assert (most.days, most.is_most, most.day_simulations) == (800, True, 4 * 800)
    assert summary(read('precision = "2%"')).days == 6400


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('floor = "a.toml"', True),
        ("[factors]\nx = [1]", True),
        ("days = 400", True),
        ('[[sources]]\nkind = "inbound"\n[design]\n', False),
        ("[day]\n", False),
        ('name = "x"', False),
    ],
)
def test_what_looks_like_an_experiment(text: str, is_one: bool) -> None:
    assert is_experiment(tomllib.loads(text)) == is_one
