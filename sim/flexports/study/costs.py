"""What a port count costs a month: rent, and what goes wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from flexports.estimates import Estimate, cost_of_failures
from flexports.estimates.differences import Difference, cost_difference, paired
from flexports.estimates.intervals import Certainty
from flexports.estimates.ratios import Point
from flexports.floor import Floor, Prices
from flexports.tally import Tallies, Tally

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


def monthly_difference(
    floor: Floor, prices: Prices, tallies: Tallies, pair: tuple[int, int], sure: Certainty
) -> Difference:
    """How the cost a month of one port count differs from that of another, on the same days.

    Parameters
    ----------
    floor : Floor
    prices : Prices
    tallies : Tallies
        Of days that were run on both together.
    pair : (int, int)
        The value is that of the first minus that of the second.
    sure : Certainty

    Returns
    -------
    Difference
    """
    ports, against = pair
    alone = [monthly_cost(floor, prices, tallies[count], sure.confidence) for count in pair]
    weights = _priced(prices, tallies[ports])
    failures = cost_difference(tallies, ports, against, weights)
    rent = rent_of_ports(prices, ports) - rent_of_ports(prices, against)
    month = Point(
        rent + prices.days_a_month * failures.value, prices.days_a_month**2 * failures.variance
    )
    return paired(pair, (alone[0], alone[1]), month, sure)


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
