"""Durations, rates and times of day: as people write them, and as seconds.

Inside, time is float64 seconds and rates are per second; text exists only at the edge. Each pair of
functions is exact: what `format_duration` writes, `duration_s` reads back to the last bit.
"""

import math
import re
from collections.abc import Mapping
from fractions import Fraction

#: Units of duration, in the order in which they are preferred when several texts are equally short.
DURATION_UNITS: Mapping[str, Fraction] = {
    "s": Fraction(1),
    "min": Fraction(60),
    "h": Fraction(3600),
    "d": Fraction(86400),
    "ms": Fraction(1, 1000),
}
RATE_UNITS: Mapping[str, Fraction] = {
    "hour": Fraction(1, 3600),
    "minute": Fraction(1, 60),
    "second": Fraction(1),
    "day": Fraction(1, 86400),
}
DAY_S = 86400.0

#: What people write for a unit, by its first letters: '3 mins', '2 hours', '5 sec'.
_MEANT = {"ms": "ms", "mil": "ms", "s": "s", "m": "min", "h": "h", "d": "d"}
_RATE_MEANT = {"s": "second", "m": "minute", "h": "hour", "d": "day"}

_NUMBER = r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_MEASURE = re.compile(rf"\s*(?P<number>[+-]?{_NUMBER})\s*(?P<unit>[^\W\d]+)\s*", re.ASCII)
_RATE = re.compile(rf"\s*(?P<number>[+-]?{_NUMBER})\s+per\s+(?P<unit>[^\W\d]+)\s*", re.ASCII)
_BARE = re.compile(rf"\s*(?P<number>[+-]?{_NUMBER})\s*", re.ASCII)
_LOOSE_RATE = re.compile(
    rf"\s*(?P<number>[+-]?{_NUMBER})\s*(?:per|/|an?|each|every)?\s*(?P<unit>[^\W\d]*).*",
    re.DOTALL | re.ASCII,
)
_NOT_FINITE = re.compile(r"\s*[+-]?(?:nan|inf(?:inity)?)\b.*", re.IGNORECASE | re.DOTALL)
_CLOCK = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?", re.ASCII)
_LONGEST_TEXT = 60
_MOST_ZEROS = 15

#: The same patterns for JSON Schema, which knows no named groups.
DURATION_PATTERN = rf"^\s*\+?{_NUMBER}\s*({'|'.join(DURATION_UNITS)})\s*$"
RATE_PATTERN = rf"^\s*\+?{_NUMBER}\s+per\s+({'|'.join(RATE_UNITS)})\s*$"
CLOCK_PATTERN = r"^([01]?\d|2[0-4]):[0-5]\d(:[0-5]\d)?$"


def duration_s(text: str) -> float:
    """Return the seconds of a duration: a number with one of the units ms, s, min, h, d.

    Raises
    ------
    ValueError
        With a message of the form ``rule; remedy``.

    Examples
    --------
    >>> duration_s("3 min"), duration_s("0.5 h"), duration_s("250ms")
    (180.0, 1800.0, 0.25)
    """
    example = "write a number with a unit of ms, s, min, h or d, such as '3 min'"
    match = _matched(_MEASURE, text)
    if match is None:
        _refuse_not_finite(text)
        bare = _matched(_BARE, text)
        if bare is not None:
            number = bare["number"].lstrip("+-")
            raise ValueError(f"has no unit; write '{number} s' or '{number} min'")
        raise ValueError(f"is not a duration; {example}")
    number, unit = match["number"], match["unit"]
    if unit not in DURATION_UNITS:
        meant = _unit_meant(unit, _MEANT)
        remedy = f"write '{number} {meant}'" if meant else example
        raise ValueError(f"is not a duration; {remedy}")
    if number.startswith("-"):
        positive = f"{number[1:]} {unit}"
        raise ValueError(f"is negative; write a duration of 0 s or more, such as '{positive}'")
    return _exact(number, DURATION_UNITS[unit])


def rate_per_s(text: str) -> float:
    """Return the events per second of a rate: a number per second, minute, hour or day.

    Raises
    ------
    ValueError
        With a message of the form ``rule; remedy``.

    Examples
    --------
    >>> rate_per_s("18 per hour")
    0.005
    """
    match = _matched(_RATE, text)
    if match is None or match["unit"] not in RATE_UNITS:
        _refuse_not_finite(text)
        raise ValueError(f"is not a rate; {_rate_remedy(text)}")
    if match["number"].startswith("-"):
        raise ValueError("is negative; write a rate of 0 or more, such as '18 per hour'")
    return _exact(match["number"], RATE_UNITS[match["unit"]])


