"""Exact values beside the simulation, where a floor has a closed form or a small chain.

A floor on which every duration is exponential and every stream Poisson is a Markov chain
(`flexports.study.markov`), and its mean counts over the very span that the simulation counts follow
from the chain begun at opening. On a pure loss floor, where no agent dials or answers, the long run
depends on the means of the durations alone (Sevastyanov 1957, "An ergodic theorem for Markov
processes and its application to telephone systems with refusals"). Any other floor is worked out as
if its durations were exponential: a value to compare with, and no more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from scipy.special import stdtrit

from flexports.estimates import Estimate
from flexports.floor import Floor
from flexports.flows import AskForAgent, Branch, Plan, Start, Steps, TakePort
from flexports.laws import Choice, Coin, Law
from flexports.sources import kinds_of, plan_of, sources_on
from flexports.sources.plan import OnFloor
from flexports.study.markov import (
    ABANDONED,
    ASKED,
    BEGUN,
    BLOCKED,
    MISSED,
    OFFERED,
    RECORDED,
    FloorChain,
    Odds,
    State,
    can_be_a_chain,
    event,
)
from flexports.study.results import Sweep
from flexports.tape import FloatArray
from flexports.theory.chain import Chain

MOST_STATES = 4_000
_MOST_HOLDERS = 200
ALARM = 0.001
"""How rarely a right simulation may be called wrong, over all the values compared at once."""


_ROUNDING = 1e-9
"""Of a chain's arithmetic: a share of all the time may come out as 1.0000000000000002."""


class Standing(Enum):
    """What a value beside the simulation is worth."""

    EXACT = "exact"
    LONG_RUN = "exact in the long run"
    EXPONENTIAL = "if every duration were exponential"


@dataclass(frozen=True)
class Exact:
    """One value that was computed and not simulated."""

    ports: int
    source: str
    metric: str
    value: float
    standing: Standing
    states: int
    """Of the chain that it comes from."""


@dataclass(frozen=True)
class Disagreement:
    """An exact value that lies outside the interval of the simulation."""

    exact: Exact
    estimate: Estimate
    low: float
    high: float
    """The interval at the level that allows for all the values compared."""

    def __str__(self) -> str:
        exact, estimate = self.exact, self.estimate
        return (
            f"{estimate.source}: {estimate.metric} with {exact.ports} ports: simulated "
            f"{estimate.value:.5g}, within {self.low:.5g} to {self.high:.5g}, but exactly "
            f"{exact.value:.5g}; please report this with the floor and the seed"
        )


def exact_values(floor: Floor, ports: int, *, most_states: int = MOST_STATES) -> Sequence[Exact]:
    """Work out a floor without simulation, if it can be done.

    Parameters
    ----------
    floor : Floor
    ports : int
    most_states : int
        A chain with more states is given up.

    Returns
    -------
    sequence of Exact
        Blocking, carried load, time congestion and the agents' shares of time over the day that the
        simulation counts; abandonment and missed recordings, whose events in that span are those
        of other calls at its edges, over the same span. Empty if a stream is not Poisson at one
        rate, or there are too many states.
    """
    model = _model(floor, ports)
    return () if model is None else _values(floor, model, most_states)


def _model(floor: Floor, ports: int) -> FloorChain | None:
    """The floor as a chain, if it can be one."""
    plan, odds = plan_of(floor), _odds(floor)
    if odds is None or not can_be_a_chain(plan) or _is_hopeless(plan, ports):
        return None
    return FloorChain(plan, odds, ports)


def _values(floor: Floor, model: FloorChain, most_states: int) -> Sequence[Exact]:
    try:
        chain: Chain[State] = Chain(model.opening(), model.transitions, limit=most_states)
    except ValueError:
        return ()
    standing = _standing(floor, model.plan)
    if standing is Standing.LONG_RUN:
        weights = chain.stationary()
    else:
        weights = chain.occupancy(floor.day.length_s, floor.day.warm_up_s)
    return [
        Exact(model.ports, source, metric, value, standing, len(chain))
        for source, metric, value in _metrics(model.plan, model, chain, weights)
        if math.isfinite(value)
    ]


def exact_sweep(floor: Floor, ports: Iterable[int]) -> Sequence[Exact]:
    """Work out a floor for several port counts, ascending, up to the first that is too large.

    Parameters
    ----------
    floor : Floor
    ports : iterable of int

    Returns
    -------
    sequence of Exact
    """
    found: list[Exact] = []
    model: FloorChain | None = None
    for count in sorted(set(ports)):
        fresh = _model(floor, count)
        if fresh is None:
            break
        model = fresh if model is None else model.with_more_ports(count)
        values = _values(floor, model, MOST_STATES)
        if not values:
            break
        found.extend(values)
    return found


def disagreements(sweep: Sweep, exact: Sequence[Exact]) -> Sequence[Disagreement]:
    """Find the exact values that the simulation excludes.

    Each interval is widened so that a right simulation is called wrong in one study of a thousand
    (Bonferroni), and by what the calls at the edges of the day can make of a share.
    """
    compared = [each for each in exact if each.standing is Standing.EXACT]
    found = []
    for each in compared:
        estimate = sweep.estimate(each.ports, each.source, each.metric)
        low, high = _widened(estimate, sweep, len(compared))
        rounding = _ROUNDING * abs(each.value)
        if not low - rounding <= each.value <= high + rounding:
            found.append(Disagreement(each, estimate, low, high))
    return found


