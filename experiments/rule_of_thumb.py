"""Audit the rule of thumb: on some 2,600 floors, what it gives and what is needed.

    python experiments/rule_of_thumb.py                 all of it, into results/rule-of-thumb
    python experiments/rule_of_thumb.py --share 0.1     a tenth, in five minutes on two cores
    python experiments/rule_of_thumb.py --tables DIR    the tables of what is done, into a folder

Floors that are saved are not run again, so it may be stopped at any time. The plan is
experiments/audit/rule-of-thumb.toml; the tables of a run are kept beside it, and what they say is
in notebooks/rule-of-thumb.ipynb.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from audit.plan import FILE, read_plan
from audit.running import jobs, run
from audit.saving import Saved
from audit.tables import write_tables


def main() -> None:
    """Run the audit."""
    asked = _asked()
    plan = read_plan(asked.plan)
    saved = Saved(asked.output)
    if asked.tables is None:
        run(plan, jobs(plan, asked.share), saved, asked.workers)
    write_tables(plan, saved.lines(), asked.tables or asked.output)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--plan", type=Path, default=FILE, help="the plan's file")
    parser.add_argument("--share", type=float, default=1.0, help="the first share of the floors")
    parser.add_argument(
        "--output", type=Path, default=Path("results/rule-of-thumb"), help="where results go"
    )
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--tables", type=Path, help="run nothing; write the tables here")
    return parser.parse_args()


if __name__ == "__main__":
    main()
