"""Experiments run into folders: the same results however a run goes, and nothing done twice."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

import flexports
from flexports.experiment import Experiment, Wanted
from flexports.problems import InputError
from flexports.study.blocks import Trial
from flexports.study.progress import Standing
from flexports.study.results import Sweep
from flexports.study.rounds import FixedDays, UntilPrecise
from flexports.study.run import read_results, run_experiment
from flexports.study.schedule import Deadline
from flexports.study.studied import Study
from flexports.study.workers import Crew
from flexports.tally import Tallies
from study.experiments_for_runs import ONE_FLOOR, PRECISE, TWO_POINTS, experiment, written

BLOCK = 2
QUICK = {"engine": "simpy"}


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of two days where a floor has 30 calls a day, of three where it has 20."""
    monkeypatch.setattr("flexports.study.blocks._CALLS_IN_A_BLOCK", 30 * BLOCK)
    monkeypatch.setattr("flexports.study.blocks._FEWEST_DAYS", 1)


@pytest.fixture
def once(tmp_path: Path) -> Experiment:
    return experiment(tmp_path, ONE_FLOOR)


@pytest.fixture
def twice(tmp_path: Path) -> Experiment:
    return experiment(tmp_path, TWO_POINTS)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[range]:
    """All days that are run from now on."""
    ran: list[range] = []
    tallies = Trial.tallies

    def noted(trial: Trial, days: range, ports: Iterable[int]) -> Tallies:
        ran.append(days)
        return tallies(trial, days, ports)

    monkeypatch.setattr(Trial, "tallies", noted)
    return ran


def table(study: Study) -> str:
    return study.table.to_csv(index=False)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.parquet")}


def test_a_point_is_the_sweep_of_its_floor(once: Experiment, tmp_path: Path) -> None:
    study = run_experiment(once, tmp_path / "r", **QUICK)
    points = len(study.experiment.points)
    told = f"{points} of {points} points, {study.days} days; {tmp_path / 'r'}"
    assert repr(study) == f"<Study {study.experiment.name}: {told}>"
    alone = flexports.sweep(once.points[0].floor, [2, 3, 4], days=20, seed=5)
    assert table(study) == alone.table.to_csv(index=False)
    assert study.sweep().tallies == alone.tallies


def test_several_points_are_told_apart_by_their_columns(twice: Experiment, tmp_path: Path) -> None:
    frame = run_experiment(twice, tmp_path / "r", **QUICK).table
    assert list(frame.columns) == [
        *("point", "floor", "agents.calls-takers.count", "sources.calls.rate"),
        *("ports", "source", "metric", "unit", "value", "low", "high", "days"),
    ]
    labels = frame.iloc[:, :4].drop_duplicates().to_numpy().tolist()
    assert labels == [[1, "Tiny", 1, "40 per hour"], [2, "Tiny", 2, "60 per hour"]]


def test_what_was_saved_is_what_was_returned(twice: Experiment, tmp_path: Path) -> None:
    study = run_experiment(twice, tmp_path / "r", **QUICK)
    found = read_results(tmp_path / "r")
    assert table(found) == table(study)
    assert found.experiment.points == twice.points
    assert not found.unfinished


@pytest.mark.parametrize(
    ("engine", "workers"),
    [("compiled", 1), ("compiled", 2), ("compiled", 4), ("simpy", 2)],
)
def test_neither_workers_nor_engines_change_a_byte(
    twice: Experiment, tmp_path: Path, engine: str, workers: int
) -> None:
    one = run_experiment(twice, tmp_path / "one", **QUICK)
    other = run_experiment(twice, tmp_path / "other", engine=engine, workers=workers)
    assert table(one) == table(other)
    assert files(one.folder) == files(other.folder)


def test_a_crew_that_is_there_is_used_and_kept(once: Experiment, tmp_path: Path) -> None:
    with Crew(2, in_threads=True) as crew:
        run_experiment(once, tmp_path / "r", crew=crew, **QUICK)
        assert list(crew.in_order(str, range(3))) == ["0", "1", "2"]


def test_nothing_is_done_again(twice: Experiment, tmp_path: Path, runs: list[range]) -> None:
    first = run_experiment(twice, tmp_path / "r", **QUICK)
    runs.clear()
    again = run_experiment(twice, tmp_path / "r", **QUICK)
    assert runs == []
    assert (first.saved_days, again.saved_days) == (0, 24)
    assert table(first) == table(again)


class StopError(Exception):
    """What comes in between."""


@pytest.mark.parametrize("after", [0, 1, 4, 5, 9])
def test_an_interrupted_run_goes_on_where_it_stopped(
    twice: Experiment, tmp_path: Path, runs: list[range], after: int
) -> None:
    whole = run_experiment(twice, tmp_path / "whole", **QUICK)
    runs.clear()

    def stop(_: Standing) -> None:
        if len(runs) > after:
            raise StopError

    with pytest.raises(StopError):
        run_experiment(twice, tmp_path / "r", progress=stop, **QUICK)
    saved = len(files(tmp_path / "r"))
    runs.clear()
    study = run_experiment(twice, tmp_path / "r", **QUICK)
    assert (saved, len(runs)) == (after, 10 - after)
    assert table(study) == table(whole)
    assert files(study.folder) == files(whole.folder)


