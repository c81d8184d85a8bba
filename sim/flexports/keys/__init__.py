"""The keys of a file: declared once as the fields of frozen dataclasses."""

from flexports.keys.declared import DeclaredKey, Keyed, declared_keys, first_paragraph, key
from flexports.keys.tagged import Tagged
from flexports.keys.values import (
    Bounds,
    ClockS,
    Count,
    CountOrZero,
    DurationS,
    Measure,
    Name,
    NameList,
    Names,
    Number,
    PositiveDurationS,
    PositiveRatePerS,
    RatePerS,
    Share,
    Value,
    Whole,
    value_of,
)

__all__ = [
    "Bounds",
    "ClockS",
    "Count",
    "CountOrZero",
    "DeclaredKey",
    "DurationS",
    "Keyed",
    "Measure",
    "Name",
    "NameList",
    "Names",
    "Number",
    "PositiveDurationS",
    "PositiveRatePerS",
    "RatePerS",
    "Share",
    "Tagged",
    "Value",
    "Whole",
    "declared_keys",
    "first_paragraph",
    "key",
    "value_of",
]
