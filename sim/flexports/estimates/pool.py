"""The metrics of the ports."""

from __future__ import annotations

from collections.abc import Iterator

from flexports.estimates.estimate import PER_DAY, PORTS, SECONDS, SHARE, Estimate
from flexports.estimates.explained import Explained, corrected_mean
from flexports.estimates.intervals import Certainty, amount, mean_length, share_of_time
from flexports.estimates.ratios import Point, mean, ratio
from flexports.tally import TICKS_PER_S, Moments, Tally
from flexports.tally.related import PORTS_OWNER

SOURCE = "ports"
"""What stands for them in the column of sources."""


def port_estimates(
    tally: Tally, sure: Certainty, explained: Explained | None = None
) -> Iterator[Estimate]:
    """Use of the ports, its peak, and how often, how long, and for what share of time none is free.

    Notes
    -----
    Where all days agree (say, all ports were never busy at once), the bound is what spells that
    went unseen would change, were each as long as a port is held on average. A spell with all of
    several ports busy is shorter. Of no ports at all, the mean in use and its share are NaN.
    """
    use = PortUse(
        tally.ports, tally.frame.span_ticks, tally.frame.ports, mean_leg(tally), sure, explained
    )
    yield use.busy_mean()
    yield _peak(tally, sure)
    yield use.time_congestion()
    yield use.utilisation()
    yield _full_spells(tally, sure)
    yield _full_spell_mean(tally, sure)


class PortUse:
    """How much the ports were used within a span, or within an interval of the day.

    Parameters
    ----------
    moments : Moments
        Of ``busy_ticks`` and ``full_ticks``.
    span_ticks, ports : int
    leg_ticks : float
        How long a port is held on average.
    sure : Certainty
    explained : Explained, optional
        What the controls of the days explain.
    """

    def __init__(  # noqa: PLR0917 - one fact after another
        self,
        moments: Moments,
        span_ticks: int,
        ports: int,
        leg_ticks: float,
        sure: Certainty,
        explained: Explained | None = None,
    ) -> None:
        def of(name: str, unit: int) -> tuple[Point, Certainty]:
            plain = mean(moments, name, sure.days, unit=unit)
            return corrected_mean(plain, (PORTS_OWNER, name), unit, sure, explained)

        self._ports = ports
        self._unseen = sure.unseen / sure.days * leg_ticks / span_ticks
        self._used, self._used_sure = of("busy_ticks", span_ticks * ports)
        self._full, self._full_sure = of("full_ticks", span_ticks)

    def busy_mean(self) -> Estimate:
        """The mean number of busy ports."""
        share, ports = self.utilisation(), self._ports
        bounds = share.low * ports, share.high * ports
        return Estimate(SOURCE, "busy_mean", PORTS, share.value * ports, *bounds)

    def utilisation(self) -> Estimate:
        """The same as a share of the ports."""
        within = share_of_time(*self._used, self._unseen / max(self._ports, 1), self._used_sure)
        return Estimate(SOURCE, "utilisation", SHARE, self._used.value, *within)

    def time_congestion(self) -> Estimate:
        """The share of time with no port free."""
        within = share_of_time(*self._full, self._unseen, self._full_sure)
        return Estimate(SOURCE, "time_congestion", SHARE, self._full.value, *within)


def _peak(tally: Tally, sure: Certainty) -> Estimate:
    """The mean of the days' peaks; of a constant one, as if days that went unseen differed by 1."""
    peak = mean(tally.ports, "peak", sure.days)
    low, high = amount(*peak, sure.unseen / sure.days, sure)
    return Estimate(SOURCE, "busy_peak", PORTS, peak.value, low, min(high, tally.frame.ports))


def _full_spells(tally: Tally, sure: Certainty) -> Estimate:
    """Spells a day with no port free; where every day has as many, some may have gone unseen."""
    point = mean(tally.ports, "full_spells", sure.days)
    within = amount(*point, sure.unseen / sure.days, sure)
    return Estimate(SOURCE, "full_spells", PER_DAY, point.value, *within)


def _full_spell_mean(tally: Tally, sure: Certainty) -> Estimate:
    """How long they last; NaN if there was none."""
    spells = tally.ports.sum("full_spells")
    point = ratio(tally.ports, "full_spell_ticks", "full_spells", sure.days)
    value, variance = point.value / TICKS_PER_S, point.variance / TICKS_PER_S**2
    within = mean_length(value, spells, variance, sure)
    return Estimate(SOURCE, "full_spell_mean", SECONDS, value, *within)


def mean_leg(tally: Tally) -> float:
    """How long a port is held on average, in ticks."""
    return mean_leg_ticks(tally.ports, tally.frame.span_ticks)


def mean_leg_ticks(moments: Moments, span_ticks: int) -> float:
    """How long a port, or a line, is held on average; the whole span if none ever was for long."""
    legs, ticks = moments.sum("legs"), moments.sum("leg_ticks")
    return ticks / legs if ticks else float(span_ticks)
