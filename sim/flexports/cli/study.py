"""What all commands that simulate have in common."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flexports.cli.ending import warn

if TYPE_CHECKING:
    from flexports.cli.choices import Choices
    from flexports.study.exact import Exact
    from flexports.study.results import Sweep


_HOPELESS = 300.0
"""Times too long: nobody runs that many times the days, squared."""


def origin(command: str, model: Path, sweep: Sweep) -> dict[str, Any]:
    """Return what reproduces a result: the beginning of its JSON object."""
    trial = sweep.trial
    return {
        "command": command,
        "floor": trial.floor.name,
        "model": model,
        "model_sha256": digest(model),
        "seed": trial.seed,
        "days": sweep.days,
        "engine": trial.engine,
        "confidence": sweep.confidence,
        "version": version(),
    }


def digest(model: Path) -> str | None:
    """Return the SHA-256 of a model's file; None if it has gone since it was read."""
    try:
        return sha256(model.read_bytes()).hexdigest()
    except OSError:
        return None


def version() -> str:
    """Return the version that computed it."""
    import flexports

    return flexports.__version__


def exact_rows(exact: Sequence[Exact]) -> list[Mapping[str, Any]]:
    """Return exact values as JSON objects."""
    return [
        {
            "ports": each.ports,
            "source": each.source,
            "metric": each.metric,
            "value": each.value,
            "standing": each.standing.value,
        }
        for each in exact
    ]


def warn_of_disagreement(sweep: Sweep, exact: Sequence[Exact]) -> None:
    """Warn on stderr if the simulation excludes a value that is known exactly."""
    from flexports.study.exact import disagreements

    for each in disagreements(sweep, exact):
        warn(str(each))


def precision_reached(sweep: Sweep, choices: Choices) -> bool:
    """Tell whether the precision that was asked for was reached; warn of what is missing if not."""
    from flexports.study.precision import lacking, wanted_of

    missing = lacking(sweep, wanted_of(choices.precision))
    if not missing:
        return True
    worst = missing[0]
    others = f", and {len(missing) - 1} more" if missing[1:] else ""
    about = ""
    if worst.times < _HOPELESS:
        option = "--max-days" if choices.days is None else "--days"
        about = f"; it would take about {option} {rounded_up(sweep.days * worst.times**2)}"
    warn(f"precision not reached in {sweep.days} days: {worst}{others}{about}")
    return False


def rounded_up(days: float) -> int:
    """Round up to two digits."""
    step = 10 ** max(0, math.floor(math.log10(days)) - 1)
    return int(math.ceil(days / step) * step)
