"""flexports as a contestant: ordinary floor files and engines, sampling and tally included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import flexports
from flexports.engine import engine_named
from flexports.floor import Floor
from flexports.study.blocks import Trial
from flexports.tally import Tallies
from measuring import Contestant, Counts, Run

HERE = Path(__file__).parent
MODELS = HERE.parent / "models"
_FAR = 100_000
"""Days of one repetition are as far from those of the next."""
_TAPES = 4
"""So few stay in the processor's caches, as one that was drawn just before does."""

Counted = Sequence[tuple[str, int, str]]
"""What to count: the name for it, the source's number, the quantity of its tally."""


def floor_in(file: Path) -> Floor:
    """Read a floor."""
    return flexports.read_floor(file)


def whole(
    name: str, trial: Trial, ports: Sequence[int], counted: Counted, *, unit: int = 1
) -> Contestant:
    """Sampling, engine and tally, for days of `unit` units of work."""

    def ready(seed: int, amount: int) -> Run:
        days = range(seed * _FAR, seed * _FAR + amount // unit)
        return lambda: counts_of(trial.tallies(days, ports), counted)

    return Contestant(name, ready, least=unit)


def engine_alone(name: str, trial: Trial, ports: int, *, unit: int = 1) -> Contestant:
    """The engine on a few tapes that it has read before, without a tally."""

    def ready(seed: int, amount: int) -> Run:
        run_day, plan = engine_named(trial.engine), trial.plan
        days = amount // unit
        tapes = [trial.tape(seed * _FAR + day) for day in range(min(days, _TAPES))]

        def run(days: int = days) -> Counts:
            ended = (run_day(plan, tapes[day % _TAPES], ports) for day in range(days))
            return {"calls": sum(len(outcomes.calls) for outcomes in ended)}

        run(len(tapes))  # an agent's dials are drawn when he first dials
        return run

    return Contestant(name, ready, least=unit)


def counts_of(tallies: Tallies, counted: Counted) -> Counts:
    """What the tallies of all port counts say."""
    counts: Counter[str] = Counter()
    for tally in tallies.values():
        for name, source, quantity in counted:
            counts[name] += tally.sources[source].sum(quantity)
    return counts
