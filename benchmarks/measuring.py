"""A race: all contestants in turn, again and again, and what the medians say.

The machine's speed drifts, and so do its neighbours. What is compared is therefore measured in turn
within each repetition, and a ratio is the median of the ratios of pairs. Time is processor time of
this process.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

Counts = Mapping[str, float]
"""What a contestant counted, by name."""
Run = Callable[[], Counts]


@dataclass(frozen=True)
class Contestant:
    """Somebody who simulates.

    Attributes
    ----------
    name : str
    ready : callable
        Given a seed and an amount of work, returns what is to be timed.
    least : int
        The smallest amount; every other is a multiple of it.
    """

    name: str
    ready: Callable[[int, int], Run]
    least: int = 1


@dataclass(frozen=True)
class Lap:
    """One timed run of one contestant."""

    seconds: float
    amount: int
    counts: Counts

    @property
    def rate(self) -> float:
        """Amount of work a second."""
        return self.amount / self.seconds


@dataclass(frozen=True)
class Result:
    """What a contestant did in each repetition."""

    name: str
    laps: Sequence[Lap]

    @property
    def amount(self) -> int:
        """Of all repetitions."""
        return sum(lap.amount for lap in self.laps)

    def total(self, count: str) -> float:
        """What was counted in all repetitions."""
        return sum(lap.counts[count] for lap in self.laps)

    def share(self, part: str, whole: str) -> Spread:
        """A share of what was counted, in each repetition."""
        return Spread([lap.counts[part] / lap.counts[whole] for lap in self.laps])


@dataclass(frozen=True)
class Spread:
    """The same thing, measured several times."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    @property
    def mean(self) -> float:
        """The mean."""
        return statistics.fmean(self.values)

    @property
    def error(self) -> float:
        """The standard error of the mean."""
        return statistics.stdev(self.values) / sqrt(len(self.values))

    @property
    def text(self) -> str:
        """Median, least and most."""
        return f"{short(self.median)} ({short(min(self.values))} to {short(max(self.values))})"


def short(number: float) -> str:
    """Write a number with three digits or all that stand before the point."""
    for least, digits in ((100, 0), (10, 1), (1, 2)):
        if number >= least:
            return f"{number:,.{digits}f}"
    return f"{number:.3g}"


def race(
    contestants: Sequence[Contestant], *, repetitions: int, seconds: float = 0.0
) -> Sequence[Result]:
    """Run all contestants in turn.

    Parameters
    ----------
    contestants : sequence of Contestant
    repetitions : int
    seconds : float
        About how long each of them runs in each repetition; each does the least it can if that
        takes longer.
    """
    # Peers first: one that compiles with numba, as Cimba does, does not find its own classes any
    # more once flexports has been compiled in the same process.
    peers_first = sorted(contestants, key=lambda each: each.name.startswith("flexports"))
    amount_of = {each.name: _amount(each, seconds) for each in peers_first}
    amounts = [amount_of[each.name] for each in contestants]
    laps: list[list[Lap]] = [[] for _ in contestants]
    for repetition in range(repetitions):
        for each, amount, mine in zip(contestants, amounts, laps, strict=True):
            mine.append(_timed(each, repetition + 1, amount))
    return [Result(each.name, mine) for each, mine in zip(contestants, laps, strict=True)]


def _timed(contestant: Contestant, seed: int, amount: int) -> Lap:
    run = contestant.ready(seed, amount)
    gc.collect()
    start = time.process_time()
    counts = run()
    return Lap(time.process_time() - start, amount, counts)


def _amount(contestant: Contestant, seconds: float) -> int:
    """How much takes so long; to find out warms up, too."""
    amount = contestant.least
    _timed(contestant, 0, amount)  # whatever is compiled, is compiled here
    while seconds:
        took = _timed(contestant, 0, amount).seconds
        if took > seconds / 4:
            return contestant.least * max(1, round(amount / contestant.least * seconds / took))
        amount *= max(2, min(16, ceil(seconds / 4 / max(took, 1e-6))))
    return amount


def rates(result: Result, factor: float = 1.0) -> Spread:
    """Work a second, in each repetition, in other units."""
    return Spread([factor * lap.rate for lap in result.laps])


def ratios(one: Result, other: Result) -> Spread:
    """How many times as fast one is as the other, in each repetition."""
    return Spread([a.rate / b.rate for a, b in zip(one.laps, other.laps, strict=True)])


def print_rates(
    results: Sequence[Result],
    unit: str,
    *,
    factor: float = 1.0,
    targets: Mapping[str, str] | None = None,
) -> None:
    """Print the rate of each, and how many times as fast the first is."""
    first = results[0]
    print(f"{'':24}{unit:32}{first.name} is faster by")
    for result in results:
        ratio = "" if result is first else ratios(first, result).text
        target = (targets or {}).get(result.name, "")
        told = f"{ratio}   {target}" if target else ratio
        print(f"{result.name:24}{rates(result, factor).text:32}{told}".rstrip())


def print_counts(results: Sequence[Result], names: Sequence[str], unit: str) -> None:
    """Print what each counted, on average for one unit of work."""
    print(f"\nWhat they counted, {unit}:")
    print(f"{'':24}" + "".join(f"{name:>12}" for name in names))
    for result in results:
        means = "".join(f"{result.total(name) / result.amount:12,.1f}" for name in names)
        print(f"{result.name:24}{means}   over {result.amount:,}")


def print_shares(
    results: Sequence[Result], part: str, whole: str, expected: tuple[str, float]
) -> None:
    """Print a share that is known beside what each found, with its standard error."""
    print(f"\nWhat they found, {part} of {whole}:")
    for result in results:
        share = result.share(part, whole)
        print(f"{result.name:24}{share.mean:.5f} +- {share.error:.5f}")
    print(f"{expected[0]:24}{expected[1]:.5f}")
