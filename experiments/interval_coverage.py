"""How often the confidence intervals contain the truth.

Prints the coverage of the 95 % intervals of `flexports.estimates` on systems whose truth is known,
from experiments of 10, 50 and 400 days of 100 calls, each repeated many times:

- blocking and time congestion of a loss system (Erlang B), from next to no blocked calls in all
  days to many, also with traffic that differs from day to day (a gamma factor with cv 0.2);
- mean hold and its quantiles of a queue (Erlang C).

Days are short and start in the steady state, so that the truth is exact. Behind each coverage (in
percent) stands, in brackets, how often the textbook interval, value plus or minus t standard
errors, contains the truth; and how large our upper bound is in terms of the truth (the median).

Run it from the root of the repository: ``python experiments/interval_coverage.py``. It takes about
a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from flexports.estimates.intervals import (
    UNKNOWN,
    Certainty,
    Interval,
    amount,
    share_of_calls,
    share_of_time,
)
from flexports.estimates.quantiles import HoldQuantiles
from flexports.estimates.ratios import Point, ratio_of_sums
from flexports.tally import HOLD_EDGES_S, HoldCounts, Layout, Moments

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

CALLS_A_DAY = 100
DAYS = (10, 50, 400)
EXPECTED_BLOCKED = (0.3, 1, 3, 10, 30, 100)
EXPECTED_WAITING = (3, 10, 30, 100, 300, 1000)
REPLICATIONS = {10: 1000, 50: 1000, 400: 250}
TALK_S = 180.0
CONFIDENCE = 0.95
TICKS = 2**20


class LossDays(NamedTuple):
    """What happened on many days of a loss system; each array has shape (days,)."""

    offered: IntArray
    blocked: IntArray
    full: FloatArray
    """The share of the day with no port free."""


class Row(NamedTuple):
    """An estimate on a system, and what its intervals did."""

    system: str
    estimate: str
    days: int
    expected: float
    """Blocked calls, or callers who hold, in all days."""
    replications: int
    covered: float
    """The share of the intervals that contain the truth."""
    textbook: float
    """The share of the intervals "value plus or minus t standard errors" that contain it."""
    upper: float
    """The median of the upper bound over the truth."""


class Case(NamedTuple):
    """What is estimated, and what it truly is."""

    system: str
    estimate: str
    days: int
    expected: float
    truth: float

    def row(self, found: list[tuple[Interval, Interval]]) -> Row:
        """Compare with the intervals found, ours and the textbook's, in each replication."""
        ours, textbook = (np.array(intervals) for intervals in zip(*found, strict=True))
        return Row(
            *self[:4],
            len(found),
            self._covered(ours),
            self._covered(textbook),
            float(np.median(ours[:, 1]) / self.truth),
        )

    def _covered(self, intervals: FloatArray) -> float:
        if np.isnan(intervals).any():
            return np.nan
        return float(np.mean((intervals[:, 0] <= self.truth) & (self.truth <= intervals[:, 1])))


# ---- Loss systems: blocking and time congestion


@dataclass(frozen=True)
class LossSystem:
    """Poisson calls, exponential holding, blocked calls lost; a gamma factor on each day's rate."""

    ports: int
    load_erl: float
    day_cv: float = 0.0

    @classmethod
    def with_blocking(cls, ports: int, blocking: float, day_cv: float) -> LossSystem:
        """The one whose offered load makes that share of its calls find no port."""
        load = optimize.brentq(
            lambda load_erl: cls(ports, load_erl, day_cv).blocking - blocking, 1e-3, 3.0 * ports
        )
        return cls(ports, float(load), day_cv)

    @property
    def blocking(self) -> float:
        """Blocked over offered: the mean of Erlang B over days, weighted with their calls."""
        factor, weight = self._day_factors()
        return float((weight * factor * erlang_b(self.load_erl * factor, self.ports)).sum())

    @property
    def time_congestion(self) -> float:
        """The share of time with no port free: the mean of Erlang B over days."""
        factor, weight = self._day_factors()
        return float((weight * erlang_b(self.load_erl * factor, self.ports)).sum())

    def _day_factors(self) -> tuple[FloatArray, FloatArray]:
        if self.day_cv == 0.0:
            return np.ones(1), np.ones(1)
        shape = self.day_cv**-2
        nodes, weights = special.roots_genlaguerre(60, shape - 1.0)
        return nodes / shape, weights / weights.sum()

    def days(self, generator: np.random.Generator, days: int) -> LossDays:
        """Simulate days side by side, jump by jump of the Markov chain."""
        factor = np.ones(days)
        if self.day_cv:
            factor = generator.gamma(self.day_cv**-2, self.day_cv**2, days)
        return _run_loss(generator, self.load_erl * factor, self.ports, CALLS_A_DAY / self.load_erl)


