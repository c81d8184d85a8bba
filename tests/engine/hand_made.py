"""Days worked by hand: arrivals and durations that are written down, and what came of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from flexports.engine import ENGINES, DayOutcomes, engine_named
from flexports.engine.outcomes import MISSED, RECORDED
from flexports.floor import Day, Floor, Group, Pools, Profile
from flexports.flows import Plan
from flexports.laws import Choice, Coin, Constant, Law
from flexports.sources import plan_of, sources_on
from flexports.sources.fax import Fax, Transmission
from flexports.sources.fax_keys import Pages
from flexports.sources.inbound import Inbound
from flexports.sources.power_dialer import Outcomes, PowerDialer
from flexports.tape import (
    PART,
    ArrivedRoll,
    FloatArray,
    Reel,
    Roll,
    StartedRoll,
    Tape,
    place,
)

Column = Sequence[float]
Columns = Mapping[str, Column]

#: How a dial ends, as the tape has it.
VOICEMAIL, CONVERSATION, NOBODY = 0.0, 1.0, 2.0


def toll_free(**keys: Any) -> Inbound:
    """An inbound route of 10 s talks without wrap-up, unless told otherwise."""
    usual = {"name": "toll-free", "rate": Profile.constant(1.0), "talk": Constant(10.0)}
    return Inbound(**usual | {"wrap_up": Constant(0.0)} | keys)


def loss(hold_s: float = 10.0, **keys: Any) -> Inbound:
    """A route of calls that hold a port for some time and want no agent."""
    return toll_free(to_agent=0.0, ivr=Constant(hold_s), **keys)


def faxes(**keys: Any) -> Fax:
    """Faxes of one page of 10 s on flex ports, which wait for a port."""
    usual: dict[str, Any] = {"name": "faxes", "rate": Profile.constant(1.0), "lines": None}
    return Fax(**usual | {"pages": Pages(Constant(1.0)), "per_page_s": 10.0} | keys)


def outbound(**keys: Any) -> PowerDialer:
    """A dialer: dials of 10 s, messages of 30 s, talks of 20 s, wrap-up of 5 s."""
    usual = {
        "name": "outbound",
        "dial": Constant(10.0),
        "outcomes": Outcomes(voicemail=1.0),
        "message": Constant(30.0),
        "talk": Constant(20.0),
        "wrap_up": Constant(5.0),
    }
    return PowerDialer(**usual | keys)


#: Dials that nobody answers.
NOBODY_ANSWERS = Outcomes(voicemail=0.0, no_answer=1.0)

#: Opening, in seconds after midnight: shifts and lists of faxes are told by the clock.
OPENS_S = 32400.0


def group(name: str, count: int, *shifts_s: tuple[float, float], **keys: Any) -> Group:
    """Agents on shifts that are told in seconds from opening; without any, the whole day."""
    shifts = tuple((OPENS_S + from_s, OPENS_S + to_s) for from_s, to_s in shifts_s)
    return Group(name=name, count=count, shifts=shifts, **keys)


def floor(
    *sources: Any,
    sales: int = 0,
    groups: Mapping[str, int] | Sequence[Group] = (),
    closes_s: float = 1000.0,
    dialer: int | None = None,
    **pools: int,
) -> Floor:
    """A floor with one group, `sales`, or several; `dialer` and other pools are sizes."""
    if isinstance(groups, Mapping) or not groups:
        counts = groups or ({"sales": sales} if sales else {})
        groups = [Group(name=name, count=count) for name, count in dict(counts).items()]
    return Floor(
        day=Day(length_s=closes_s, opens_s=OPENS_S),
        agents=tuple(groups),
        sources=sources,
        licences=Pools(dialer=dialer, **pools),
    )


class Written(Roll):
    """The draws of some calls: what is written, then what the law leaves no doubt about.

    `written` has the columns of each starter, or of the calls that arrive.
    """

    def __init__(
        self, laws: Mapping[str, Any], written: Sequence[Columns], starters: int, length: int
    ) -> None:
        self.starters = starters
        self.length = length
        self._laws = laws
        self._written = written

    def is_continuous(self, attribute: str) -> bool:
        """What is written may be written twice."""
        return False

    def _begins(self, stream: str) -> Sequence[bytes]:
        return ()

    def column(self, stream: str, attribute: str, starter: int, length: int) -> FloatArray:
        """A starter's values; of what is drawn anew for each attempt, a list a call is written."""
        own = self._written[starter] if starter < len(self._written) else {}
        certain = _certain(self._laws[attribute])
        values = [_number(value, stream, certain) for value in own.get(attribute, ())]
        return np.array(values + [certain] * (length - len(values)))


class WrittenArrivals(Written, ArrivedRoll):
    """The draws of calls that arrive."""

    def _fill(self, out: FloatArray, stream: str, attribute: str) -> None:
        out[:] = self.column(stream, attribute, 0, self.length)


class WrittenStarts(Written, StartedRoll):
    """The draws of calls that agents start."""

    def _fill(self, out: FloatArray, stream: str, attribute: str) -> None:
        for starter in range(self.starters):
            column = self.column(stream, attribute, starter, self.length)
            for index, value in enumerate(column):
                out[place(index, starter, self.starters)] = value


