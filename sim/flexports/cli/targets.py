"""Targets on the command line, in place of the model's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from flexports.problems import InputError, Problem

if TYPE_CHECKING:
    from flexports.floor import Floor, ServiceLevel, Targets

_HELP = "in place of the model's: one for all sources, or SOURCE=SHARE (may be repeated)."

Blocking: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SHARE", help=f"Largest share that finds no port, {_HELP}", show_default=False
    ),
]
Abandonment: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SHARE", help="Largest share of callers who give up, likewise.", show_default=False
    ),
]
MissedRecordings: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SHARE", help="Largest share of recordings missed, likewise.", show_default=False
    ),
]
ServiceLevelOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--service-level",
        metavar="SHARE/TIME",
        help="Smallest share answered within a time: 80/20 is 80 % within 20 s.",
        show_default=False,
    ),
]

_SERVICE_LEVEL = re.compile(r"(?P<share>[\d.]+)\s*%?\s*/\s*(?P<within>[\d.]+)\s*s?")


def with_targets(
    floor: Floor,
    *,
    blocking: Sequence[str] | None,
    abandonment: Sequence[str] | None,
    missed_recordings: Sequence[str] | None,
    service_level: str | None,
) -> Floor:
    """Return the floor with targets of the command line in place of its own.

    Raises
    ------
    InputError
    """
    from flexports.floor import check_floor

    changes: dict[str, Any] = {}
    for name, texts in (
        ("blocking", blocking),
        ("abandonment", abandonment),
        ("missed_recordings", missed_recordings),
    ):
        if texts:
            changes[name] = _shares(f"--{name.replace('_', '-')}", texts)
    if service_level is not None:
        changes["service_level"] = _service_level(service_level)
    if not changes:
        return floor
    floor = replace(floor, targets=_changed(floor.targets, changes))
    check_floor(floor)
    return floor


def _shares(option: str, texts: Sequence[str]) -> float | dict[str, float]:
    pairs = [text.rpartition("=") for text in texts]
    if len(pairs) == 1 and not pairs[0][1]:
        return _share(option, texts[0], texts[0])
    for text, (_, equals, _) in zip(texts, pairs, strict=True):
        if not equals:
            raise InputError(Problem(option, text, "is for no source", f"write SOURCE={text}"))
    return {
        name.strip(): _share(option, share, text)
        for text, (name, _, share) in zip(texts, pairs, strict=True)
    }


def _share(option: str, text: str, whole: str) -> float:
    number, percent = (text.strip()[:-1], 100.0) if text.strip().endswith("%") else (text, 1.0)
    try:
        share = float(number) / percent
    except ValueError:
        share = float("nan")
    if not 0 <= share <= 1:
        raise InputError(Problem(option, whole, "is not a share", "write 0.01 or 1%"))
    return share


def _service_level(text: str) -> ServiceLevel:
    from flexports.floor import ServiceLevel

    option, remedy = "--service-level", "write 80/20 for 80 percent within 20 s"
    match = _SERVICE_LEVEL.fullmatch(text.strip())
    if match is None:
        raise InputError(Problem(option, text, "is not a service level", remedy))
    try:
        share, within_s = float(match["share"]), float(match["within"])
        return ServiceLevel(share=share / 100 if share > 1 else share, within_s=within_s)
    except ValueError:  # of which InputError is one
        raise InputError(Problem(option, text, "is not a service level", remedy)) from None


def _changed(targets: Targets, changes: Mapping[str, Any]) -> Targets:
    try:
        return replace(targets, **changes)
    except InputError as refused:
        raise InputError(problem.under("targets.") for problem in refused.problems) from None
