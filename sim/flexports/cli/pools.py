"""``flexports sweep --licence``: sizes of a pooled licence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flexports.cli.choices import Choices
from flexports.cli.output import Output, Report
from flexports.cli.ports import parse_ports
from flexports.cli.study import origin
from flexports.problems import InputError, Problem

if TYPE_CHECKING:
    from flexports.floor import Floor

_MOST_SEATS = 1_000_000


def sweep_pool(  # noqa: PLR0917 - the options of one command
    model: Path,
    floor: Floor,
    licence: str,
    counts: Sequence[int],
    choices: Choices,
    place: Output,
) -> None:
    """Run a floor with each size of a pool, and tell what comes of it."""
    from flexports.study.pools import sweep_licence
    from flexports.table.pool_page import pool_page

    name, sizes = parse_licence(licence)
    result = sweep_licence(floor, name, sizes, counts, **choices.keywords(), progress=True)
    first = next(iter(result.sweeps.values()))
    head = {
        **origin("sweep", model, first),
        "ports": list(first.ports),
        "licence": name,
        "sizes": list(result.sweeps),
    }
    place.deliver(Report(lambda: pool_page(result), head, lambda: result.table))


def parse_licence(text: str) -> tuple[str, Sequence[int]]:
    """Return licence and sizes of a text such as ``dialer=3-8``.

    Raises
    ------
    InputError
    """
    name, equals, sizes = text.partition("=")
    if not equals:
        remedy = "write a licence and its sizes: dialer=3-8"
        raise InputError(Problem("--licence", text, "has no sizes", remedy))
    return name.strip(), parse_ports(sizes, _MOST_SEATS, "--licence")
