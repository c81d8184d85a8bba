"""Options that several commands have, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Model: TypeAlias = Annotated[
    Path, typer.Argument(metavar="MODEL", help="The floor: a TOML file.", show_default=False)
]
Seed: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER", help="One seed gives one result. [default: 1]", show_default=False
    ),
]
Days: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        help="Days to simulate on each port count; the most, with --precision. [default: 100]",
        show_default=False,
    ),
]
Precision: TypeAlias = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        help="Run until blocking is known this well: half its interval, as a share of it or of "
        "its target. 0.05 is 5 %.",
        show_default=False,
    ),
]
EngineName: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="What runs it: compiled, or simpy, the reference. [default: compiled]",
        show_default=False,
    ),
]
Workers: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        help="Threads, or processes for simpy. [default: all cores]",
        show_default=False,
    ),
]
Confidence: TypeAlias = Annotated[
    float | None,
    typer.Option(metavar="SHARE", help="Of every interval. [default: 0.95]", show_default=False),
]
Format: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORM",
        help="table, csv, json or parquet. [default: by the ending of --output, or table]",
        show_default=False,
    ),
]
OutputFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write there and not to stdout.", show_default=False
    ),
]
PlotFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--plot", metavar="FILE", help="Draw a picture: FILE.svg or FILE.png.", show_default=False
    ),
]
