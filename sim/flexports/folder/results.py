"""The folder: what is in it, and what may be put there."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flexports.folder.chunk_file import Label, chunk_content, label_in, tallies_in
from flexports.folder.chunks import days_in, file_name, folder_name
from flexports.folder.durable import (
    is_leftover,
    make_folder,
    refusal,
    sweep_leftovers,
    write_durably,
)
from flexports.folder.lock import NAME as LOCK
from flexports.folder.lock import locked
from flexports.folder.manifest import Manifest, looks_like_a_manifest
from flexports.problems import NOTHING, InputError, Problem
from flexports.tally import Tallies

MANIFEST = "manifest.json"
MAKE_ONE = "results are what a run writes: flexports run EXPERIMENT --output DIR"
_AGAIN = "run the experiment again on this folder: what is whole is kept"


class DamagedError(InputError):
    """A file is not as it was written; what it held can be computed again."""


class ResultsFolder:
    """The chunks of one experiment.

    Parameters
    ----------
    path : Path
    manifest : Manifest
    """

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._identity = manifest.identity

    def saved(self, point: int) -> Sequence[range]:
        """Return the days of the files of a point, in order, whether they are whole or not."""
        folder = self.path / folder_name(point)
        found = map(days_in, (path.name for path in folder.glob("days-*")))
        return sorted((days for days in found if days), key=lambda days: (days.start, days.stop))

    def kept(self, point: int) -> Iterator[range]:
        """Yield the days of a point that are saved and whole; files that are damaged are removed.

        For who holds the folder. A warning names each file that is removed.
        """
        for days in self.saved(point):
            damage = self._damage(point, days)
            if damage is None:
                yield days
                continue
            said = f"{damage.place}: {damage.rule}; these days are run again"
            warnings.warn(said, RuntimeWarning, stacklevel=2)
            with refusal(self.path):
                self._file(point, days).unlink(missing_ok=True)

    def whole(self, point: int) -> Sequence[range]:
        """Return the days of a point that are saved and whole, for who only looks."""
        return [days for days in self.saved(point) if self._damage(point, days) is None]

    def in_order(self, point: int) -> Iterator[Tallies]:
        """Yield what is saved of a point from its first day on, up to days that are missing.

        Raises
        ------
        DamagedError
            If a file is not as it was written.
        InputError
            If one belongs elsewhere, or days are there twice.
        """
        end = 0
        for days in self.saved(point):
            if days.start > end:
                return
            _refuse(self._problems_of(point, days, end) or ())
            yield self.load(point, days)
            end = days.stop

    def load(self, point: int, days: range) -> Tallies:
        """Return what was saved of some days of a point.

        Raises
        ------
        DamagedError
            If the file is not as it was written.
        InputError
            If it belongs elsewhere.
        """
        path, content = self._read(point, days)
        with _damage_told(path):
            tallies = tallies_in(content)
        if tuple(tallies) != self.manifest.ports or tallies.days != len(days):
            raise InputError(Problem(str(path), NOTHING, "holds other results", "remove it"))
        return tallies

    def save(self, point: int, days: range, tallies: Tallies) -> None:
        """Save some days of a point: afterwards they are there, whatever happens.

        Raises
        ------
        InputError
            If there is no room, or the folder cannot be written to.
        """
        label = Label(self._identity, point, days)
        make_folder(self.path / folder_name(point))
        write_durably(self._file(point, days), chunk_content(label, tallies))

    def refuse_others(self) -> None:
        """Refuse files that belong elsewhere, and days that are there twice.

        Raises
        ------
        InputError
            With all of them.
        """
        problems: list[Problem] = []
        for point in self.manifest.points:
            end = 0
            for days in self.saved(point.number):
                found = self._problems_of(point.number, days, end)
                if found is not None:
                    problems += found
                    end = max(end, days.stop)
        _refuse(problems)

    def _problems_of(self, point: int, days: range, end: int) -> Sequence[Problem] | None:
        """What is wrong with a file that is as it was written; None if it is not."""
        try:
            path, _ = self._read(point, days)
        except DamagedError:
            return None  # it is done again
        except InputError as error:
            return error.problems
        if days.start < end:
            rule = "holds days that another file holds too"
            return [Problem(str(path), NOTHING, rule, "remove one of the two")]
        return ()

    def _damage(self, point: int, days: range) -> Problem | None:
        """What is damaged of the file of some days; None if it is as it was written."""
        try:
            self._read(point, days)
        except DamagedError as error:
            return error.problems[0]
        except InputError:
            return None  # but it belongs elsewhere, or cannot be read now
        return None

    def _read(self, point: int, days: range) -> tuple[Path, bytes]:
        """Read a file and look whether it is what its name says."""
        path = self._file(point, days)
        content = _content(path)
        with _damage_told(path):
            found = label_in(content)
        expected = Label(self._identity, point, days)
        if found != expected:
            rule = "is of another experiment, or of another version of flexports"
            if found.identity == self._identity:
                rule = f"holds {folder_name(found.point)}, {file_name(found.days)}"
            raise InputError(Problem(str(path), NOTHING, rule, "move it to where it belongs"))
        return path, content

    def _file(self, point: int, days: range) -> Path:
        return self.path / folder_name(point) / file_name(days)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise InputError(problems)


@contextmanager
def open_results(path: Path, manifest: Manifest) -> Iterator[ResultsFolder]:
    """Hold a folder for the results of an experiment: a new one, or what there is of it.

    Nobody else can write there meanwhile.

    Parameters
    ----------
    path : Path
        It is made if it is not there.
    manifest : Manifest
        Of what is to be run.

    Raises
    ------
    InputError
        If the folder is in use, holds something else, or cannot be written to.
    """
    refuse_other_content(path)
    make_folder(path)
    with locked(path):
        held = ResultsFolder(path, _settled(path, manifest))
        for folder in (path, *path.glob("point-*/")):
            sweep_leftovers(folder)
        held.refuse_others()
        yield held


def look_into(path: Path, manifest: Manifest) -> ResultsFolder:
    """Return what there is of an experiment in a folder, also if that is not there: for who looks.

    Raises
    ------
    InputError
        If it holds something else.
    """
    refuse_other_content(path)
    held = ResultsFolder(path, _found(path, manifest) or manifest)
    held.refuse_others()
    return held


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of a results folder.

    Raises
    ------
    DamagedError
        If it is not as it was written.
    InputError
        If there is none.
    """
    file = path / MANIFEST
    with refusal(path):
        if (rule := _no_results(path)) is not None:
            whose_manifest_is_gone = path.is_dir() and any(path.glob("point-*/days-*"))
            remedy = _AGAIN if whose_manifest_is_gone else MAKE_ONE
            raise InputError(Problem(str(path), NOTHING, rule, remedy))
    content = _content(file)
    with _damage_told(file):
        return Manifest.of(content)


