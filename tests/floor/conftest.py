"""Floors to test with, and kinds of source that exist only here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import pytest

from flexports.floor import SharesOfOne, Source, WantsAgent, forget_kind, parse_floor
from flexports.floor.keys import LawField, PositiveRatePerS, Share, key
from flexports.floor.source import Surroundings
from flexports.problems import InputError, Problem


@pytest.fixture
def company_x() -> str:
    """The example of the file format."""
    return (Path(__file__).parent / "company_x.toml").read_text(encoding="utf-8")


@pytest.fixture
def lines_of() -> Callable[[str], list[str]]:
    """Return what is said about a text that is no floor, line by line, without the file's name."""

    def lines(text: str) -> list[str]:
        with pytest.raises(InputError) as refused:
            parse_floor(text, "x.toml")
        found = str(refused.value).splitlines()
        assert len(found) == len(refused.value.problems)
        assert all(line.startswith("x.toml: ") for line in found)
        assert all("; " in line for line in found)
        return [line.removeprefix("x.toml: ") for line in found]

    return lines


@pytest.fixture
def callbacks() -> Iterator[type[Source]]:
    """A kind that nobody sells: callers ask to be called back."""

    @dataclass(frozen=True, kw_only=True)
    class Wishes(SharesOfOne):
        """What callers wish."""

        today: Annotated[Share, key("Called today.", example="0.7")]
        some_day: Annotated[Share, key("Called later.", alias="some-day", example="0.3")] = 0.0

    @dataclass(frozen=True, kw_only=True)
    class Callbacks(WantsAgent):
        """Callers ask to be called back."""

        kind: Literal["callbacks"] = "callbacks"
        rate_per_s: Annotated[
            PositiveRatePerS, key("Wishes.", alias="rate", example='"9 per hour"')
        ]
        wishes: Annotated[Wishes, key("When.", example="{ today = 0.7, some-day = 0.3 }")] = Wishes(
            today=1.0
        )
        delay: Annotated[
            LawField | None, key("Time to the call.", example='"5 min"', unset="at once")
        ] = None
        when_blocked: Annotated[Literal["lose", "wait"], key("No port.", example='"wait"')] = "wait"

        @property
        def licences_needed(self) -> tuple[str, ...]:
            return ("crm", "elf")

        def problems(self, floor: Surroundings) -> Iterable[Problem]:
            if self.when_blocked == "wait" and floor.ports.count == 1:
                yield Problem("when_blocked", "wait", "is no use with one port", "write 'lose'")

    yield Callbacks
    forget_kind("callbacks")
