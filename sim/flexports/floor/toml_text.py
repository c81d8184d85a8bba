"""Values as TOML text."""

import json
import re
from collections.abc import Mapping

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def toml_value(value: object) -> str:
    """Return a value as it stands after the equals sign.

    Examples
    --------
    >>> print(toml_value({"distribution": "lognormal", "mean": "3 min", "cv": 1.0}))
    { distribution = "lognormal", mean = "3 min", cv = 1.0 }
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        pairs = (f"{toml_key(str(name))} = {toml_value(one)}" for name, one in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(toml_value(one) for one in value)}]"
    raise TypeError(f"{value!r} has no TOML text")


def toml_key(name: str) -> str:
    """Return a key, in quotes if it needs them."""
    return name if _BARE_KEY.fullmatch(name) else toml_value(name)
