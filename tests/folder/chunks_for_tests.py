"""Tallies and manifests that the tests of results folders share."""

from __future__ import annotations

from functools import cache
from typing import Any

from flexports.folder import Manifest, PlannedPoint
from flexports.study.blocks import Trial
from flexports.tally import Tallies
from study.floors_for_studies import answering_floor, callers

PORTS = (1, 2, 3)


@cache
def trial() -> Trial:
    """A day of some ten calls, of which callers hold for an agent."""
    return Trial(answering_floor(1, callers(5.0, 200.0)), seed=3, engine="simpy")


@cache
def tallies_of(days: range) -> Tallies:
    return trial().tallies(days, PORTS)


def manifest(**keys: Any) -> Manifest:
    usual: dict[str, Any] = {
        "name": "Two floors",
        "text": 'name = "Two floors"\ndays = 100\n',
        "floor_texts": {"a.toml": "# one\n", "b.toml": "# two\n"},
        "seed": 3,
        "ports": PORTS,
        "points": (PlannedPoint(1, "a", {}, 2), PlannedPoint(2, "b", {"agents.sales.count": 3}, 2)),
        "versions": {"flexports": "0.1.0", "numpy": "2.0"},
        "engine": "compiled",
        "platform": "here",
        "created": "2026-01-01T00:00:00+00:00",
    }
    return Manifest(**usual | keys)
