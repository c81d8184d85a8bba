"""What the closed forms refuse: each refusal shows the value, the rule and the remedy."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from typing import SupportsFloat, SupportsIndex


def number(name: str, value: SupportsFloat, rule: str) -> float:
    """Return `value` as a float, or refuse what is not a number."""
    try:
        converted = float(value)
    except (TypeError, ValueError):
        converted = math.nan
    if math.isnan(converted):
        raise ValueError(f"{name}: {value!r} is not a number; give {rule}")
    return converted


def not_negative(name: str, value: SupportsFloat, unit: str) -> float:
    """Return a finite number that is 0 or more."""
    rule = f"a finite number of {unit}, 0 or more"
    converted = number(name, value, rule)
    if not 0 <= converted < math.inf:
        raise ValueError(f"{name}: {value!r} is out of range; give {rule}")
    return converted


def positive(name: str, value: SupportsFloat, unit: str, *, infinite: bool = False) -> float:
    """Return a number above 0: finite, unless `infinite` allows for ever."""
    rule = f"a number of {unit} above 0" + (" (inf is allowed)" if infinite else ", and finite")
    converted = number(name, value, rule)
    if not converted > 0 or (math.isinf(converted) and not infinite):
        raise ValueError(f"{name}: {value!r} is out of range; give {rule}")
    return converted


def share(name: str, value: SupportsFloat, *, zero: bool = False, one: bool = False) -> float:
    """Return a share between 0 and 1, with or without either end."""
    ends = {
        (False, False): "above 0 and below 1",
        (True, False): "from 0 to just below 1",
        (False, True): "above 0 and at most 1",
        (True, True): "from 0 to 1",
    }[zero, one]
    rule = f"a share {ends}, such as 0.01 for 1 %"
    converted = number(name, value, rule)
    if not (0 < converted < 1 or (zero and converted == 0) or (one and converted == 1)):
        raise ValueError(f"{name}: {value!r} is out of range; give {rule}")
    return converted


def count(name: str, value: SupportsIndex, least: int = 0) -> int:
    """Return a whole number that is `least` or more."""
    rule = f"a whole number, {least} or more"
    try:
        converted = operator.index(value)
    except TypeError:
        raise ValueError(f"{name}: {value!r} is not a whole number; give {rule}") from None
    if isinstance(value, bool) or converted < least:
        raise ValueError(f"{name}: {value!r} is out of range; give {rule}")
    return converted


def same_length(**lists: Sequence[object]) -> int:
    """Return how many classes the lists describe, or refuse lists that disagree."""
    lengths = {name: len(values) for name, values in lists.items()}
    if len(set(lengths.values())) != 1 or not all(lengths.values()):
        told = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ValueError(f"{told}; give one value for each class, and one class at least")
    return next(iter(lengths.values()))
