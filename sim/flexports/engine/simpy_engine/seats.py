"""Seats of the pooled licences that agents need while they dial."""

from __future__ import annotations

from collections.abc import Sequence

from flexports.flows import Team


class Seats:
    """Seats in pools, of which an agent takes one in each that his team needs, or none.

    An agent keeps his seats from dial to dial. He signs off when he takes a caller or his shift
    ends. Who finds no seat is locked out of dialing; those are let in in the order in which they
    were locked out.
    """

    def __init__(self, pools: Sequence[int]) -> None:
        self._free = list(pools)
        self._seated: set[int] = set()
        self.locked_out: dict[int, Team] = {}
        """Agents in the order of being locked out, with their teams."""

    def take(self, agent: int, team: Team) -> bool:
        """Sign an agent on, unless he is; False if there is no seat."""
        if agent in self._seated or not team.seats:
            return True
        if not all(self._free[pool] for pool in team.seats):
            return False
        for pool in team.seats:
            self._free[pool] -= 1
        self._seated.add(agent)
        return True

    def leave(self, agent: int, team: Team) -> Sequence[int]:
        """Sign an agent off, if he is on; return the agents whom that lets in."""
        self.locked_out.pop(agent, None)
        if agent not in self._seated:
            return ()
        self._seated.remove(agent)
        for pool in team.seats:
            self._free[pool] += 1
        let_in = [other for other, own in self.locked_out.items() if self.take(other, own)]
        for other in let_in:
            del self.locked_out[other]
        return let_in
