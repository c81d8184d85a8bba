"""The numbers of Company X (`models/company-x.toml`) that a peer has to know."""

from __future__ import annotations

from math import log

AGENTS = 5
CLOSING_S = 6 * 3600.0
DIAL_S = 20.0
VOICEMAIL, CONVERSATION = 0.40, 0.17
WRAP_UP_S = 20.0


def _of_logarithm(mean: float, cv: float) -> tuple[float, float]:
    """Mean and standard deviation of the logarithm of a lognormal quantity."""
    variance = log(1 + cv**2)
    return log(mean) - variance / 2, variance**0.5


MESSAGE = _of_logarithm(44.14, 0.3)
TALK = _of_logarithm(122.0, 1.0)
