"""A floor between opening and closing: its clock, its ports, its agents, and the log of its day."""

from __future__ import annotations

from flexports.engine.outcomes import CALL_COLUMNS, WORK_COLUMNS, DayOutcomes, Table
from flexports.engine.simpy_engine.agents import Agents
from flexports.engine.simpy_engine.call import Call
from flexports.engine.simpy_engine.clock import Clock
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
        self._calls: list[tuple[float, ...]] = []
        self._work: list[tuple[float, ...]] = []

    def log_call(self, call: Call, outcome: str) -> None:
        """Note a call that is over."""
        self._calls.append(call.row(self._outcome_code[outcome]))

    def log_work(self, agent: int, activity: str, until_s: float) -> None:
        """Note what an agent is busy with from now on."""
        self._work.append((agent, self._activity_code[activity], self.clock.now, until_s))

    def outcomes(self) -> DayOutcomes:
        """Everything that was noted, in the order that every engine gives."""
        return DayOutcomes(
            calls=Table.from_rows(CALL_COLUMNS, sorted(self._calls)),
            work=Table.from_rows(WORK_COLUMNS, sorted(self._work)),
        )
