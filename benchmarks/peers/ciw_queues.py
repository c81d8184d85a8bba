"""The two queues in Ciw."""

# mypy: disable-error-code="import-not-found,import-untyped"
from __future__ import annotations

from collections import Counter

import ciw

from peers.facts import HOUR_S, Loss, Queue


def loss(facts: Loss, seed: int, hours: int) -> Counter[str]:
    """Calls that take a port or are lost, for some hours."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(facts.rate_per_s)],
        service_distributions=[ciw.dists.Exponential(1 / facts.call_s)],
        number_of_servers=[facts.ports],
        queue_capacities=[0],
    )
    seen = _types_of_records(network, seed, hours, facts.warm_up_s)
    return Counter(offered=seen.total(), blocked=seen["rejection"])


def queue(facts: Queue, seed: int, hours: int) -> Counter[str]:
    """Callers who wait for agents, for some hours."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(facts.rate_per_s)],
        service_distributions=[ciw.dists.Exponential(1 / facts.talk_s)],
        number_of_servers=[facts.agents],
        reneging_time_distributions=[ciw.dists.Exponential(1 / facts.patience_s)],
    )
    seen = _types_of_records(network, seed, hours, facts.warm_up_s)
    return Counter(asked=seen.total(), abandoned=seen["renege"])


def _types_of_records(
    network: ciw.network.Network, seed: int, hours: int, warm_up_s: float
) -> Counter[str]:
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(hours * HOUR_S)
    records = simulation.get_all_records()
    return Counter(each.record_type for each in records if each.arrival_date >= warm_up_s)
