"""``flexports size``: the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from flexports.cli.choices import Choices, with_choices
from flexports.cli.ending import NEGATIVE
from flexports.cli.options import (
    Format,
    Model,
    OutputFile,
    PlotFile,
)
from flexports.cli.output import Output, Report
from flexports.cli.over import parse_over
from flexports.cli.picture import Picture
from flexports.cli.study import (
    exact_rows,
    origin,
    precision_reached,
    warn_of_disagreement,
)
from flexports.cli.targets import (
    Abandonment,
    Blocking,
    MissedRecordings,
    ServiceLevelOption,
    with_targets,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from flexports.floor import Floor
    from flexports.study.exact import Exact
    from flexports.study.size import Size


Over: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="KEY=VALUES",
        help="The answer for each value of something else: sources.toll-free.keep_free=0-3, "
        "licences.dialer=3-8, agents.sales.count=5,10,20.",
        show_default=False,
    ),
]


@with_choices
def size(
    model: Model,
    *,
    blocking: Blocking = None,
    service_level: ServiceLevelOption = None,
    abandonment: Abandonment = None,
    missed_recordings: MissedRecordings = None,
    over: Over = None,
    choices: Choices,
    format: Format = None,
    output: OutputFile = None,
    plot: PlotFile = None,
) -> None:
    """Find the smallest port count that meets the targets, and say why.

    Exit code 1: no port count is shown to meet them.
    """
    from flexports.floor.read import read_floor
    from flexports.study import size as study
    from flexports.study.exact import exact_sweep
    from flexports.table import counts_shown, page

    place, picture = Output.of(format, output), Picture.of(plot, output)
    floor = with_targets(
        read_floor(model),
        blocking=blocking,
        abandonment=abandonment,
        missed_recordings=missed_recordings,
        service_level=service_level,
    )
    if over is not None:
        size_over_values(model, floor, over, choices, place, picture)
        return
    result = study.size(floor, **choices.keywords(), progress=True)
    exact = exact_sweep(floor, counts_shown(result))
    warn_of_disagreement(result.sweep, exact)
    picture.draw(result, exact)
    place.deliver(
        Report(lambda: page(result, exact), _head(model, result, exact), lambda: result.table)
    )
    if not precision_reached(result.sweep, choices) or result.ports is None:
        raise typer.Exit(NEGATIVE)


def _head(model: Path, result: Size, exact: Sequence[Exact]) -> dict[str, Any]:
    from flexports.table.answer import answer_texts

    return {
        **origin("size", model, result.sweep),
        "ports": result.ports,
        "answer": " ".join(text.words for text in answer_texts(result)),
        "rule_of_thumb": result.rule.ports,
        "bare_minimum": result.rule.bare_minimum,
        "targets": [vars(each) for each in result.targets],
        "fails_on": {
            each.ports: [
                {
                    "source": failure.target.source,
                    "metric": failure.target.metric,
                    "certain": failure.is_certain,
                }
                for failure in each.failures
            ]
            for each in result.verdicts
        },
        "exact": exact_rows(exact),
    }


def size_over_values(  # noqa: PLR0917 - the options of one command
    model: Path, floor: Floor, over: str, choices: Choices, place: Output, picture: Picture
) -> None:
    """Find the answer for each value of something else on the floor."""
    from flexports.study.size_over import size_over
    from flexports.table.over_page import over_page

    path, values = parse_over(over)
    result = size_over(floor, path, values, **choices.keywords(), progress=True)
    picture.draw(result)
    first = next(iter(result.sizes.values()))
    head = {
        **origin("size", model, first.sweep),
        "over": path,
        "ports": {value: each.ports for value, each in result.sizes.items()},
        "fewest": result.fewest,
        "cheapest": result.cheapest,
        "undecided": {
            value: [doubt.ports for doubt in each.undecided] for value, each in result.sizes.items()
        },
    }
    place.deliver(Report(lambda: over_page(result), head, lambda: result.table))
    if result.fewest is None:
        raise typer.Exit(NEGATIVE)
