"""All commands together, and how they end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

import flexports
from flexports.cli import (
    check,
    compare,
    erlang,
    new,
    report,
    rule,
    run,
    schema,
    size,
    sweep,
    table,
    trace,
)
from flexports.cli.ending import Commands, speak_of_what_happens

app = typer.Typer(
    name="flexports",
    cls=Commands,
    help="How many flex ports does a sales floor need? The answer, by simulation.",
    epilog="Begin with: flexports new > floor.toml, then: flexports size floor.toml",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)

app.command()(size.size)
app.command()(sweep.sweep)
app.command()(rule.rule)
app.command()(run.run)
app.command()(table.table)
app.command()(compare.compare)
app.command()(trace.trace)
app.command()(report.report)
app.command()(check.check)
app.command()(schema.schema)
app.command()(new.new)
app.add_typer(erlang.app, name="erlang")


def _tell_version(wanted: bool) -> None:
    if wanted:
        print(f"flexports {flexports.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_tell_version, is_eager=True),
    ] = False,
) -> None:
    """How many flex ports does a sales floor need? The answer, by simulation."""
    speak_of_what_happens()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words of the command line after the program's name; by default those it was given.

    Returns
    -------
    int
        0 success; 1 the answer is negative (a target cannot be met, a precision is not reached);
        2 bad input; 130 interrupted.
    """
    for stream in (
        sys.stdout,
        sys.stderr,
    ):  # a name that the terminal cannot show is no reason to fail
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app(arguments if arguments is None else list(arguments), prog_name="flexports")
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 0
    return 0