def erlang_b(load_erl: FloatArray, ports: int) -> FloatArray:
    """Erlang's loss formula by its recursion."""
    blocking = np.ones_like(load_erl)
    for number in range(1, ports + 1):
        blocking = load_erl * blocking / (number + load_erl * blocking)
    return blocking


def _run_loss(
    generator: np.random.Generator, rate: FloatArray, ports: int, length: float
) -> LossDays:
    """Days of `length` mean holding times, the arrival rate of each being given."""
    days = len(rate)
    result = LossDays(np.zeros(days, np.int64), np.zeros(days, np.int64), np.zeros(days))
    still = np.arange(days)
    busy, time = _steady_state(generator, rate, ports), np.zeros(days)
    while len(still):
        jump = generator.standard_exponential(len(still)) / (rate + busy)
        full = busy == ports
        result.full[still] += full * (np.minimum(time + jump, length) - time) / length
        time += jump
        inside = time < length
        arrival = generator.random(len(still)) * (rate + busy) < rate
        result.offered[still] += arrival & inside
        result.blocked[still] += arrival & full & inside
        busy = np.where(arrival, np.minimum(busy + 1, ports), busy - 1)
        still, rate, busy, time = still[inside], rate[inside], busy[inside], time[inside]
    return result


def _steady_state(generator: np.random.Generator, rate: FloatArray, ports: int) -> IntArray:
    """The number of busy ports at the start of each day."""
    number = np.arange(ports + 1)
    weight = np.exp(special.xlogy(number, rate[:, None]) - special.gammaln(number + 1.0))
    cumulated = weight.cumsum(axis=1)
    drawn = generator.random(len(rate))[:, None] * cumulated[:, -1:]
    return np.asarray((drawn > cumulated).sum(axis=1), dtype=np.int64)


def loss_rows(
    system: LossSystem, days: int, replications: int, generator: np.random.Generator
) -> Iterator[Row]:
    """Coverage of blocking and of time congestion."""
    shape = (replications, days)
    run = system.days(generator, days * replications)
    counts = zip(run.blocked.reshape(shape), run.offered.reshape(shape), strict=True)
    sure = Certainty(CONFIDENCE, days)
    about = f"loss, {system.ports} ports, day cv {system.day_cv}"
    expected = system.blocking * CALLS_A_DAY * days
    case = Case(about, "blocking", days, expected, system.blocking)
    yield case.row([_blocking(blocked, offered, sure) for blocked, offered in counts])
    case = Case(about, "time congestion", days, expected, system.time_congestion)
    leg = system.load_erl / CALLS_A_DAY  # how long a port is held, as a share of the day
    yield case.row([_time_congestion(full, leg, sure) for full in run.full.reshape(shape)])


def _blocking(blocked: IntArray, offered: IntArray, sure: Certainty) -> tuple[Interval, Interval]:
    point = _ratio(blocked, offered)
    found = share_of_calls(int(blocked.sum()), int(offered.sum()), point.variance, sure)
    return found, _textbook(point, sure)


def _time_congestion(full: FloatArray, leg: float, sure: Certainty) -> tuple[Interval, Interval]:
    point = Point(float(full.mean()), float(full.var(ddof=1)) / sure.days)
    found = share_of_time(*point, sure.unseen / sure.days * leg, sure)
    return found, _textbook(point, sure)


