"""Point values and confidence intervals from tallies.

`estimate` turns a `flexports.tally.Tally` into one `Estimate` a metric. `estimate_by_interval` does
so for each interval of the day, and `worst_intervals` says which was worst; `cost_of_failures` puts
a price on what went wrong. How confidence intervals are made, and what they say where nothing was
seen, stands in `flexports.estimates.intervals`.
"""

from flexports.estimates.by_interval import estimate_by_interval, worst_intervals
from flexports.estimates.costs import cost_of_failures
from flexports.estimates.estimate import Estimate, IntervalEstimate
from flexports.estimates.metrics import estimate

__all__ = [
    "Estimate",
    "IntervalEstimate",
    "cost_of_failures",
    "estimate",
    "estimate_by_interval",
    "worst_intervals",
]
