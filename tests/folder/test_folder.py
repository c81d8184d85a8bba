"""The folder: what it takes, what it gives back, and what it refuses."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from flexports.folder import DamagedError, Manifest, ResultsFolder, open_results, read_manifest
from flexports.folder.chunks import file_name, folder_name
from flexports.folder.durable import write_durably
from flexports.folder.lock import locked
from flexports.problems import InputError
from folder.chunks_for_tests import manifest, tallies_of

TWO_FLOORS = manifest().text
FIRST, SECOND = range(2), range(2, 4)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder with two chunks of a point."""
    folder = tmp_path / "results"
    with open_results(folder, manifest()) as held:
        for days in (FIRST, SECOND):
            held.save(1, days, tallies_of(days))
    return folder


def chunk(folder: Path, days: range = FIRST, point: int = 1) -> Path:
    return folder / folder_name(point) / file_name(days)


def opened(folder: Path, **keys: object) -> ResultsFolder:
    with open_results(folder, manifest(**keys)) as held:
        return held


def test_what_was_saved_comes_back(results: Path) -> None:
    held = opened(results)
    assert held.saved(1) == [FIRST, SECOND]
    assert held.saved(2) == []
    assert held.load(1, SECOND) == tallies_of(SECOND)


def test_a_manifest_comes_back(results: Path) -> None:
    found = read_manifest(results)
    assert found == manifest()
    assert found.identity == manifest().identity
    assert found.created == manifest().created


def test_neither_the_engine_nor_the_machine_is_part_of_the_identity() -> None:
    elsewhere = manifest(engine="simpy", platform="there", created="later")
    assert elsewhere.identity == manifest().identity
    assert manifest().other_surroundings(elsewhere) == ["platform there in place of here"]


@pytest.mark.parametrize("damage", [lambda text: text[:-9], lambda text: b"", lambda _: b"PAR1"])
def test_a_damaged_chunk_is_named(results: Path, damage: Callable[[bytes], bytes]) -> None:
    path = chunk(results)
    path.write_bytes(damage(path.read_bytes()))
    held = opened(results)
    with pytest.raises(DamagedError, match=f"^{path}: is damaged: it is not as it was written;"):
        held.load(1, FIRST)
    assert held.load(1, SECOND) == tallies_of(SECOND)


def test_a_chunk_of_another_experiment_is_refused(results: Path, tmp_path: Path) -> None:
    with open_results(tmp_path / "other", manifest(seed=4)) as other:
        other.save(1, FIRST, tallies_of(FIRST))
    chunk(results).write_bytes(chunk(other.path).read_bytes())
    with pytest.raises(InputError, match=f"^{chunk(results)}: is of another experiment"):
        opened(results)


@pytest.mark.parametrize(("days", "point"), [(range(4, 6), 1), (FIRST, 2), (SECOND, 1)])
def test_a_chunk_under_another_name_is_refused(results: Path, days: range, point: int) -> None:
    path = chunk(results, days, point)
    path.parent.mkdir(exist_ok=True)
    chunk(results).rename(path)
    with pytest.raises(InputError, match=r"holds point-0001, days-00000000-0+1\.parquet; move"):
        opened(results)


