"""``flexports schema``: the JSON Schema of a floor's or an experiment's file."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from flexports.cli.console import show_text
from flexports.cli.files import check_writable, write_whole
from flexports.cli.options import OutputFile
from flexports.problems import InputError, Problem, one_of

_FLOOR, _EXPERIMENT = "floor", "experiment"


def schema(
    of: Annotated[str, typer.Option(metavar="KIND", help="floor or experiment.")] = _FLOOR,
    output: OutputFile = None,
) -> None:
    """Print the JSON Schema of a floor or an experiment, for editors.

    They complete and check with it as one types.
    """
    import json

    if output is not None:
        check_writable(output, "--output")
    text = json.dumps(_schema_of(of), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        show_text(text)
    else:
        write_whole(output, text.encode("utf-8"))


def _schema_of(kind: str) -> dict[str, Any]:
    from flexports.experiment import experiment_schema
    from flexports.floor import json_schema

    known = {_FLOOR: json_schema, _EXPERIMENT: experiment_schema}
    if kind not in known:
        raise InputError(Problem("--of", kind, "is no kind of file", one_of(kind, known)))
    return known[kind]()
