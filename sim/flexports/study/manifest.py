"""The manifest of an experiment's results."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

import flexports
from flexports.experiment import Experiment, Point
from flexports.folder import Manifest, PlannedPoint
from flexports.study.blocks import days_in_a_block

_LIBRARIES = ("numpy", "numba", "scipy")


def manifest_of(experiment: Experiment, engine: str) -> Manifest:
    """Return what the results of an experiment that is run here and now are of."""
    return Manifest(
        name=experiment.name,
        text=experiment.text,
        floor_texts=dict(experiment.floor_texts),
        seed=experiment.seed,
        ports=tuple(experiment.ports),
        points=tuple(map(_planned, experiment.points)),
        versions=_versions(),
        engine=engine,
        platform=platform.platform(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _planned(point: Point) -> PlannedPoint:
    return PlannedPoint(
        point.number, point.floor_name, dict(point.settings), days_in_a_block(point.floor)
    )


def _versions() -> dict[str, str]:
    own = {"flexports": flexports.__version__, "python": platform.python_version()}
    return {**own, **{name: _version(name) for name in _LIBRARIES}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
