"""``flexports sweep``: every metric for each port count."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from flexports.cli.choices import Choices, with_choices
from flexports.cli.ending import NEGATIVE
from flexports.cli.options import (
    DaysOfSweep,
    Format,
    Model,
    OutputFile,
    PlotFile,
)
from flexports.cli.output import Output, Report
from flexports.cli.picture import Picture
from flexports.cli.pools import sweep_pool
from flexports.cli.ports import parse_ports, read_option
from flexports.cli.study import (
    exact_rows,
    origin,
    precision_reached,
    warn_of_disagreement,
)
from flexports.problems import InputError, Problem


@partial(with_choices, days=DaysOfSweep)
def sweep(
    model: Model,
    *,
    ports: Annotated[
        str, typer.Option(metavar="COUNTS", help="Port counts: 7, 1-12, 4-40:4 or 4,6,8.")
    ] = "1-12",
    choices: Choices,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="DURATION",
            help="By interval of the day, such as 15min, instead of the whole day.",
            show_default=False,
        ),
    ] = None,
    licence: Annotated[
        str | None,
        typer.Option(
            metavar="NAME=SIZES",
            help="Sweep the size of a pool, such as dialer=3-8, on each port count.",
            show_default=False,
        ),
    ] = None,
    format: Format = None,
    output: OutputFile = None,
    plot: PlotFile = None,
) -> None:
    """Tell every metric for each port count, all on the same traffic.

    Exit code 1: --precision was not reached.
    """
    from flexports.floor.read import read_floor
    from flexports.study import sweep as study
    from flexports.study.exact import exact_sweep
    from flexports.table import counts_shown
    from flexports.table.day_profile import day_profile
    from flexports.table.sweep_page import sweep_page
    from flexports.units import duration_s

    place, picture = Output.of(format, output), Picture.of(plot, output)
    for option, value in (("--licence", licence), ("--by", by)):
        picture.refuse_beside(None if value is None else option, "leave out one of the two")
    if licence is not None and by is not None:
        raise InputError(Problem("--by", by, "stands beside --licence", "leave out one of the two"))
    counts = parse_ports(ports, study.MOST_PORTS)
    floor = read_floor(model)
    if licence is not None:
        sweep_pool(model, floor, licence, counts, choices, place)
        return
    by_s = None if by is None else read_option("--by", by, duration_s)
    result = study.sweep(floor, counts, **choices.keywords(), progress=True, by_s=by_s)
    if by_s is not None:
        head = {**origin("sweep", model, result), "ports": list(result.ports), "by_s": by_s}
        place.deliver(Report(lambda: day_profile(result), head, lambda: result.table_by_interval))
        return
    exact = exact_sweep(floor, counts_shown(result))
    warn_of_disagreement(result, exact)
    picture.draw(result, exact)
    head = {
        **origin("sweep", model, result),
        "ports": list(result.ports),
        "exact": exact_rows(exact),
    }
    place.deliver(Report(lambda: sweep_page(result, exact), head, lambda: result.table))
    if not precision_reached(result, choices):
        raise typer.Exit(NEGATIVE)
