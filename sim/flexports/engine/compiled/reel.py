"""The draws of a day in one array, as the loop reads them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from flexports.engine.compiled.columns import Columns
from flexports.engine.compiled.program import Program
from flexports.tape import PART, Roll, StartedRoll, Tape

_FIRST = 8
"""Values before all others, a line of the cache: the first is the 0 that blanks take."""


class Draws:
    """Fills one array with all that a floor draws, day after day.

    How many calls agents start is known when they have started them: the array has as many parts of
    each roll as the longest day needed so far, and more if the loop asks for them.

    Parameters
    ----------
    program : Program
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._columns = Columns()
        self._table = program.empty_rolls()
        self._values = np.zeros(_FIRST)
        self._bases = np.zeros(len(program.draws), dtype=np.int64)
        self._anew = self._none_anew()
        self._used = 0
        self._rolls: list[Roll]

    def of(self, tape: Tape) -> dict[str, NDArray[Any]]:
        """The tables of a day's draws and arrivals."""
        self._rolls = [
            reel.arrived if roll.group is None else reel.started(roll.group, roll.starters)
            for roll, reel in ((roll, tape.reels[roll.line]) for roll in self._program.rolls)
        ]
        for roll, needed in zip(self._rolls, self._table["needed"].tolist(), strict=True):
            if isinstance(roll, StartedRoll):
                roll.lengthen(-(-needed // PART))
        self._anew = self._none_anew()
        self._fill_all()
        arrivals = tape.in_order
        return self._tables() | {
            "arrivals_s": arrivals.times_s,
            "arrival_lines": arrivals.sources,
            "arrival_calls": arrivals.calls,
        }

    def more(self, which: int) -> dict[str, NDArray[Any]]:
        """Twice as many parts of a roll."""
        roll = self._rolls[which]
        assert isinstance(roll, StartedRoll), "calls that arrive are all drawn"
        roll.lengthen(2 * roll.parts)
        attempts, self._anew = self.attempts, self._none_anew()
        self._fill_all()
        for _ in range(attempts):
            self._fill_attempt()
        return self._tables()

    def another_attempt(self) -> dict[str, NDArray[Any]]:
        """What is drawn anew, for one attempt more."""
        self._fill_attempt()
        return self._tables()

    @property
    def attempts(self) -> int:
        """For how many attempts there are draws of what is drawn anew for each."""
        return self._anew.shape[1]

    def _none_anew(self) -> NDArray[np.int64]:
        return np.zeros((len(self._program.draws_anew), 0), dtype=np.int64)

    def _tables(self) -> dict[str, NDArray[Any]]:
        return {
            "values": self._values,
            "bases": self._bases,
            "anew": self._anew.ravel(),
            "rolls": self._table,
        }

    def _fill_all(self) -> None:
        self._used = _FIRST
        draws = self._program.draws
        self._make_room(_FIRST + sum(self._rolls[draw.roll].size for draw in draws))
        for place, draw in enumerate(draws):
            self._bases[place] = self._fill(draw.roll, draw.attribute, None)
        self._columns.draw_rest()
        self._table["length"] = [roll.length for roll in self._rolls]
        self._table["size"] = [roll.size for roll in self._rolls]
        if draws:  # of a roll without any, nobody looks
            self._table["first"] = self._bases.take(self._program.first_draws, mode="clip")
        continuous = [self._rolls[draw.roll].is_continuous(draw.attribute) for draw in draws]
        self._program.find_draws(self._bases, np.array(continuous, dtype=np.bool_))

    def _fill_attempt(self) -> None:
        draws = self._program.draws_anew
        self._make_room(self._used + sum(self._rolls[draw.roll].size for draw in draws))
        attempt = self.attempts + 1
        bases = [self._fill(draw.roll, draw.attribute, attempt) for draw in draws]
        self._columns.draw_rest()
        self._anew = np.column_stack([self._anew, np.array(bases, dtype=np.int64)])

    def _fill(self, number: int, attribute: str, attempt: int | None) -> int:
        """Draw an attribute behind what there is; return where it begins."""
        roll, begin = self._rolls[number], self._used
        self._used += roll.size
        if roll.size:
            self._columns.draw(roll, attribute, attempt, self._values[begin : self._used])
        return begin

    def _make_room(self, size: int) -> None:
        if size > len(self._values):
            larger = np.empty(size + size // 4)
            larger[: self._used] = self._values[: self._used]
            self._values = larger
