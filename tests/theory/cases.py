"""The validation cases, read from tests/validation/cases.json."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

PATH = Path(__file__).parents[1] / "validation" / "cases.json"
CASES: dict[str, dict[str, Any]] = {case["id"]: case for case in json.loads(PATH.read_text())}


def numbers(value: Any) -> list[float]:
    """A case's value or values, as a list."""
    return [float(each) for each in (value if isinstance(value, list) else [value])]


def mean_in(text: str) -> float:
    """The mean that a description names: 90 in "exponential, mean 90 s"."""
    found = re.search(r"(?:mean|deterministic) ([\d.]+)", text)
    assert found, text
    return float(found.group(1))
