"""The two panels of a sweep: blocking against ports, and what callers or agents feel of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from typing import TYPE_CHECKING

from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from flexports.plot.curves import curve, has, lines_of_their_own
from flexports.plot.style import (
    EXACT_MARKERS,
    FAINT,
    GRID,
    INK,
    Look,
    legend_below,
    looks,
    short_name,
)
from flexports.study.exact import Exact, Standing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from flexports.study.results import Sweep
    from flexports.study.rule import Rule

_PERCENT = 100.0
_LOWEST = 1e-4
"""Percent; what lies below is of no use to anybody."""
_WIDE = 10.0
"""From this ratio of the largest to the smallest a logarithmic scale shows more."""


@dataclass(frozen=True)
class Panels:
    """What is drawn on the two panels.

    Attributes
    ----------
    sweep : Sweep
    rule : Rule
    exact : sequence of Exact
    needed : int or None
        The recommended port count, if one was sought and found.
    """

    sweep: Sweep
    rule: Rule
    exact: Sequence[Exact]
    needed: int | None = None

    def blocking(self, ax: Axes) -> None:
        """Draw blocking by source, with targets and closed forms."""
        if self._spans_decades:
            ax.set_yscale("log")
        for source in self._blocked:
            curve(ax, self.sweep, source, "blocking", self._looks[source], label=short_name(source))
        self._closed_forms(ax)
        self._targets(ax)
        self._counts(ax)
        ax.set_ylabel("attempts that find no port (%)")
        ax.set_title("Blocking")
        self._finish(ax)

    def hold(self, ax: Axes) -> None:
        """Draw hold by source; where nobody holds, messages by hand and recordings missed."""
        held = [name for name in self._looks if has(self.sweep, name, "hold_mean")]
        for source in held:
            look = self._looks[source]
            curve(ax, self.sweep, source, "hold_mean", look, label=f"{short_name(source)}: mean")
            longest = f"{short_name(source)}: 90 % hold no longer"
            curve(ax, self.sweep, source, "hold_p90", look, label=longest, line="--")
        if held:
            ax.set_ylabel("hold for an agent (s)")
            ax.set_title("Hold")
        else:
            self._instead_of_hold(ax)
        ax.set_ylim(bottom=0)
        self._counts(ax)
        self._finish(ax)

    def _instead_of_hold(self, ax: Axes) -> None:
        for metric, said, line in (
            ("by_hand", "messages left by hand", "-"),
            ("missed_recordings", "recordings missed", "--"),
        ):
            for source, look in self._looks.items():
                if has(self.sweep, source, metric):
                    label = f"{short_name(source)}: {said}"
                    curve(ax, self.sweep, source, metric, look, label=label, line=line)
        for group in self.sweep.trial.floor.agents:
            if has(self.sweep, group.name, "time_by_hand"):
                look = Look(INK, "x", "")
                label = f"{short_name(group.name)}: share of time on them"
                curve(ax, self.sweep, group.name, "time_by_hand", look, label=label, line=":")
        ax.set_ylabel("share (%)")
        ax.set_title("Left to the agents")

    @cached_property
    def _looks(self) -> Mapping[str, Look]:
        return looks([source.name for source in self.sweep.trial.floor.sources])

    @cached_property
    def _blocked(self) -> Sequence[str]:
        own = lines_of_their_own(self.sweep)
        return [
            name for name in self._looks if name not in own and has(self.sweep, name, "blocking")
        ]

    @cached_property
    def _positive(self) -> Sequence[float]:
        """All blocking that was seen, in percent, and what may be where nothing was."""
        found = [
            self.sweep.estimate(ports, source, "blocking")
            for ports in self.sweep.ports
            for source in self._blocked
        ]
        values = [_PERCENT * (each.value if each.value > 0 else each.high) for each in found]
        return [each for each in values if each > 0 and math.isfinite(each)]

    @property
    def _spans_decades(self) -> bool:
        return bool(self._positive) and max(self._positive) > _WIDE * min(self._positive)

    def _closed_forms(self, ax: Axes) -> None:
        values = {(each.source, each.ports): each for each in self._exact_blocking}
        for source, marker in zip(self._blocked, cycle(EXACT_MARKERS), strict=False):
            ports = [count for count in self.sweep.ports if (source, count) in values]
            if ports:
                shown = [_PERCENT * values[source, count].value for count in ports]
                label = f"{short_name(source)}: {_of_chain(values[source, ports[0]])}"
                ax.plot(ports, shown, marker, color=INK, markersize=7, zorder=3, label=label)
        if len(values) < len(self._blocked) * len(self.sweep.ports):
            self._erlang_b(ax)

    @property
    def _exact_blocking(self) -> Sequence[Exact]:
        return [each for each in self.exact if each.metric == "blocking" and each.value > 0]

    def _erlang_b(self, ax: Axes) -> None:
        ports = self.sweep.ports
        shown = [_PERCENT * self.rule.blocking_by_erlang_b(count) for count in ports]
        label = f"Erlang B, whole load of {self.rule.load_erl:.3g} erlang"
        ax.plot(ports, shown, "-.", color=INK, linewidth=1, label=label)

    def _targets(self, ax: Axes) -> None:
        targets = self.sweep.trial.floor.targets
        bounds: dict[float, list[str]] = {}
        for source in self._blocked:
            bound = targets.blocking_of(source)
            if bound is not None and (bound > 0 or not self._spans_decades):
                bounds.setdefault(bound, []).append(source)
        for bound, sources in bounds.items():
            alone = len(sources) < len(self._blocked)
            colour = self._looks[sources[0]].colour if alone else FAINT
            of = f" for {', '.join(map(short_name, sources))}" if alone else ""
            label = f"target{of}: {_PERCENT * bound:.4g} %"
            ax.axhline(
                _PERCENT * bound, color=colour, linestyle=(0, (6, 2)), linewidth=1, label=label
            )

    def _counts(self, ax: Axes) -> None:
        if self.needed is not None:
            ax.axvline(
                self.needed,
                color=INK,
                linewidth=7,
                alpha=0.12,
                label=f"needed: {self.needed} ports",
            )
        if self.sweep.ports[0] <= self.rule.ports <= self.sweep.ports[-1]:
            label = f"rule of thumb: {self.rule.ports} ports"
            ax.axvline(self.rule.ports, color=FAINT, linestyle=":", linewidth=1.6, label=label)

    def _finish(self, ax: Axes) -> None:
        ax.set_xlabel("flex ports")
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        if ax.get_yscale() == "log":
            ax.set_ylim(bottom=max(min(self._positive) / 3, _LOWEST), top=150)
            ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{share:g}"))
            ax.yaxis.set_minor_formatter(NullFormatter())
        elif ax.get_ylim()[0] < 0 or not self._positive:
            ax.set_ylim(bottom=0)
        ax.grid(axis="y", color=GRID, linewidth=0.6)
        ax.set_axisbelow(True)
        legend_below(ax)


def _of_chain(exact: Exact) -> str:
    if exact.standing is Standing.EXACT:
        return "exact"
    return "exact, if exponential"
