"""One day: which port was held by whom, from opening to closing."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from matplotlib.patches import Patch

from flexports.engine.outcomes import RECORDED
from flexports.plot.clock import clock_axis
from flexports.plot.style import COLOURS, FAINT, INK, legend_below, looks, short_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from flexports.study.simulate import SimulatedDay

_MOST_TICKS = 12
_HEIGHT = 0.8
_MOST_SHAPES = 800
"""More of them are drawn as dots within an SVG, so that it stays small."""
_LEGEND_COLUMNS = 5
_AGAIN = (None, "xxxx", "....", "++++")
"""What tells sources apart that have one colour."""


Bars: TypeAlias = dict[str, Any]


class Leg(NamedTuple):
    """A time for which a port was held."""

    from_s: float
    to_s: float
    source: int
    recording: bool


def draw_day(ax: Axes, day: SimulatedDay) -> None:
    """Draw the ports in use, a row for each, and the attempts that found none."""
    names = [line.name for line in day.plan.lines]
    look = looks(names)
    legs = legs_of(day)
    opens_s = day.trial.floor.day.opens_s
    placed = list(zip(legs, lanes_of(legs), strict=True))
    patches = []
    for source, recording in sorted({(leg.source, leg.recording) for leg in legs}):
        name = names[source]
        style = _style(look[name].colour, recording, source // len(COLOURS))
        own = [one for one in placed if (one[0].source, one[0].recording) == (source, recording)]
        _bars(ax, own, opens_s, {**style, "rasterized": len(legs) > _MOST_SHAPES})
        patches.append(
            Patch(label=f"{short_name(name)}{', recording' if recording else ''}", **style)
        )
    last_s = max([leg.to_s for leg in legs], default=0.0)
    marks = [*_blocked(ax, day, opens_s), *_closing(ax, day, opens_s, last_s)]
    _axes(ax, day, opens_s, last_s)
    handles = [*patches, *marks]
    if handles:
        legend_below(ax, handles=handles, ncols=min(len(handles), _LEGEND_COLUMNS))


def legs_of(day: SimulatedDay) -> Sequence[Leg]:
    """Return every time for which a port was held, recordings included, by when it began."""
    calls, on_ports = day.outcomes.calls, _on_ports(day)
    legs = []
    for own, recording in ((True, False), (False, True)):
        begins, ends = ("port_from_s", "port_to_s") if own else ("answered_s", "talk_to_s")
        held = on_ports & ~np.isnan(calls["port_from_s"])
        held = held if own else calls["recorded"] == RECORDED
        for source, from_s, to_s in zip(
            calls["source"][held], calls[begins][held], calls[ends][held], strict=True
        ):
            legs.append(Leg(float(from_s), float(to_s), int(source), recording))
    return sorted(legs)


def _on_ports(day: SimulatedDay) -> np.ndarray:
    """Which calls are of sources that take flex ports, and not lines of their own."""
    on_ports = np.array([line.own_lines is None for line in day.plan.lines])
    return np.asarray(on_ports[day.outcomes.calls["source"].astype(int)])


def lanes_of(legs: Sequence[Leg]) -> Sequence[int]:
    """Return a port's number for each leg: the lowest that is free.

    Examples
    --------
    >>> lanes_of([Leg(0, 5, 0, False), Leg(1, 9, 0, False), Leg(5, 7, 0, False)])
    [1, 2, 1]
    """
    free: list[int] = []
    busy: list[tuple[float, int]] = []
    lanes = []
    for leg in legs:
        while busy and busy[0][0] <= leg.from_s:  # what ends comes before what begins
            heapq.heappush(free, heapq.heappop(busy)[1])
        lane = heapq.heappop(free) if free else len(busy) + 1
        heapq.heappush(busy, (leg.to_s, lane))
        lanes.append(lane)
    return lanes


def _bars(ax: Axes, legs: Sequence[tuple[Leg, int]], opens_s: float, style: Bars) -> None:
    of_lane: dict[int, list[tuple[float, float]]] = {}
    for leg, lane in legs:
        of_lane.setdefault(lane, []).append((opens_s + leg.from_s, leg.to_s - leg.from_s))
    for lane, spells in of_lane.items():
        ax.broken_barh(spells, (lane - _HEIGHT / 2, _HEIGHT), linewidth=0, **style)


def _style(colour: str, recording: bool, again: int) -> Bars:
    """Return how times on a port are drawn: those of a recording paler and hatched.

    `again` is how often the colour has been used up before.
    """
    return {
        "facecolor": colour,
        "edgecolor": "white",
        "alpha": 0.5 if recording else 1.0,
        "hatch": "////" if recording else _AGAIN[again % len(_AGAIN)],
    }


def _blocked(ax: Axes, day: SimulatedDay, opens_s: float) -> Sequence[Line2D]:
    calls = day.outcomes.calls
    wanted = _on_ports(day) & ~np.isnan(calls["offered_s"])
    at_s = calls["offered_s"][wanted & np.isnan(calls["port_from_s"])]
    if not len(at_s):
        return []
    label = f"found no port ({len(at_s)})"
    height = np.full(len(at_s), day.ports + 0.75)
    style: dict[str, Any] = {"color": INK, "markersize": 4, "linestyle": "none"}
    dots = len(at_s) > _MOST_SHAPES
    return ax.plot(opens_s + at_s, height, "v", label=label, rasterized=dots, **style)


def _closing(ax: Axes, day: SimulatedDay, opens_s: float, last_s: float) -> Sequence[Line2D]:
    """Draw a line at closing, if ports were held beyond it."""
    closing_s = day.trial.floor.day.length_s
    if last_s <= closing_s:
        return []
    style: dict[str, Any] = {"color": FAINT, "linestyle": ":", "linewidth": 1.6}
    return [ax.axvline(opens_s + closing_s, label="closing", **style)]


def _axes(ax: Axes, day: SimulatedDay, opens_s: float, last_s: float) -> None:
    length_s = max(day.trial.floor.day.length_s, last_s)
    clock_axis(ax, opens_s, opens_s + length_s, _MOST_TICKS)
    ax.set_ylim(0.4, day.ports + 1.2)
    ax.set_yticks(range(1, day.ports + 1, 1 + day.ports // _MOST_TICKS))
    ax.set_ylabel("port")
    ax.set_title(f"{short_name(day.trial.floor.name)}: {day.ports} ports on day {day.day}")
