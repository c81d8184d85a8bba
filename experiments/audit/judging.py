"""What each rule gives each floor, beside what is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from audit.plan import Plan
from audit.tables import HERE, read_tables
from flexports.study.rules import RULES, OtherRule

OWN = "company_x"
THUMB, ERLANG, BETTER = "rule of thumb: plus two", "Erlang B", "square-root rule"
PORT = 35.0
"""A month, as in the plan."""


@dataclass(frozen=True, eq=False)
class Audit:
    """The two tables of the audit, and what follows from them.

    Parameters
    ----------
    floors, counts : DataFrame
        See `audit.tables`.
    targets : sequence of float
    """

    floors: pd.DataFrame
    counts: pd.DataFrame
    targets: Sequence[float]

    @cached_property
    def needs(self) -> pd.DataFrame:
        """A row a floor and target: `floor, target, low, need, high`.

        The need is the smallest count of which the blocking meets the target; `low` the smallest
        that does not surely miss it, `high` the smallest that surely meets it (missing where the
        days were too few to show it of any count).
        """
        columns = {"low": "low", "need": "blocking", "high": "high"}
        each = []
        for target in self.targets:
            found = {
                name: self.counts[self.counts[column] <= target]
                .groupby("floor", observed=True)["ports"]
                .min()
                for name, column in columns.items()
            }
            each.append(pd.DataFrame(found).assign(target=target).rename_axis("floor"))
        return pd.concat(each).reset_index().astype({"floor": str})

    def judged(self, rules: Mapping[str, np.ndarray] | None = None) -> pd.DataFrame:
        """A row a floor, target and rule: its `ports`, `error`, `blocking`, `cost`, and the need.

        Beside these stand what the floor was made from, and `incoming`: the share of the agents'
        work that callers and presses make while a campaign lasts.

        Parameters
        ----------
        rules : mapping of str to array of shape (floors, targets), optional
            Port counts by the name of a rule; by default those of all published rules.
        """
        given = self.given() if rules is None else rules
        long = pd.concat([self._long(name, ports) for name, ports in given.items()])
        long = long.merge(self.needs, on=["floor", "target"])
        long["error"] = long["ports"] - long["need"]
        return self._with_simulated(long)

    @classmethod
    def read(cls, plan: Plan, folder: Path = HERE) -> Audit:
        """Read the audit from its tables."""
        return cls(*read_tables(folder), plan.targets)

    def given(self) -> dict[str, np.ndarray]:
        """The counts of all published rules: by name, arrays of shape (floors, targets)."""
        return {rule.name: self._counts_of(rule) for rule in RULES}

    def _counts_of(self, rule: OtherRule) -> np.ndarray:
        return self.floors[[f"{rule.key} {target:g}" for target in self.targets]].to_numpy()

    def _long(self, name: str, ports: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "floor": np.repeat(self.floors["floor"].to_numpy(), len(self.targets)),
                "shape": np.repeat(self.floors["shape"].to_numpy(), len(self.targets)),
                "target": np.tile(self.targets, len(self.floors)),
                "rule": name,
                "ports": ports.ravel().astype(int),
            }
        )

    def _with_simulated(self, long: pd.DataFrame) -> pd.DataFrame:
        """Add blocking and cost: of the same count, or of the largest one below it that was run.

        That is an upper bound; beyond all that was run, ports cost what they cost and help nobody.
        """
        counts = self.counts.astype({"floor": str, "ports": int}).sort_values("ports")
        counts = counts.rename(columns={"ports": "of_ports", "low": "_low", "high": "_high"})
        joined = pd.merge_asof(
            long.sort_values("ports"),
            counts,
            left_on="ports",
            right_on="of_ports",
            by="floor",
        )
        joined["cost"] += PORT * (joined["ports"] - joined["of_ports"])
        of_need = counts[["floor", "of_ports", "cost"]]
        of_need = of_need.rename(columns={"of_ports": "need", "cost": "cost_of_need"})
        joined = joined.astype({"need": int}).merge(of_need, on=["floor", "need"], how="left")
        made_of = ["floor", "number", *(name for name in self.floors if name.startswith("drawn_"))]
        joined = joined.merge(self.floors[made_of], on="floor")
        joined["incoming"] = joined["drawn_inbound"] + joined["drawn_presses"]
        return joined.drop(columns=["_low", "_high"])
