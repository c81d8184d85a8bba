"""Numbers as people read them: with the digits that their interval supports, and no more."""

from __future__ import annotations

import math

from flexports.estimates import Estimate

NOTHING = "-"
"""Where there was nothing to take a value from."""

_FINEST, _COARSEST = 12, -6
_UNITS = {"share": " %", "s": " s"}
_MOST_MORE_DIGITS = 4


def value_text(estimate: Estimate) -> str:
    """Return a value with the digits that its interval supports, and its unit if that is short.

    Where nothing was seen it is a bound, rounded up: ``< 0.038 %``.

    Examples
    --------
    >>> value_text(Estimate("outbound", "blocking", "share", 0.010929, 0.010043, 0.011871))
    '1.09 %'
    >>> value_text(Estimate("outbound", "blocking", "share", 0.0, 0.0, 0.0003712))
    '< 0.038 %'
    >>> value_text(Estimate("outbound", "offered", "per day", 974.77, 966.1, 983.4))
    '975'
    """
    scale, unit = _scale(estimate), unit_of(estimate)
    value, low, high = estimate.value, estimate.low, estimate.high
    if math.isnan(value):
        return NOTHING
    if value == 0 and high > 0:
        return NOTHING if math.isinf(high) else f"< {up(high * scale)}{unit}"
    if estimate.unit == "share" and value == 1 and low < 1:
        return f"> {down_from_whole(low)} %"
    return f"{fixed(value * scale, _places(estimate))}{unit}"


def interval_text(estimate: Estimate, against: float | None = None) -> str:
    """Return the interval in words, to two digits of half its width.

    Parameters
    ----------
    estimate : Estimate
    against : float, optional
        A bound: digits are added until neither end is rounded onto it or beyond it.

    Examples
    --------
    >>> blocking = Estimate("outbound", "blocking", "share", 0.01201, 0.010004, 0.014021)
    >>> interval_text(blocking), interval_text(blocking, against=0.01)
    ('1.00 to 1.40 %', '1.0004 to 1.4021 %')
    """
    if math.isnan(estimate.low):
        return "one day: no interval"
    scale, places = _scale(estimate), _places(estimate) + 1
    if against is not None:
        places = _places_beside(estimate, against, places)
    low = fixed(estimate.low * scale, places)
    high = "more" if math.isinf(estimate.high) else fixed(estimate.high * scale, places)
    return f"{low} to {high}{unit_of(estimate)}"


def share_text(share: float) -> str:
    """Return a share that somebody wrote down, as a percentage.

    Examples
    --------
    >>> share_text(0.01), share_text(0.125)
    ('1 %', '12.5 %')
    """
    return f"{100 * share:.6g} %"


def up(value: float, digits: int = 2) -> str:
    """Return an upper bound, rounded up to some significant digits.

    Examples
    --------
    >>> up(0.5132), up(0.04), up(12.31)
    ('0.52', '0.04', '13')
    """
    return _outward(value, digits, math.ceil)


def down(value: float, digits: int = 2) -> str:
    """Return a lower bound, rounded down to some significant digits.

    Examples
    --------
    >>> down(0.5132), down(82.4)
    ('0.51', '82')
    """
    return _outward(value, digits, math.floor)


def down_from_whole(share: float) -> str:
    """Return a lower bound near one, as a percentage with its distance to 100 to two digits.

    Examples
    --------
    >>> down_from_whole(0.99962)
    '99.962'
    """
    places = _decimals(1 - share, 2) - 2
    step = 10.0**-places
    return fixed(math.floor(100 * share / step + 1e-9) * step, places)


def computed_text(value: float, unit: str) -> str:
    """Return a value that was computed, to three digits.

    Examples
    --------
    >>> computed_text(0.0232574, "share"), computed_text(1.9376, "ports")
    ('2.33 %', '1.94')
    """
    if not math.isfinite(value):
        return NOTHING
    scaled = value * 100 if unit == "share" else value
    shown = "0" if scaled == 0 else fixed(scaled, max(0, _decimals(scaled, 3)))
    if unit == "share" and abs(scaled) < 1e-4 and scaled:  # noqa: PLR2004 - a millionth
        shown = f"{scaled:.2g}"
    return f"{shown}{_UNITS.get(unit, '')}"


def ports_text(count: int) -> str:
    """Return a number of ports: ``1 flex port``."""
    return f"{count:,} flex port{'' if count == 1 else 's'}"


def fixed(value: float, places: int) -> str:
    """Return a number with so many decimals; below 0, rounded to tens, hundreds, ..."""
    return f"{round(value, places):.{max(places, 0)}f}"


def unit_of(estimate: Estimate) -> str:
    """Return the unit that goes with a number, if it is short enough to be written each time."""
    return _UNITS.get(estimate.unit, "")


def _scale(estimate: Estimate) -> float:
    return 100.0 if estimate.unit == "share" else 1.0


def _places(estimate: Estimate) -> int:
    """Return the decimals at which the interval first shows."""
    scale = _scale(estimate)
    half = estimate.half_width * scale
    if math.isinf(half):  # a quantile without an upper end: as uncertain as its lower one
        half = (estimate.value - estimate.low) * scale
    if not math.isfinite(half) or half <= 0:
        half = abs(estimate.value * scale) / 100
    places = _decimals(half, 1)
    if estimate.value:  # at least one digit of the value itself
        places = max(places, _decimals(estimate.value * scale, 1))
    return min(max(places, _COARSEST), _FINEST)


def _decimals(value: float, digits: int) -> int:
    """Return the decimals that show so many significant digits."""
    if value == 0 or not math.isfinite(value):
        return 0
    return digits - 1 - math.floor(math.log10(abs(value)) + 1e-12)


def _places_beside(estimate: Estimate, against: float, places: int) -> int:
    scale = _scale(estimate)
    ends = [end for end in (estimate.low, estimate.high) if math.isfinite(end) and end != against]
    for more in range(_MOST_MORE_DIGITS):
        if all(
            (round(end * scale, places + more) - against * scale) * (end - against) > 0
            for end in ends
        ):
            return places + more
    return places + _MOST_MORE_DIGITS


def _outward(value: float, digits: int, rounded: object) -> str:
    if value == 0:
        return "0"
    places = _decimals(value, digits)
    step = 10.0**-places
    # A bound of 0.04 is 4.000000000000001 hundredths, and stays 0.04.
    nudge = -1e-9 if rounded is math.ceil else 1e-9
    whole = math.ceil(value / step + nudge) if nudge < 0 else math.floor(value / step + nudge)
    text = fixed(whole * step, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