def test_a_run_that_goes_on_tells_what_was_there_before(twice: Experiment, tmp_path: Path) -> None:
    whole = run_experiment(twice, tmp_path / "r", **QUICK)
    for path in sorted((whole.folder / "point-0002").glob("days-*"))[2:]:
        path.unlink()
    told: list[Standing] = []
    run_experiment(twice, tmp_path / "r", progress=told.append, **QUICK)
    # All 12 days of the first point and 4 of the second, in blocks of 2.
    assert told == [Standing(done, 24, saved=16) for done in (18, 20, 22, 24)]


def test_results_can_be_read_while_a_run_fills_them(twice: Experiment, tmp_path: Path) -> None:
    seen: list[tuple[int, list[int]]] = []

    def look(standing: Standing) -> None:
        study = read_results(tmp_path / "r")
        seen.append((study.days, list(study.unfinished)))
        assert standing.of == 24

    run_experiment(twice, tmp_path / "r", progress=look, **QUICK)
    assert seen[0] == (0, [1, 2])
    assert seen[-1] == (22, [2])
    assert [days for days, _ in seen] == [*range(0, 12, 3), *range(12, 24, 2)]


def test_a_damaged_chunk_is_named_and_done_again(
    once: Experiment, tmp_path: Path, runs: list[range]
) -> None:
    whole = run_experiment(once, tmp_path / "r", **QUICK)
    before = files(whole.folder)
    damaged = whole.folder / "point-0001" / "days-00000004-00000005.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-100])
    with pytest.raises(InputError, match=f"{damaged}: is damaged: .*; run the experiment again"):
        read_results(whole.folder)
    runs.clear()
    with pytest.warns(RuntimeWarning, match=f"^{damaged}: is damaged: .*; these days are run"):
        again = run_experiment(once, whole.folder, **QUICK)
    assert runs == [range(4, 6)]
    assert table(again) == table(whole)
    assert files(whole.folder) == before


def test_a_gap_ends_what_is_read_and_is_filled_by_a_run(once: Experiment, tmp_path: Path) -> None:
    whole = run_experiment(once, tmp_path / "r", **QUICK)
    (whole.folder / "point-0001" / "days-00000004-00000005.parquet").unlink()
    part = read_results(whole.folder)
    assert (part.days, part.unfinished) == (4, [1])
    assert table(run_experiment(once, whole.folder, **QUICK)) == table(whole)


def test_another_experiment_is_refused(once: Experiment, tmp_path: Path) -> None:
    run_experiment(once, tmp_path / "r", **QUICK)
    before = files(tmp_path / "r")
    other = experiment(tmp_path, ONE_FLOOR.replace("days = 20", "days = 30"))
    told = "r: holds another experiment: days 20 where 30 is asked for; name another folder"
    with pytest.raises(InputError, match=told):
        run_experiment(other, tmp_path / "r", **QUICK)
    assert files(tmp_path / "r") == before


