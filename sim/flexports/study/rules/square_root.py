"""A rule of the square-root kind: the load, a multiple of its square root, and two.

It begins with the lines of the rule of thumb, and mends what an audit of that rule found wrong:

- Agents who talk to callers do not dial. So what dialing adds (messages, and recordings of the
  dialed conversations) counts only for the share of agents whom callers leave free.
- Two ports more are too many for a small floor and too few for a large one. The margin has to grow,
  and a square root is how the spread of a random load grows.
- Days differ, and it is on the busy ones that ports are short.

`square_root` says how. How well it does on floors that it was not fitted to, the notebook of the
audit says.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from flexports.sources.arriving import AtARate
from flexports.sources.kind import Need
from flexports.study.rule import MARGIN, Rule, RuleLine
from flexports.study.rules.facts import Facts, OtherRule
from flexports.theory import erlang_b_ports

BUSY = 1.25
"""Agents whom one erlang of callers keeps from dialing: it is talk alone, and they wrap up too."""
ROOTS = {0.001: 3.0, 0.01: 1.75, 0.05: 0.65}
"""What the square root is multiplied by, by the largest blocking; see `experiments/audit`."""
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Loads:
    """The offered load of a floor, as the rule adds it up.

    Attributes
    ----------
    agents : int
    dialed_erl : float
        Lines of those who dial, as if no caller kept them from it.
    callers_erl : float
        Lines of callers who want an agent.
    other_erl : float
        All lines but those of who dials: callers, and recordings of them, among these.
    spread_erl : float
        Standard deviation of the callers' load from day to day.
    """

    agents: int
    dialed_erl: float
    callers_erl: float
    other_erl: float
    spread_erl: float

    def load_erl(self, busy: float = BUSY) -> float:
        """The sum, where each erlang of callers keeps so many agents from dialing."""
        free = max(0.0, 1.0 - busy * self.callers_erl / self.agents) if self.agents else 1.0
        return free * self.dialed_erl + self.other_erl


def loads_of(rule: Rule, agents: int) -> Loads:
    """Return the loads of a floor.

    Parameters
    ----------
    rule : Rule
        With the lines of the rule of thumb.
    agents : int
    """
    dialed = [line for line in rule.lines if rule.floor.source(line.source).dials_for]
    others = [line for line in rule.lines if line not in dialed]
    callers = [line for line in others if line.use.need is Need.CALLERS]
    return Loads(agents, _sum(dialed), _sum(callers), _sum(others), _spread(rule, callers))


def square_root(facts: Facts) -> int:
    """Load, a multiple of its square root, two, and the spread from day to day; rounded up.

    With N agents, C erlangs of callers, D of lines that come of dialing, and E of all others (the
    callers among them)::

        load  = E + D x (1 - 1.25 C / N)
        ports = load + b x sqrt(load) + 2 + spread of C from day to day

    where b is 3 for a blocking of 0.1 %, 1.75 for 1 % and 0.65 for 5 %; in between it is
    interpolated in the logarithm of the target, and beyond it stays what it is at the ends. The
    spread is that of calls that come all day: on a day on which a campaign is fast, its list is
    spent sooner.

    Examples
    --------
    Four erlangs of messages: 4 + 1.75 x 2 + 2 = 9.5.

    >>> from flexports.floor.read import parse_floor
    >>> from flexports.study.rules import facts_of
    >>> floor = parse_floor('''
    ... [[agents]]
    ... count = 10
    ... [[sources]]
    ... kind = "power-dialer"
    ... dial = "40 s"
    ... outcomes = { voicemail = 0.4, no-answer = 0.6 }
    ... message = "40 s"
    ... ''')
    >>> square_root(facts_of(floor, blocking=0.01))
    10
    """
    loads = loads_of(facts.rule, facts.agents)
    load_erl = loads.load_erl()
    if not load_erl:
        return 0
    margin = root_for(facts.blocking) * math.sqrt(load_erl) + MARGIN + loads.spread_erl
    return math.ceil(load_erl + margin - _ROUNDING)


def erlang_b_on_that_load(facts: Facts) -> int:
    """Erlang B on the load of the square-root rule, in place of that of the rule of thumb."""
    return erlang_b_ports(loads_of(facts.rule, facts.agents).load_erl(), facts.blocking)


def root_for(blocking: float) -> float:
    """Return what the square root is multiplied by, for a target.

    Examples
    --------
    Halfway between 0.1 % and 1 % on a logarithmic scale, 0.316 %:

    >>> round(root_for(0.001 * 10**0.5), 3)
    2.375
    """
    targets = sorted(ROOTS)
    place = bisect_left(targets, blocking)
    if place in (0, len(targets)):
        return ROOTS[targets[min(place, len(targets) - 1)]]
    low, high = targets[place - 1], targets[place]
    share = math.log(blocking / low) / math.log(high / low)
    return ROOTS[low] + share * (ROOTS[high] - ROOTS[low])


def _sum(lines: Sequence[RuleLine]) -> float:
    return sum(line.use.load_erl for line in lines)


def _spread(rule: Rule, callers: Sequence[RuleLine]) -> float:
    """Sources differ each by itself; what is common to all sources of a day adds up."""
    sources = [(rule.floor.source(line.source), line.use.load_erl) for line in callers]
    all_day = [(source, load) for source, load in sources if isinstance(source, AtARate)]
    own = math.hypot(*(source.day_cv * load for source, load in all_day))
    return math.hypot(own, rule.floor.day.day_cv * sum(load for _, load in all_day))


_PUBLISHED = "flexports, fitted to simulated floors"
RULES = (
    OtherRule("Erlang B, load mended", _PUBLISHED, erlang_b_on_that_load),
    OtherRule("square-root rule", _PUBLISHED, square_root),
)
