"""``make docs``: the reference and the pictures anew, and what commands print in all documents."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from generator.pages import PICTURES, REFERENCE, documents, made_anew
from generator.sessions import ROOT


def main(names: Sequence[str]) -> None:
    """Make those files anew whose paths hold one of the names; all, if there is none."""
    for path in (*REFERENCE, *PICTURES, *documents()):
        shown = str(path.relative_to(ROOT))
        if not names or any(name in shown for name in names):
            changed = _put(path, made_anew(path))
            print(f"{shown}: {'changed' if changed else 'as it was'}", flush=True)


def _put(path: Path, text: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
