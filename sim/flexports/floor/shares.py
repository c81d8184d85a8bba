"""Shares: of a whole that they make up together, and by source."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flexports.keys import Keyed, Number, Share, Value, declared_keys, value_of
from flexports.problems import NOTHING, InputError, Problem

#: How far shares may miss a sum of 1: what decimal fractions lose when they are added.
SUM_TOLERANCE = 1e-9

_SHARE: Number = value_of(Share)


@dataclass(frozen=True, kw_only=True)
class SharesOfOne(Keyed):
    """Base of a table of shares that add up to 1: how dials end, what callers choose.

    A subclass declares each share as a key, of type `Share`.
    """

    def __post_init__(self) -> None:
        """Refuse shares that do not add up to 1, with what would make them."""
        super().__post_init__()
        shares = self.by_key()
        total = math.fsum(shares.values())
        if abs(total - 1) > SUM_TOLERANCE:
            rule = f"the shares add up to {total:.6g}, not 1"
            raise InputError(Problem("", NOTHING, rule, _repair(shares, total)))

    def by_key(self) -> dict[str, float]:
        """Return the shares by the names that files use, in order."""
        return {one.key: getattr(self, one.field) for one in declared_keys(type(self))}


def _repair(shares: Mapping[str, float], total: float) -> str:
    # The last key is changed if it can be: it is where the rest goes, as a rule.
    for name in reversed(list(shares)):
        right = 1 - (total - shares[name])
        if 0 <= right <= 1:
            return f"write {name} = {right:.6g}, or change the others"
    return "write shares that add up to 1"


class ShareBySource(Value[float | Mapping[str, float]]):
    """One share for every source, or a table of shares by the source's name."""

    def read(self, value: object) -> float | Mapping[str, float]:
        """Return the share, or the shares by name."""
        if not isinstance(value, Mapping):
            return _SHARE.read(value)
        problems = []
        for name, share in value.items():
            try:
                _SHARE.check(_SHARE.read(share))
            except ValueError as error:
                rule, _, remedy = str(error).partition("; ")
                problems.append(Problem(str(name), share, rule, remedy))
        if problems:
            raise InputError(problems)
        return {name: float(share) for name, share in value.items()}

    def check(self, value: float | Mapping[str, float]) -> None:
        """Refuse shares outside 0 to 1."""
        for share in value.values() if isinstance(value, Mapping) else (value,):
            _SHARE.check(share)

    def schema(self) -> dict[str, Any]:
        """Return the schema of either form."""
        share = _SHARE.schema()
        return {"anyOf": [share, {"type": "object", "additionalProperties": share}]}
