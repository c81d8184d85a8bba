"""What a document tells one to do is done: files are written, commands and Python are run.

A document is a script. Its blocks are taken in order, in one folder that begins with the models and
experiments of the repository:

- ``toml`` whose first line is ``# floor.toml`` is written to that file; with
  ``# end of floor.toml`` it is added to it.
- ``console`` has commands of flexports behind ``$``, and what they answer. The answer is shown
  whole; in part, with ``[...]`` for the lines between the first and the last; or not at all.
- ``python`` is run; the names of earlier blocks are known.

- ``text`` below a comment ``<!-- time diagram: floor.toml, 3 ports, 180 s, seed 4 -->`` is the
  diagram of that.

Everything else is to be read; but the flexports commands in ``sh`` must be ones.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import warnings
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from flexports.cli import app, main
from generator.diagrams import diagram

ROOT = Path(__file__).parents[2]
LEFT_OUT = "[...]"
#: What is typed by other names than flexports.
TYPED = {
    "make size": "flexports size models/company-x.toml",
    "make -s size": "flexports size models/company-x.toml",
}
#: As every reader has it, whatever terminal this runs on.
ENVIRONMENT = {"COLUMNS": "80", "NO_COLOR": "1", "MPLBACKEND": "agg"}

_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_DIAGRAM = re.compile(
    r"(?P<head><!-- time diagram: (?P<model>\S+), (?P<ports>\d+) ports?, (?P<until>\d+) s, "
    r"seed (?P<seed>\d+) -->\n+```text\n).*?^```$",
    re.DOTALL | re.MULTILINE,
)
_FILE = re.compile(r"# (?P<more>end of )?(?P<name>[\w-]+\.toml)\n")
_NEGATIVE = 1


class DocumentError(Exception):
    """A document has one do what does not work."""


def refreshed(document: Path, folder: Path) -> str:
    """Do all that a document says in an empty folder, and return it with the answers that came.

    Raises
    ------
    DocumentError
        If a command refuses where no refusal is shown.
    """
    for name in ("models", "experiments"):
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    session = Session(document.name)
    with chdir(folder), environment(ENVIRONMENT):
        played = _BLOCK.sub(session.play, document.read_text(encoding="utf-8"))
        return _DIAGRAM.sub(_drawn, played)


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    """Have the variables of the environment for a while."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@dataclass
class Session:
    """What the blocks of one document have in common."""

    document: str
    names: dict[str, Any] = field(default_factory=dict)

    def play(self, block: re.Match[str]) -> str:
        """Do what a block says, and return it with the answers."""
        text = block["text"]
        if block["language"] == "toml":
            _write(text)
        elif block["language"] == "python":
            # Without what this file imports from the future: annotations are looked up as usual.
            exec(compile(text, self.document, "exec", dont_inherit=True), self.names)
        elif block["language"] == "sh":
            _check_commands(text)
        elif block["language"] == "console":
            text = "".join(self._answered(part) for part in re.split(r"^(?=\$ )", text, flags=re.M))
        return f"```{block['language']}\n{text}```"

    def _answered(self, part: str) -> str:
        command, _, shown = part.partition("\n")
        if not command.startswith("$ "):
            return part
        return f"{command}\n{self._as_shown(command[2:], shown)}"

    def _as_shown(self, command: str, shown: str) -> str:
        code, answer = typed(command)
        refused = code > _NEGATIVE or (code and not shown)
        if refused and "error:" not in shown:
            raise DocumentError(f"{self.document}: {command}: exit code {code}\n{answer}")
        return in_part(answer, shown)


def in_part(answer: str, shown: str) -> str:
    """Return as much of an answer as was shown of it: as many lines before and after the mark."""
    if not shown:
        return ""
    before, mark, after = shown.partition(f"{LEFT_OUT}\n")
    if not mark:
        return answer
    lines = answer.splitlines(keepends=True)
    first, last = before.count("\n"), after.count("\n")
    return "".join([*lines[:first], mark, *lines[len(lines) - last :]])


def typed(command: str) -> tuple[int, str]:
    """Run a command as a terminal would; return its exit code and all that is seen."""
    program, *words = shlex.split(TYPED.get(command, command))
    if program.rpartition("/")[2] != "flexports":
        raise DocumentError(f"'{program}' is not run here: put it into a block of another language")
    into = words[words.index(">") + 1] if ">" in words else None
    words = words[: words.index(">")] if into else words
    seen, said = io.StringIO(), io.StringIO()
    with redirect_stdout(said if into else seen), redirect_stderr(seen), warnings.catch_warnings():
        warnings.simplefilter("default")
        code = main(words)
    if into:
        Path(into).write_text(said.getvalue(), encoding="utf-8")
    return code, seen.getvalue()


def _write(text: str) -> None:
    head = _FILE.match(text)
    if head is not None:
        with Path(head["name"]).open("a" if head["more"] else "w", encoding="utf-8") as file:
            file.write(text)


def _drawn(found: re.Match[str]) -> str:
    ports, until_s, seed = int(found["ports"]), float(found["until"]), int(found["seed"])
    return f"{found['head']}{diagram(found['model'], ports, until_s, seed)}```"


def _check_commands(text: str) -> None:
    """Refuse commands of flexports, and options of theirs, that there are not."""
    program = typer.main.get_command(app)
    assert isinstance(program, TyperGroup)
    for line in text.splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["flexports"]:
            program.commands[words[1]].make_context(words[1], words[2:])
