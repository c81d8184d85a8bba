"""``flexports schema``: the JSON Schema of a floor's file."""

from __future__ import annotations

from flexports.cli.console import show_text
from flexports.cli.files import check_writable, write_whole
from flexports.cli.options import OutputFile


def schema(output: OutputFile = None) -> None:
    """Print the JSON Schema of a floor, for editors.

    They complete and check with it as one types.
    """
    import json

    from flexports.floor import json_schema

    if output is not None:
        check_writable(output, "--output")
    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        show_text(text)
    else:
        write_whole(output, text.encode("utf-8"))
