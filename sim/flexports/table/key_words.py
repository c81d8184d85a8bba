"""What single keys of a floor say, as clauses: one for each key, whichever kind of source has it.

A key that is not told here, such as one of a new kind of source, says its own description and its
value: so a kind of source has nothing to add here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flexports.floor import Source
from flexports.floor.profile import Profile
from flexports.floor.source import keys_in_order
from flexports.floor.toml_text import toml_value
from flexports.floor.write import file_value
from flexports.keys import DeclaredKey
from flexports.laws import Law
from flexports.table.numbers import share_text
from flexports.table.wording import listed
from flexports.units import format_clock, format_rate

_FEW_S, _MANY_S = 100.0, 7200.0
_MINUTE_S, _HOUR_S = 60.0, 3600.0
_HIDDEN = ("kind", "name", "agents", "retry", "priority")
_LAST = ("day_cv", "record", "when_blocked", "keep_free", "limit")
"""What is told after all that a kind has of its own."""

Clause = Callable[[Any], str]


def duration_text(seconds: float) -> str:
    """Return a duration to three digits, in a unit that people use for it.

    Examples
    --------
    >>> duration_text(44.14), duration_text(191), duration_text(21600)
    ('44.1 s', '3.18 min', '6 h')
    """
    if seconds < _FEW_S:
        return f"{seconds:.3g} s"
    if seconds < _MANY_S:
        return f"{seconds / _MINUTE_S:.3g} min"
    return f"{seconds / _HOUR_S:.3g} h"


def law_text(law: Law) -> str:
    """Return a distribution as what it is on average and how it is spread.

    Examples
    --------
    >>> from flexports.laws import Constant, Lognormal
    >>> law_text(Constant(20.0)), law_text(Lognormal(240.0, 1.1))
    ('20 s', '4 min on average (lognormal, cv 1.1)')
    """
    mean = duration_text(law.expected_s)
    if law.variance_s2 == 0:
        return mean
    spread = "" if law.is_exponential else f", cv {law.cv_of_whole:.2g}"
    return f"{mean} on average ({law.distribution}{spread})"


def profile_text(profile: Profile) -> str:
    """Return a rate, or the rates by time of day."""
    if profile.is_constant:
        return format_rate(profile.rates_per_s[0])
    pieces = zip(profile.from_s, profile.rates_per_s, strict=True)
    return listed([f"{format_rate(rate)} from {format_clock(from_s)}" for from_s, rate in pieces])


def source_clauses(source: Source) -> list[str]:
    """Return what the keys of a source say, those without effect left out."""
    clauses = []
    for declared in sorted(keys_in_order(type(source)), key=_place):
        value = getattr(source, declared.field)
        if declared.key == "when_blocked":
            clauses.append(_when_blocked(source, value))
        elif declared.key not in _HIDDEN and not _says_nothing(declared, value):
            clauses.append(_clause(declared, value))
    return clauses


def _place(declared: DeclaredKey) -> int:
    return _LAST.index(declared.key) + 1 if declared.key in _LAST else 0


def _says_nothing(declared: DeclaredKey, value: object) -> bool:
    if declared.key == "patience":
        return False
    if isinstance(value, Law):
        return value.expected_s == 0
    if declared.key == "to_agent":
        return value == 1
    return (value is None and declared.key != "lines") or value in (0, (), "")


def _clause(declared: DeclaredKey, value: object) -> str:
    told = _CLAUSES.get(declared.key)
    if told is not None:
        return told(value)
    what = declared.description.rstrip(".")
    return f"{what[:1].lower()}{what[1:]}: {_plain(declared, value)}"


def _plain(declared: DeclaredKey, value: object) -> str:
    if isinstance(value, Law):
        return law_text(value)
    return toml_value(file_value(declared, value))


def _when_blocked(source: Source, reaction: str) -> str:
    retry = getattr(source, "retry", None)
    if reaction == "retry" and retry is not None:
        most = "" if retry.attempts is None else f", at most {retry.attempts} attempts in all"
        return (
            f"of attempts that find no port {share_text(retry.probability)} come back, after "
            f"{law_text(retry.delay)}{most}"
        )
    return f"what finds no port {_REACTIONS.get(reaction, f'does this: {reaction}')}"


_REACTIONS: Mapping[str, str] = {
    "lose": "is lost",
    "wait": "waits for one",
    "skip": "is skipped",
    "by-hand": "is left by the agent in person",
}


def _patience(law: Law | None) -> str:
    if law is None:
        return "who holds never gives up"
    return f"who holds gives up after {law_text(law)}"


def _outcomes(outcomes: Any) -> str:
    ends = (
        (outcomes.voicemail, "with a message due"),
        (outcomes.conversation, "in a conversation"),
        (outcomes.no_answer, "without an answer"),
    )
    told = [f"{share_text(share)} {how}" for share, how in ends if share]
    return f"dials end {listed(told)}"


def _mass(lists: Any) -> str:
    return listed([f"{one.faxes:,} faxes at once at {format_clock(one.at_s)}" for one in lists])


def _lines(lines: int | None) -> str:
    if lines is None:
        return "they take flex ports"
    return f"they have {lines} line{'' if lines == 1 else 's'} of their own, and take no flex port"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


_CLAUSES: Mapping[str, Clause] = {
    "answers": lambda share: f"{share_text(share)} are answered",
    "by_hand": lambda law: f"one left in person takes {law_text(law)}",
    "contact": lambda share: f"{share_text(share)} of dials reach the lead",
    "day_cv": lambda cv: f"its rate differs from day to day (cv {cv:g})",
    "dial": lambda law: f"dial and ring take {law_text(law)}",
    "dial_by_hand": lambda law: f"dialed by hand, they take {law_text(law)}",
    "ivr": lambda law: f"the IVR speaks for {law_text(law)}",
    "keep_free": lambda count: f"it leaves {_many(count, 'port')} free for the others",
    "limit": lambda count: f"it holds no more than {_many(count, 'port')} at once",
    "lines": _lines,
    "list": lambda count: f"{_many(count, 'number')} in all",
    "mass": _mass,
    "message": lambda law: f"a message takes {law_text(law)}",
    "outcomes": _outcomes,
    "pace": lambda rate: f"{format_rate(rate)} are dialed",
    "pages": lambda pages: f"a fax has {pages.law.expected_s:.3g} pages on average",
    "patience": _patience,
    "pause": lambda law: f"pauses last {law_text(law)}",
    "per_page": lambda time_s: f"{duration_text(time_s)} a page",
    "press_1": lambda share: f"{share_text(share)} of who answers press 1",
    "rate": lambda profile: f"{profile_text(profile)} arrive",
    "record": lambda share: f"{share_text(share)} of talks are recorded, each on one more port",
    "ring": lambda law: f"the agent picks up after {law_text(law)}",
    "session": lambda law: f"a session lasts {law_text(law)}",
    "stale_after": lambda law: f"a lead is worth a call for {law_text(law)}",
    "starts": lambda clock_s: f"from {format_clock(clock_s)} on",
    "supervisors": lambda count: _many(count, "supervisor"),
    "talk": lambda law: f"a talk takes {law_text(law)}",
    "to_agent": lambda share: f"{share_text(share)} then want an agent",
    "wrap_up": lambda law: f"the work after it takes {law_text(law)}",
}