def clock_s(text: str) -> float:
    """Return the seconds after midnight of a time of day, ``HH:MM`` or ``HH:MM:SS`` up to 24:00.

    Raises
    ------
    ValueError
        With a message of the form ``rule; remedy``.

    Examples
    --------
    >>> clock_s("09:30")
    34200.0
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError("is not a time of day; write hours and minutes, such as '09:00'")
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    total = 3600 * hour + 60 * minute + second
    if total > DAY_S:
        raise ValueError("is not a time of day; write a time from '00:00' to '24:00'")
    return float(total)


def format_duration(seconds: float) -> str:
    """Return the shortest text that `duration_s` reads as exactly these seconds.

    Examples
    --------
    >>> [format_duration(s) for s in (180.0, 90.0, 28800.0, 0.05, 0.0)]
    ['3 min', '90 s', '8 h', '50 ms', '0 s']
    """
    texts = _exact_texts(seconds, DURATION_UNITS)
    number, unit = min(texts, key=lambda pair: len(pair[0]))
    return f"{number} {unit}"


def format_rate(per_s: float) -> str:
    """Return the shortest text that `rate_per_s` reads as exactly this rate.

    Examples
    --------
    >>> [format_rate(rate) for rate in (0.005, 1.0, 20 / 60)]
    ['18 per hour', '1 per second', '20 per minute']
    """
    texts = _exact_texts(per_s, RATE_UNITS)
    number, unit = min(texts, key=lambda pair: len(pair[0]))
    return f"{number} per {unit}"


def format_clock(seconds: float) -> str:
    """Return the time of day, ``HH:MM`` or ``HH:MM:SS``, of whole seconds after midnight.

    Examples
    --------
    >>> format_clock(34200.0)
    '09:30'
    """
    minutes, second = divmod(round(seconds), 60)
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{second:02d}" if second else text


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    # The exact value of a number of a million digits takes minutes to work out.
    return pattern.fullmatch(text) if len(text) <= _LONGEST_TEXT else None


def _exact(number: str, unit: Fraction) -> float:
    # Through Fraction, so that the product is rounded once: 0.1 min is 6 s, not nearly 6 s.
    try:
        value = float(Fraction(number) * unit)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise ValueError("is too large; write a number below 1e300")
    return value


def _exact_texts(value: float, units: Mapping[str, Fraction]) -> list[tuple[str, str]]:
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"{value!r} has no text; give a finite number of 0 or more")
    found = []
    for unit, size in units.items():
        number = _shortest(value, size)
        if number is not None:
            found.append((number, unit))
    return found


def _shortest(value: float, size: Fraction) -> str | None:
    ratio = Fraction(value) / size
    try:
        approximate = float(ratio)
    except OverflowError:
        return None
    for digits in range(1, 18):
        number = _plain(f"{approximate:.{digits}g}")
        if _reads_as(number, size, value):
            return number
    return None


def _reads_as(number: str, size: Fraction, value: float) -> bool:
    try:
        return _exact(number, size) == value
    except ValueError:
        return False


def _plain(number: str) -> str:
    """Return a number as people write it: 120, not 1.2e+02; 1e+20 stays."""
    if "e" in number:
        mantissa, _, exponent = number.partition("e")
        return (
            f"{float(number):.0f}"
            if 0 <= int(exponent) <= _MOST_ZEROS
            else f"{mantissa}e{int(exponent)}"
        )
    return number


def _refuse_not_finite(text: str) -> None:
    if _NOT_FINITE.fullmatch(text):
        raise ValueError("is not a finite number; write a number, such as '3 min' or '18 per hour'")


def _unit_meant(unit: str, table: Mapping[str, str]) -> str | None:
    folded = unit.casefold()
    starts = sorted((start for start in table if folded.startswith(start)), key=len)
    return table[starts[-1]] if starts else None


def _rate_remedy(text: str) -> str:
    example = "write a number per second, minute, hour or day, such as '18 per hour'"
    match = _matched(_LOOSE_RATE, text)
    if match is None:
        return example
    meant = _unit_meant(match["unit"], _RATE_MEANT)
    return f"write '{match['number']} per {meant}'" if meant else example