def test_a_chunk_that_cannot_be_read_is_no_damage_and_stays(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be as good as ever: on a disk that is out of reach, or with other rights."""
    path, read = chunk(results), Path.read_bytes

    def unreadable(self: Path) -> bytes:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return read(self)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", unreadable)
        with pytest.raises(InputError, match=f"^{path}: cannot be read: Permission denied; ") as no:
            opened(results)
    assert not isinstance(no.value, DamagedError)
    assert opened(results).load(1, FIRST) == tallies_of(FIRST)


def test_a_damaged_chunk_of_days_that_others_hold_does_not_forbid_those(results: Path) -> None:
    (results / "point-0001" / "days-00000000-00000999.parquet").write_bytes(b"")
    held = opened(results)
    with pytest.warns(RuntimeWarning, match="is damaged: .*; these days are run again"):
        assert list(held.kept(1)) == [FIRST, SECOND]
    assert list(opened(results).saved(1)) == [FIRST, SECOND]


def test_days_are_never_taken_twice(results: Path) -> None:
    opened(results).save(1, range(1, 4), tallies_of(range(1, 4)))
    with pytest.raises(InputError, match="days that another file holds too"):
        opened(results)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"seed": 4}, "seed 3 where 4 is asked for"),
        ({"ports": (1,)}, "ports [1, 2, 3] where [1] is asked for"),
        ({"text": TWO_FLOORS.replace("100", "20")}, "days 100 where 20 is asked for"),
        ({"text": 'name = "Two floors"'}, "days 100 where none is"),
        (
            {"text": TWO_FLOORS + "[design]\npoints = 3"},
            "design.points left out where 3 is asked for",
        ),
        ({"text": TWO_FLOORS + "# more"}, "line 3 left out where '# more' is asked for"),
        ({"floor_texts": {"a.toml": "# one\n"}}, "b.toml: line 1 '# two' where none is"),
        (
            {"floor_texts": {"a.toml": "x = 1", "b.toml": ""}},
            "a.toml: x left out where 1 is asked for",
        ),
        ({"versions": {"flexports": "0.2.0"}}, "flexports '0.1.0' where '0.2.0' is asked for"),
        (
            {"points": (manifest().points[0], replace(manifest().points[1], days_in_a_block=4))},
            "point 2: days_in_a_block 2 where 4 is asked for",
        ),
    ],
)
def test_a_folder_of_another_experiment_is_refused_with_what_differs(
    results: Path, keys: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError) as refused:
        opened(results, **keys)
    rule = f"holds another experiment: {told}"
    assert str(refused.value) == f"{results}: {rule}; name another folder for the new results"


def test_of_many_differences_the_first_are_told(results: Path) -> None:
    text = "".join(f"key_{number} = 1\n" for number in range(9))
    with pytest.raises(
        InputError, match=r"days 100 where none is, key_0 left out .* and 6 more; name"
    ):
        opened(results, text=text)


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("")
    with pytest.raises(InputError, match="holds something else than results; name a new or an"):
        opened(tmp_path)
    assert os.listdir(tmp_path) == ["thesis.tex"]


def test_the_manifest_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"name": "a browser extension"}')
    for look in (opened, read_manifest):
        with pytest.raises(InputError, match="holds something else than results"):
            look(tmp_path)
    assert os.listdir(tmp_path) == ["manifest.json"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is not a folder"):
        opened(tmp_path / "file")


def test_what_is_no_results_folder_is_told_how_one_is_made(tmp_path: Path) -> None:
    for name in ("empty", "other"):
        (tmp_path / name).mkdir()
    for name in ("other/thesis.tex", "experiment.toml"):
        (tmp_path / name).write_text("")
    for name, rule in (
        ("empty", "holds no results: there is no manifest.json"),
        ("other", "holds something else than results"),
        ("experiment.toml", "is not a folder"),
        ("nowhere", "does not exist"),
    ):
        with pytest.raises(InputError) as refused:
            read_manifest(tmp_path / name)
        remedy = "results are what a run writes: flexports run EXPERIMENT --output DIR"
        assert str(refused.value) == f"{tmp_path / name}: {rule}; {remedy}"


def test_results_without_their_manifest_are_run_again(results: Path) -> None:
    (results / "manifest.json").unlink()
    with pytest.raises(InputError, match=r"there is no manifest\.json; run the experiment again"):
        read_manifest(results)


@pytest.mark.parametrize("part", [0.0, 0.5, 0.99])
def test_a_manifest_that_was_cut_is_written_again(results: Path, part: float) -> None:
    path = results / "manifest.json"
    content = path.read_bytes()
    path.write_bytes(content[: int(part * len(content))])
    with pytest.raises(DamagedError, match=r"manifest.json: is damaged: .* run the experiment"):
        read_manifest(results)
    assert opened(results).load(1, FIRST) == tallies_of(FIRST)
    assert path.read_bytes() == content


def test_a_manifest_that_is_gone_is_written_again(results: Path) -> None:
    (results / "manifest.json").unlink()
    assert opened(results).load(1, FIRST) == tallies_of(FIRST)
    assert read_manifest(results) == manifest()


def test_the_chunks_say_the_experiment_if_the_manifest_cannot(results: Path) -> None:
    (results / "manifest.json").unlink()
    with pytest.raises(InputError, match="is of another experiment") as refused:
        opened(results, seed=4)
    assert len(refused.value.problems) == 2


def test_any_flipped_byte_of_a_manifest_is_noticed() -> None:
    content = manifest().content()
    for place in range(len(content)):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        with pytest.raises(ValueError, match="not as it was written"):
            Manifest.of(bytes(flipped))


def test_the_manifest_of_another_version_is_left_alone(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (results / "manifest.json").read_bytes()
    monkeypatch.setattr("flexports.folder.manifest.FORMAT", "flexports results 2")
    with pytest.raises(InputError, match="'flexports results 1' is not 'flexports results 2'"):
        opened(results)
    assert (results / "manifest.json").read_bytes() == before


def test_what_a_killed_run_left_is_swept_away(results: Path) -> None:
    leftovers = [results / ".manifest.json.unfinished", chunk(results).parent / ".x.unfinished"]
    for path in leftovers:
        path.write_bytes(b"half")
    opened(results)
    assert not any(path.exists() for path in leftovers)


def test_a_folder_is_held_by_one_at_a_time(results: Path) -> None:
    with (
        open_results(results, manifest()),
        pytest.raises(InputError, match=f"is in use by process {os.getpid()} on .*; wait for"),
        open_results(results, manifest()),
    ):
        pass
    assert opened(results).saved(1)


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from flexports.folder.lock import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    words = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(InputError, match=f"process {process.pid} on"), locked(tmp_path):
            pass
        process.kill()
    with locked(tmp_path):
        pass


STEPS = ("_write", "_sync", "os.replace", "os.fsync")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_at_any_step_damages_nothing(
    results: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(f"flexports.folder.durable.{step}", full)
    held = ResultsFolder(results, manifest())
    with pytest.raises(InputError, match=r"point-0001: has no room left: .*; make room, then run"):
        held.save(1, range(4, 6), tallies_of(range(4, 6)))
    monkeypatch.undo()
    assert not list(results.rglob("*.unfinished"))
    assert opened(results).load(1, SECOND) == tallies_of(SECOND)


@pytest.mark.parametrize("step", STEPS)
def test_an_interruption_at_any_step_damages_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "file"
    write_durably(path, b"old")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"flexports.folder.durable.{step}", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_durably(path, b"new")
    assert path.read_bytes() in (b"old", b"new")
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="cannot be used: Permission denied; name a folder"):
        opened(tmp_path / "results")
