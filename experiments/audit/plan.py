"""The plan of the audit, as its file has it; and the draws that floors are made from."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from flexports.experiment.design import combinations
from flexports.experiment.ranges import Range
from flexports.floor import Day, Prices

FILE = Path(__file__).with_name("rule-of-thumb.toml")
_SEED_OF_OTHER_SHAPES = 1_000_003
"""Added to the seed, so that floors of other shapes are no copies of the first ones."""
NOTHING_BELOW = {
    "message_cv": 0.1,
    "inbound": 0.08,
    "recall": 0.3,
    "presses": 0.15,
    "recorded": 0.2,
    "day_cv": 0.1,
}
"""What is drawn below these is 0: floors without a system are floors too."""
_WHOLE = {"agents", "dial_s", "talk_s", "patience_s", "campaign_min"}


@dataclass(frozen=True, kw_only=True)
class Draw:
    """What one floor is made from: shares as shares of 1, times in the unit of their name.

    Attributes
    ----------
    agents : int
    messages, conversations : float
        Shares of dials.
    dial_s : int
    message_to_cycle, message_cv : float
        Mean length of a message as a share of the mean time from dial to dial, and its spread.
    inbound, presses : float
        Shares of the agents' work: all day, and while the campaign lasts.
    talk_s, patience_s : int
        Of callers.
    recall, recorded : float
    campaign_min : int
    day_cv : float
    """

    agents: int
    messages: float
    conversations: float
    dial_s: int
    message_to_cycle: float
    message_cv: float
    inbound: float
    talk_s: int
    patience_s: int
    recall: float
    presses: float
    campaign_min: int
    recorded: float
    day_cv: float


DRAWN = tuple(field.name for field in fields(Draw))


@dataclass(frozen=True)
class Budget:
    """How much is simulated of a floor; see the file."""

    calls: int
    of_a_source: int
    most_calls: int
    fewest_days: int
    fewest_days_that_differ: int
    most_days: int


@dataclass(frozen=True)
class Plan:
    """The audit."""

    seed: int
    floors: int
    floors_of_other_shapes: int
    targets: tuple[float, ...]
    day: Day
    budget: Budget
    ranges: Mapping[str, Range]
    prices: Prices

    def draws(self) -> Iterator[Draw]:
        """Draw the floors of Company X's kind, in the order in which they are run."""
        return self._drawn(self.floors, self.seed)

    def draws_of_other_shapes(self) -> Iterator[Draw]:
        """Draw those of other shapes."""
        return self._drawn(self.floors_of_other_shapes, self.seed + _SEED_OF_OTHER_SHAPES)

    def _drawn(self, floors: int, seed: int) -> Iterator[Draw]:
        enough = 1 << (floors - 1).bit_length()  # a Sobol sequence is whole at powers of two
        for values in islice(combinations("sobol", self.ranges, enough, seed), floors):
            yield Draw(**{name: _usual(name, value) for name, value in values.items()})


def read_plan(path: Path = FILE) -> Plan:
    """Return the plan that a file describes."""
    tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Plan(
        seed=tables["seed"],
        floors=tables["floors"],
        floors_of_other_shapes=tables["floors_of_other_shapes"],
        targets=tuple(tables["targets"]),
        day=TypeAdapter(Day).validate_python(tables["day"]),
        budget=Budget(**tables["budget"]),
        ranges=TypeAdapter(dict[str, Range]).validate_python(tables["ranges"]),
        prices=TypeAdapter(Prices).validate_python(tables["prices"]),
    )


def _usual(name: str, value: Any) -> float:
    """Return a value with as many digits as anybody would write."""
    if name in _WHOLE:
        return round(value)
    return 0.0 if value < NOTHING_BELOW.get(name, 0.0) else round(value, 2)
