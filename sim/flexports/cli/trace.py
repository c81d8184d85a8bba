"""``flexports trace``: one day, event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from flexports.cli.options import EngineName, Format, Model, OutputFile, PlotFile, Seed
from flexports.cli.output import Output, Report
from flexports.cli.picture import Picture
from flexports.cli.ports import parse_ports
from flexports.cli.study import digest, version
from flexports.problems import NOTHING, InputError, Problem, split_message

if TYPE_CHECKING:
    from flexports.floor import Day, Floor


def trace(
    model: Model,
    *,
    ports: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER", help="The port count. [default: the model's]", show_default=False
        ),
    ] = None,
    day: Annotated[int, typer.Option(metavar="NUMBER", help="Which day, from 0.")] = 0,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="TIME", help="Show events from then on: 09:30.", show_default=False
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--to", metavar="TIME", help="Show events up to then.", show_default=False),
    ] = None,
    seed: Seed = None,
    engine: EngineName = None,
    format: Format = None,
    output: OutputFile = None,
    plot: PlotFile = None,
) -> None:
    """Follow one day, event by event.

    Every event as a table; the ports in use as a picture, with --plot.

    CSV, JSON and Parquet have a row for each call.
    """
    from flexports.floor.read import read_floor
    from flexports.study.simulate import simulate
    from flexports.table.day_page import day_page

    place, picture = Output.of(format, output), Picture.of(plot, output)
    _refuse_a_part(since, until, place, picture)
    floor = read_floor(model)
    count = _count(ports, floor)
    span = _span(floor, since, until)
    if day < 0:
        raise InputError(Problem("--day", day, "is before the first day", "write 0 or more"))
    chosen = {"seed": seed, "engine": engine}
    given: dict[str, Any] = {name: one for name, one in chosen.items() if one is not None}
    result = simulate(floor, count, day=day, **given)
    picture.draw(result)
    head = {
        "command": "trace",
        "floor": floor.name,
        "model": model,
        "model_sha256": digest(model),
        "ports": count,
        "seed": result.trial.seed,
        "day": day,
        "engine": result.trial.engine,
        "version": version(),
    }
    place.deliver(Report(lambda: day_page(result, span), head, lambda: result.calls))


def _count(text: str | None, floor: Floor) -> int:
    from flexports.study.sweep import MOST_PORTS

    if text is None:
        if floor.ports.count is None:
            rule = "is missing, and the model has no ports.count"
            raise InputError(Problem("--ports", NOTHING, rule, "write --ports 7"))
        return floor.ports.count
    counts = parse_ports(text, MOST_PORTS)
    if len(counts) != 1:
        raise InputError(Problem("--ports", text, "is more than one count", "write one"))
    return counts[0]


def _refuse_a_part(since: str | None, until: str | None, place: Output, picture: Picture) -> None:
    """Refuse a part of the day of what is always of the whole day."""
    for option, text in (("--from", since), ("--to", until)):
        if text is None:
            continue
        remedy = "leave out one of the two"
        picture.refuse_beside(option, remedy)
        if place.form != "table":
            rule = f"chooses events, and {place.form} has a row for each call of the day"
            raise InputError(Problem(option, text, rule, "leave it out, or the format"))


def _span(floor: Floor, since: str | None, until: str | None) -> tuple[float, float] | None:
    if since is None and until is None:
        return None
    first = 0.0 if since is None else _from_opening("--from", since, floor.day)
    last = float("inf") if until is None else _from_opening("--to", until, floor.day)
    if last < first:
        rule = "is no later than --from" if since else "is before opening"
        raise InputError(Problem("--to", until, rule, "write a later time"))
    return first, last


def _from_opening(option: str, text: str, day: Day) -> float:
    """A time of day in seconds from opening; of the next day, if the floor is open then."""
    from flexports.units import DAY_S, clock_s

    try:
        since_s = clock_s(text) - day.opens_s
    except ValueError as refused:
        raise InputError(Problem(option, text, *split_message(str(refused)))) from None
    is_open_past_midnight = day.opens_s + day.length_s > DAY_S
    return since_s + DAY_S if since_s < 0 and is_open_past_midnight else since_s