def test_other_libraries_are_told(
    once: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_experiment(once, tmp_path / "r", **QUICK)
    monkeypatch.setattr("flexports.study.manifest._version", lambda name: "9.9")
    with pytest.warns(RuntimeWarning, match=r"other surroundings \(numpy 9.9 in place of "):
        run_experiment(once, tmp_path / "r", **QUICK)


@pytest.mark.parametrize("step", ["_write", "_sync", "os.replace"])
@pytest.mark.parametrize("at", [1, 3, 9])
def test_a_full_disk_is_told_and_a_run_goes_on_when_there_is_room(
    once: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, at: int
) -> None:
    whole = run_experiment(once, tmp_path / "whole", **QUICK)
    calls: list[object] = []

    def full(*words: object) -> None:
        calls.append(words)
        if len(calls) >= at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        original(*words)

    from flexports.folder import durable

    original = os.replace if step == "os.replace" else getattr(durable, step)
    monkeypatch.setattr(f"flexports.folder.durable.{step}", full)
    with pytest.raises(InputError, match=r"r(/point-0001)?: has no room left: No space left on"):
        run_experiment(once, tmp_path / "r", **QUICK)
    monkeypatch.undo()
    monkeypatch.setattr("flexports.study.blocks._CALLS_IN_A_BLOCK", 30 * BLOCK)
    monkeypatch.setattr("flexports.study.blocks._FEWEST_DAYS", 1)
    study = run_experiment(once, tmp_path / "r", **QUICK)
    assert table(study) == table(whole)
    assert files(study.folder) == files(whole.folder)


def test_a_precision_ends_the_rounds(tmp_path: Path) -> None:
    study = run_experiment(experiment(tmp_path, PRECISE), tmp_path / "r", **QUICK)
    blocking = study.sweep().estimate(3, "calls", "blocking")
    assert study.days in (96, 144, 200)
    assert blocking.half_width <= 0.013
    assert not study.unfinished
    assert table(read_results(study.folder)) == table(study)


def test_a_precision_that_is_not_reached_is_told(tmp_path: Path) -> None:
    text = PRECISE.replace("max_days = 200", "max_days = 60")
    study = run_experiment(experiment(tmp_path, text), tmp_path / "r", **QUICK)
    assert (study.days, study.unfinished) == (60, [1])


def test_an_interrupted_search_for_precision_ends_at_the_same_day(
    tmp_path: Path, runs: list[range]
) -> None:
    asked = experiment(tmp_path, PRECISE)
    whole = run_experiment(asked, tmp_path / "whole", **QUICK)
    runs.clear()

    def stop(standing: Standing) -> None:
        if standing.done > 80:
            raise StopError

    with pytest.raises(StopError):
        run_experiment(asked, tmp_path / "r", progress=stop, **QUICK)
    again = run_experiment(asked, tmp_path / "r", **QUICK)
    assert table(again) == table(whole)
    assert files(again.folder) == files(whole.folder)


class Every:
    """Looks after every so many days."""

    is_out_of_time = False

    def __init__(self, days: int) -> None:
        self.days = days

    def rounds(self) -> Iterable[range]:
        return [range(start, start + self.days) for start in range(0, 12, self.days)]

    def is_enough(self, sweep: Sweep) -> bool:
        return False


def test_another_schedule_takes_what_fits_and_refuses_the_rest(
    once: Experiment, tmp_path: Path, runs: list[range]
) -> None:
    run_experiment(once, tmp_path / "r", schedule=Every(4), **QUICK)
    runs.clear()
    run_experiment(once, tmp_path / "r", schedule=Every(6), **QUICK)
    assert runs == []
    with pytest.raises(InputError, match="point 1: has days 0 to 1 in one file; to look at the"):
        run_experiment(once, tmp_path / "r", schedule=Every(1), **QUICK)


@dataclass(frozen=True)
class UntilSaved(UntilPrecise):
    """Is out of time once so many files are saved."""

    folder: Path = Path()
    most_files: int = 0

    @property
    def is_out_of_time(self) -> bool:
        return len(files(self.folder)) >= self.most_files


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("most_files", [0, 1, 5, 40])
def test_time_ends_a_round_with_the_files_that_are_there(
    tmp_path: Path, most_files: int, workers: int
) -> None:
    asked = experiment(tmp_path, PRECISE)
    whole = run_experiment(asked, tmp_path / "whole", **QUICK)
    schedule = UntilSaved(asked.precision, 200, folder=tmp_path / "r", most_files=most_files)
    part = run_experiment(
        asked, tmp_path / "r", schedule=schedule, engine="compiled", workers=workers
    )
    assert len(files(tmp_path / "r")) == max(1, most_files)
    assert part.unfinished == [1]
    prefix = flexports.sweep(asked.points[0].floor, [3], days=part.days, seed=asked.seed)
    assert part.sweep().tallies == prefix.tallies
    assert table(read_results(part.folder)) == table(part)
    assert read_results(part.folder).unfinished == [1]
    again = run_experiment(asked, tmp_path / "r", **QUICK)
    assert table(again) == table(whole)
    assert files(again.folder) == files(whole.folder)


def test_saved_days_count_also_when_the_time_is_over(tmp_path: Path) -> None:
    asked = experiment(tmp_path, PRECISE)
    whole = run_experiment(asked, tmp_path / "r", **QUICK)
    late = UntilPrecise(asked.precision, 200, Deadline(0.0))
    again = run_experiment(asked, tmp_path / "r", schedule=late, **QUICK)
    assert (again.days, again.unfinished) == (whole.days, [])


def test_every_point_has_its_first_days_when_the_time_is_over(
    twice: Experiment, tmp_path: Path, runs: list[range]
) -> None:
    late = UntilPrecise((Wanted(relative=0.01),), 1000, Deadline(0.0))
    study = run_experiment(twice, tmp_path / "r", schedule=late, **QUICK)
    assert runs == [range(3), range(2)]
    assert study.unfinished == [1, 2]


def test_days_between_two_looks_are_not_judged(tmp_path: Path) -> None:
    (point,) = experiment(tmp_path, PRECISE).points
    easy = UntilPrecise((Wanted(relative=0.99),), 200)
    enough = [easy.is_enough(flexports.sweep(point.floor, [3], days=days)) for days in (63, 64, 65)]
    assert enough == [False, True, False]


def test_a_round_goes_from_a_look_to_the_next() -> None:
    wanted = (Wanted(relative=0.01),)
    assert list(UntilPrecise(wanted, 70).rounds()) == [range(64), range(64, 70)]
    assert list(FixedDays(70).rounds()) == [range(70)]


def test_an_experiment_is_read_from_its_file(tmp_path: Path) -> None:
    path = written(tmp_path, ONE_FLOOR)
    study = flexports.run_experiment(path, tmp_path / "r", **QUICK)
    assert table(flexports.read_results(tmp_path / "r")) == table(study)
