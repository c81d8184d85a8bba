"""Click-to-call: agents start single calls from the screen, with pauses between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from flexports.floor.keys import LawField, key
from flexports.laws import Exponential
from flexports.sources.dialing import Dialing

_PAUSE = Exponential(180.0)


@dataclass(frozen=True, kw_only=True)
class ClickToCall(Dialing):
    """Each agent of a group starts single calls, with pauses between.

    In a pause he is idle and takes callers; after one, the pause begins anew. A call goes as with
    the power dialer.
    """

    kind: Literal["click-to-call"] = "click-to-call"

    pause: Annotated[
        LawField,
        key(
            "From being free to the next call, if no caller comes first.",
            example='{ distribution = "exponential", mean = "3 min" }',
        ),
    ] = _PAUSE

    def draws(self):  # type: ignore[no-untyped-def]
        """What is drawn for each call."""
        return {**super().draws(), "pause": self.pause}

    @property
    def pauses(self) -> bool:
        """Agents pause before a call."""
        return True

    @property
    def cycle_s(self) -> float:
        """The mean time from one call to the next, if no caller comes and no port is short."""
        return super().cycle_s + self.pause.expected_s

    @property
    def licences_needed(self) -> tuple[str, ...]:
        """Click-to-call is a function of the dialer."""
        return ("dialer-tab", "dialer")
