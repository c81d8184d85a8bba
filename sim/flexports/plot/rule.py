"""The rule of thumb, as a bar that its lines add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from flexports.plot.style import FAINT, looks
from flexports.study.rule import MARGIN

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from flexports.study.rule import Rule


def draw_rule(ax: Axes, rule: Rule) -> None:
    """Draw a bar of ports for each line, one after another, and two more at the end."""
    labels = [f"{line.source}: {line.use.need.value}" for line in rule.lines] + ["plus two"]
    ports = [line.ports for line in rule.lines] + [MARGIN]
    look = list(looks(labels[:-1]).values())
    before = 0
    for row, count in enumerate(ports):
        last = row == len(rule.lines)
        ax.barh(
            row,
            count,
            left=before,
            color="white" if last else look[row].colour,
            edgecolor=FAINT,
            hatch="////" if last else look[row].hatch,
        )
        before += count
        ax.text(before + 0.08, row, f"{count}", va="center")
    ax.set_yticks(range(len(labels)), labels)
    ax.invert_yaxis()
    ax.set_xlim(0, before + 0.6)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.set_xlabel("flex ports")
    ax.set_title(
        f"{rule.floor.name}: the rule of thumb gives {rule.bare_minimum} + {MARGIN} = {rule.ports}"
    )