def _no_results(path: Path) -> str | None:
    """Tell why a folder cannot be read as one of results; None if it can be."""
    if not path.exists():
        return "does not exist"
    if not path.is_dir():
        return "is not a folder"
    if not _is_ours(path):
        return "holds something else than results"
    if not (path / MANIFEST).is_file():
        return f"holds no results: there is no {MANIFEST}"
    return None


def refuse_other_content(path: Path) -> None:
    """Refuse what is no folder, or one with something else in it.

    Raises
    ------
    InputError
    """
    with refusal(path):
        if path.exists() and not path.is_dir():
            raise InputError(Problem(str(path), NOTHING, "is not a folder", "name a folder"))
        if path.is_dir() and not _is_ours(path):
            rule, remedy = "holds something else than results", "name a new or an empty folder"
            raise InputError(Problem(str(path), NOTHING, rule, remedy))


def _is_ours(path: Path) -> bool:
    """Tell whether there is nothing in a folder, or results: by their manifest, or without it."""
    manifest = path / MANIFEST
    if manifest.is_file() and looks_like_a_manifest(manifest.read_bytes()):
        return True
    others = [each for each in path.iterdir() if each.name != LOCK and not is_leftover(each)]
    has_points = any(each.match("point-*") for each in others)
    return all(each.match("point-*") or (has_points and each == manifest) for each in others)


def _settled(path: Path, manifest: Manifest) -> Manifest:
    """Return the manifest that is there; if there is none, the new one, which then is."""
    found = _found(path, manifest)
    if found is None:
        write_durably(path / MANIFEST, manifest.content())
    return found or manifest


def _found(path: Path, manifest: Manifest) -> Manifest | None:
    """Return the manifest that is there, if it is whole; refuse that of another experiment."""
    if not (path / MANIFEST).is_file():
        return None
    try:
        found = read_manifest(path)
    except DamagedError:
        return None  # what it said is said by each chunk too
    _refuse_another(path, found, manifest)
    return found


def _refuse_another(path: Path, found: Manifest, manifest: Manifest) -> None:
    if found.identity != manifest.identity:
        rule = f"holds another experiment: {found.differences(manifest)}"
        remedy = "name another folder for the new results"
        raise InputError(Problem(str(path), NOTHING, rule, remedy))


def _content(path: Path) -> bytes:
    """Read a file. One that cannot be read may be as good as ever, and is not damaged.

    Raises
    ------
    DamagedError
        If it has gone meanwhile.
    InputError
        If it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as gone:
        raise DamagedError(Problem(str(path), NOTHING, "has gone", _AGAIN)) from gone
    except OSError as failure:
        rule = f"cannot be read: {_reason(failure)}"
        remedy = "see to it that it can be, or remove it to have its days run again"
        raise InputError(Problem(str(path), NOTHING, rule, remedy)) from failure


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """Have what goes wrong with a file name it.

    Raises
    ------
    DamagedError
    """
    try:
        yield
    except InputError as error:
        raise InputError(problem.under(f"{path}: ") for problem in error.problems) from None
    except (ValueError, KeyError, TypeError, OSError) as error:
        problem = Problem(str(path), NOTHING, f"is damaged: {_reason(error)}", _AGAIN)
        raise DamagedError(problem) from error


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
