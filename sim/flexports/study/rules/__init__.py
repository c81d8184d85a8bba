"""The rules that are published for the number of lines, channels, trunks or ports.

Each is one short function from the facts of a floor to a number of ports, in the room of what it
looks at: the agents, the records of past calls, or the load. The rule of thumb stands first, and a
better one last.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flexports.study.rules import by_agents, by_load, by_records, of_thumb, square_root
from flexports.study.rules.facts import Facts, OtherRule, Records, facts_of, records_of

__all__ = [
    "OTHERS",
    "RULES",
    "Advice",
    "Facts",
    "OtherRule",
    "Records",
    "advise",
    "facts_of",
    "records_of",
]

RULES: tuple[OtherRule, ...] = (
    *of_thumb.RULES,
    *by_agents.RULES,
    *by_records.RULES,
    *by_load.RULES,
    *square_root.RULES,
)
OTHERS = tuple(rule for rule in RULES if rule.key not in ("bare_minimum", "plus_two"))
"""All but the rule of thumb as `flexports.study.rule` reads it."""


@dataclass(frozen=True)
class Advice:
    """What a rule gives a floor."""

    rule: OtherRule
    ports: int


def advise(facts: Facts, rules: Sequence[OtherRule] = RULES) -> Sequence[Advice]:
    """Return what each rule gives, but for those that miss a fact."""
    given = ((rule, rule.ports(facts)) for rule in rules)
    return [Advice(rule, ports) for rule, ports in given if ports is not None]
