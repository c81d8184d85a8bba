"""Faxes: one-click faxes one at a time, and mass faxes a list at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np

from flexports.floor import Floor
from flexports.floor.clock import first_time, hours_of
from flexports.floor.keys import Names, PositiveDurationS, Profile, ProfileField, key
from flexports.floor.source import Surroundings
from flexports.flows import SERVED, Delay, End, ReleasePort, Steps
from flexports.laws import Constant, Sampler
from flexports.problems import NOTHING, Problem
from flexports.sources.arriving import Arriving, rates_never_in_force, too_many_at
from flexports.sources.blocked import LOSE, RETRY, WAIT, MeetsBusyPorts, Reaction
from flexports.sources.fax_keys import FaxLines, MassFax, Pages, PagesValue
from flexports.sources.kind import Drawn, Need, PortUse
from flexports.tape import FloatArray, Pen
from flexports.units import format_clock, format_rate

_PAGES = Pages(Constant(3.0))
_OWN_LINES = 2


@dataclass(frozen=True)
class Transmission(Sampler):
    """How long a fax takes: its pages, each as long as any other."""

    pages: Pages
    per_page_s: float

    def fill(self, generator: np.random.Generator, out: FloatArray) -> None:
        """Fill `out` with how long faxes take."""
        self.pages.fill(generator, out)
        out *= self.per_page_s


@dataclass(frozen=True, kw_only=True)
class Fax(MeetsBusyPorts, Arriving):
    """One-click faxes (a Poisson stream) and mass faxes (a list at a time).

    A fax takes pages x time per page on one of the fax lines; `lines = "ports"` makes faxes compete
    for flex ports instead. A pool of fax licences smaller than the lines is the number of faxes
    that can be under way.
    """

    kind: Literal["fax"] = "fax"

    agents: Annotated[
        Names, key("Groups that send faxes.", example='["sales"]', unset="the only group")
    ] = ()
    rate: Annotated[
        ProfileField | None,
        key("One-click faxes, a Poisson stream.", example='"4 per hour"', unset="none"),
    ] = None
    lines: Annotated[int | None, FaxLines(), key('Fax lines, or "ports".', example="2")] = (
        _OWN_LINES
    )
    pages: Annotated[
        Pages, PagesValue(), key("Pages of a fax; a part of one counts as a whole.", example="3")
    ] = _PAGES
    per_page_s: Annotated[
        PositiveDurationS, key("Time a page.", alias="per_page", example='"40 s"')
    ] = 40.0
    mass: Annotated[
        tuple[MassFax, ...],
        key("Lists that are sent at once.", example='[ { at = "12:00", faxes = 200 } ]'),
    ] = ()
    when_blocked: Annotated[
        str,
        Reaction(
            WAIT,
            RETRY,
            LOSE,
            skip="that is to lose the fax; write 'lose'",
            by_hand="nobody sends a fax by hand",
        ),
        key("A fax that finds no line waits for one, comes back, or is lost.", example='"wait"'),
    ] = WAIT

    def flow(self) -> Steps:
        """One fax."""
        return self.on_a_port((Delay("transmission"), ReleasePort(), End(SERVED)))

    def draws(self) -> Mapping[str, Drawn]:
        """What is drawn for each fax."""
        transmission = Transmission(self.pages, self.per_page_s)
        return {"transmission": transmission, **self.draws_of_retries()}

    def arrivals_s(self, pen: Pen, opens_s: float, length_s: float) -> FloatArray:
        """When faxes are sent, one-click and mass."""
        single = np.empty(0)
        if self.rate is not None:
            rates = self.rate.between(opens_s, length_s)
            single = pen.poisson("arrivals", *rates, length_s, self.day_cv)
        lists = [np.full(faxes, at_s) for at_s, faxes in self._sent(opens_s, length_s)]
        return np.sort(np.concatenate([single, *lists]))

    def _sent(self, opens_s: float, length_s: float) -> list[tuple[float, int]]:
        times = ((first_time(one.at_s, opens_s, length_s), one.faxes) for one in self.mass)
        return [(at_s, faxes) for at_s, faxes in times if at_s is not None]

    def poisson_rate_per_s(self, opens_s: float, length_s: float) -> float | None:
        """Not a chain: pages are whole."""
        return None

    def own_lines_on(self, floor: Floor) -> int | None:
        """The fax lines, or as many as there are licences to send with."""
        licences = floor.licences.size("fax")
        if self.lines is None or licences is None:
            return self.lines
        return min(self.lines, licences)

    def limit_on(self, floor: Floor) -> int | None:
        """The most faxes under way on flex ports."""
        limits = [one for one in (self.limit, floor.licences.size("fax")) if one is not None]
        return min(limits, default=None)

    def problems(self, floor: Surroundings) -> Iterator[Problem]:
        """Something has to be sent."""
        yield from super().problems(floor)
        if self.rate is None and not self.mass:
            remedy = 'write rate = "4 per hour", or mass = [ { at = "12:00", faxes = 200 } ]'
            yield Problem("rate", NOTHING, "is missing, and so is mass", remedy)
        if self.rate is not None:
            yield from too_many_at(self.rate, floor.day)

    def doubts(self, floor: Surroundings) -> Iterator[Problem]:
        """Faxes that would be sent while the floor is closed."""
        yield from super().doubts(floor)
        if self.rate is not None:
            yield from rates_never_in_force(self.rate, floor.day)
        hours = floor.day.opens_s, floor.day.length_s
        for number, one in enumerate(self.mass):
            if first_time(one.at_s, *hours) is None:
                rule = f"is outside the opening hours, {hours_of(*hours)}: it is never sent"
                remedy = "write a time within them"
                yield Problem(f"mass[{number}].at", format_clock(one.at_s), rule, remedy)

    def expected_calls(self, floor: Floor, opens_s: float, length_s: float) -> float:
        """How many faxes."""
        single = 0.0 if self.rate is None else self.rate.expected(opens_s, length_s)
        return single + sum(faxes for _, faxes in self._sent(opens_s, length_s))

    def uses(self, floor: Floor) -> Iterator[PortUse]:
        """One-click faxes, if they take flex ports; lists wait."""
        rate = self._busiest(floor)
        if self.lines is None and rate:
            fax_s = self.pages.law.expected_s * self.per_page_s
            yield PortUse(Need.RECORDINGS, rate * fax_s, f"{format_rate(rate)} x {fax_s:.4g} s")

    def _busiest(self, floor: Floor) -> float:
        rate: Profile | None = self.rate
        if rate is None:
            return 0.0
        return max(rate.between(floor.day.opens_s, floor.day.length_s)[1])

    @property
    def groups(self) -> tuple[str, ...]:
        """Who sends faxes."""
        return self.agents

    @property
    def wants_group(self) -> bool:
        """Somebody must hold the licence."""
        return True

    @property
    def licences_needed(self) -> tuple[str, ...]:
        """Needed to send any fax."""
        return ("fax",)

    def with_groups(self, names: tuple[str, ...]) -> Fax:
        """Return the source with these groups if it names none."""
        return self if self.agents else replace(self, agents=names)
