"""What a port count costs a month: rent, and what goes wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from flexports.estimates import Estimate, cost_of_failures
from flexports.floor import Floor, Prices
from flexports.tally import Tally

SOURCE = "cost"
METRIC = "cost_per_month"


def monthly_cost(floor: Floor, prices: Prices, tally: Tally, confidence: float) -> Estimate:
    """Rent of ports and licences, and the mean cost of failures, a month.

    Parameters
    ----------
    floor : Floor
    prices : Prices
    tally : Tally
        Of one port count.
    confidence : float

    Returns
    -------
    Estimate
        In the currency of the prices. Rent is certain; the interval is that of the failures.
    """
    rent = rent_of_ports(prices, tally.frame.ports) + rent_of_licences(floor, prices)
    failures = cost_of_failures(tally, _priced(prices, tally), confidence=confidence)
    value, low, high = (
        rent + prices.days_a_month * cost for cost in (failures.value, failures.low, failures.high)
    )
    return Estimate(SOURCE, METRIC, prices.currency, value, low, high)


def rent_of_ports(prices: Prices, ports: int) -> float:
    """Rent of that many ports, or of those that the contract has one pay for."""
    return prices.port * max(ports, prices.minimum_ports)


def rent_of_licences(floor: Floor, prices: Prices) -> float:
    """Rent of all licences: of a pool, its size; else one for each agent who holds it."""
    holders: dict[str, int] = {}
    for group in floor.agents:
        for licence in group.licences:
            holders[licence] = holders.get(licence, 0) + group.count
    return sum(
        prices.of_licence(licence) * (_pool(floor, licence) or count)
        for licence, count in holders.items()
    )


def _pool(floor: Floor, licence: str) -> int | None:
    return floor.licences.size(licence) if licence in ("dialer", "dialer-tab", "fax") else None


def _priced(prices: Prices, tally: Tally) -> Mapping[tuple[str, str], float]:
    """The price of each failure that can happen. A message skipped is no lost call."""
    dialers = {source.name for source in tally.frame.sources if source.dials}
    return {
        (source, what): prices.of_failures[what]
        for source, what in tally.frame.failures
        if not (what == "lost" and source in dialers)
    }