# ---- Queues: hold


@dataclass(frozen=True)
class Queue:
    """Poisson calls, exponential talk, agents, and callers who hold for ever."""

    agents: int
    load_erl: float

    @classmethod
    def with_waiting(cls, agents: int, waiting: float) -> Queue:
        """The one whose offered load makes that share of its callers hold."""
        load = optimize.brentq(
            lambda load_erl: cls(agents, load_erl).waiting - waiting, 1e-3, agents - 1e-6
        )
        return cls(agents, float(load))

    @property
    def waiting(self) -> float:
        """The share of callers who hold (Erlang C)."""
        lost = float(erlang_b(np.array([self.load_erl]), self.agents)[0])
        return lost / (1.0 - self.load_erl / self.agents * (1.0 - lost))

    @property
    def hold_mean_s(self) -> float:
        """The mean hold of all callers."""
        return self.waiting * TALK_S / (self.agents - self.load_erl)

    def hold_quantile_s(self, p: float) -> float:
        """Hold is longer than t with probability C exp(-(c - a) t / talk)."""
        spread = TALK_S / (self.agents - self.load_erl)
        return max(0.0, float(np.log(self.waiting / (1.0 - p))) * spread)

    def holds_s(self, generator: np.random.Generator, days: int) -> FloatArray:
        """Hold of every caller of every day, NaN-padded: shape (days, callers)."""
        length = CALLS_A_DAY / self.load_erl
        work, time = self._steady_state(generator, days), np.zeros(days)
        holds: list[FloatArray] = []
        while True:
            gap = generator.standard_exponential(days) / self.load_erl
            time += gap
            if np.all(time >= length):
                return np.array(holds).T * TALK_S
            work = np.maximum(work - gap[:, None], 0.0)
            holds.append(np.where(time < length, work.min(axis=1), np.nan))
            work[np.arange(days), work.argmin(axis=1)] += generator.standard_exponential(days)

    def _steady_state(self, generator: np.random.Generator, days: int) -> FloatArray:
        """The work before each agent at the start of each day."""
        number = np.arange(5000)
        busy = np.minimum(number, self.agents)
        log_weight = number * np.log(self.load_erl) - np.log(np.maximum(busy, 1)).cumsum()
        cumulated = np.exp(log_weight - log_weight.max()).cumsum()
        calls = np.searchsorted(cumulated, generator.random(days) * cumulated[-1])
        work = np.zeros((days, self.agents))
        for call in range(calls.max()):
            there = np.flatnonzero(calls > call)
            agent = work[there].argmin(axis=1)
            work[there, agent] += generator.standard_exponential(len(there))
        return work


def queue_rows(
    queue: Queue, days: int, replications: int, generator: np.random.Generator
) -> Iterator[Row]:
    """Coverage of the mean hold and of its quantiles where they are not zero."""
    holds_s = queue.holds_s(generator, days * replications).reshape(replications, days, -1)
    sure = Certainty(CONFIDENCE, days)
    about = f"queue, {queue.agents} agents"
    expected = queue.waiting * CALLS_A_DAY * days
    case = Case(about, "hold mean", days, expected, queue.hold_mean_s)
    yield case.row([_hold_mean(one, sure) for one in holds_s])
    quantiles = [_quantiles(one, sure) for one in holds_s]
    for p in (0.9, 0.99):
        case = Case(about, f"hold p{100 * p:.0f}", days, expected, queue.hold_quantile_s(p))
        if case.truth > 0.0:
            yield case.row([(one.interval(p), UNKNOWN) for one in quantiles])


def _hold_mean(holds_s: FloatArray, sure: Certainty) -> tuple[Interval, Interval]:
    ticks = np.rint(np.nansum(holds_s, axis=1) * TICKS).astype(np.int64)
    asked = np.count_nonzero(~np.isnan(holds_s), axis=1)
    point = Point(*(part / TICKS**power for power, part in enumerate(_ratio(ticks, asked), 1)))
    _, waiting = share_of_calls(0, int(asked.sum()), 0.0, sure)
    return amount(*point, waiting * TALK_S, sure), _textbook(point, sure)


