"""The rule of thumb itself, in its readings: see `flexports.study.rule`."""

from __future__ import annotations

from flexports.study.rule import MARGIN
from flexports.study.rules.facts import Facts, OtherRule

_PUBLISHED = 'InsideSales.com, "Billing license descriptions"'


def bare_minimum(facts: Facts) -> int:
    """The ports of all lines."""
    return facts.rule.bare_minimum


def plus_two(facts: Facts) -> int:
    """The bare minimum and two: the rule."""
    return facts.rule.ports


def port_an_agent_plus_two(facts: Facts) -> int:
    """The same, if callers need a port for each agent, less those of messages."""
    return facts.rule.one_port_an_agent + MARGIN


RULES = (
    OtherRule("bare minimum", _PUBLISHED, bare_minimum),
    OtherRule("rule of thumb: plus two", _PUBLISHED, plus_two),
    OtherRule("a port an agent, plus two", _PUBLISHED, port_an_agent_plus_two),
)
