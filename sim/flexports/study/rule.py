"""The rule of thumb, worked line by line on any floor, beside what simulation and theory say.

The published rule: work out the bare minimum, then add two. Its example works the minimum out so:

- five agents of whose calls 40 percent leave a message keep two ports in use on average: "a minimum
  of two ports needed, three would be safer";
- the same agents spend a quarter of their time on inbound calls; "the initial two flex ports would
  be in use", so "a minimum of three more", if callers shall not be left on hold;
- two and three make a bare minimum of five, and two more make seven.

Where it leaves room, we read it so. A message load of a erlangs needs a ports, rounded up. Callers
who shall not wait need their load rounded up and one more: 5 agents x 1/4 = 1.25 erlangs make 2,
and 3 to be safe. (Another reading is one port for each agent, less those that messages have:
5 - 2 = 3. Both are shown.) Recordings, which the text names and does not work out, need their load
rounded up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flexports.floor import Floor, read_floor
from flexports.sources import kinds_of
from flexports.sources.kind import Need, PortUse
from flexports.study.results import Shown
from flexports.theory import erlang_b, erlang_b_ports

if TYPE_CHECKING:
    import pandas as pd

MARGIN = 2
_CALLERS_MARGIN = 1
_ROUNDING = 1e-9
"""A load of 2 erlangs may come out as 2.0000000000000004 and needs two ports all the same."""


@dataclass(frozen=True)
class RuleLine:
    """One use of ports and what the rule gives it.

    Attributes
    ----------
    source : str
    use : PortUse
    ports : int
        The minimum.
    safer : int
        With the one more that the text calls safer, or needs so that no caller waits.
    """

    source: str
    use: PortUse
    ports: int
    safer: int


@dataclass(frozen=True)
class Rule(Shown):
    """The rule of thumb on one floor.

    Attributes
    ----------
    floor : Floor
    lines : sequence of RuleLine
    """

    floor: Floor
    lines: Sequence[RuleLine]

    def __repr__(self) -> str:
        """Return one line: the floor and the rule's answer."""
        return f"<Rule of thumb for {self.floor.name}: ports={self.ports}>"

    @property
    def table(self) -> pd.DataFrame:
        """A row a line: `source, use, load_erl, arithmetic, ports, safer`."""
        import pandas as pd

        rows = [
            {
                "source": line.source,
                "use": line.use.need.value,
                "load_erl": line.use.load_erl,
                "arithmetic": line.use.arithmetic,
                "ports": line.ports,
                "safer": line.safer,
            }
            for line in self.lines
        ]
        return pd.DataFrame(rows)

    @property
    def bare_minimum(self) -> int:
        """The ports of all lines."""
        return sum(line.ports for line in self.lines)

    @property
    def ports(self) -> int:
        """The rule's answer: the bare minimum and two."""
        return self.bare_minimum + MARGIN

    @property
    def load_erl(self) -> float:
        """The offered load of all lines."""
        return sum(line.use.load_erl for line in self.lines)

    @property
    def one_port_an_agent(self) -> int:
        """The bare minimum if callers need a port for each agent, less those of messages."""
        counted = {need: self._ports(need) for need in Need}
        agents = sum(group.count for group in self.floor.agents)
        if not counted[Need.CALLERS]:
            return self.bare_minimum
        others = counted[Need.MESSAGES] + counted[Need.RECORDINGS]
        return others + max(0, agents - counted[Need.MESSAGES])

    def _ports(self, need: Need) -> int:
        return sum(line.ports for line in self.lines if line.use.need is need)

    def blocking_by_erlang_b(self, ports: int) -> float:
        """Blocking of the whole load if all of it were Poisson and blocked calls went away."""
        return erlang_b(self.load_erl, ports)

    def ports_by_erlang_b(self, blocking: float) -> int:
        """The smallest count that Erlang B gives for the whole load."""
        return erlang_b_ports(self.load_erl, blocking)


def rule_of_thumb(floor: Floor | str | Path) -> Rule:
    """Work the rule of thumb on a floor.

    Parameters
    ----------
    floor : Floor or path

    Returns
    -------
    Rule

    Raises
    ------
    InputError
        If the floor cannot be used.

    Examples
    --------
    >>> from flexports.floor.read import parse_floor
    >>> floor = parse_floor('''
    ... [[agents]]
    ... count = 5
    ... [[sources]]
    ... kind = "power-dialer"
    ... dial = "44 s"
    ... outcomes = { voicemail = 0.4, no-answer = 0.6 }
    ... message = "44 s"
    ... ''')
    >>> rule_of_thumb(floor).ports
    4
    """
    floor = floor if isinstance(floor, Floor) else read_floor(floor)
    lines = [_line(source.name, use) for source in kinds_of(floor) for use in source.uses(floor)]
    return Rule(floor, lines)


def _line(source: str, use: PortUse) -> RuleLine:
    rounded = math.ceil(use.load_erl - _ROUNDING)
    match use.need:
        case Need.MESSAGES:
            return RuleLine(source, use, rounded, rounded + 1)
        case Need.CALLERS:
            return RuleLine(source, use, rounded + _CALLERS_MARGIN, rounded + _CALLERS_MARGIN)
        case _:
            return RuleLine(source, use, rounded, rounded)
