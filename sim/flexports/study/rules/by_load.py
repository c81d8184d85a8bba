"""Rules that look at the offered load, as the rule of thumb works it out."""

from __future__ import annotations

from flexports.study.rules.facts import Facts, OtherRule
from flexports.theory import erlang_b_ports, extended_erlang_b


def erlang_b(facts: Facts) -> int:
    """The smallest count of which Erlang B meets the target."""
    return erlang_b_ports(facts.load_erl, facts.blocking)


def extended(facts: Facts) -> int:
    """The same, where a share of the blocked calls comes again."""
    ports = erlang_b(facts)
    while extended_erlang_b(facts.load_erl, ports, facts.recall).blocking > facts.blocking:
        ports += 1
    return ports


RULES = (
    OtherRule("Erlang B", 'G. Audin, "How to size your SIP trunks", No Jitter, 2015', erlang_b),
    OtherRule(
        "extended Erlang B",
        'Westbay Engineers, "Extended Erlang B calculator"',
        extended,
    ),
)
