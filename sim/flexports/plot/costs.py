"""What port counts cost a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from flexports.plot.style import BAND, FAINT, GRID, INK, legend_below, looks, short_name
from flexports.study.costs import METRIC, SOURCE, rent_of_licences, rent_of_ports

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from flexports.study.results import Sweep


def draw_costs(ax: Axes, sweep: Sweep) -> None:
    """Draw rent and what goes wrong, with its interval, and the rent alone, against ports."""
    floor = sweep.trial.floor
    if floor.prices is None:
        raise ValueError("a floor without [prices] has no costs to draw")
    prices, counts = floor.prices, np.array(sweep.ports)
    found = [sweep.estimate(ports, SOURCE, METRIC) for ports in sweep.ports]
    (look,) = looks([SOURCE]).values()
    low, high = ([getattr(each, end) for each in found] for end in ("low", "high"))
    ax.fill_between(counts, low, high, color=look.colour, alpha=BAND, linewidth=0)
    value = [each.value for each in found]
    ax.plot(counts, value, "-o", color=look.colour, markersize=5, label="rent and what goes wrong")
    licences = rent_of_licences(floor, prices)
    rent = [licences + rent_of_ports(prices, ports) for ports in sweep.ports]
    ax.plot(counts, rent, "--", color=FAINT, label="rent alone")
    if sweep.cheapest is not None:
        least = "least" if sweep.has_cheapest_inside else "least of these"
        label = f"{least}: {sweep.cheapest} ports"
        ax.axvline(sweep.cheapest, color=INK, linewidth=7, alpha=0.12, label=label)
    ax.set_ylim(bottom=0)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda amount, _: f"{amount:,.0f}"))
    ax.set_xlabel("flex ports")
    ax.set_ylabel(f"a month ({short_name(prices.currency)})")
    ax.set_title("Cost")
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    legend_below(ax)
