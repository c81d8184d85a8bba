"""How fast the engine is, beside SimPy, Cimba, C, Ciw and salabim.

Each workload is one race: all run in turn on one core, and what they counted is shown, so that one
sees that they simulate the same thing. Peers that are not installed are left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence

import contestants
from contestants import ALONE, BY_HAND, CIMBA, KERNEL
from flexports import theory
from flexports.engine import DEFAULT_ENGINE, ENGINES
from measuring import Contestant, Result, print_counts, print_rates, print_shares, race, rates
from ours import HERE, floor_in
from peers.available import report_missing
from peers.facts import HOUR_S, Loss, Queue

DAYS_TO_TELL = 200


def main() -> None:
    """Measure and print."""
    options = parsed()
    if len(options.only) == 1:
        print(f"\n# {options.only[0]}: ", end="", flush=True)
        WORKLOADS[options.only[0]](options)
        return
    report_missing()
    for name in options.only:  # each in a process of its own: none inherits the memory of another
        subprocess.run([sys.executable, *without_only(sys.argv), "--only", name], check=True)


def without_only(arguments: Sequence[str]) -> Sequence[str]:
    """The command line but for the choice of workloads."""
    chosen = [*WORKLOADS, "--only"]
    return [one for one in arguments if one not in chosen]


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--only", nargs="+", choices=WORKLOADS, default=list(WORKLOADS), help="workloads to run")
    add("--engine", choices=ENGINES, default=DEFAULT_ENGINE, help="flexports' engine")
    add("--repetitions", type=int, default=7, help="2 or more")
    add("--seconds", type=float, default=0.3, help="of each contestant in each repetition")
    return parser.parse_args()


def raced(starting: Iterator[Contestant], options: argparse.Namespace) -> Sequence[Result]:
    """Let them race as the options say."""
    return race(list(starting), repetitions=options.repetitions, seconds=options.seconds)


def w3(options: argparse.Namespace) -> None:
    """Agents who dial and answer."""
    print("50 agents dial and answer on 20 ports, 8 hours, all times exponential\n")
    results = raced(contestants.w3(options.engine), options)
    targets = {BY_HAND: "at least 50", CIMBA: "at least 2.5", KERNEL: "aim 0.8"}
    print_rates(results, "days/s", targets=targets)
    names = ("dials", "messages", "by hand", "inbound", "blocked", "abandoned")
    print_counts(but_the_engine_alone(results), names, "a day")
    print("(flexports counts up to closing; the others count the last messages after it, too)")


def loss(options: argparse.Namespace) -> None:
    """Calls that take a port or are lost."""
    facts = Loss.of(floor_in(HERE / "loss-floor.toml"))
    print(f"{facts.load_erl:g} erlangs on {facts.ports} ports, all times exponential\n")
    results = raced(contestants.loss(options.engine, facts), options)
    print_calls(results, facts.rate_per_s)
    print("(flexports to be at least 8,000)")
    known = "Erlang B", theory.erlang_b(facts.load_erl, facts.ports)
    print_shares(but_the_engine_alone(results), "blocked", "offered", known)


def queue(options: argparse.Namespace) -> None:
    """Callers who wait for agents as long as they are patient."""
    facts = Queue.of(floor_in(HERE / "queue-floor.toml"))
    load_erl = facts.rate_per_s * facts.talk_s
    print(f"{load_erl:g} erlangs on {facts.agents} agents, all times exponential\n")
    results = raced(contestants.queue(options.engine, facts), options)
    print_calls(results, facts.rate_per_s)
    exact = theory.erlang_a(facts.rate_per_s, facts.talk_s, facts.agents, facts.patience_s)
    print_shares(results, "abandoned", "asked", ("Erlang A", exact.abandonment))


def sweep(options: argparse.Namespace) -> None:
    """Company X on twelve port counts, and on eight."""
    twelve, eight = range(1, 13), range(1, 9)
    print("Company X, days of 6 hours, each on 12 port counts\n")
    results = raced(contestants.company_x(options.engine, twelve), options)
    print_rates(results, "day-simulations/s", factor=len(twelve))
    print("(flexports to be at least 3,000)")
    print_counts(results, ("messages", "blocked"), "a day on all counts")
    print(f"\n{DAYS_TO_TELL} days on 8 port counts (flexports to be under 1 s)")
    for result in raced(contestants.company_x(options.engine, eight), options):
        print_duration(result)


WORKLOADS = {"w3": w3, "loss": loss, "queue": queue, "sweep": sweep}


def but_the_engine_alone(results: Sequence[Result]) -> Sequence[Result]:
    """Leave out the one that has no tally."""
    return [each for each in results if each.name != ALONE]


def print_calls(results: Sequence[Result], rate_per_s: float) -> None:
    """Print calls a second: hours a second, times the calls that arrive in an hour."""
    print_rates(results, "1,000 calls/s", factor=rate_per_s * HOUR_S / 1000)


def print_duration(result: Result) -> None:
    """Print how long the days take; extrapolated if fewer were run at a time."""
    at_a_time = result.laps[0].amount
    few = f"   extrapolated from {at_a_time}" if at_a_time < DAYS_TO_TELL else ""
    print(f"{result.name:24}{DAYS_TO_TELL / rates(result).median:8.3f} s{few}")


if __name__ == "__main__":
    main()
