"""What it costs when things go wrong."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from flexports.estimates.estimate import PER_DAY, Estimate
from flexports.estimates.intervals import Certainty, amount
from flexports.estimates.ratios import weighted_sum
from flexports.tally import Tally, failure_name

Failure = tuple[str, str]
"""A source's name and what goes wrong with its calls: ``lost``, ``by_hand`` or ``missed``."""


def cost_of_failures(
    tally: Tally,
    prices: Mapping[Failure, float],
    *,
    confidence: float = 0.95,
    unit: str = PER_DAY,
) -> Estimate:
    """Cost a day of what goes wrong, with its confidence interval.

    Parameters
    ----------
    tally : Tally
    prices : mapping of (str, str) to float
        By source and failure, in any unit of money: of a call that the want of a port turned away
        for good (``lost``), of a message that an agent left in person (``by_hand``), of a recording
        that found no port (``missed``). What is left out costs nothing.
    confidence : float
    unit : str
        Of the estimate, such as ``USD per day``.

    Returns
    -------
    Estimate
        Of ``cost_of_failures`` in ``cost``.

    Raises
    ------
    ValueError
        If something that cannot go wrong on this floor has a price, or a price is negative.

    Notes
    -----
    A tally keeps the products of any two failures of a day, so the variance is that of the days'
    costs, exactly, whatever the prices: failures that come together on bad days cost together.
    Where every day cost the same, the bound is what failures that went unseen would change, all of
    them the dearest. If nothing has a price, the cost is zero for certain.

    Examples
    --------
    Lost calls at 20 a call and messages by hand at 0.50:

    >>> prices = {("toll-free", "lost"): 20.0, ("outbound", "by_hand"): 0.5}
    """
    _check(prices, tally.frame.failures)
    sure = Certainty(confidence, tally.days)
    weights = {failure_name(*failure): price for failure, price in prices.items()}
    point = weighted_sum(tally.failures, weights, tally.days)
    unseen = sure.unseen / sure.days * max(weights.values(), default=0.0)
    within = amount(*point, unseen, sure)
    return Estimate("cost", "cost_of_failures", unit, point.value, *within)


def _check(prices: Mapping[Failure, float], failures: Iterable[Failure]) -> None:
    known = set(failures)
    for failure, price in prices.items():
        if failure not in known:
            can = ", ".join(f"{each} of {source}" for source, each in sorted(known)) or "nothing"
            raise ValueError(f"{failure} cannot go wrong on this floor; what can: {can}")
        if not 0.0 <= price < math.inf:
            raise ValueError(f"a price of {price} for {failure} is no price; say 0 or more")
