"""The metrics of the ports."""

from __future__ import annotations

from collections.abc import Iterator

from flexports.estimates.estimate import PORTS, SHARE, Estimate
from flexports.estimates.intervals import Certainty, amount, share_of_time
from flexports.estimates.ratios import mean
from flexports.tally import Tally


def port_estimates(tally: Tally, sure: Certainty) -> Iterator[Estimate]:
    """Use of the ports, its peak, and the share of time with none free.

    Notes
    -----
    Where all days agree (say, all ports were never busy at once), the bound is what spells that
    went unseen would change, were each as long as a port is held on average. A spell with all of
    several ports busy is shorter. Of no ports at all, the mean in use and its share are NaN.
    """
    ports, span, days = tally.frame.ports, tally.frame.span_ticks, sure.days
    spells = sure.unseen / days * mean_leg_ticks(tally) / span
    used = mean(tally.ports, "busy_ticks", days, unit=span * ports)
    low, high = share_of_time(*used, spells / max(ports, 1), sure)
    yield Estimate("ports", "busy_mean", PORTS, used.value * ports, low * ports, high * ports)
    yield _peak(tally, sure)
    full = mean(tally.ports, "full_ticks", days, unit=span)
    within = share_of_time(*full, spells, sure)
    yield Estimate("ports", "time_congestion", SHARE, full.value, *within)
    yield Estimate("ports", "utilisation", SHARE, used.value, low, high)


def _peak(tally: Tally, sure: Certainty) -> Estimate:
    """The mean of the days' peaks; of a constant one, as if days that went unseen differed by 1."""
    peak = mean(tally.ports, "peak", sure.days)
    low, high = amount(*peak, sure.unseen / sure.days, sure)
    return Estimate("ports", "busy_peak", PORTS, peak.value, low, min(high, tally.frame.ports))


def mean_leg_ticks(tally: Tally) -> float:
    """How long a port is held on average; the whole span if none ever was."""
    legs = tally.ports.sum("legs")
    return tally.ports.sum("leg_ticks") / legs if legs else float(tally.frame.span_ticks)
