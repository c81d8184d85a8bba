"""Experiments so small that a run of one takes a moment."""

from __future__ import annotations

from pathlib import Path

from flexports.experiment import Experiment, parse_experiment
from shown_floors import CALLS

ONE_FLOOR = """
name = "Tiny, once"
floor = "tiny.toml"
ports = "2-4"
days = 20
seed = 5
"""

TWO_POINTS = """
name = "Tiny, twice"
floor = "tiny.toml"
ports = [2, 3]
days = 12

[factors]
agents.calls-takers.count = [1, 2]
sources.calls.rate = ["40 per hour", "60 per hour"]

[design]
kind = "list"
"""

PRECISE = """
name = "Tiny, precisely"
floor = "tiny.toml"
ports = 3
precision = "blocking: 0.013 share"
max_days = 200
"""


def written(folder: Path, text: str) -> Path:
    """Write an experiment and its floor."""
    floor = CALLS.replace('name = "sales"', 'name = "calls-takers"')
    (folder / "tiny.toml").write_text(floor, encoding="utf-8")
    path = folder / "experiment.toml"
    path.write_text(text, encoding="utf-8")
    return path


def experiment(folder: Path, text: str) -> Experiment:
    written(folder, text)
    return parse_experiment(text, folder=folder)
