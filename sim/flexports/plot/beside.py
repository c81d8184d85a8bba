"""What is known without simulation, and beside it what the simulation says."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import matplotlib as mpl
import numpy as np
from matplotlib.ticker import FuncFormatter
from scipy.special import ndtri, stdtr, stdtrit

from flexports.plot.style import INK, RC, Look, looks

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from flexports.estimates import Estimate
    from flexports.study.results import Sweep

Place: TypeAlias = float | str
"""Where a value stands on the horizontal axis: a number, or a name."""
Exact: TypeAlias = Callable[[Any], float]

_PERCENT = 100.0
_SIZE = (6.6, 3.8)
_OUTSIDE = 9
"""Size of the mark about a value whose interval leaves out what is known."""
_MOST_TICKS = 16
_QUANTILES = (50, 90, 95, 99)
_CURVE = tuple(half / 2 for half in range(2, 199))
"""Percent, from 1 to 99."""


class Reading(NamedTuple):
    """What the simulation says at one place.

    Attributes
    ----------
    at : float or str
    known : float
    estimate : Estimate
    days : int
    confidence : float
        Of the interval.
    """

    at: Place
    known: float
    estimate: Estimate
    days: int
    confidence: float


@dataclass(frozen=True)
class Beside:
    """Values that are known, beside their estimates.

    Attributes
    ----------
    name : str
        Of the law, or of whom it is about.
    readings : sequence of Reading
    curve : sequence of pairs of float
        Places, and what is known there, to be drawn; at the readings alone if empty.
    """

    name: str
    readings: Sequence[Reading]
    curve: Sequence[tuple[float, float]] = ()

    @property
    def inside(self) -> Sequence[bool]:
        """Whether each interval contains what is known."""
        return [each.estimate.low <= each.known <= each.estimate.high for each in self.readings]

    @property
    def z(self) -> Sequence[float]:
        """How far each estimate lies above what is known, as a standard normal number.

        The distance in standard errors (the interval on that side, over its quantile of Student's
        t) is Student's t, and this is the normal number of the same probability.
        """
        return [_z(each) for each in self.readings]

    @property
    def table(self) -> pd.DataFrame:
        """A row for each value: `law, at, known, value, low, high, z, inside`."""
        import pandas as pd

        rows = [
            (self.name, at, known, each.value, each.low, each.high, z, inside)
            for (at, known, each, *_), z, inside in zip(
                self.readings, self.z, self.inside, strict=True
            )
        ]
        columns = ["law", "at", "known", "value", "low", "high", "z", "inside"]
        return pd.DataFrame(rows, columns=columns)


def beside_ports(
    name: str, sweep: Sweep, source: str, metric: str, exact: Exact | Mapping[int, float]
) -> Beside:
    """Set a metric beside what is known of each port count.

    Parameters
    ----------
    name : str
        Of the law.
    sweep : Sweep
    source, metric : str
    exact : callable or mapping
        From the port count to the value.

    Examples
    --------
    >>> from flexports import sweep, theory
    >>> from flexports.floor.read import parse_floor
    >>> text = '''
    ... name = "Calls"
    ... [[sources]]
    ... kind = "inbound"
    ... name = "calls"
    ... rate = "60 per hour"
    ... ivr = { distribution = "exponential", mean = "2 min" }
    ... to_agent = 0.0
    ... '''
    >>> found = sweep(parse_floor(text), ports=[1, 2, 3], days=20, seed=1)
    >>> erlang_b = lambda ports: theory.erlang_b(2, ports)
    >>> compared = beside_ports("Erlang B", found, "calls", "blocking", erlang_b)
    >>> compared.inside
    [True, True, True]
    """
    return Beside(
        name,
        [_reading(ports, exact, sweep, ports, (source, metric)) for ports in sweep.ports],
    )


def beside_settings(
    name: str,
    sweeps: Mapping[Any, Sweep],
    source: str,
    metric: str,
    exact: Exact | Mapping[Any, float],
) -> Beside:
    """Set a metric beside what is known of each setting.

    Parameters
    ----------
    name : str
    sweeps : mapping
        Of each setting, a number or a name, on one port count.
    source, metric : str
    exact : callable or mapping
        From the setting to the value.
    """
    return Beside(
        name,
        [
            _reading(setting, exact, sweep, sweep.ports[0], (source, metric))
            for setting, sweep in sweeps.items()
        ],
    )


def beside_holds(name: str, sweep: Sweep, ports: int, source: str, quantile: Exact) -> Beside:
    """Set how long callers hold beside what is known of it.

    Parameters
    ----------
    name : str
    sweep : Sweep
    ports : int
    source : str
    quantile : callable
        From a share of the callers to the time that so many hold no longer.
    """

    def known(percent: float) -> float:
        return quantile(percent / _PERCENT)

    readings = [
        _reading(percent, known, sweep, ports, (source, f"hold_p{percent}"))
        for percent in _QUANTILES
    ]
    return Beside(name, readings, [(percent, known(percent)) for percent in _CURVE])


def agreement(compared: Iterable[Beside]) -> pd.DataFrame:
    """Count the intervals that contain what is known, law by law, and in all.

    Returns
    -------
    DataFrame
        `law, values, inside, expected, largest_z`: how many intervals there are, how many contain
        the value that is known, how many should by their confidence, and the z that is farthest
        from zero.
    """
    import pandas as pd

    every = list(compared)
    rows = [_row(each.name, [each]) for each in every]
    if len(every) > 1:
        rows.append(_row("all", every))
    columns = ["law", "values", "inside", "expected", "largest_z"]
    return pd.DataFrame(rows, columns=columns).set_index("law")


def plot_beside(
    *compared: Beside,
    ax: Axes | None = None,
    across: str = "flex ports",
    ylabel: str = "",
    title: str = "",
    log: bool = False,
) -> Axes:
    """Draw what is known as curves, and what the simulation says as points with intervals.

    A ring is about each point whose interval leaves out what is known.

    Parameters
    ----------
    *compared : Beside
        All of one unit.
    ax : matplotlib Axes, optional
        A new figure of pyplot if left out.
    across : str
        What the horizontal axis is.
    ylabel : str
        What the vertical axis is; the metric by default.
    title : str
    log : bool
        Whether the vertical axis is logarithmic.

    Returns
    -------
    Axes
    """
    with mpl.rc_context(RC):
        if ax is None:
            from matplotlib import pyplot as plt

            ax = plt.figure(figsize=_SIZE, layout="constrained").subplots()
        look = looks([each.name for each in compared])
        for number, each in enumerate(compared):
            _known(ax, each, label="known" if number == 0 else None)
            _points(ax, each, look[each.name])
        _outside(ax, compared)
        if log:
            ax.set_yscale("log")
            ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        _finish(ax, compared[0].readings)
        ax.set(xlabel=across, ylabel=ylabel or _metric(compared[0]), title=title)
    return ax


def _reading(
    at: Any, exact: Exact | Mapping[Any, float], sweep: Sweep, ports: int, of: tuple[str, str]
) -> Reading:
    known = exact[at] if isinstance(exact, Mapping) else exact(at)
    estimate = sweep.estimate(ports, *of)
    return Reading(at, known, estimate, sweep.days_of(ports), sweep.confidence)


def _z(reading: Reading) -> float:
    estimate = reading.estimate
    above = estimate.value - reading.known
    side = estimate.value - estimate.low if above > 0 else estimate.high - estimate.value
    if not side > 0 or math.isinf(side):
        return 0.0 if above == 0 or side > 0 else math.copysign(math.inf, above)
    days = reading.days - 1
    errors = abs(above) / side * stdtrit(days, (1.0 + reading.confidence) / 2.0)
    return math.copysign(float(ndtri(stdtr(days, -errors))), above)


def _row(name: str, compared: Sequence[Beside]) -> tuple[str, int, int, float, float]:
    expected = math.fsum(each.confidence for one in compared for each in one.readings)
    return (
        name,
        sum(len(each.readings) for each in compared),
        sum(sum(each.inside) for each in compared),
        round(expected, 1),
        max((z for each in compared for z in each.z), key=abs),
    )


def _known(ax: Axes, compared: Beside, label: str | None) -> None:
    pairs: Any = compared.curve or [(each.at, each.known) for each in compared.readings]
    at, known = zip(*pairs, strict=True)
    scaled = [_scale(compared) * each for each in known]
    ax.plot(at, scaled, "-", color=INK, linewidth=1.2, label=label, zorder=2.5)


def _points(ax: Axes, compared: Beside, look: Look) -> None:
    at: list[Any] = [each.at for each in compared.readings]
    value, low, high = _ends(compared)
    ax.errorbar(
        at,
        value,
        np.array([value - low, high - value]),
        fmt=look.marker,
        color=look.colour,
        markersize=5,
        capsize=3 if len(at) <= _MOST_TICKS else 0,
        linestyle="none",
        label=compared.name,
        zorder=2,
    )


def _outside(ax: Axes, every: Sequence[Beside]) -> None:
    label: str | None = "leaves out what is known"
    for compared in every:
        value, *_ = _ends(compared)
        for inside, reading, height in zip(compared.inside, compared.readings, value, strict=True):
            if not inside:
                place: Any = reading.at
                ring: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": INK}
                ax.plot(place, height, "o", markersize=_OUTSIDE, label=label, zorder=3, **ring)
                label = None


def _ends(compared: Beside) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values and the ends of their intervals; where nothing bounds one from above, no bar."""
    value, low, high = (
        _scale(compared)
        * np.array([getattr(each.estimate, end) for each in compared.readings], dtype=float)
        for end in ("value", "low", "high")
    )
    return value, low, np.where(np.isfinite(high), high, value)


def _scale(compared: Beside) -> float:
    return _PERCENT if compared.readings[0].estimate.unit == "share" else 1.0


def _metric(compared: Beside) -> str:
    estimate = compared.readings[0].estimate
    unit = "%" if estimate.unit == "share" else estimate.unit
    return f"{estimate.metric.partition('_p')[0].replace('_', ' ')} ({unit})"


def _finish(ax: Axes, readings: Sequence[Reading]) -> None:
    whole = all(isinstance(each.at, int) for each in readings)
    if whole and len(readings) <= _MOST_TICKS:
        ax.set_xticks([each.at for each in readings])
    ax.grid(axis="y", color="#dddddd", linewidth=0.6)
    ax.set_axisbelow(True)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.17), ncols=4)
