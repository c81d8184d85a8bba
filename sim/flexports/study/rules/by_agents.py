"""Rules that look at nothing but the number of agents."""

from __future__ import annotations

import math
from fractions import Fraction

from flexports.study.rules.facts import Facts, OtherRule


def one_line_for_three(facts: Facts) -> int:
    """One line for three people: an office's ratio."""
    return _lines(facts, Fraction(1, 3))


def one_line_an_agent(facts: Facts) -> int:
    """A line for each agent: nobody talks on two."""
    return _lines(facts, Fraction(1))


def a_fifth_more_than_agents(facts: Facts) -> int:
    """1.2 lines an agent: a fifth more for those who hold."""
    return _lines(facts, Fraction(6, 5))


def three_lines_for_two(facts: Facts) -> int:
    """1.5 lines an agent: of a predictive dialer whose calls are answered often."""
    return _lines(facts, Fraction(3, 2))


def two_lines_an_agent(facts: Facts) -> int:
    """2 lines an agent: of one whose calls are answered less often."""
    return _lines(facts, Fraction(2))


def three_lines_an_agent(facts: Facts) -> int:
    """3 lines an agent: as many as such a dialer dials at once for each agent who is free."""
    return _lines(facts, Fraction(3))


def four_ports_a_seat(facts: Facts) -> int:
    """4 ports a seat: inbound, outbound to the agent, recording, queue."""
    return _lines(facts, Fraction(4))


def _lines(facts: Facts, ratio: Fraction) -> int:
    """Exact: 1.2 lines for each of five agents are six, and not a rounding error more."""
    return math.ceil(facts.agents * ratio)


RULES = (
    OtherRule(
        "1 line for 3 people",
        'SIPTRUNK.com, "How many SIP trunks do I need for my small business?" (which warns of it)',
        one_line_for_three,
    ),
    OtherRule("1 line an agent", 'Noojee, "Telephone line estimates"', one_line_an_agent),
    OtherRule(
        "1.2 lines an agent",
        'Rostrvm Solutions, "How many trunks do I need for my inbound call centre?"',
        a_fifth_more_than_agents,
    ),
    OtherRule(
        "1.5 lines an agent",
        'Sytel, "Telephony issues", for more than 35 % live calls',
        three_lines_for_two,
    ),
    OtherRule(
        "2 lines an agent",
        'Sytel, "Telephony issues", for 20 to 35 % live calls',
        two_lines_an_agent,
    ),
    OtherRule(
        "3 lines an agent",
        'Noojee, "Telephone line estimates", for a predictive dialer',
        three_lines_an_agent,
    ),
    OtherRule("4 ports a seat", '8x8, "How do call legs and ports work?"', four_ports_a_seat),
)
