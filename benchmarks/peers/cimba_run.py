"""Running a Cimba model on one core."""

# mypy: disable-error-code="import-not-found"
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cimba as cb

from measuring import Run


def prepared(model: Any, seed: int, replications: int, counts: Sequence[str]) -> Run:
    """Lay a model out, and return what runs it and adds up what it counted."""
    experiment = cb.Experiment(model, replications=replications, seed=seed)

    def run() -> dict[str, float]:
        results = experiment.run(workers=1)
        if results.failed.any():
            raise RuntimeError(f"Cimba gave up: {results.failure_reasons}")
        seen = results[model]
        return {name.replace("_", " "): float(getattr(seen, name).values.sum()) for name in counts}

    return run
