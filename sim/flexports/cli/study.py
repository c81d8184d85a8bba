"""What all commands that simulate have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flexports.cli.ending import warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flexports.study.exact import Exact
    from flexports.study.results import Sweep


@dataclass(frozen=True)
class Choices:
    """The options on how to simulate; None where the study's own default holds."""

    seed: int | None = None
    days: int | None = None
    precision: float | None = None
    engine: str | None = None
    workers: int | None = None
    confidence: float | None = None

    def keywords(self) -> dict[str, Any]:
        """Return what was chosen, as the arguments of a study."""
        from flexports.study.workers import default_workers

        chosen = {name: value for name, value in vars(self).items() if value is not None}
        return {"workers": default_workers(), **chosen}


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


def precision_reached(sweep: Sweep, precision: float | None) -> bool:
    """Tell whether the precision that was asked for was reached; warn if not."""
    from flexports.study.sweep import is_precise

    if precision is None or is_precise(sweep, precision):
        return True
    warn(f"{sweep.days} days do not reach a precision of {precision:g}; allow more with --days")
    return False
