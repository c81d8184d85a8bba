"""The results of all floors as two small tables, which are kept beside the plan.

floors.parquet
    A row a floor: what it was made from, its loads as the rule of thumb works them out, what its
    records tell, and what each rule gives it.
counts.parquet
    A row a floor and port count that was simulated: the largest blocking of any source with its
    interval, and the cost a month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from audit.need import counts_of_rules
from audit.plan import Plan
from audit.running import COMPANY_X, floor_for, jobs
from audit.saving import Job
from flexports.study.rules import Records, facts_of
from flexports.study.rules.square_root import loads_of

HERE = Path(__file__).parent
FLOORS, COUNTS = "floors.parquet", "counts.parquet"
_DIGITS = 3
"""Of every measured number: more would say nothing, and take room."""
_SEEN = ("ports", "blocking", "low", "high", "cost")


def write_tables(plan: Plan, lines: Mapping[str, Mapping[str, Any]], folder: Path = HERE) -> None:
    """Write both tables.

    Parameters
    ----------
    plan : Plan
    lines : mapping
        What was saved of each floor, by its key.
    folder : Path
    """
    ran = [job for job in sorted(jobs(plan), key=_place) if job.key in lines]
    floors = pd.DataFrame([_row(plan, job, lines[job.key]) for job in ran])
    _write(floors, folder / FLOORS)
    _write(seen_table([lines[job.key] for job in ran]), folder / COUNTS)


def seen_table(lines: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return what port counts showed: a row a floor and count."""
    each = [pd.DataFrame(one["seen"], columns=_SEEN).assign(floor=one["key"]) for one in lines]
    counts = pd.concat(each, ignore_index=True)
    counts["floor"] = pd.Categorical(counts["floor"], [one["key"] for one in lines])
    return counts[["floor", *_SEEN]]


def _place(job: Job) -> tuple[bool, int]:
    return job.shape != COMPANY_X, job.number


def read_tables(folder: Path = HERE) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return both tables, floors first."""
    return _read(folder / FLOORS), _read(folder / COUNTS)


def _read(path: Path) -> pd.DataFrame:
    """Read a table, as many digits as were written."""
    table = pd.read_parquet(path)
    for name in table.select_dtypes("float32"):
        table[name] = _rounded(table[name].to_numpy().astype(np.float64))
    return table


def _row(plan: Plan, job: Job, line: Mapping[str, Any]) -> dict[str, Any]:
    floor = floor_for(plan, job)
    facts = facts_of(floor, records=Records(**line["records"]))
    loads = loads_of(facts.rule, facts.agents)
    return {
        "floor": job.key,
        "shape": job.shape,
        "number": job.number,
        **{f"drawn_{name}": value for name, value in asdict(job.draw).items()},
        "agents": facts.agents,
        "load_erl": facts.load_erl,
        "callers_erl": loads.callers_erl,
        "dialed_erl": loads.dialed_erl,
        "other_erl": loads.other_erl,
        "spread_erl": loads.spread_erl,
        "days": line["days"],
        **{f"records_{name}": value for name, value in line["records"].items()},
        **{
            f"{rule} {target:g}": count
            for rule, counts in counts_of_rules(plan, facts).items()
            for target, count in zip(plan.targets, counts, strict=True)
        },
    }


def _write(table: pd.DataFrame, path: Path) -> None:
    small = table.copy()
    for name in small.select_dtypes("float"):
        small[name] = _rounded(small[name].to_numpy()).astype(np.float32)
    for name in small.select_dtypes("integer"):
        small[name] = small[name].astype(np.int16)
    small.to_parquet(path, index=False, compression="zstd", compression_level=19)


def _rounded(values: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, Any]:
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.floor(np.log10(np.abs(values)))
        scale = 10.0 ** (_DIGITS - 1 - size)
        return np.where(np.isfinite(scale), np.round(values * scale) / scale, values)
