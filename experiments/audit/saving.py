"""Results of single floors, one line each, saved as they come: what is there is not run again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from audit.need import Found, Seen
from audit.plan import Draw

FILE = "floors.jsonl"


@dataclass(frozen=True)
class Job:
    """One floor to be run.

    Attributes
    ----------
    shape : str
        ``company_x``, or one of the other shapes.
    number : int
        Its place among the draws of its kind, from 0.
    draw : Draw
    """

    shape: str
    number: int
    draw: Draw

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.shape} {self.number}"


def line_of(job: Job, found: Found) -> dict[str, Any]:
    """Return what is saved of a floor."""
    assert found.facts.records is not None
    return {
        "key": job.key,
        "shape": job.shape,
        "number": job.number,
        "days": found.days,
        "records": asdict(found.facts.records),
        "seen": rows_of(found.seen),
    }


def rows_of(seen: Sequence[Seen]) -> list[list[float]]:
    """Return what port counts showed, as it is saved."""
    return [[one.ports, one.blocking, one.low, one.high, one.cost] for one in seen]


class Saved:
    """The lines in a folder.

    Parameters
    ----------
    folder : Path
        Made, if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / FILE

    def add(self, line: dict[str, Any]) -> None:
        """Save one more floor."""
        with self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def lines(self) -> dict[str, dict[str, Any]]:
        """Read all floors, by their keys; of one that is there twice, with all its counts.

        A last line that was not written to its end is passed over.
        """
        found: dict[str, dict[str, Any]] = {}
        for line in self._read():
            rows = [*found.get(line["key"], line)["seen"], *line["seen"]]
            seen = {row[0]: row for row in rows}
            found[line["key"]] = {**line, "seen": [seen[ports] for ports in sorted(seen)]}
        return found

    def _read(self) -> Iterator[dict[str, Any]]:
        if not self.file.exists():
            return
        for text in self.file.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(text)
            except json.JSONDecodeError:
                continue
