"""The annotated types that keys are declared with."""

from dataclasses import replace
from typing import Annotated

from flexports import units
from flexports.keys.names import NameList
from flexports.keys.numbers import Bounds, Measure, Number, Whole

#: Three centuries: what is longer is a slip of the pen.
LONGEST_DURATION_S = 1e10
HIGHEST_RATE_PER_S = 1e4


def _duration(bounds: Bounds) -> Measure:
    return Measure(
        what="a duration",
        example="3 min",
        pattern=units.DURATION_PATTERN,
        from_text=units.duration_s,
        to_text=units.format_duration,
        bounds=replace(bounds, at_most=LONGEST_DURATION_S),
    )


def _rate(bounds: Bounds) -> Measure:
    return Measure(
        what="a rate",
        example="18 per hour",
        pattern=units.RATE_PATTERN,
        from_text=units.rate_per_s,
        to_text=units.format_rate,
        bounds=replace(bounds, at_most=HIGHEST_RATE_PER_S),
    )


_CLOCK = Measure(
    what="a time of day",
    example="09:00",
    pattern=units.CLOCK_PATTERN,
    from_text=units.clock_s,
    to_text=units.format_clock,
    bounds=Bounds(at_least=0.0, at_most=units.DAY_S),
)

#: Seconds, from text such as ``"3 min"``: 0 or more, and above 0.
DurationS = Annotated[float, _duration(Bounds(at_least=0.0))]
PositiveDurationS = Annotated[float, _duration(Bounds(above=0.0))]
#: Events per second, from text such as ``"18 per hour"``: 0 or more, and above 0.
RatePerS = Annotated[float, _rate(Bounds(at_least=0.0))]
PositiveRatePerS = Annotated[float, _rate(Bounds(above=0.0))]
#: Seconds after midnight, from text such as ``"09:00"``.
ClockS = Annotated[float, _CLOCK]
#: A number from 0 to 1.
Share = Annotated[float, Number("a share", "0.25", Bounds(at_least=0.0, at_most=1.0))]
#: A whole number: from 1, and from 0.
Count = Annotated[int, Whole(at_least=1)]
CountOrZero = Annotated[int, Whole(at_least=0, example="0")]
#: A name or a list of names, in order of preference.
Names = Annotated[tuple[str, ...], NameList("sales")]
