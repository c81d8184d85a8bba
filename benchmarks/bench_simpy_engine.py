"""How much slower the general SimPy engine is than a SimPy model written for one floor.

Both run the same floor for the same days in turn, in one process; the ratio is that of each pair,
so that a machine whose speed drifts does not favour either. The engine's time includes drawing the
tape, as the other draws while it runs. The two draw differently, so their counts agree only within
chance; they are printed for that.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import flexports
from flexports.engine import DayOutcomes
from flexports.engine.simpy_engine.day import run_day
from flexports.flows import Plan
from flexports.sources import plan_of
from flexports.study.blocks import Trial
from plain_simpy import PORTS, Floor

DAYS = 15
SEED = 1
T = TypeVar("T")


def main() -> None:
    """Measure and print."""
    floor = flexports.read_floor(Path(__file__).with_name("dialing-floor.toml"))
    trial, plan = Trial(floor, SEED), plan_of(floor)
    pairs = []
    for day in range(DAYS + 1):
        ours_s, ours = timed(partial(run_on_tape, trial, plan, day))
        plain_s, plain = timed(partial(Floor, day))
        pairs.append((ours_s, plain_s))
    report(pairs[1:])  # the first is to warm up
    compare(plan, ours, plain)


def run_on_tape(trial: Trial, plan: Plan, day: int) -> DayOutcomes:
    """Draw a day and run it."""
    return run_day(plan, trial.tape(day), PORTS)


def compare(plan: Plan, ours: DayOutcomes, plain: Floor) -> None:
    """Print what both counted on the last day."""
    outbound, toll_free = (ours.calls["source"] == number for number in (0, 1))
    outcome = ours.calls["outcome"]
    counts = {
        "dials": outbound.sum(),
        "by hand": (outcome == plan.outcomes.index("by hand")).sum(),
        "inbound": toll_free.sum(),
        "blocked": (outcome == plan.outcomes.index("lost")).sum(),
        "abandoned": (outcome == plan.outcomes.index("abandoned")).sum(),
    }
    for name, count in counts.items():
        print(f"{name:25} {count:6}    written by hand {plain.seen[name]:6}")


def report(pairs: list[tuple[float, float]]) -> None:
    """Print medians and the ratio."""
    ours, plain = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratios = sorted(one / other for one, other in pairs)
    print(f"50 agents, 20 ports, 8 hours; {len(pairs)} days, processor time of one core")
    print(f"flexports, SimPy engine   {1e3 * ours:6.0f} ms a day")
    print(f"SimPy, written by hand    {1e3 * plain:6.0f} ms a day")
    print(
        f"ratio                     {statistics.median(ratios):6.2f}"
        f"   ({ratios[0]:.2f} to {ratios[-1]:.2f}; to be at most 1.5)"
    )


def timed(run: Callable[[], T]) -> tuple[float, T]:
    """Processor seconds that a run takes, and what it returns."""
    start = time.process_time()
    result = run()
    return time.process_time() - start, result


if __name__ == "__main__":
    main()