def _number(written: Any, stream: str, certain: float) -> float:
    """A value; of a list, that of the attempt that the stream is named for."""
    if not isinstance(written, Sequence):
        return float(written)
    if ", attempt " not in stream:
        return math.nan
    attempt = int(stream.rpartition(" ")[2])
    return float(written[attempt - 1]) if attempt <= len(written) else certain


def _certain(law: Any) -> float:
    """What is drawn for certain; NaN, which no engine gets far with, if chance decides."""
    match law:
        case Law() if law.variance_s2 == 0:
            return law.expected_s
        case Coin(share) if share in (0.0, 1.0):
            return share
        case Choice(shares) if 1.0 in shares:
            return float(shares.index(1.0))
        case Transmission(Pages(law), per_page_s) if law.variance_s2 == 0:
            return math.ceil(law.expected_s) * per_page_s
    return math.nan


class WrittenReel(Reel):
    """One source's part of a tape."""

    def __init__(self, laws: Mapping[str, Any], arrivals_s: Column, written: Any) -> None:
        self._laws = laws
        self._written = written if isinstance(written, Sequence) else []
        self.arrivals_s = np.array(arrivals_s, dtype=np.float64)
        of_calls = [written] if isinstance(written, Mapping) else []
        self.arrived = WrittenArrivals(laws, of_calls, 1, len(self.arrivals_s))
        self._of_groups: dict[str, WrittenStarts] = {}

    def started(self, group: str, starters: int) -> WrittenStarts:
        """The draws of a group, or of users."""
        if group not in self._of_groups:
            self._of_groups[group] = WrittenStarts(self._laws, self._written, starters, PART)
        return self._of_groups[group]


class Told(NamedTuple):
    """One call as a test tells it; None is what did not happen."""

    outcome: str
    port: tuple[float, float] | None
    hold: tuple[float, float] | None
    talk: tuple[float, float] | None
    agent: int | None


@dataclass(frozen=True)
class Played:
    """A day that was worked by hand."""

    plan: Plan
    outcomes: DayOutcomes

    def calls(self, source: str) -> list[Told]:
        """All calls of a source, in order of their numbers."""
        return [_told(self.plan, row) for row in self.rows(source)]

    def began_s(self, source: str) -> list[float]:
        """When its calls began."""
        return [row["began_s"] for row in self.rows(source)]

    def offered_s(self, source: str) -> list[float | None]:
        """When they wanted a port."""
        return [_time(row["offered_s"]) for row in self.rows(source)]

    def recorded(self, source: str) -> list[bool | None]:
        """Whether they were recorded; None where it was not wanted."""
        words = {RECORDED: True, MISSED: False}
        return [words.get(row["recorded"]) for row in self.rows(source)]

    def rows(self, source: str) -> list[dict[str, float]]:
        """The rows of a source as the engine returned them."""
        number = [line.name for line in self.plan.lines].index(source)
        table = self.outcomes.calls
        rows = (dict(zip(table.columns, row, strict=True)) for row in table.values.tolist())
        return [row for row in rows if row["source"] == number]

    def work(self, agent: int = 0) -> list[tuple[str, float, float]]:
        """What an agent was busy with, from when to when; not what took no time."""
        spells = [
            (from_s, to_s, self.plan.activities[int(activity)])
            for who, activity, from_s, to_s in self.outcomes.work.values.tolist()
            if who == agent and to_s > from_s
        ]
        return [(activity, from_s, to_s) for from_s, to_s, activity in sorted(spells)]


def play(
    floor: Floor,
    ports: int,
    arrivals: Mapping[str, Column] | None = None,
    draws: Mapping[str, Any] | None = None,
) -> Played:
    """Run a day on a tape that is written down, on every engine, and see that they tell the same.

    `arrivals` has the times of each source's calls; `draws` what each of them gets, by attribute,
    or for a dialer such columns for each agent. What is not written, the floor must leave no doubt
    about: a constant duration, a share of 0 or 1.
    """
    plan = plan_of(floor)
    told = [
        engine_named(name)(plan, _written_tape(floor, arrivals or {}, draws or {}), ports)
        for name in ENGINES
    ]
    for other in told[1:]:
        np.testing.assert_array_equal(other.calls.values, told[0].calls.values)
        np.testing.assert_array_equal(other.work.values, told[0].work.values)
    return Played(plan, told[0])


def _written_tape(floor: Floor, arrivals: Mapping[str, Column], draws: Mapping[str, Any]) -> Tape:
    reels = [
        WrittenReel(source.draws(), arrivals.get(source.name, ()), draws.get(source.name))
        for source in sources_on(floor)
    ]
    return Tape(tuple(reels))


def _told(plan: Plan, row: Mapping[str, float]) -> Told:
    agent = int(row["agent"])
    return Told(
        plan.outcomes[int(row["outcome"])],
        _span(row, "port_from_s", "port_to_s"),
        _span(row, "asked_s", "held_to_s"),
        _span(row, "answered_s", "talk_to_s"),
        None if agent < 0 else agent,
    )


def _span(row: Mapping[str, float], begin: str, end: str) -> tuple[float, float] | None:
    assert math.isnan(row[begin]) == math.isnan(row[end]), f"half a span: {row}"
    return None if math.isnan(row[begin]) else (row[begin], row[end])


def _time(value: float) -> float | None:
    return None if math.isnan(value) else value
