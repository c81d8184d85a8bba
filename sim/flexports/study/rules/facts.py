"""What the rules of others ask about a floor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flexports.engine import DEFAULT_ENGINE
from flexports.floor import Floor
from flexports.sources import kinds_of
from flexports.sources.blocked import MeetsBusyPorts
from flexports.study.blocks import Trial
from flexports.study.rule import Rule, rule_of_thumb
from flexports.tally import Tally

DAYS_OF_RECORDS = 20
"""Working days of a month: the records that a company looks back on."""
_UNLIMITED = 10_000


@dataclass(frozen=True)
class Records:
    """What a company's call records of some days tell about ports, if none was ever short.

    Attributes
    ----------
    peak : int
        The most ports that were in use at once.
    mean, deviation : float
        Of the ports in use, over time.
    """

    peak: int
    mean: float
    deviation: float

    @classmethod
    def of(cls, tally: Tally) -> Records:
        """Those of days that were run on an unlimited pool."""
        ticks = tally.busy.ticks
        shares = ticks / ticks.sum()
        mean = sum(number * share for number, share in enumerate(shares.tolist()))
        variance = sum((n - mean) ** 2 * share for n, share in enumerate(shares.tolist()))
        return cls(tally.busy.peak, mean, variance**0.5)


def records_of(
    floor: Floor, seed: int, engine: str = DEFAULT_ENGINE, days: int = DAYS_OF_RECORDS
) -> Records:
    """Return what the records of some days would tell, on a pool in which no port is short.

    Parameters
    ----------
    floor : Floor
    seed : int
        Of the days.
    engine : str
    days : int, default 20
    """
    trial = Trial(floor, seed, engine, controls=False)
    return Records.of(trial.tallies(range(days), [_UNLIMITED])[_UNLIMITED])


@dataclass(frozen=True)
class Facts:
    """What the rules ask about a floor.

    Attributes
    ----------
    agents : int
        All of them: the rules say users, seats or agents.
    rule : Rule
        The rule of thumb, and with it the offered load.
    blocking : float
        The share of attempts that may find no port.
    recall : float
        The share of blocked attempts that come again: the mean over the load.
    records : Records, optional
        Of days on which no port was short.
    """

    agents: int
    rule: Rule
    blocking: float
    recall: float = 0.0
    records: Records | None = None

    @property
    def load_erl(self) -> float:
        """The offered load, as the rule of thumb works it out."""
        return self.rule.load_erl


def facts_of(floor: Floor, blocking: float | None = None, records: Records | None = None) -> Facts:
    """Return what the rules ask about a floor.

    Parameters
    ----------
    floor : Floor
    blocking : float, optional
        By default the strictest of the floor's targets.
    records : Records, optional
    """
    agents = sum(group.count for group in floor.agents)
    target = strictest_blocking(floor) if blocking is None else blocking
    return Facts(agents, rule_of_thumb(floor), target, _recall(floor), records)


def strictest_blocking(floor: Floor) -> float:
    """The smallest blocking that a floor's targets allow a source; 1 % if it has none."""
    targets = floor.targets.blocking
    allowed = targets.values() if isinstance(targets, Mapping) else [targets]
    return min((one for one in allowed if one > 0), default=0.01)


def _recall(floor: Floor) -> float:
    load, again = 0.0, 0.0
    for source in kinds_of(floor):
        for use in source.uses(floor):
            load += use.load_erl
            if isinstance(source, MeetsBusyPorts) and source.retry is not None:
                again += use.load_erl * source.retry.probability
    return again / load if load else 0.0


@dataclass(frozen=True)
class OtherRule:
    """A rule that somebody else publishes.

    Attributes
    ----------
    name : str
        As tables show it.
    published : str
        Who says so, and where.
    ports : callable
        From `Facts` to a number of ports; None where a fact is missing.
    """

    name: str
    published: str
    ports: Callable[[Facts], int | None]

    @property
    def key(self) -> str:
        """Its name in data: that of the function."""
        return self.ports.__name__
