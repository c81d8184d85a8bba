"""How long it takes to know blocking to 1 % on each of 21 port counts, at 80 erlangs.

Three ways to the same end, half an interval of 95 % being 1 % of what 80 to 100 ports block:

- a model written by hand in SimPy, and days of their own for each port count. It is extrapolated:
  days take as long as some that are timed here, and as many are needed as their variance asks for,
  which is that of the days of `sweep`, of which there are many more;
- `sweep` without controls: all port counts on the same days, on the compiled engine;
- `sweep` as it is, with controls.

Time is processor time of this process.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from scipy.special import stdtrit

import flexports
from flexports import theory
from flexports.study.results import Sweep
from measuring import short
from ours import HERE, floor_in
from peers.facts import HOUR_S, Loss
from peers.simpy_queues import LossFloor

SOURCE, METRIC = "IVR", "blocking"
PLAIN_TARGET, CONTROLS_TARGET = 1000.0, 4.0
FLOOR = HERE / "loss-floor.toml"


def main() -> None:
    """Measure and print."""
    options = parsed()
    counts = range(options.ports[0], options.ports[1] + 1)
    facts = Loss.of(floor_in(FLOOR))
    print(f"{facts.load_erl:g} erlangs on {counts[0]} to {counts[-1]} ports, all times exponential")
    print(f"Until each blocking is known to {100 * options.precision:g} %\n")
    warm_up(counts)
    controlled = timed(options, counts, controls=True)
    plain = timed(options, counts, controls=False)
    by_hand = naive(facts, options, days_needed(plain.sweep, options.precision))
    print_times(by_hand, plain, controlled)
    print_found(controlled.sweep, facts)


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--ports", type=int, nargs=2, default=[80, 100], help="the fewest and the most")
    add("--precision", type=float, default=0.01, help="half an interval as a share of the value")
    add("--days", type=int, default=2, help="days by hand that are timed on each of some counts")
    add("--seed", type=int, default=1)
    return parser.parse_args()


@dataclass(frozen=True)
class Ours:
    """One study of ours."""

    sweep: Sweep
    seconds: float

    @property
    def days(self) -> int:
        """Days of a port count, added up."""
        return sum(self.sweep.days_of(count) for count in self.sweep.ports)


def warm_up(counts: Sequence[int]) -> None:
    """Compile what is to be compiled."""
    flexports.sweep(floor_in(FLOOR), counts, days=2)


def timed(options: argparse.Namespace, counts: Sequence[int], *, controls: bool) -> Ours:
    """Run one study."""
    floor, began = floor_in(FLOOR), time.process_time()
    found = flexports.sweep(
        floor, counts, precision=options.precision, seed=options.seed, controls=controls
    )
    return Ours(found, time.process_time() - began)


def days_needed(sweep: Sweep, precision: float) -> Mapping[int, float]:
    """How many days of a port count give that precision, without controls."""
    needed = {}
    for count in sweep.ports:
        days, each = sweep.days_of(count), sweep.estimate(count, SOURCE, METRIC)
        so_far = each.relative_half_width / float(stdtrit(days - 1, 0.975))
        needed[count] = days * (1.96 * so_far / precision) ** 2
    return needed


@dataclass(frozen=True)
class ByHand:
    """Days in SimPy."""

    seconds_a_day: Mapping[int, float]
    """As measured."""
    needed: Mapping[int, float]

    @property
    def seconds(self) -> float:
        """Of all days that are needed: a day takes about the same on any of the port counts."""
        return fmean(self.seconds_a_day.values()) * sum(self.needed.values())


def naive(facts: Loss, options: argparse.Namespace, needed: Mapping[int, float]) -> ByHand:
    """Time some days by hand, on the fewest, the most and the middle of the port counts."""
    counts, hours = list(needed), round(floor_in(FLOOR).day.length_s / HOUR_S)
    seconds = {}
    for count in (counts[0], counts[len(counts) // 2], counts[-1]):
        began = time.process_time()
        for day in range(options.days):
            LossFloor(replace(facts, ports=count), options.seed + day, hours)
        seconds[count] = (time.process_time() - began) / options.days
    return ByHand(seconds, needed)


def print_times(by_hand: ByHand, plain: Ours, controlled: Ours) -> None:
    """Print how long each takes, and the ratios."""
    days = sum(by_hand.needed.values())
    timed_days = ", ".join(f"{short(each)} s" for each in by_hand.seconds_a_day.values())
    print(f"{'':28}{'s':>12}{'days of a count':>20}")
    print(f"{'SimPy, by hand':28}{short(by_hand.seconds):>12}{days:20,.0f}   extrapolated")
    for name, ours in (("flexports, without controls", plain), ("flexports", controlled)):
        print(f"{name:28}{short(ours.seconds):>12}{ours.days:20,}")
    print(f"(a day by hand: {timed_days})\n")
    times = by_hand.seconds / controlled.seconds
    print(f"Faster than by hand by     {short(times)}; to be at least {PLAIN_TARGET:,.0f}")
    print(f"... without controls by    {short(by_hand.seconds / plain.seconds)}")
    times = plain.seconds / controlled.seconds
    print(f"Faster with controls by    {short(times)}; to be at least {CONTROLS_TARGET:g}")


def print_found(sweep: Sweep, facts: Loss) -> None:
    """Print what was found beside Erlang B."""
    print("\nports   blocking   +-          Erlang B     days")
    for count in sweep.ports:
        each = sweep.estimate(count, SOURCE, METRIC)
        exact, half = theory.erlang_b(facts.load_erl, count), 100 * each.relative_half_width
        found = f"{count:5}   {each.value:.6f}   {half:.2f} %      {exact:.6f}"
        print(f"{found}   {sweep.days_of(count):6,}")


if __name__ == "__main__":
    main()
