"""The text of a file of ours: found, small enough, readable, and TOML."""

import re
import tomllib
from pathlib import Path
from typing import Any

from flexports.problems import NOTHING, InputError, Problem, nearest

#: A floor is a few kB. What is larger is not a floor, and is refused before it is parsed.
LARGEST_BYTES = 1_000_000
#: What to do about a file with nothing right in it.
BEGIN = "begin with what `flexports new` writes"

_POSITION = re.compile(
    r"^(?P<what>.*) \(at (?P<where>line \d+, column \d+|end of document)\)$", re.S
)


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    InputError
        If there is no such file, or it cannot be one of ours.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise _refused(path, "does not exist", _where_else(path)) from None
    except IsADirectoryError:
        raise _refused(path, "is a directory", f"name a file in it{_toml_in(path)}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(path, f"cannot be read: {reason}", "name a file that can be") from None
    if len(raw) > LARGEST_BYTES:
        rule = f"is larger than {LARGEST_BYTES // 1_000_000} MB"
        raise _refused(path, rule, "name a TOML file of a few kB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        rule = f"is not text: byte {error.start + 1} is not UTF-8"
        raise _refused(path, rule, "name a TOML file, saved as UTF-8") from None


def parse_toml(text: str, place: str, begin: str = BEGIN) -> dict[str, Any]:
    """Return the tables of a TOML text; `begin` is the remedy where nothing in it is right.

    Raises
    ------
    InputError
        With line and column of what is not TOML, or if there is nothing in it.
    """
    try:
        raw = tomllib.loads(text)
    except RecursionError:
        raise _refused(place, "is nested too deeply", begin) from None
    except ValueError as error:  # of which TOMLDecodeError is one; int() raises it too
        match = _POSITION.match(str(error))
        what, where = (match["what"], match["where"]) if match else ("a number is too long", "")
        remedy = "write it as TOML: key = value, text in quotes, tables in [brackets]"
        raise _refused(
            f"{place}: {where}" if where else place, f"is not TOML: {_lowered(what)}", remedy
        ) from None
    if not raw:
        raise _refused(place, "is empty", begin)
    return raw


def _refused(place: object, rule: str, remedy: str) -> InputError:
    return InputError(Problem(str(place), NOTHING, rule, remedy))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _where_else(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f"the folder '{folder}' does not exist either: name a file that does"
    near = nearest(path.name, [one.name for one in sorted(folder.iterdir()) if one.is_file()])
    if near is None:
        return f"name a file that does{_toml_in(folder)}"
    return f"did you mean '{folder / near}'?"


def _toml_in(folder: Path) -> str:
    found = sorted(str(one) for one in folder.glob("*.toml"))[:3]
    return f", such as {', '.join(found)}" if found else ""
