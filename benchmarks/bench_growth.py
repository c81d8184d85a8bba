"""What a call costs on floors of 10 to 10,000 ports, and of 10 to 10,000 agents.

A larger floor has a shorter day, so that each day brings about as many calls. The smallest floor
and the largest should cost alike: no step of the engine walks all ports or all agents.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flexports.engine import DEFAULT_ENGINE, ENGINES
from flexports.floor import Floor
from flexports.floor.read import parse_floor
from flexports.study.blocks import Trial
from measuring import Result, Spread, race, short
from ours import Counted, engine_alone, whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SEED = 1
SIZES = (10, 100, 1000, 10_000)
HOUR_S = 3600.0
MOST = 2.5

_LOSS = """
name = "{ports} ports"

[day]
length = "{length_s} s"

[[sources]]
kind = "inbound"
rate = "{per_hour} per hour"
ivr = {{ distribution = "exponential", mean = "180 s" }}
to_agent = 0.0
"""
_CALL_S = 180.0
_LOAD_A_PORT = 0.9

_DIALING = """
name = "{agents} agents"

[day]
length = "{length_s} s"

[[agents]]
name = "sales"
count = {agents}

[[sources]]
kind = "power-dialer"
dial = {{ distribution = "exponential", mean = "30 s" }}
outcomes = {{ voicemail = 0.40, conversation = 0.60 }}
message = {{ distribution = "exponential", mean = "40 s" }}
by_hand = {{ distribution = "exponential", mean = "40 s" }}
talk = {{ distribution = "exponential", mean = "20 s" }}
wrap_up = "0 s"

[[sources]]
kind = "inbound"
rate = "{per_hour} per hour"
talk = {{ distribution = "exponential", mean = "240 s" }}
wrap_up = "0 s"
patience = {{ distribution = "exponential", mean = "120 s" }}
"""
_CALLS_AN_AGENT_HOUR = 67.0
"""Of the floor of fifty agents: 25,200 dials and 1,600 inbound calls in 8 hours."""


def main() -> None:
    """Measure, print and draw."""
    options = parsed()
    curves = {
        "ports": measured(options, ports_floor, ports_of=int, counted=[("calls", 0, "offered")]),
        "agents": measured(
            options,
            agents_floor,
            ports_of=lambda agents: round(0.4 * agents),
            counted=[("calls", 0, "dials"), ("calls", 1, "offered")],
        ),
    }
    for what, (all_of_it, engine) in curves.items():
        print(f"\nNanoseconds a call by {what}; days of about {options.calls:,} calls\n")
        print_growth("whole", all_of_it)
        print_growth("every call told", engine)
    draw(curves, options.plot)
    print(f"\nDrawn: {options.plot}")


def parsed() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--engine", choices=ENGINES, default=DEFAULT_ENGINE, help="flexports' engine")
    add("--sizes", type=int, nargs="+", default=list(SIZES), help="numbers of ports and of agents")
    add("--calls", type=int, default=500_000, help="calls a day")
    add("--repetitions", type=int, default=5, help="2 or more")
    add("--plot", type=Path, default=Path("build/growth.png"), help="where the picture goes")
    return parser.parse_args()


Curve = dict[int, Spread]
"""Nanoseconds a call, by size."""


def measured(
    options: argparse.Namespace,
    floor_of: Callable[[int, int], Floor],
    *,
    ports_of: Callable[[int], int],
    counted: Counted,
) -> tuple[Curve, Curve]:
    """Let all sizes race: sampling, engine and tally, and with every call told."""
    starting = []
    for size in options.sizes:
        trial, ports = Trial(floor_of(size, options.calls), SEED, options.engine), ports_of(size)
        starting.append(whole(f"{size}", trial, [ports], counted))
        starting.append(engine_alone(f"{size}", trial, ports))
    results = race(starting, repetitions=options.repetitions)
    return curve(results[::2]), curve(results[1::2])


def curve(results: Sequence[Result]) -> Curve:
    """Nanoseconds a call."""
    return {
        int(result.name): Spread([1e9 * lap.seconds / lap.counts["calls"] for lap in result.laps])
        for result in results
    }


def ports_floor(ports: int, calls: int) -> Floor:
    """A floor that only loses calls."""
    per_hour = _LOAD_A_PORT * ports / _CALL_S * HOUR_S
    length_s = calls / per_hour * HOUR_S
    return parse_floor(_LOSS.format(ports=ports, length_s=length_s, per_hour=per_hour))


def agents_floor(agents: int, calls: int) -> Floor:
    """A floor like `dialing-floor.toml`, of any size."""
    length_s = calls / (_CALLS_AN_AGENT_HOUR * agents) * HOUR_S
    return parse_floor(_DIALING.format(agents=agents, length_s=length_s, per_hour=4.0 * agents))


def print_growth(name: str, costs: Curve) -> None:
    """Print a curve, and the cost on the largest floor over that on the smallest."""
    smallest, *_, largest = costs.values()
    growth = Spread([b / a for a, b in zip(smallest.values, largest.values, strict=True)])
    print(f"{name:16}" + "".join(f"{size:>12,}" for size in costs))
    print(f"{'':16}" + "".join(f"{short(cost.median):>12}" for cost in costs.values()))
    print(f"{'':16}largest over smallest: {growth.text}; to be at most {MOST}")


def draw(curves: dict[str, tuple[Curve, Curve]], path: Path) -> None:
    """Draw all curves, each with its spread."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4), layout="constrained")
    axes = figure.subplots(1, len(curves), sharey=True)
    for ax, (what, (all_of_it, engine)) in zip(axes, curves.items(), strict=True):
        draw_curve(ax, all_of_it, "sampling, engine and tally")
        draw_curve(ax, engine, "every call told")
        ax.set(xscale="log", yscale="log", xlabel=what, ylabel="nanoseconds a call")
        ax.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)


def draw_curve(ax: Axes, costs: Curve, label: str) -> None:
    """Draw medians, with bars from the least to the most."""
    medians = [cost.median for cost in costs.values()]
    below = [cost.median - min(cost.values) for cost in costs.values()]
    above = [max(cost.values) - cost.median for cost in costs.values()]
    ax.errorbar(list(costs), medians, yerr=[below, above], marker="o", capsize=3, label=label)


if __name__ == "__main__":
    main()
