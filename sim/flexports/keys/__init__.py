"""The keys of a file: declared once as the fields of frozen dataclasses."""

from flexports.keys.declared import DeclaredKey, Keyed, declared_keys, first_paragraph, key
from flexports.keys.names import Name, NameList
from flexports.keys.numbers import Bounds, Measure, Number, Whole
from flexports.keys.tagged import Tagged
from flexports.keys.types import (
    ClockS,
    Count,
    CountOrZero,
    DurationS,
    Names,
    PositiveDurationS,
    PositiveRatePerS,
    RatePerS,
    Share,
)
from flexports.keys.value import Value, value_of

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
