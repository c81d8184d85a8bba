"""A floor between opening and closing: its clock, its ports, its agents, and the log of its day."""

from __future__ import annotations

from flexports.engine.outcomes import CALL_COLUMNS, WORK_COLUMNS, DayOutcomes, Table
from flexports.engine.simpy_engine.agents import Agents
from flexports.engine.simpy_engine.call import Call, row_of
from flexports.engine.simpy_engine.clock import Clock, Moment
from flexports.engine.simpy_engine.ports import Ports
from flexports.flows import Plan


class FloorAtWork:
    """What the steps of a flow act on."""

    def __init__(self, plan: Plan, ports: int) -> None:
        self.clock = Clock()
        self.ports = Ports(ports)
        self.agents = Agents(plan, self.clock)
        self._outcome_code = {outcome: code for code, outcome in enumerate(plan.outcomes)}
        self._activity_code = {activity: code for code, activity in enumerate(plan.activities)}
        self._calls: list[float] = []
        self._work: list[float] = []

    def log_call(self, call: Call, outcome: str) -> None:
        """Note a call that is over."""
        call.outcome = self._outcome_code[outcome]
        self._calls.extend(row_of(call))

    def work_ends(self, call: Call, activity: str, duration_s: float) -> Moment:
        """Note what the call's agent is busy with from now on, and return its end."""
        over = self.clock.after(duration_s)
        code = self._activity_code[activity]
        self._work.extend((call.agent, code, self.clock.now_s, over.time_s))
        return over

    def outcomes(self) -> DayOutcomes:
        """Everything that was noted, in the order that every engine gives."""
        return DayOutcomes(
            calls=Table.from_log(CALL_COLUMNS, self._calls),
            work=Table.from_log(WORK_COLUMNS, self._work),
        )