def _quantiles(holds_s: FloatArray, sure: Certainty) -> HoldQuantiles:
    """As a tally has them: the day's counts up to each edge, and sums over days."""
    edges = len(HOLD_EDGES_S)
    bins = np.searchsorted(HOLD_EDGES_S, holds_s)  # NaN sorts last, with what lies beyond the edges
    cells = bins + (edges + 1) * np.arange(len(bins))[:, None]
    counts = np.bincount(cells.ravel(), minlength=(edges + 1) * len(bins)).reshape(len(bins), -1)
    counts = counts[:, :-1].cumsum(axis=1)
    asked = np.count_nonzero(~np.isnan(holds_s), axis=1)
    sums = HoldCounts(counts.sum(axis=0), (counts**2).sum(axis=0), asked @ counts)
    total, squares = int(asked.sum()), int((asked**2).sum())
    return HoldQuantiles(sums, Moments(Layout(("asked",)), (total,), (squares,)), sure)


# ---- What both have in common


def _ratio(above: IntArray, below: IntArray) -> Point:
    y, x = above.tolist(), below.tolist()
    products = (
        sum(one * one for one in y),
        sum(one * other for one, other in zip(y, x, strict=True)),
        sum(one * one for one in x),
    )
    return ratio_of_sums(sum(y), sum(x), products, len(y))


def _textbook(point: Point, sure: Certainty) -> Interval:
    upper = 1.0 - sure.tail
    half = float(special.stdtrit(sure.days - 1, upper)) * point.variance**0.5
    return point.value - half, point.value + half


def all_rows(seed: int = 2024) -> Iterator[Row]:
    """Every case of the table."""
    generator = np.random.default_rng(seed)
    for ports, day_cv, days in product((7, 20), (0.0, 0.2), DAYS):
        for expected in EXPECTED_BLOCKED:
            system = LossSystem.with_blocking(ports, expected / (CALLS_A_DAY * days), day_cv)
            yield from loss_rows(system, days, REPLICATIONS[days], generator)
    for agents, days in product((3, 8), DAYS):
        for expected in EXPECTED_WAITING:
            if expected < CALLS_A_DAY * days:
                queue = Queue.with_waiting(agents, expected / (CALLS_A_DAY * days))
                yield from queue_rows(queue, days, REPLICATIONS[days], generator)


def table(rows: Iterable[Row], expected: Sequence[float]) -> Iterator[str]:
    """Lines of a table: a line an estimate and number of days, a column a number of events."""
    columns = [f"{number:g} expected" for number in expected]
    yield "| " + " | ".join(["system", "estimate", "days", *columns]) + " |"
    yield "| --- | --- | ---: |" + " ---: |" * len(columns)
    in_order = sorted(rows, key=_line)
    for line, cases in groupby(in_order, key=_line):
        by_expected = {round(case.expected, 6): _cell(case) for case in cases}
        cells = [by_expected.get(round(number, 6), "") for number in expected]
        yield "| " + " | ".join([*map(str, line), *cells]) + " |"


def _line(row: Row) -> tuple[str, str, int]:
    return row.system, row.estimate, row.days


def _cell(row: Row) -> str:
    textbook = "" if np.isnan(row.textbook) else f" ({100 * row.textbook:.0f})"
    return f"{100 * row.covered:.1f}{textbook} {row.upper:.1f}x"


def main() -> None:
    """Print the tables."""
    rows = list(all_rows())
    loss = [row for row in rows if row.system.startswith("loss")]
    queues = [row for row in rows if row.system.startswith("queue")]
    for lines in (table(loss, EXPECTED_BLOCKED), table(queues, EXPECTED_WAITING)):
        print("\n".join(lines), end="\n\n")


if __name__ == "__main__":
    main()
