"""Sources with which time would never go on are refused, not run."""

from __future__ import annotations

import pytest

import flexports
from flexports.problems import InputError

AGENTS = """
[[agents]]
name = "sales"
count = 1
licences = ["crm", "dialer-tab", "agent-login"]
"""
STILL = {
    "a dial by hand of no time": (
        'kind = "power-dialer"\ndial_by_hand = "0 s"\n',
        "dial_by_hand",
    ),
    "a supervisor who never pauses": ('kind = "monitoring"\npause = "0 s"\n', "pause"),
    "a call that comes back at once for ever": (
        'kind = "inbound"\nrate = "1 per hour"\nwhen_blocked = "retry"\n'
        'retry = { probability = 1.0, delay = "0 s" }\n',
        "retry",
    ),
}
GOES_ON = {
    "it may stay away": "probability = 0.9",
    "it gives up in the end": "probability = 1.0, attempts = 3",
}


@pytest.mark.parametrize("what", STILL)
def test_a_clock_that_would_stand_still_is_refused(what: str) -> None:
    source, key = STILL[what]
    with pytest.raises(InputError, match=key):
        flexports.parse_floor(f"{AGENTS}[[sources]]\n{source}")


@pytest.mark.parametrize("why", GOES_ON)
def test_a_call_that_comes_back_at_once_may_do_so_if_that_ends(why: str) -> None:
    floor = flexports.parse_floor(
        f"""{AGENTS}[[sources]]
        kind = "inbound"
        rate = "60 per hour"
        when_blocked = "retry"
        retry = {{ {GOES_ON[why]}, delay = "0 s" }}
        """
    )
    calls = flexports.simulate(floor, ports=1).calls
    assert calls.attempt.max() > 1
