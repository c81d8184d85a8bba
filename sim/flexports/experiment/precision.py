"""What precision is asked for: how narrow the interval of a metric has to be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from flexports.experiment.metrics import metric_units
from flexports.problems import nearest
from flexports.units import duration_s, format_duration

DEFAULT_METRIC = "blocking"
EXAMPLES = "write a share such as '2%', 'hold_p95: 5%' or 'hold_p95: 1 s'"

_LONGEST_TEXT = 80
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?"
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>.*)", re.ASCII)
#: Nearer to 0 than this, nobody asks for a share of the value itself, by unit.
_FLOORS = {"share": 0.001, "s": 1.0, "per day": 1.0, "ports": 0.1, "lines": 0.1}


@dataclass(frozen=True)
class Wanted:
    """How well a metric is to be known: half its interval, at most.

    Attributes
    ----------
    metric : str
    relative : float or None
        As a share of the value, or of `floor`, whichever is more.
    absolute : float or None
        In the metric's own unit; just one of the two is given.
    unit : str
        The metric's, as in the tables: ``share``, ``s``, ``ports``, ``per day``.
    floor : float
        Where the value is nearer to 0 than this, a relative precision is one of this.

    Examples
    --------
    >>> wanted = Wanted("blocking", relative=0.05)
    >>> str(wanted), wanted.unit
    ('blocking: 5%', 'share')
    >>> wanted.allowed(0.02), wanted.allowed(0.0), wanted.allowed(0.0, bound=0.01)
    (0.001, 5e-05, 0.0005)
    """

    metric: str = DEFAULT_METRIC
    relative: float | None = None
    absolute: float | None = None

    def __post_init__(self) -> None:
        """Refuse what no interval can be compared with.

        Raises
        ------
        ValueError
            ``rule; remedy``.
        """
        if self.metric not in metric_units():
            raise ValueError(_no_metric(self.metric))
        if (self.relative is None) == (self.absolute is None):
            raise ValueError("is not one precision; give relative=0.02, or absolute")
        if self.relative is not None and not 0 < self.relative < 1:
            raise ValueError(f"is not a share between 0 and 1; {EXAMPLES}")
        if self.absolute is not None and not 0 < self.absolute < float("inf"):
            raise ValueError(f"is not above 0; {EXAMPLES}")

    @property
    def unit(self) -> str:
        """The metric's unit."""
        return metric_units()[self.metric]

    @property
    def floor(self) -> float:
        """The least that a relative precision is taken of."""
        return _FLOORS[self.unit]

    def allowed(self, value: float, bound: float | None = None) -> float:
        """Return half the length that the interval of a value may have.

        Parameters
        ----------
        value : float
        bound : float, optional
            What the value is compared with, such as a target's bound, in place of `floor`; one
            of 0 says nothing of size.
        """
        if self.absolute is not None:
            return self.absolute
        assert self.relative is not None
        return self.relative * max(abs(value), bound or self.floor)

    def __str__(self) -> str:
        """Return the text that `parse_wanted` reads as exactly this."""
        return f"{self.metric}: {self._amount}"

    @property
    def _amount(self) -> str:
        if self.relative is not None:
            return f"{_plain(Decimal(repr(self.relative)) * 100)}%"
        assert self.absolute is not None
        if self.unit == "s":
            return format_duration(self.absolute)
        return f"{_plain(Decimal(repr(self.absolute)))} {self.unit}"


def parse_wanted(text: str) -> Wanted:
    """Return the precision that a text asks for.

    Parameters
    ----------
    text : str
        ``METRIC: AMOUNT``, or the amount alone for blocking. An amount with a percent sign, or
        without a unit, is relative; with the metric's own unit, as in the tables, it is absolute.

    Raises
    ------
    ValueError
        With a message of the form ``rule; remedy``.

    Examples
    --------
    >>> parse_wanted("2%") == parse_wanted("0.02") == parse_wanted("blocking: 2%")
    True
    >>> parse_wanted("hold_p95: 500 ms").absolute
    0.5
    """
    metric, colon, amount = text.rpartition(":")
    metric = metric.strip() if colon else DEFAULT_METRIC
    match = _AMOUNT.fullmatch(amount.strip()) if len(text) <= _LONGEST_TEXT else None
    if match is None:
        raise ValueError(f"is not a precision; {EXAMPLES}")
    if metric not in metric_units():
        raise ValueError(_no_metric(metric))
    number, unit = match["number"], " ".join(match["unit"].split())
    if unit in ("", "%"):
        return _relative(metric, Decimal(number) / (100 if unit else 1))
    return Wanted(metric, absolute=_absolute(metric, number, unit))


def _relative(metric: str, share: Decimal) -> Wanted:
    if not 0 < share < 1:
        raise ValueError(f"is not a share between 0 and 1; {_write(metric)}")
    return Wanted(metric, relative=float(share))


def _absolute(metric: str, number: str, unit: str) -> float:
    own = metric_units()[metric]
    if own == "s":
        try:
            value = duration_s(f"{number} {unit}")
        except ValueError as error:
            rule, _, _ = str(error).partition("; ")
            raise ValueError(f"{rule}; {_write(metric)}") from None
    elif unit == own:
        value = float(number)
    else:
        raise ValueError(f"has the unit '{unit}', not that of {metric}; {_write(metric)}")
    if not value > 0:
        raise ValueError(f"is not above 0; {_write(metric)}")
    return value


def _write(metric: str) -> str:
    unit = metric_units()[metric]
    example = "0.001" if unit == "share" else "1"
    return f"write '{metric}: 5%' or '{metric}: {example} {unit}'"


def _no_metric(metric: str) -> str:
    near = nearest(metric.replace(" ", "_"), metric_units())
    remedy = "write a metric of the tables, such as blocking, hold_p95 or carried_load"
    if near is not None:
        remedy = f"did you mean '{near}'?"
    return f"asks for '{metric}', which is no metric; {remedy}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
