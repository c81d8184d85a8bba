"""Run the battery and write docs/validation.md: what `make validation` does."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from validation.battery import simulations
from validation.document import Outcome, document, run

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"


def main() -> int:
    """Run every simulation, on all cores, and write the page; 1 if a value lies outside."""
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor() as processes:
        for outcome in processes.map(run, range(len(simulations()))):
            print(f"{outcome.seconds:6.1f} s  {outcome.name}", file=sys.stderr)
            outcomes.append(outcome)
    PAGE.parent.mkdir(exist_ok=True)
    written = PAGE.with_suffix(".tmp")
    written.write_text(document(outcomes), encoding="utf-8")
    os.replace(written, PAGE)
    print(PAGE.relative_to(PAGE.parents[1]))
    told = [answer for outcome in outcomes for answer in (*outcome.told, *outcome.exact)]
    return int(any(not seen.contains(question.value) for question, seen in told))


if __name__ == "__main__":
    sys.exit(main())
