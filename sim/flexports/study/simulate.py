"""One day, call by call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flexports.engine import DEFAULT_ENGINE, DayOutcomes, engine_named
from flexports.engine.outcomes import MISSED, NO_AGENT, RECORDED
from flexports.floor import Floor
from flexports.flows import Plan
from flexports.problems import InputError, Problem
from flexports.sources import plan_of
from flexports.study.blocks import Trial
from flexports.study.results import Shown
from flexports.study.settings import DEFAULT_SEED, Settings
from flexports.study.sweep import as_floor, port_counts

if TYPE_CHECKING:
    import pandas as pd

_MOST_DAYS = 2**63

CALL_COLUMNS = (
    "source",
    "call",
    "attempt",
    "began_s",
    "offered_s",
    "outcome",
    "port_from_s",
    "port_to_s",
    "hold_s",
    "answered_s",
    "talk_to_s",
    "agent",
    "recorded",
)


@dataclass(frozen=True)
class SimulatedDay(Shown):
    """What happened on one day.

    Attributes
    ----------
    trial : Trial
    plan : Plan
    ports : int
    day : int
    outcomes : DayOutcomes
        Every call and every spell of work, as numbers.
    """

    trial: Trial
    plan: Plan
    ports: int
    day: int
    outcomes: DayOutcomes

    def __repr__(self) -> str:
        """Return one line: the floor, the day, the count and how many calls there were."""
        calls = len(self.outcomes.calls)
        return f"<Day {self.day} of {self.trial.floor.name}: ports={self.ports}; {calls} calls>"

    @cached_property
    def calls(self) -> pd.DataFrame:
        """A row a call, in the order in which they began.

        Columns
        -------
        source, call, attempt
            Which attempt of which call; a dial that an agent makes is a call too.
        began_s, offered_s
            When it arrived, was pressed or dialed, and when it wanted a port; seconds from opening,
            as all times. NaN: it never wanted one.
        outcome
            How it ended.
        port_from_s, port_to_s
            When it held a port.
        hold_s, answered_s, talk_to_s
            How long it held for an agent, and when it was spoken.
        agent
            Who dialed or answered it; missing if nobody did.
        recorded
            True, False if no port was free for it, or missing if it was not wanted.
        """
        import pandas as pd

        calls = self.outcomes.calls
        agents = (*self.trial.floor.agent_names(), None)
        names = [line.name for line in self.plan.lines]
        frame = pd.DataFrame(
            {
                "source": [names[int(code)] for code in calls["source"]],
                "call": calls["call"].astype(int),
                "attempt": calls["attempt"].astype(int),
                "began_s": calls["began_s"],
                "offered_s": calls["offered_s"],
                "outcome": [self.plan.outcomes[int(code)] for code in calls["outcome"]],
                "port_from_s": calls["port_from_s"],
                "port_to_s": calls["port_to_s"],
                "hold_s": calls["held_to_s"] - calls["asked_s"],
                "answered_s": calls["answered_s"],
                "talk_to_s": calls["talk_to_s"],
                "agent": pd.Series([agents[int(code)] for code in calls["agent"]], dtype=object),
                "recorded": pd.Series(
                    [_recorded(code) for code in calls["recorded"]], dtype=object
                ),
            },
            columns=list(CALL_COLUMNS),
        )
        return frame.sort_values("began_s", kind="stable", ignore_index=True)

    @property
    def table(self) -> pd.DataFrame:
        """The calls."""
        return self.calls


assert NO_AGENT == -1, "an agent's number counts from the end of the names if there is none"


def _recorded(code: float) -> bool | None:
    if code == RECORDED:
        return True
    return False if code == MISSED else None


def simulate(
    floor: Floor | str | Path,
    ports: int,
    *,
    day: int = 0,
    seed: int = DEFAULT_SEED,
    engine: str = DEFAULT_ENGINE,
) -> SimulatedDay:
    """Run one day and keep every call.

    Parameters
    ----------
    floor : Floor or path
    ports : int
    day : int
        The number of the day, from 0.
    seed : int
    engine : str

    Returns
    -------
    SimulatedDay

    Raises
    ------
    InputError
        If the floor or a number cannot be used.

    Examples
    --------
    >>> from flexports.floor.template import new_floor_text
    >>> from flexports.floor.read import parse_floor
    >>> floor = parse_floor(new_floor_text("Plain"))
    >>> today = simulate(floor, ports=4, day=0, seed=7)
    >>> bool((today.calls.port_from_s <= today.calls.port_to_s).sum() > 0)
    True
    """
    (ports,) = port_counts([ports])
    if type(day) is not int or not 0 <= day < _MOST_DAYS:
        raise InputError(Problem("day", day, "is no day", "write a number from 0"))
    settings = Settings(seed=seed, engine=engine)
    trial = Trial(as_floor(floor), settings.seed, engine_named(settings.engine).name)
    plan = plan_of(trial.floor)
    outcomes = engine_named(trial.engine)(plan, trial.tape(day), ports)
    return SimulatedDay(trial, plan, ports, day, outcomes)
