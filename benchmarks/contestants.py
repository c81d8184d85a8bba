"""Who runs each workload: flexports first, then every peer that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from flexports.study.blocks import Trial
from measuring import Contestant, Counts
from ours import HERE, MODELS, engine_alone, floor_in, whole
from peers.available import is_there
from peers.c_kernels import compiler
from peers.facts import HOUR_S, Loss, Queue

SEED = 1
BY_HAND = "SimPy, by hand"
CIMBA = "Cimba, events"
KERNEL = "C -O3, bucket wheel"
ALONE = "... every call told"
CONTROLLED = "... with controls"
CIW, SALABIM = "Ciw", "salabim"

LEAST_HOURS = 4
"""Who runs a queue as one long day runs no less of it; an hour is to warm up."""


def w3(engine: str) -> Iterator[Contestant]:
    """Give those who run `dialing-floor.toml`; the unit of work is a day."""
    from plain_simpy import PORTS, Floor

    trial = Trial(floor_in(HERE / "dialing-floor.toml"), SEED, engine)
    counted = [
        ("dials", 0, "dials"),
        ("messages", 0, "messages"),
        ("by hand", 0, "by_hand"),
        ("inbound", 1, "offered"),
        ("blocked", 1, "blocked"),
        ("abandoned", 1, "abandoned"),
    ]
    yield whole(ours(engine), trial, [PORTS], counted)
    yield engine_alone(ALONE, trial, PORTS)
    if is_there("cimba"):
        from peers import cimba_w3, cimba_w3_processes

        yield Contestant(CIMBA, cimba_w3.w3)
        yield Contestant("Cimba, processes", cimba_w3_processes.w3)
    if compiler():
        from peers import c_kernels

        yield peer(KERNEL, lambda seed, days: c_kernels.w3(seed, days, PORTS))
    yield peer(BY_HAND, lambda seed, days: several(days, seed, lambda one: Floor(one).seen))


def loss(engine: str, facts: Loss) -> Iterator[Contestant]:
    """Give those who run `loss-floor.toml`; the unit of work is an hour."""
    floor = floor_in(HERE / "loss-floor.toml")
    trial, hours = Trial(floor, SEED, engine), round(floor.day.length_s / HOUR_S)
    counted = [("offered", 0, "offered"), ("blocked", 0, "blocked")]
    plain = replace(trial, controls=False)
    yield whole(ours(engine), plain, [facts.ports], counted, unit=hours)
    yield whole(CONTROLLED, trial, [facts.ports], counted, unit=hours)
    yield engine_alone(ALONE, trial, facts.ports, unit=hours)
    if compiler():
        from peers import c_kernels

        yield peer(
            KERNEL, lambda seed, span: c_kernels.loss(facts, seed, span // hours, hours), hours
        )
    if is_there("cimba"):
        from peers import cimba_loss

        yield Contestant(
            CIMBA, lambda seed, span: cimba_loss.loss(facts, seed, span // hours, hours), hours
        )
    from peers.simpy_queues import LossFloor

    yield peer(BY_HAND, lambda seed, span: LossFloor(facts, seed, span).seen, LEAST_HOURS)
    if is_there("ciw"):
        from peers import ciw_queues

        yield peer(CIW, lambda seed, span: ciw_queues.loss(facts, seed, span), LEAST_HOURS)
    if is_there("salabim"):
        from peers import salabim_queues as salabim

        yield peer(SALABIM, lambda seed, span: salabim.loss(facts, seed, span), LEAST_HOURS)


def queue(engine: str, facts: Queue) -> Iterator[Contestant]:
    """Give those who run `queue-floor.toml`; the unit of work is an hour."""
    floor = floor_in(HERE / "queue-floor.toml")
    trial, hours = Trial(floor, SEED, engine), round(floor.day.length_s / HOUR_S)
    counted = [("asked", 0, "asked"), ("abandoned", 0, "abandoned")]
    yield whole(ours(engine), trial, [floor.ports.count or 0], counted, unit=hours)
    from peers.simpy_queues import QueueFloor

    yield peer(BY_HAND, lambda seed, span: QueueFloor(facts, seed, span).seen, LEAST_HOURS)
    if is_there("ciw"):
        from peers import ciw_queues

        yield peer(CIW, lambda seed, span: ciw_queues.queue(facts, seed, span), LEAST_HOURS)
    if is_there("salabim"):
        from peers import salabim_queues as salabim

        yield peer(SALABIM, lambda seed, span: salabim.queue(facts, seed, span), LEAST_HOURS)


def company_x(engine: str, ports: Sequence[int]) -> Iterator[Contestant]:
    """Give those who run `models/company-x.toml`; the unit of work is a day on all these counts."""
    floor = floor_in(MODELS / "company-x.toml")
    counted = [("messages", 0, "messages"), ("blocked", 0, "blocked")]
    yield whole(ours(engine), Trial(floor, SEED, engine), ports, counted)
    if engine != "simpy":
        yield whole(ours("simpy"), Trial(floor, SEED, "simpy"), ports, counted)
    if is_there("cimba"):
        from peers import cimba_company_x

        yield Contestant(CIMBA, lambda seed, days: cimba_company_x.company_x(seed, days, ports))
    from peers.simpy_company_x import CompanyX

    def by_hand(seed: int) -> Counts:
        return several(len(ports), seed, lambda one: CompanyX(one, ports[one % _MANY]).seen)

    yield peer(BY_HAND, lambda seed, days: several(days, seed, by_hand))


def ours(engine: str) -> str:
    """What flexports is called in the tables."""
    return f"flexports, {engine}"


def peer(name: str, run: Callable[[int, int], Counts], least: int = 1) -> Contestant:
    """Somebody who takes a seed and an amount."""
    return Contestant(name, lambda seed, amount: lambda: run(seed, amount), least)


_MANY = 1000


def several(days: int, seed: int, run: Callable[[int], Mapping[str, float]]) -> Counts:
    """Add up days that are run one by one, each with a seed of its own."""
    seen = [run(_MANY * seed + day) for day in range(days)]
    return {name: sum(one.get(name, 0) for one in seen) for name in set().union(*seen)}
