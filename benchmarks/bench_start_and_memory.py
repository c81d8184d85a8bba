"""Whole commands in fresh processes: how long they take, and how much memory.

Nothing heavy is imported here: on Linux a process counts as its own what its parent held when it
was started.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPANY_X = ROOT / "models" / "company-x.toml"
CACHE = "FLEXPORTS_CACHE_DIR"
MOST_MB = 700

_ONE_DAY = """
import sys
from flexports import read_floor
from flexports.study.blocks import Trial
tallies = Trial(read_floor(sys.argv[1]), 1, *sys.argv[3:]).tallies(range(1), [int(sys.argv[2])])
print(sum(tally.sources[0].sum("dials") for tally in tallies.values()), "dials")
"""


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    seconds: float
    megabytes: float
    """Of the largest of its processes, at its largest."""
    output: bytes
    errors: str


def main() -> None:
    """Measure and print."""
    options = parsed()
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only:
            print(f"\n# {name}\n", flush=True)
            PARTS[name](options, Path(folder))


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--only", nargs="+", choices=PARTS, default=list(PARTS), help="parts to run")
    add("--engine", help="flexports' engine; its default if left out")
    add("--repetitions", type=int, default=3)
    add("--days", type=int, default=10_000, help="of the sweep whose memory is measured")
    add("--agents", type=int, default=5000, help="of the large floor")
    add("--days-of-workers", type=int, default=12_000, help="of the sweep by one worker and by two")
    return parser.parse_args()


def start(options: argparse.Namespace, folder: Path) -> None:
    """The first run of a command, which compiles, and the next ones."""
    cache = folder / "cache of the start"
    first = flexports(options, "size", str(COMPANY_X), cache=cache)
    print(f"first `size`: {first.seconds:6.2f} s, {first.megabytes:4.0f} MB; to be under 15 s")
    for line in first.errors.splitlines():
        print(f"    it said: {line}")
    more = [
        flexports(options, "size", str(COMPANY_X), cache=cache) for _ in range(options.repetitions)
    ]
    seconds = [each.seconds for each in more]
    print(
        f"next `size`:  {statistics.median(seconds):6.2f} s "
        f"({min(seconds):.2f} to {max(seconds):.2f}), {more[0].megabytes:4.0f} MB; "
        "to be under 2 s"
    )
    print("same answer:  " + yes_if(all(each.output == first.output for each in more)))


def memory(options: argparse.Namespace, folder: Path) -> None:
    """Many days, and one day of many agents."""
    cache = folder / "cache"
    warm_up(options, cache)
    sweep = flexports(options, *sweeping(options.days, 1), cache=cache)
    told("company X", f"{options.days:,} days, 12 port counts", sweep)
    model = folder / "large.toml"
    model.write_text(large_floor(options.agents), encoding="utf-8")
    script = [sys.executable, "-c", _ONE_DAY, str(model), str(round(0.42 * options.agents))]
    day = run([*script, *([options.engine] if options.engine else [])], cache)
    told("large floor", f"{options.agents:,} agents, one day", day)
    print(f"    it counted: {day.output.decode().strip()}")


def told(name: str, what: str, done: Done) -> None:
    """Print what a command took."""
    print(
        f"{name}: {what:30}{done.megabytes:6.0f} MB, {done.seconds:6.1f} s; "
        f"to be below {MOST_MB} MB"
    )


def workers(options: argparse.Namespace, folder: Path) -> None:
    """The same sweep by one worker and by two, in turn."""
    cache = folder / "cache"
    warm_up(options, cache)
    ratios, same = [], True
    for _ in range(options.repetitions):
        one = flexports(options, *sweeping(options.days_of_workers, 1), cache=cache)
        two = flexports(options, *sweeping(options.days_of_workers, 2), cache=cache)
        print(f"one worker {one.seconds:6.2f} s, two {two.seconds:6.2f} s")
        ratios.append(one.seconds / two.seconds)
        same = same and one.output == two.output
    print(
        f"two are faster by {statistics.median(ratios):.2f} "
        f"({min(ratios):.2f} to {max(ratios):.2f}); to be at least 1.7 on a quiet machine"
    )
    print("same answer: " + yes_if(same))


PARTS = {"start": start, "memory": memory, "workers": workers}


def sweeping(days: int, workers: int) -> Sequence[str]:
    """Arguments of a sweep of Company X over twelve port counts."""
    count = ["--days", str(days), "--workers", str(workers), "--format", "csv"]
    return ["sweep", str(COMPANY_X), "--ports", "1-12", *count]


def warm_up(options: argparse.Namespace, cache: Path) -> None:
    """Compile what there is to compile."""
    flexports(options, *sweeping(2, 1), cache=cache)


def large_floor(agents: int) -> str:
    """Company X with more agents."""
    text = COMPANY_X.read_text(encoding="utf-8")
    assert "count = 5 " in text
    return text.replace("count = 5 ", f"count = {agents} ")


def yes_if(it_is_so: bool) -> str:
    """Say so."""
    return "yes" if it_is_so else "NO"


def flexports(options: argparse.Namespace, *arguments: str, cache: Path) -> Done:
    """Run a command of flexports that simulates."""
    engine = ["--engine", options.engine] if options.engine else []
    return run([sys.executable, "-m", "flexports", *arguments, *engine], cache)


def run(command: Sequence[str], cache: Path) -> Done:
    """Run a command to its end.

    Raises
    ------
    RuntimeError
        If it fails.
    """
    environment = {**os.environ, CACHE: str(cache)}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, env=environment, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        done = Done(seconds, megabytes(usage.ru_maxrss), output.read(), errors.read().decode())
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {done.errors}")
    return done


def megabytes(most: int) -> float:
    """Convert what the system says: kilobytes on Linux, bytes on macOS."""
    return most / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    main()
