"""The keys of an experiment's file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from flexports.experiment.design import Factors, Kind
from flexports.experiment.precision import Wanted
from flexports.experiment.values import (
    FACTORS_EXAMPLE,
    FactorTable,
    FileName,
    FileNames,
    PortCounts,
    Precisions,
)
from flexports.floor import Targets
from flexports.keys import Bounds, Keyed, Name, Number, PositiveDurationS, Whole, declared_keys, key

FEWEST_DAYS, MOST_DAYS = 2, 1_000_000
LEAST_SURE, MOST_SURE = 0.5, 0.9999
MOST_POINTS = 10_000

Days = Annotated[int, Whole(FEWEST_DAYS, MOST_DAYS, example="400")]
Confidence = Annotated[
    float, Number("a confidence", "0.95", Bounds(at_least=LEAST_SURE, at_most=MOST_SURE))
]


@dataclass(frozen=True, kw_only=True)
class Design(Keyed):
    """Which combinations of the factors' values are tried.

    Parameters
    ----------
    kind : str
        ``grid``: every combination. ``list``: factors of equal length, side by side.
        ``latin-hypercube`` and ``sobol``: points drawn from ranges.
    points : int, optional
        How many are drawn.
    """

    kind: Annotated[
        Kind, key("grid, list (side by side), latin-hypercube or sobol.", example='"grid"')
    ] = "grid"
    points: Annotated[
        Annotated[int, Whole(1, MOST_POINTS, example="64")] | None,
        key("How many are drawn.", example="64", unset="all combinations"),
    ] = None


@dataclass(frozen=True, kw_only=True)
class ExperimentTable(Keyed):
    """An experiment: floors x port counts x factors x days x targets."""

    name: Annotated[
        str,
        Name("Company X at its peak"),
        key("Name of the experiment.", example='"Company X at its peak"'),
    ]
    floor: Annotated[
        Annotated[str, FileName()] | None,
        key(
            "The floor's file, relative to this one.",
            example='"../models/company-x.toml"',
            unset="see floors",
        ),
    ] = None
    floors: Annotated[
        tuple[str, ...],
        FileNames(),
        key("Several floors.", example='["a.toml", "b.toml"]', unset="see floor"),
    ] = ()
    ports: Annotated[
        tuple[int, ...],
        PortCounts(),
        key("Port counts: text such as 1-12 or 4-40:4, or a list.", example='"1-12"'),
    ]
    days: Annotated[
        Days | None, key("Days on each port count.", example="400", unset="100, or see precision")
    ] = None
    precision: Annotated[
        tuple[Wanted, ...],
        Precisions(),
        key(
            "Run until half of each interval is no more than this, as a share or in its unit.",
            example='["blocking: 2%", "hold_p95: 1 s"]',
            unset="a fixed number of days",
        ),
    ] = ()
    max_days: Annotated[
        Days | None, key("The most days, with precision.", example="6400", unset="6,400")
    ] = None
    max_time_s: Annotated[
        PositiveDurationS | None,
        key(
            "The longest time to run, with precision.",
            alias="max_time",
            example='"10 min"',
            unset="no limit",
        ),
    ] = None
    seed: Annotated[
        Annotated[int, Whole(0, 2**64 - 1, example="1")],
        key("One seed gives one result.", example="1"),
    ] = 1
    confidence: Annotated[Confidence, key("Of every interval.", example="0.95")] = 0.95
    factors: Annotated[
        Factors,
        FactorTable(),
        key("By the path of a floor's key, the values that it takes.", example=FACTORS_EXAMPLE),
    ] = field(default_factory=dict)
    design: Annotated[Design, key("Which combinations are tried.")] = Design()
    targets: Annotated[
        Targets | None, key("In place of the floors' own, key by key.", unset="the floors' own")
    ] = None


#: Keys that no floor has.
_OWN = {one.key for one in declared_keys(ExperimentTable)} - {"name", "ports", "targets"}


def is_experiment(tables: Mapping[str, Any]) -> bool:
    """Return whether a file's tables look like an experiment's, and not like a floor's.

    Examples
    --------
    >>> is_experiment({"floor": "a.toml", "ports": "1-12"}), is_experiment({"sources": []})
    (True, False)
    """
    return bool(_OWN & set(tables)) and not {"sources", "agents"} & set(tables)