def _widened(estimate: Estimate, sweep: Sweep, compared: int) -> tuple[float, float]:
    usual = stdtrit(sweep.days - 1, 1 - (1 - sweep.confidence) / 2)
    strict = stdtrit(sweep.days - 1, 1 - ALARM / compared / 2)
    wider = float(strict / usual)
    edge = _edge(estimate, sweep)
    low = estimate.value - wider * (estimate.value - estimate.low) - edge
    return low, estimate.value + wider * (estimate.high - estimate.value) + edge


def _edge(estimate: Estimate, sweep: Sweep) -> float:
    """How far calls that straddle the edges of the span can move a share of a day's calls."""
    if estimate.metric not in ("abandonment", "missed_recordings"):
        return 0.0
    for ports in sweep.ports:
        answered = sweep.estimate(ports, estimate.source, "answered")
        if answered.value > 0:
            return 2.0 / answered.value * max(estimate.value, 0.05)
    return 0.0


def _metrics(
    plan: Plan, model: FloorChain, chain: Chain[State], weights: FloatArray
) -> Iterator[tuple[str, str, float]]:
    for number, line in enumerate(plan.lines):
        counts = {
            what: chain.rate_of(event(what, line.name), weights)
            for what in (OFFERED, BLOCKED, ASKED, ABANDONED, RECORDED, MISSED, BEGUN)
        }
        if line.wants_port:
            yield line.name, "blocking", _ratio(counts[BLOCKED], counts[OFFERED])
        if line.wants_port or line.records:
            held = chain.mean(partial(model.ports_of, line=number), weights)
            yield line.name, "carried_load", held
        if line.wants_agent:
            yield line.name, "abandonment", _ratio(counts[ABANDONED], counts[ASKED])
        if line.records:
            wanted = counts[RECORDED] + counts[MISSED]
            yield line.name, "missed_recordings", _ratio(counts[MISSED], wanted)
    yield "ports", "busy_mean", chain.mean(model.busy_ports, weights)
    yield "ports", "time_congestion", chain.mean(model.is_full, weights)
    for number, team in enumerate(plan.teams):
        for activity in plan.activities:
            busy_with = partial(model.busy_with, team=number, activity=activity)
            busy = chain.mean(busy_with, weights)
            yield team.name, f"time_{activity}", busy / team.count


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _odds(floor: Floor) -> tuple[Odds, ...] | None:
    hours = floor.day
    if hours.day_cv:
        return None
    odds = []
    for source, drawn in zip(kinds_of(floor), sources_on(floor), strict=True):
        rate = source.poisson_rate_per_s(hours.opens_s, hours.length_s)
        if rate is None:
            return None
        odds.append(Odds(rate, _means(drawn), _shares(drawn)))
    return tuple(odds)


def _means(source: OnFloor) -> Mapping[str, float]:
    drawn = source.draws().items()
    return {name: law.expected_s for name, law in drawn if isinstance(law, Law)}


def _shares(source: OnFloor) -> Mapping[str, tuple[float, ...]]:
    shares: dict[str, tuple[float, ...]] = {}
    for name, law in source.draws().items():
        match law:
            case Coin(share):
                shares[name] = (1 - share, share)
            case Choice(of_one):
                shares[name] = of_one
    return shares


def _is_hopeless(plan: Plan, ports: int) -> bool:
    """Whether states of so many holders would be too many, and long to write down."""
    return ports > _MOST_HOLDERS and any(line.wants_agent for line in plan.lines)


def _standing(floor: Floor, plan: Plan) -> Standing:
    if _is_markov(floor) and all(one.is_steady_from_opening for one in kinds_of(floor)):
        return Standing.EXACT
    has_agents = any(line.wants_agent for line in plan.lines) or any(
        team.dials is not None for team in plan.teams
    )
    return Standing.EXPONENTIAL if has_agents else Standing.LONG_RUN


def _is_markov(floor: Floor) -> bool:
    """Whether every duration that a flow may come to is exponential or takes no time."""
    return all(
        law.is_exponential or law.expected_s == 0
        for source in sources_on(floor)
        for name, law in source.draws().items()
        if isinstance(law, Law) and name in _used(source)
    )


def _used(source: OnFloor) -> frozenset[str]:
    """The durations that a call can come to: not those behind a share of zero."""
    return frozenset(durations_in(source.source.flow(), _shares(source)))


def durations_in(steps: Steps, shares: Mapping[str, tuple[float, ...]]) -> Iterator[str]:
    """Every duration that steps name, but for ways with a share of zero."""
    for step in steps:
        match step:
            case Branch(draw, ways):
                for share, way in zip(shares[draw], ways, strict=True):
                    if share:
                        yield from durations_in(way, shares)
            case TakePort(blocked):
                yield from durations_in(blocked, shares)
            case Start(flow):
                yield from durations_in(flow, shares)
            case AskForAgent(patience, abandoned):
                if patience is not None:
                    yield patience
                yield from durations_in(abandoned, shares)
            case _:
                duration = getattr(step, "duration", None)
                if duration is not None:
                    yield duration
