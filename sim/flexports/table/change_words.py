"""What another port count changes, on the same days, as a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from flexports.estimates import Estimate
from flexports.estimates.differences import Difference
from flexports.floor import Floor
from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.table.numbers import interval_text, value_text
from flexports.table.wording import calls_of, listed

_MOST_CLAUSES = 3
_PERCENT = 100.0
_NOTHING = "the days that were run show no difference in who finds a port"


def change_text(floor: Floor, differences: Sequence[Difference]) -> str:
    """Say how one port count differs from another in who finds a port, and in cost.

    Parameters
    ----------
    floor : Floor
    differences : sequence of Difference
        Of one pair of counts; those that may as well be nothing are left out.
    """
    clauses = list(_blocking(floor, differences))[:_MOST_CLAUSES] or [_NOTHING]
    costs = [_cost(each) for each in differences if each.metric == COST_PER_MONTH]
    sentences = [listed(clauses), *costs]
    return " ".join(f"{told[:1].upper()}{told[1:]}." for told in sentences)


def _blocking(floor: Floor, differences: Sequence[Difference]) -> Iterator[str]:
    names = {source.name for source in floor.sources}
    seen = [
        each
        for each in differences
        if each.metric == "blocking" and each.source in names and _is_seen(each)
    ]
    for number, each in enumerate(sorted(seen, key=lambda one: -abs(one.value))):
        size = _size(each, "points", _PERCENT)
        points = " percentage points" if number == 0 else ""
        more = "more" if each.value > 0 else "fewer"
        calls = calls_of(floor, each.source)
        rest = " find no port" if number == 0 else ""
        yield f"{value_text(size)}{points} ({interval_text(size)}) {more} {calls}{rest}"


def _cost(cost: Difference) -> str:
    if not _is_seen(cost):
        bounds = interval_text(_signed(cost))
        return f"the cost is about the same ({bounds} {cost.unit} a month)"
    size = _size(cost, cost.unit, 1.0)
    more = "more" if cost.value > 0 else "less"
    return f"it costs {value_text(size)} {cost.unit} a month {more} ({interval_text(size)})"


def _is_seen(difference: Difference) -> bool:
    """Whether its interval leaves out that there is none."""
    return difference.low > 0 or difference.high < 0


def _signed(each: Difference) -> Estimate:
    return Estimate(each.source, each.metric, each.unit, each.value, each.low, each.high)


def _size(difference: Difference, unit: str, scale: float) -> Estimate:
    """The size of a difference, without its sign."""
    ends = (difference.low, difference.high)
    low, high = sorted(scale * abs(end) for end in ends if not math.isnan(end))
    value = scale * abs(difference.value)
    return Estimate(difference.source, difference.metric, unit, value, low, high)
