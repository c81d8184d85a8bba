"""The page of all commands: from the declarations that read the command line."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

import typer
from typer.core import TyperGroup

from flexports.cli import app
from generator.markdown import code, page, table

_HEAD = """
# Commands

Every command, with all that may be written after it. `flexports COMMAND --help` shows the same.

Results go to stdout; progress and warnings go to stderr. Exit codes: 0 success; 1 the answer is
negative (a target cannot be met, a precision is not reached); 2 bad input; 130 interrupted; 143
terminated.
"""


def commands_page() -> str:
    """Return the page."""
    program = typer.main.get_command(app)
    assert isinstance(program, TyperGroup)
    return page(_HEAD, *_sections(program, "flexports"))


def _sections(program: TyperGroup, name: str) -> Iterator[str]:
    for word, command in program.commands.items():
        yield _section(command, f"{name} {word}")
        if isinstance(command, TyperGroup):
            yield from _sections(command, f"{name} {word}")


def _section(command: Any, name: str) -> str:
    # What typer returns has a type of its own in each version of it.
    rows = [_row(each) for each in command.params if not getattr(each, "hidden", False)]
    options = table(["", "what it is"], rows) if rows else ""
    return page(f"## {name}", _said(command.help or ""), options)


def _said(text: str) -> str:
    """Return what a command says of itself; a line that shows how it is called, as code."""
    parts = cleandoc(text).split("\n\n")
    return "\n\n".join(code(part) if part.startswith("flexports ") else part for part in parts)


def _row(parameter: Any) -> tuple[str, str]:
    said = f"{parameter.help or ''}{_default(parameter)}"
    name = (parameter.metavar or parameter.name or "").upper()
    if isinstance(parameter, typer.core.TyperArgument):
        return code(name), said
    value = "" if parameter.is_flag else f" {name}"
    return ", ".join(code(f"{word}{value}") for word in parameter.opts), said


def _default(parameter: Any) -> str:
    told = parameter.default not in (None, False) and bool(parameter.show_default)
    return f" [default: {parameter.default}]" if told else ""
