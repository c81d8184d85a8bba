"""Exact values beside the simulation, as cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flexports.study.exact import Exact, Standing
from flexports.table.numbers import NOTHING, computed_text

HEADS = {
    Standing.EXACT: "exact",
    Standing.LONG_RUN: "long run",
    Standing.EXPONENTIAL: "if exp.",
}
_NOTES = {
    Standing.EXACT: "exact: worked out as a Markov chain, without simulation.",
    Standing.LONG_RUN: "long run: worked out exactly, for days without beginning or end.",
    Standing.EXPONENTIAL: "if exp.: worked out exactly, as if all durations were exponential.",
}
_UNITS = {"busy_mean": "ports", "carried_load": "ports"}


class Beside:
    """Finds the exact value that belongs to an estimate."""

    def __init__(self, exact: Sequence[Exact]) -> None:
        self._values: Mapping[tuple[int, str, str], Exact] = {
            (each.ports, each.source, each.metric): each for each in exact
        }
        self.standing = exact[0].standing if exact else None

    @property
    def head(self) -> str:
        """What stands above a column of them."""
        return HEADS[self.standing] if self.standing else ""

    @property
    def note(self) -> str:
        """What that means."""
        return _NOTES[self.standing] if self.standing else ""

    def cells(self, counts: Sequence[int], source: str, metric: str) -> Sequence[str] | None:
        """Return one for each port count, or None if there is none at all."""
        found = [self._values.get((ports, source, metric)) for ports in counts]
        if not any(found):
            return None
        unit = _UNITS.get(metric, "share")
        return [NOTHING if each is None else computed_text(each.value, unit) for each in found]
