"""Point values and confidence intervals from tallies.

`estimate` turns a `flexports.tally.Tally` into one `Estimate` a metric. How the intervals are made,
and what they say where nothing was seen, stands in `flexports.estimates.intervals`.
"""

from flexports.estimates.estimate import Estimate
from flexports.estimates.metrics import estimate

__all__ = ["Estimate", "estimate"]
