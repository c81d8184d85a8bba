"""Whether every metric that matters is known well enough."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flexports.estimates import Estimate
from flexports.experiment.precision import Wanted, parse_wanted
from flexports.floor import Floor
from flexports.problems import InputError, Problem, split_message
from flexports.study.results import Sweep

Precision = float | str | Wanted | Sequence[str | Wanted]
"""0.02, ``"2%"``, ``"hold_p95: 1 s"``, or several of these."""


@dataclass(frozen=True)
class Lacking:
    """A metric that is not yet known well enough on one port count.

    Attributes
    ----------
    ports : int
    estimate : Estimate
    allowed : float
        Half the length that its interval may have.
    """

    ports: int
    estimate: Estimate
    allowed: float

    @property
    def times(self) -> float:
        """How many times too long its interval is; infinite if it has none."""
        half = self.estimate.half_width
        return math.inf if math.isnan(half) else half / self.allowed

    def __str__(self) -> str:
        each = self.estimate
        return (
            f"{each.metric} of {each.source} with {self.ports} ports is known to "
            f"+-{each.half_width:.2g} and not +-{self.allowed:.2g}"
        )


def wanted_of(precision: Precision | None) -> tuple[Wanted, ...]:
    """Read what precision is asked for.

    Raises
    ------
    InputError
    """
    if precision is None:
        return ()
    given = [precision] if isinstance(precision, float | int | str | Wanted) else list(precision)
    return tuple(map(_wanted, given))


def _wanted(given: object) -> Wanted:
    if isinstance(given, Wanted):
        return given
    try:
        if isinstance(given, bool) or not isinstance(given, float | int | str):
            raise ValueError("is no precision; write '2%' or 'hold_p95: 1 s'")
        return parse_wanted(given) if isinstance(given, str) else Wanted(relative=float(given))
    except ValueError as error:
        raise InputError(Problem("precision", given, *split_message(str(error)))) from None


def check_metrics(wanted: Sequence[Wanted], floor: Floor, metrics: set[str]) -> None:
    """Refuse to wait for a metric that the floor does not have.

    Raises
    ------
    InputError
    """
    for each in wanted:
        if each.metric not in metrics:
            rule = f"asks for a metric that no source of {floor.name} has"
            remedy = "ask for one of " + ", ".join(sorted(metrics))
            raise InputError(Problem("precision", str(each), rule, remedy))


def lacking(sweep: Sweep, wanted: Sequence[Wanted]) -> Sequence[Lacking]:
    """Find what is not known well enough, the worst first.

    A metric without a value, such as the hold of nobody, is not waited for.
    """
    found = [
        Lacking(ports, each, allowed)
        for ports, estimates in sweep.estimates.items()
        for each in estimates
        for allowed in _allowed(sweep.trial.floor, each, wanted)
        if not each.half_width <= allowed and not math.isnan(each.value)
    ]
    return sorted(found, key=lambda each: -each.times)


def _allowed(floor: Floor, estimate: Estimate, wanted: Sequence[Wanted]) -> Iterator[float]:
    """Half the length that its interval may have, as each of those who ask for it says."""
    for each in wanted:
        if each.metric == estimate.metric:
            bound = floor.targets.blocking_of(estimate.source) if _is_blocking(each) else None
            yield each.allowed(estimate.value, bound or None)


def _is_blocking(wanted: Wanted) -> bool:
    return wanted.metric == "blocking"


def standing_text(sweep: Sweep, wanted: Sequence[Wanted]) -> str:
    """Say how far the worst metric still is from what is wanted; nothing if none is."""
    worst = next(iter(lacking(sweep, wanted)), None)
    if worst is None:
        return ""
    each = worst.estimate
    return f"{each.metric} of {each.source} +-{each.half_width:.2g}, +-{worst.allowed:.2g} wanted"
