"""The same days by one worker, by two threads and by two processes, by the clock.

Threads share one interpreter, which is free while the compiled engine runs and not while a tape is
drawn; processes each have their own, and import everything anew. Ratios mean something on a
machine with two idle cores only.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flexports import read_floor
from flexports.engine import DEFAULT_ENGINE
from flexports.study.blocks import Trial, blocks
from flexports.study.workers import Crew
from flexports.tally import Tallies, merged
from measuring import Spread, short

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Workload:
    """Days of a floor on some port counts."""

    floor: Path
    counts: Sequence[int]
    short: int
    long: int


WORKLOADS = {
    "w3": Workload(FOLDER / "dialing-floor.toml", [20], short=40, long=400),
    "sweep": Workload(FOLDER.parent / "models" / "company-x.toml", range(1, 13), 100, 1000),
}
CREWS: Mapping[str, Callable[[int], Crew]] = {
    "one": lambda _: Crew(1),
    "threads": lambda workers: Crew(workers, in_threads=True),
    "processes": Crew,
}


def main() -> None:
    """Measure and print."""
    options = parsed()
    for name in options.only:
        workload = WORKLOADS[name]
        trial = Trial(read_floor(workload.floor), 1, options.engine)
        trial.tallies(range(1), workload.counts)  # whatever is compiled, is compiled here
        for days in (workload.short, workload.long):
            study = partial(tallies, trial, range(days), workload.counts)
            print(f"\n# {name}: {days:,} days on {len(workload.counts)} port counts\n", flush=True)
            measure(study, options)


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--only", nargs="+", choices=WORKLOADS, default=list(WORKLOADS), help="workloads to run")
    add("--engine", default=DEFAULT_ENGINE)
    add("--repetitions", type=int, default=7)
    add("--workers", type=int, default=2)
    return parser.parse_args()


def tallies(trial: Trial, days: range, counts: Sequence[int], crew: Crew) -> Tallies:
    """Run days as a study does."""
    jobs = list(blocks(days, trial.floor))
    return merged(crew.in_order(partial(trial.tallies, ports=counts), jobs))


def measure(study: Callable[[Crew], Tallies], options: argparse.Namespace) -> None:
    """Have the crews do it in turn, each from its engagement on and once more."""
    seconds: dict[str, list[float]] = {}
    for _ in range(options.repetitions):
        found = []
        for name, engage in CREWS.items():
            began = time.perf_counter()
            with engage(options.workers) as crew:
                found.append(study(crew))
                engaged = time.perf_counter()
                found.append(study(crew))
                ended = time.perf_counter()
            seconds.setdefault(name, []).append(engaged - began)
            seconds.setdefault(f"{name}, once more", []).append(ended - engaged)
        assert all(each == found[0] for each in found)
    print(f"{'':24}{'seconds':28}times as fast as one worker")
    for name, laps in seconds.items():
        base = seconds["one, once more" if name.endswith("more") else "one"]
        ratios = Spread([one / lap for one, lap in zip(base, laps, strict=True)])
        print(f"{name:24}{Spread(laps).text:28}{ratios.text}")
    print(
        f"threads over processes: {pairs(seconds, '')}; once more: {pairs(seconds, ', once more')}"
    )


def pairs(seconds: Mapping[str, Sequence[float]], which: str) -> str:
    """Tell how many times as fast threads are as processes."""
    threads, processes = seconds[f"threads{which}"], seconds[f"processes{which}"]
    ratios = Spread([slow / fast for fast, slow in zip(threads, processes, strict=True)])
    return f"{short(ratios.median)} ({short(min(ratios.values))} to {short(max(ratios.values))})"


if __name__ == "__main__":
    main()
