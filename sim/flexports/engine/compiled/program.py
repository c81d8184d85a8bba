"""From a plan to the tables that the loop runs: flows as rows of integers, lines, teams, pools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat, takewhile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flexports.engine.compiled import codes as op
from flexports.engine.compiled.codes import BY_HAND, LOST, NO_ACTION, RETRIES, SHIFT_ENDS, STALE
from flexports.engine.compiled.floor_record import empty_rows
from flexports.engine.compiled.layout import (
    AGENT,
    LINE,
    NOBODY,
    POOL,
    ROLL,
    SHIFT,
    STEP,
    TEAM,
    USER,
)
from flexports.flows import (
    LEFT_BY_HAND,
    LOCKED_OUT,
    TALKING,
    WHOLE_DAY,
    AskForAgent,
    Branch,
    Delay,
    End,
    Plan,
    Reach,
    ReleasePort,
    Retry,
    Start,
    Step,
    Steps,
    TakePort,
    Talk,
    WaitForPort,
    Work,
)
from flexports.flows import NO_ACTION as NO_ACTION_WORD
from flexports.flows import RETRIES as RETRIES_WORD
from flexports.flows import STALE as STALE_WORD

_NO_LIMIT = 2**62
_ALL_BITS = -1


@dataclass(frozen=True)
class RollOf:
    """Which draws a flow uses: those of a line's arrivals, of its users, or of a team's agents.

    Attributes
    ----------
    line : int
    group : str or None
        Whose calls; "" for users, None where calls arrive.
    starters : int
    """

    line: int
    group: str | None
    starters: int


@dataclass(frozen=True)
class Draw:
    """One attribute of one roll."""

    roll: int
    attribute: str


class Program:
    """The tables that do not change from day to day.

    Attributes
    ----------
    rolls : list of RollOf
    draws, draws_anew : list of Draw
        What the tape has to hold: once for each call, and anew for each attempt.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rolls: list[RollOf] = []
        self.draws: list[Draw] = []
        self.draws_anew: list[Draw] = []
        self._steps: list[dict[str, int]] = []
        self._lists: list[int] = []
        self.lines = empty_rows(len(plan.lines), LINE)
        self.teams = empty_rows(len(plan.teams), TEAM)
        self.agents = empty_rows(plan.agents, AGENT)
        self.pools = self._pools()
        for number in range(len(plan.lines)):
            self._add_line(number)
        shifts: list[tuple[float, float, int]] = []
        for number in range(len(plan.teams)):
            self._add_team(number, shifts)
        self.shifts = np.array(shifts, dtype=SHIFT)
        self.users = self._users()
        self.outcomes = np.array([_meaning(plan, word) for word in plan.outcomes], dtype=np.int64)
        self.seats = np.array(plan.pools, dtype=np.int64)
        self.steps = _records(STEP, self._steps)
        self.lists = np.array(self._lists, dtype=np.int64)

    def empty_rolls(self) -> NDArray[Any]:
        """The rolls' table before anything is drawn."""
        rolls = np.zeros(len(self.rolls), ROLL)
        rolls["starters"] = [roll.starters for roll in self.rolls]
        rolls["attributes"] = np.bincount(self._owners, minlength=len(rolls))
        return rolls

    @property
    def _owners(self) -> NDArray[np.int64]:
        """The roll of each draw, ascending: the draws of one are all found before the next is."""
        return np.array([draw.roll for draw in self.draws], dtype=np.int64)

    @cached_property
    def first_draws(self) -> NDArray[np.int64]:
        """The first draw of each roll."""
        return self._owners.searchsorted(np.arange(len(self.rolls)))

    def find_draws(self, bases: NDArray[np.int64], continuous: NDArray[np.bool_]) -> None:
        """Tell each step where the values of its draws begin, and if none may come up twice."""
        if len(bases):  # those without a draw are told some place, and do not look there
            base = bases.take(self.steps["draw"], mode="clip")
            self.steps["base"] = base & self.steps["no_blank"]
            self.steps["continuous"] = continuous.take(self.steps["draw"], mode="clip")
            self.steps["second_base"] = bases.take(self.steps["second"], mode="clip")

    # ---- Lines and their pools of ports

    def _pools(self) -> NDArray[Any]:
        """The flex ports, then the lines of each source that has its own."""
        own = [number for number, line in enumerate(self.plan.lines) if line.own_lines is not None]
        pools = np.zeros(1 + len(own), POOL)
        shared = [number for number in range(len(self.plan.lines)) if number not in own]
        for number, members in enumerate([shared, *([line] for line in own)]):
            pools[number]["lines"], pools[number]["lines_end"] = self._list(members)
            self.lines["pool"][members] = number
        for number, line in enumerate(own, start=1):
            pools[number]["size"] = self.plan.lines[line].own_lines
        return pools

    def _add_line(self, number: int) -> None:
        line, row = self.plan.lines[number], self.lines[number]
        row["priority"], row["keep_free"] = line.priority, line.keep_free
        row["limit"] = _NO_LIMIT if line.limit is None else line.limit
        row["asks"], row["asks_end"] = self._list(line.asks)
        row["unserved"] = not self.plan.serves_after_closing(line)
        row["own_lines"] = line.own_lines is not None
        row["waits"] = line.waits_for_port or line.retries
        row["dials"], row["reaches"] = self.plan.dialer_of(number), line.reaches
        row["users"] = line.users
        row["roll"] = self._roll(
            RollOf(number, "", line.users) if line.users else RollOf(number, None, 1)
        )
        row["flow"] = self._flow(line.flow, int(row["roll"]))
        row["pause"] = self._draw(int(row["roll"]), line.pause if line.users else None)

    # ---- Teams, agents and users

    def _add_team(self, number: int, shifts: list[tuple[float, float, int]]) -> None:
        team, row = self.plan.teams[number], self.teams[number]
        row["shifts"], row["shifts_end"] = len(shifts), len(shifts) + len(team.shifts)
        shifts.extend((from_s, to_s, number) for from_s, to_s in team.shifts)
        row["has_shifts"] = team.shifts != WHOLE_DAY
        row["seats"], row["seats_end"] = self._list(team.seats)
        serves = [place for place, line in enumerate(self.plan.lines) if number in line.asks]
        row["serves"], row["serves_end"] = self._list(serves)
        row["dials"] = row["pause"] = NOBODY
        own = self.agents[team.first : team.first + team.count]
        own["team"], own["place"] = number, np.arange(team.count)
        if team.dials is None or not team.count:
            return
        line = self.plan.lines[team.dials]
        row["dials"] = team.dials
        row["roll"] = self._roll(RollOf(team.dials, team.name, team.count))
        row["flow"] = self._flow(line.flow if team.flow is None else team.flow, int(row["roll"]))
        row["pause"] = self._draw(int(row["roll"]), line.pause)
        first, row["dialers"] = self.plan.place_among_dialers(team.first)
        own["number"] = first + np.arange(team.count)

    def _users(self) -> NDArray[Any]:
        rows = [
            (number, user)
            for number, line in enumerate(self.plan.lines)
            for user in range(line.users)
        ]
        users = np.zeros(len(rows), USER)
        users["line"], users["place"] = [line for line, _ in rows], [user for _, user in rows]
        return users

    def tables(self) -> dict[str, NDArray[Any]]:
        """The loop's tables."""
        names = ("steps", "lists", "shifts", "outcomes", "seats", "agents", "users", "teams")
        tables = {name: getattr(self, name) for name in (*names, "lines", "pools")}
        return tables | {"free_seats": self.seats.copy()}

    def constants(self) -> dict[str, float]:
        """What the floor's own record holds of the plan."""
        plan = self.plan
        first_agent = SHIFT_ENDS + len(self.shifts)
        first_user = first_agent + plan.agents
        return {
            "closing_s": plan.closing_s,
            "code_of_locked_out": _index(plan.activities, LOCKED_OUT),
            "code_of_retries": _index(plan.outcomes, RETRIES_WORD),
            "has_seats": len(plan.pools) > 0,
            "activities": len(plan.activities),
            "first_agent": first_agent,
            "first_user": first_user,
            "first_call": first_user + len(self.users),
        }

    # ---- Flows

    def _flow(self, steps: Steps, roll: int, blanks: int = 0) -> int:
        """Write the steps down, and after them the ways that lead out of them; return the first."""
        begin = len(self._steps)
        first = begin + blanks
        self._steps.extend({"op": op.BLANK, "alone": True} for _ in range(blanks))
        self._steps.extend({} for _ in range(len(steps) + 1))
        for pc, step in enumerate(steps, start=first):
            self._steps[pc] = self._row(step, roll) | {
                "alone": _is_alone(step),
                "no_blank": _ALL_BITS,
            }
        if steps and isinstance(steps[-1], End):
            self._steps[first + len(steps) - 1]["op"] = op.END_OF_ALL
        self._steps[first + len(steps)] = {"op": op.OVER}
        return begin

    def _ways(self, ways: Sequence[Steps], roll: int) -> int:
        """Write the ways of a branch down, and a list of where each begins; return where that does.

        Which way a call takes is chance, so whatever the loop does for some ways only stops the
        processor, which had gone on for the others. Therefore every way begins with as many steps
        of the call's own as any, blanks if need be: it is gone through like the others.
        """
        own = [len(list(takewhile(_is_alone, way))) for way in ways]
        blanks = [max(own, default=0) - each for each in own]
        return self._list([self._flow(*each) for each in zip(ways, repeat(roll), blanks)])[0]

    def _row(self, step: Step, roll: int) -> dict[str, int]:  # noqa: PLR0911  one row a step
        match step:
            case TakePort(blocked):
                return {"op": op.TAKE_PORT, "other": self._flow(blocked, roll)}
            case WaitForPort(deadline, gone):
                gone_to = self._flow(gone, roll)
                draw = self._draw(roll, deadline)
                return {"op": op.WAIT_FOR_PORT, "draw": draw, "other": gone_to}
            case Retry(again, delay, attempts):
                draws = self._draw_anew(roll, again), self._draw_anew(roll, delay)
                most = NOBODY if attempts is None else attempts
                return {"op": op.RETRY, "draw": draws[0], "second": draws[1], "most": most}
            case ReleasePort():
                return {"op": op.RELEASE_PORT}
            case Delay(duration):
                return {"op": op.DELAY, "draw": self._draw(roll, duration)}
            case Branch(draw, ways):
                first, chosen = self._ways(ways, roll), self._draw(roll, draw)
                return {"op": op.BRANCH, "draw": chosen, "other": first, "most": len(ways)}
            case AskForAgent(patience, abandoned, since_began):
                return {
                    "op": op.ASK_FOR_AGENT,
                    "draw": self._draw(roll, patience),
                    "other": self._flow(abandoned, roll),
                    "flag": since_began,
                }
            case Reach():
                return {"op": op.REACH}
            case Talk(duration, record):
                return {
                    "op": op.TALK,
                    "draw": self._draw(roll, duration),
                    "second": self._draw(roll, record),
                    "code": self.plan.activities.index(TALKING),
                    "talks": _ALL_BITS,
                }
            case Work(activity, duration):
                code = self.plan.activities.index(activity)
                draw = self._draw(roll, duration)
                return {"op": op.WORK, "draw": draw, "code": code}
            case Start(flow):
                return {"op": op.START, "other": self._flow(flow, roll)}
            case End(outcome):
                return {"op": op.END, "code": self.plan.outcomes.index(outcome)}

    def _roll(self, roll: RollOf) -> int:
        self.rolls.append(roll)
        return len(self.rolls) - 1

    def _draw(self, roll: int, attribute: str | None) -> int:
        return NOBODY if attribute is None else _place(self.draws, Draw(roll, attribute))

    def _draw_anew(self, roll: int, attribute: str) -> int:
        return _place(self.draws_anew, Draw(roll, attribute))

    def _list(self, numbers: Sequence[int]) -> tuple[int, int]:
        """Write a list down; return where it begins and ends."""
        first = len(self._lists)
        self._lists.extend(numbers)
        return first, len(self._lists)


def _is_alone(step: Step) -> bool:
    """Whether a step is the call's own affair: nobody else can tell when it begins."""
    match step:
        case Talk(_, record):
            return record is None
        case Delay() | Work():
            return True
        case _:
            return False


def _place(known: list[Draw], draw: Draw) -> int:
    if draw not in known:
        known.append(draw)
    return known.index(draw)


def _index(words: Sequence[str], word: str) -> int:
    return words.index(word) if word in words else NOBODY


def _meaning(plan: Plan, outcome: str) -> int:
    """What an outcome means to the counts, as bits."""
    words = {RETRIES_WORD: RETRIES, LEFT_BY_HAND: BY_HAND, NO_ACTION_WORD: NO_ACTION}
    words[STALE_WORD] = STALE
    return words.get(outcome, 0) | (LOST if outcome in plan.lost_outcomes else 0)


def _records(kind: np.dtype[Any], rows: Sequence[dict[str, int]]) -> NDArray[Any]:
    table = empty_rows(len(rows), kind)
    for row, values in zip(table, rows, strict=True):
        for name, value in values.items():
            row[name] = value
    return table
