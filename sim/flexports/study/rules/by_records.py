"""Rules that look at call records, of days on which no port was short."""

from __future__ import annotations

import math
from fractions import Fraction

from flexports.study.rules.facts import Facts, OtherRule


def mean_and_a_deviation(facts: Facts) -> int | None:
    """Mean of the ports in use and one standard deviation, rounded up."""
    seen = facts.records
    return None if seen is None else math.ceil(seen.mean + seen.deviation)


def peak_of_records(facts: Facts) -> int | None:
    """The most ports that were in use at once."""
    return _above_peak(facts, Fraction(1))


def a_fifth_above_peak(facts: Facts) -> int | None:
    """That peak and a fifth."""
    return _above_peak(facts, Fraction(6, 5))


def half_above_peak(facts: Facts) -> int | None:
    """That peak and half of it."""
    return _above_peak(facts, Fraction(3, 2))


def _above_peak(facts: Facts, ratio: Fraction) -> int | None:
    return None if facts.records is None else math.ceil(facts.records.peak * ratio)


RULES = (
    OtherRule(
        "mean + 1 deviation",
        'To Connect Me, "How many channels do I need?"',
        mean_and_a_deviation,
    ),
    OtherRule("peak of the records", "common practice", peak_of_records),
    OtherRule(
        "1.2 x peak",
        'Unlimcall, "Dialer channel concurrency planning"',
        a_fifth_above_peak,
    ),
    OtherRule("1.5 x peak", "common practice", half_above_peak),
)
