"""What an attempt does that finds no port: the keys for it, and the steps they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from flexports.floor.keys import Count, Keyed, LawField, Share, Value, key
from flexports.floor.source import Surroundings
from flexports.flows import (
    LOST,
    SKIPPED,
    STALE,
    End,
    Retry,
    Steps,
    TakePort,
    WaitForPort,
)
from flexports.laws import Coin, Exponential
from flexports.problems import NOTHING, Problem, one_of
from flexports.sources.kind import Drawn, Kind

LOSE = "lose"
RETRY = "retry"
WAIT = "wait"
SKIP = "skip"
BY_HAND = "by-hand"


class Reaction(Value[str]):
    """What a kind may do about a port that is not free, and why it may not do the rest.

    Parameters
    ----------
    *allowed : str
        What makes sense.
    **refused : str
        What makes none, with the reason as a sentence.
    """

    def __init__(self, *allowed: str, **refused: str) -> None:
        self._allowed = allowed
        self._refused = {name.replace("_", "-"): reason for name, reason in refused.items()}

    def read(self, value: object) -> str:
        """Return the reaction."""
        if not isinstance(value, str):
            raise ValueError(f"is not a reaction; {one_of(value, self._allowed)}")
        return value

    def check(self, value: str) -> None:
        """Refuse what makes no sense, with the reason."""
        if value in self._refused:
            raise ValueError(
                f"makes no sense here: {self._refused[value]}; {one_of(value, self._allowed)}"
            )
        if value not in self._allowed:
            raise ValueError(f"is not a reaction; {one_of(value, self._allowed)}")

    def schema(self) -> dict[str, Any]:
        """Return the names."""
        return {"enum": list(self._allowed)}


_DELAY = Exponential(30.0)


@dataclass(frozen=True, kw_only=True)
class RetryKeys(Keyed):
    """How calls that found no port come back."""

    probability: Annotated[
        Share, key("Share of blocked attempts that come back.", example="0.7")
    ] = 0.7
    delay: Annotated[
        LawField,
        key(
            "How long until they do.",
            example='{ distribution = "exponential", mean = "30 s" }',
        ),
    ] = _DELAY
    attempts: Annotated[
        Count | None,
        key("Most attempts of one call, the first included.", example="3", unset="no limit"),
    ] = None

    @property
    def never_ends(self) -> bool:
        """Whether a blocked call comes back for certain, at once, and without end."""
        certain = self.probability == 1 and self.attempts is None
        return certain and self.delay.expected_s == 0


@dataclass(frozen=True, kw_only=True)
class MeetsBusyPorts(Kind):
    """A kind of which blocked calls may come back or wait."""

    retry: Annotated[
        RetryKeys | None,
        key(
            'How blocked calls come back, where when_blocked = "retry".',
            example="{ probability = 0.7, attempts = 3 }",
            unset="they do not",
        ),
    ] = None
    when_blocked: str = LOSE

    def problems(self, floor: Surroundings) -> Iterator[Problem]:
        """A retry without its keys, or keys without a retry."""
        yield from super().problems(floor)
        if self.when_blocked == RETRY and self.retry is None:
            yield Problem(
                "retry",
                NOTHING,
                "is missing",
                "write retry = { probability = 0.7, attempts = 3 }",
            )
        if self.when_blocked != RETRY and self.retry is not None:
            yield Problem(
                "retry",
                NOTHING,
                f'has no effect with when_blocked = "{self.when_blocked}"',
                'write when_blocked = "retry", or leave it out',
            )
        if self.retry is not None and self.retry.never_ends:
            yield Problem(
                "retry",
                'delay = "0 s"',
                "has a call that finds no port try again for ever at one instant",
                "write how long it waits, '30 s', or the most attempts",
            )

    def on_a_port(self, rest: Steps, deadline: str | None = None) -> Steps:
        """Take a port and go through `rest`; or do what the keys say about it.

        Parameters
        ----------
        rest : tuple of Step
        deadline : str or None
            The draw until which a call waits for a port, counted from when it began.
        """
        return TakePort(self._blocked(rest, deadline)), *rest

    def _blocked(self, rest: Steps, deadline: str | None) -> Steps:
        lost: Steps = (End(LOST, lost=True),)
        if self.when_blocked == WAIT:
            return WaitForPort(deadline, gone=(End(STALE, lost=True),)), *rest
        if self.when_blocked == RETRY and self.retry is not None:
            return Retry("retry", "retry_delay", self.retry.attempts), *lost
        return (End(SKIPPED, lost=True),) if self.when_blocked == SKIP else lost

    def draws_of_retries(self) -> Mapping[str, Drawn]:
        """What is drawn for each attempt that is blocked."""
        if self.retry is None:
            return {}
        return {"retry": Coin(self.retry.probability), "retry_delay": self.retry.delay}
