"""Whether every metric that matters is known well enough."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flexports.estimates import Estimate
from flexports.estimates.estimate import SHARE
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
    wanted : Wanted
    bound : float or None
        What the value is compared with: its target.
    """

    ports: int
    estimate: Estimate
    wanted: Wanted
    bound: float | None = None

    @property
    def allowed(self) -> float:
        """Half the length that its interval may have."""
        return self.wanted.allowed(self.estimate.value, self.bound)

    @property
    def times(self) -> float:
        """How many times too long its interval is; infinite if it has none."""
        half = self.estimate.half_width
        return math.inf if math.isnan(half) else half / self.allowed

    @property
    def known(self) -> str:
        """How well it is known, in the unit in which it was asked for: ``+-3.1 %``."""
        if not math.isfinite(self.times):
            return "no bound yet"
        return f"+-{_digits(self.times * self._asked)} {self._unit}"

    @property
    def needed(self) -> str:
        """How well it shall be known, in the same unit: ``2 %``."""
        return f"{_digits(self._asked)} {self._unit}"

    def __str__(self) -> str:
        each = self.estimate
        return (
            f"{each.metric} of {each.source} with {self.ports} ports is known to "
            f"{self.known} and not to {self.needed}{self._of}"
        )

    @property
    def _asked(self) -> float:
        absolute, relative = self.wanted.absolute, self.wanted.relative
        return 100 * relative if relative is not None else absolute or math.nan

    @property
    def _unit(self) -> str:
        return self.wanted.unit if self.wanted.relative is None else "%"

    @property
    def _of(self) -> str:
        """What a relative precision is a share of."""
        if self.wanted.relative is None:
            return ""
        least = self.bound or self.wanted.floor
        if abs(self.estimate.value) >= least:
            return " of its value"
        if self.bound:
            return " of its target"
        scale, unit = (100, "%") if self.wanted.unit == SHARE else (1, self.wanted.unit)
        return f" of {scale * least:g} {unit}"


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
    floor = sweep.trial.floor
    found = [
        one
        for ports, estimates in sweep.estimates.items()
        for each in estimates
        for one in _compared(floor, ports, each, wanted)
        if not each.half_width <= one.allowed and not math.isnan(each.value)
    ]
    return sorted(found, key=lambda each: -each.times)


def _compared(
    floor: Floor, ports: int, estimate: Estimate, wanted: Sequence[Wanted]
) -> Iterator[Lacking]:
    """An estimate beside each precision that is asked of it."""
    for each in wanted:
        if each.metric == estimate.metric:
            bound = floor.targets.blocking_of(estimate.source) if _is_blocking(each) else None
            yield Lacking(ports, estimate, each, bound or None)


def _is_blocking(wanted: Wanted) -> bool:
    return wanted.metric == "blocking"


def standing_text(sweep: Sweep, wanted: Sequence[Wanted]) -> str:
    """Say how far the worst metric still is from what is wanted; nothing if none is."""
    worst = next(iter(lacking(sweep, wanted)), None)
    if worst is None:
        return ""
    each = worst.estimate
    return f"{each.metric} of {each.source} {worst.known}, {worst.needed} wanted"


def _digits(number: float) -> str:
    """Return a number with two digits, and no exponent where it is 100 or 1000."""
    return f"{float(f'{number:.2g}'):g}"
