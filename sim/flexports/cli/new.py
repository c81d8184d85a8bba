"""``flexports new``: a floor to begin with."""

from __future__ import annotations

from typing import Annotated

import typer

from flexports.cli.console import show_text
from flexports.cli.files import check_writable, write_whole
from flexports.cli.options import OutputFile
from flexports.problems import NOTHING, InputError, Problem, split_message


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name of the company.")
    ] = "My company",
    output: OutputFile = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if there is one.")
    ] = False,
) -> None:
    """Write a commented floor to begin with.

    Valid as it is, with every key explained.
    """
    from flexports.floor import new_floor_text

    if output is not None:
        check_writable(output, "--output")
        if output.exists() and not force:
            remedy = "write another name, or --force to replace it"
            raise InputError(Problem(f"--output {output}", NOTHING, "is there already", remedy))
    try:
        text = new_floor_text(name)
    except ValueError as refused:
        raise InputError(Problem("NAME", name, *split_message(str(refused)))) from None
    if output is None:
        show_text(text)
    else:
        write_whole(output, text.encode("utf-8"))
