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
        help="Days on each port count. [default: as many as the answer takes]",
        show_default=False,
    ),
]
DaysOfSweep: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        help="Days on each port count. [default: 100, or as many as --precision takes]",
        show_default=False,
    ),
]
Precision: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WANTED",
        help="As many days as this takes: '2%' of every blocking (of its target, where that is "
        "more), or 'hold_p95: 1 s'. May be given several times.",
        show_default=False,
    ),
]
MaxDays: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--max-days",
        metavar="NUMBER",
        help="The most days on a port count, where the result decides. [default: 6400]",
        show_default=False,
    ),
]
MaxTime: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--max-time",
        metavar="DURATION",
        help="Begin no more days after this time, such as '5 min'.",
        show_default=False,
    ),
]
Plain: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--plain", help="Plain totals over totals: take out nothing that known means explain."
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
Cluster: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="A Dask scheduler whose workers run the days: tcp://host:port. Needs the extra "
        "'cluster'.",
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
ResultsDir: TypeAlias = Annotated[
    Path, typer.Argument(metavar="DIR", help="A results folder.", show_default=False)
]
Sources: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--source", metavar="NAME", help="Only of this source, group or ports; again for more."
    ),
]
Metrics: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--metric", metavar="NAME", help="Only this metric; again for more."),
]
PortCounts: TypeAlias = Annotated[
    str | None,
    typer.Option("--ports", metavar="COUNTS", help="Only these port counts: 7, 1-12 or 4,6,8."),
]
