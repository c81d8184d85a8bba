"""Files are written whole: under a temporary name in the same folder, then renamed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from flexports.problems import NOTHING, InputError, Problem


def check_writable(path: Path, option: str) -> None:
    """Refuse a file that could not be written, before anything is computed for it.

    Raises
    ------
    InputError
    """
    try:
        problem = _problem(path)
    except OSError as error:  # such as a name that is too long
        problem = f"cannot be written: {error.strerror}", "name a file that can be"
    if problem is not None:
        rule, remedy = problem
        raise InputError(Problem(f"{option} {path}", NOTHING, rule, remedy))


def _problem(path: Path) -> tuple[str, str] | None:
    folder = path.parent
    if not folder.exists():
        return f"the folder '{folder}' does not exist", f"make it first: mkdir -p '{folder}'"
    if not folder.is_dir():
        return f"'{folder}' is not a folder", "name a file in a folder"
    if path.is_dir():
        return "is a directory", "name a file"
    if path.exists() and not path.is_file():
        return "is no file but a device or a pipe", "name a file; for a pipe, leave the option out"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"the folder '{folder}' cannot be written to", "name a file in one that can"
    return None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees a part of it.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    check_writable(path, "file")
    try:
        _replace(path.resolve(), content)
    except OSError as error:
        reason = error.strerror or str(error)
        rule = f"cannot be written: {reason}"
        raise InputError(Problem(str(path), NOTHING, rule, "name a file that can be")) from None


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those of any new file."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
