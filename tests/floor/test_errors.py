"""What is said about each thing that can be wrong in a floor: place, value, rule, remedy."""

import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flexports.floor.read import floor_of
from flexports.problems import InputError

AGENTS = '[[agents]]\nname = "sales"\ncount = 5\n'
INBOUND = (
    '[[sources]]\nkind = "inbound"\nname = "toll-free"\nrate = "18 per hour"\ntalk = "4 min"\n'
)
DIALER = '[[sources]]\nkind = "power-dialer"\nname = "outbound"\n'

OF_TOLL_FREE = " (in 'toll-free')"

CASES = {
    # what stands in the file -> the one line about it
    "days that differ by nothing": (
        "[day]\nday_cv = 1e-200\n" + AGENTS + INBOUND,
        "day.day_cv: 1e-200 is too small to matter; write 0, or 0.000001 or more",
    ),
    "more calls than memory holds": (
        '[day]\nlength = "1000 d"\n' + AGENTS + INBOUND.replace("18 per", "1000000 per"),
        "sources[0].rate: '1000000 per hour' brings 24,000,000,000 in a day of 1000 d; write a rate"
        f" or a day that brings 20,000,000 or fewer{OF_TOLL_FREE}",
    ),
    "a name that would forge a line": (
        AGENTS + INBOUND.replace('"toll-free"', '"toll\\u001b[31m\\nerror: free"'),
        "sources[0].name: 'toll\\x1b[31m\\nerror: free' has blanks around it or unprintable "
        "characters; leave them out (in 'toll\\x1b[31m\\nerror: free')",
    ),
    "a misspelt unit": (
        AGENTS + INBOUND.replace("4 min", "4 mins"),
        f"sources[0].talk: '4 mins' is not a duration; write '4 min'{OF_TOLL_FREE}",
    ),
    "a misspelt unit in a law": (
        AGENTS + INBOUND.replace('"4 min"', '{ distribution = "exponential", mean = "4 mins" }'),
        f"sources[0].talk.mean: '4 mins' is not a duration; write '4 min'{OF_TOLL_FREE}",
    ),
    "a duration without a unit": (
        AGENTS + INBOUND.replace('"4 min"', "4"),
        "sources[0].talk: 4 has no unit; write '4 s' or '4 min', with the unit that is meant"
        + OF_TOLL_FREE,
    ),
    "a negative duration": (
        AGENTS + INBOUND + 'wrap_up = "-5 s"',
        "sources[0].wrap_up: '-5 s' is negative; write a duration of 0 s or more, such as '5 s'"
        + OF_TOLL_FREE,
    ),
    "NaN": (
        AGENTS + INBOUND + "patience = nan",
        "sources[0].patience: nan is not a finite number; write text such as '3 min'"
        + OF_TOLL_FREE,
    ),
    "infinity": (
        AGENTS + INBOUND + "record = inf",
        "sources[0].record: inf is not a finite number; write a number such as 0.25" + OF_TOLL_FREE,
    ),
    "an unknown key": (
        AGENTS + INBOUND + 'patiance = "2 min"',
        f"sources[0].patiance: is not a known key; did you mean 'patience'?{OF_TOLL_FREE}",
    ),
    "an unknown key that is like no other": (
        AGENTS + INBOUND + "[day]\nmoon = 3",
        "day.moon: is not a known key; leave it out (known: length, opens, warm_up, day_cv)",
    ),
    "the inner name of a key": (
        AGENTS + INBOUND + "[day]\nlength_s = 3",
        "day.length_s: is not a known key; did you mean 'length'?",
    ),
    "an unknown kind": (
        AGENTS + INBOUND.replace('"inbound"', '"inbuond"'),
        "sources[0].kind: 'inbuond' is not a kind of source; did you mean 'inbound'?"
        + OF_TOLL_FREE,
    ),
    "an unknown distribution": (
        AGENTS + INBOUND + 'patience = { distribution = "lognorml", mean = "2 min" }',
        "sources[0].patience.distribution: 'lognorml' is not a distribution;"
        f" did you mean 'lognormal'?{OF_TOLL_FREE}",
    ),
    "a law without what it needs": (
        AGENTS + INBOUND + 'patience = { distribution = "lognormal", mean = "2 min" }',
        f"sources[0].patience.cv: is missing; add cv = 1.0{OF_TOLL_FREE}",
    ),
    "a key of another law": (
        AGENTS + INBOUND + 'patience = { distribution = "exponential", mean = "2 min", cv = 1 }',
        "sources[0].patience.cv: is not a known key;"
        " leave it out (known: distribution, plus, mean)" + OF_TOLL_FREE,
    ),
    "a cv of zero": (
        AGENTS + INBOUND + 'patience = { distribution = "gamma", mean = "2 min", cv = 0 }',
        "sources[0].patience.cv: 0 means that nothing varies; write the bare duration, such as"
        f" '20 s'{OF_TOLL_FREE}",
    ),
    "ends of a law in the wrong order": (
        AGENTS + INBOUND + 'wrap_up = { distribution = "uniform", low = "30 s", high = "3 s" }',
        f"sources[0].wrap_up.high: '3 s' is below low = '30 s'; write '30 s' or more{OF_TOLL_FREE}",
    ),
    "shares that do not add up": (
        AGENTS + DIALER + "outcomes = { voicemail = 0.40, conversation = 0.15, no-answer = 0.55 }",
        "sources[0].outcomes: the shares add up to 1.1, not 1; write no-answer = 0.45, or change"
        " the others (in 'outbound')",
    ),
    "an unknown outcome": (
        AGENTS + DIALER + "outcomes = { voicemail = 0.4, no_answer = 0.6 }",
        "sources[0].outcomes.no_answer: is not a known key; did you mean 'no-answer'?"
        " (in 'outbound')",
    ),
    "a share above one": (
        AGENTS + INBOUND + "record = 1.2",
        f"sources[0].record: 1.2 is above 1; write 1 or less{OF_TOLL_FREE}",
    ),
    "what a kind does not do": (
        AGENTS + INBOUND + 'when_blocked = "by-hand"',
        "sources[0].when_blocked: 'by-hand' makes no sense here: no agent is with the call yet;"
        f" write 'lose' or 'retry'{OF_TOLL_FREE}",
    ),
    "what the dialer does not do": (
        AGENTS + DIALER + 'when_blocked = "lose"',
        "sources[0].when_blocked: 'lose' makes no sense here: the message is the floor's own;"
        " write 'by-hand' or 'skip'"
        " (in 'outbound')",
    ),
    "no agents in a group": (
        AGENTS.replace("5", "0") + INBOUND,
        "agents[0].count: 0 is below 1; write 1 or more",
    ),
    "half an agent": (
        AGENTS.replace("5", "2.5") + INBOUND,
        "agents[0].count: 2.5 is not a whole number; write 5",
    ),
    "a float of a whole number": (
        AGENTS.replace("5", "5.0") + INBOUND,
        "agents[0].count: 5.0 is not a whole number; write 5",
    ),
    "a truth for a number": (
        AGENTS.replace("5", "true") + INBOUND,
        "agents[0].count: True is not a whole number; write 5",
    ),
    "a count that nobody can pay": (
        AGENTS + INBOUND + "limit = " + "9" * 500,
        "sources[0].limit: "
        + "9" * 56
        + "...9 is above 1000000; write 1000000 or less"
        + OF_TOLL_FREE,
    ),
    "an empty name": (
        AGENTS.replace('"sales"', '" "') + INBOUND,
        "agents[0].name: ' ' is empty; write a name such as 'sales'",
    ),
    "a name of two lines": (
        'name = "a\\nb"\n' + AGENTS + INBOUND,
        "name: 'a\\nb' has blanks around it or unprintable characters; leave them out",
    ),
    "a group defined twice": (
        AGENTS + AGENTS + INBOUND + 'agents = "sales"',
        "agents[1].name: 'sales' is already the name of agents[0]; write a name of its own",
    ),
    "a source defined twice": (
        AGENTS + INBOUND + INBOUND,
        "sources[1].name: 'toll-free' is already the name of sources[0]; write a name of its own",
    ),
    "a source with the name of a group": (
        AGENTS + INBOUND.replace("toll-free", "sales"),
        "sources[0].name: 'sales' is already the name of agents[0]; write a name of its own",
    ),
    "a source with the name of the ports": (
        AGENTS + INBOUND.replace("toll-free", "ports"),
        "sources[0].name: 'ports' is already the name of the ports' rows; write a name of its own",
    ),
    "a group that nobody defined": (
        AGENTS + INBOUND + 'agents = ["slaes"]',
        "sources[0].agents: 'slaes' is a group that nobody defined; did you mean 'sales'?"
        + OF_TOLL_FREE,
    ),
    "no group at all": (
        INBOUND,
        "sources[0].agents: is missing; add [[agents]] with a count: its calls want an agent"
        + OF_TOLL_FREE,
    ),
    "two groups to choose from": (
        AGENTS + AGENTS.replace("sales", "support") + INBOUND,
        'sources[0].agents: is missing; write agents = "sales", or another of: sales, support'
        + OF_TOLL_FREE,
    ),
    "a group named twice": (
        AGENTS + INBOUND + 'agents = ["sales", "sales"]',
        f"sources[0].agents: ['sales', 'sales'] has 'sales' twice; write it once{OF_TOLL_FREE}",
    ),
    "licences without crm": (
        AGENTS + 'licences = ["agent-login"]\n' + INBOUND,
        "agents[0].licences: ['agent-login'] has 'agent-login' without 'crm'; add 'crm', which all"
        " others are contingent on",
    ),
    "dialer without its screen": (
        AGENTS + 'licences = ["crm", "dialer", "agent-login"]\n' + INBOUND,
        "agents[0].licences: ['crm', 'dialer', 'agent-login'] has 'dialer' without 'dialer-tab';"
        " add 'dialer-tab', which 'dialer' needs",
    ),
    "a misspelt licence": (
        AGENTS + 'licences = ["crm", "agentlogin"]\n' + INBOUND,
        "agents[0].licences: ['crm', 'agentlogin'] has 'agentlogin', which is no licence;"
        " did you mean 'agent-login'?",
    ),
    "a port for an agent": (
        AGENTS + 'licences = ["crm", "flexport"]\n' + INBOUND,
        "agents[0].licences: ['crm', 'flexport'] has 'flexport', which no agent holds;"
        " write it as [ports] count",
    ),
    "agents who may not answer": (
        AGENTS + 'licences = ["crm"]\n' + INBOUND,
        "sources[0].agents: 'sales' is a group without the licence 'agent-login', which this source"
        f" needs; add 'agent-login' to the group's licences{OF_TOLL_FREE}",
    ),
    "a retry that never happens": (
        AGENTS + INBOUND + "retry = { probability = 0.5 }",
        'sources[0].retry: has no effect with when_blocked = "lose"; write when_blocked = "retry",'
        f" or leave it out{OF_TOLL_FREE}",
    ),
    "a retry that nobody described": (
        AGENTS + INBOUND + 'when_blocked = "retry"',
        "sources[0].retry: is missing; write retry = { probability = 0.7, attempts = 3 }"
        f"{OF_TOLL_FREE}",
    ),
    "waiting without a line": (
        AGENTS + INBOUND + 'when_blocked = "wait"',
        "sources[0].when_blocked: 'wait' makes no sense here: a caller who finds no port hears the"
        f" busy tone, and has no line to wait on; write 'lose' or 'retry'{OF_TOLL_FREE}",
    ),
    "shifts that overlap": (
        AGENTS + 'shifts = [["09:00", "12:00"], ["11:00", "17:00"]]\n' + INBOUND,
        "agents[0].shifts: [['09:00', '12:00'], ['11:00', '17:00']] has a shift from 11:00"
        " that does not begin after 12:00; write the shifts in order, apart, or as one",
    ),
    "shifts after closing": (
        AGENTS + 'shifts = [["20:00", "22:00"]]\n' + INBOUND,
        "agents[0].shifts: is never on duty while the floor is open; write shifts within the day",
    ),
    "no sources": (
        AGENTS,
        'sources: is missing; add [[sources]] with a kind, such as kind = "inbound"',
    ),
    "a source without a kind": (
        AGENTS + INBOUND.replace('kind = "inbound"', ""),
        'sources[0].kind: is missing; add kind = "broadcast", or another of: broadcast,'
        f" click-to-call, fax, inbound, lead-response, monitoring, power-dialer{OF_TOLL_FREE}",
    ),
    "a source without its rate": (
        AGENTS + INBOUND.replace('rate = "18 per hour"', ""),
        f'sources[0].rate: is missing; add rate = "18 per hour"{OF_TOLL_FREE}',
    ),
    "a rate without a unit": (
        AGENTS + INBOUND.replace('"18 per hour"', "18"),
        "sources[0].rate: 18 has no unit; write '18 per hour', with the unit that is meant"
        + OF_TOLL_FREE,
    ),
    "a rate of zero": (
        AGENTS + INBOUND.replace("18 per", "0 per"),
        "sources[0].rate: '0 per hour' is not above '0 per hour'; write more than '0 per hour'"
        + OF_TOLL_FREE,
    ),
    "a bad piece of a profile": (
        AGENTS + INBOUND.replace('"18 per hour"', '[{ from = "09:00", rate = "9 per hours" }]'),
        f"sources[0].rate[0].rate: '9 per hours' is not a rate; write '9 per hour'{OF_TOLL_FREE}",
    ),
    "a warm-up longer than the day": (
        AGENTS + INBOUND + '[day]\nlength = "1 h"\nwarm_up = "60 min"',
        "day.warm_up: '1 h' leaves nothing of a day of 1 h; write less than '1 h'",
    ),
    "a reservation of everything": (
        AGENTS + INBOUND + "keep_free = 7\n[ports]\ncount = 7",
        f"sources[0].keep_free: 7 leaves none of 7 ports to it; write 6 or less{OF_TOLL_FREE}",
    ),
    "a target for nobody": (
        AGENTS + INBOUND + "[targets]\nblocking = { tollfree = 0.01 }",
        "targets.blocking.tollfree: is not the name of a source; did you mean 'toll-free'?",
    ),
    "a target above one": (
        AGENTS + INBOUND + "[targets]\nblocking = { toll-free = 1.01 }",
        "targets.blocking.toll-free: 1.01 is above 1; write 1 or less",
    ),
    "half a service level": (
        AGENTS + INBOUND + "[targets]\nservice_level = { share = 0.8 }",
        'targets.service_level.within: is missing; add within = "20 s"',
    ),
    "two dialers on one group": (
        AGENTS + DIALER + DIALER.replace("outbound", "other"),
        "sources[1].agents: 'sales' already dials for 'outbound'; give each dialer a group of its"
        " own (in 'other')",
    ),
    "single brackets": (
        AGENTS.replace("[[agents]]", "[agents]") + INBOUND,
        "agents: is one table; write [[agents]], with double brackets, once for each",
    ),
    "a number for a list of tables": (
        "agents = 5\n" + INBOUND,
        "agents: 5 is not a list of tables; write [[agents]], with double brackets, once for each",
    ),
    "a number for a table": (
        "day = 5\n" + AGENTS + INBOUND,
        "day: 5 is not a table; write [day] and its keys on the lines below",
    ),
    "a list for a law": (
        AGENTS + INBOUND.replace('"4 min"', '["4 min"]'),
        "sources[0].talk: ['4 min'] is neither a duration nor a distribution; write '20 s' or"
        ' { distribution = "exponential", mean = "25 s" }' + OF_TOLL_FREE,
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_each_mistake_has_its_line(what: str, lines_of: Callable[[str], list[str]]) -> None:
    text, line = CASES[what]
    found = lines_of(text)
    assert found[0].removesuffix(" (in 'ports')").removesuffix(" (in 'sales')") in (
        line,
        line + OF_TOLL_FREE,
    )
    assert len(found) == 1


RUBBISH = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["", "sales", "inbound", "3 min", "18 per hour", "09:00", "lose", "gamma"])
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "name", "distribution", "mean", "cv", "count", "rate", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_rubbish_gets_through_as_a_traceback(data: st.DataObject) -> None:
    raw = tomllib.loads((Path(__file__).parent / "company_x.toml").read_text())
    for _ in range(data.draw(st.integers(1, 3))):
        _spoil(raw, data)
    with suppress(InputError):
        floor_of(raw, "x.toml", None, "x")


def _spoil(table: Any, data: st.DataObject) -> None:
    """Put rubbish in a place of the file, at any depth."""
    keys = list(table) if isinstance(table, dict) else list(range(len(table)))
    if not keys:
        return
    at = data.draw(st.sampled_from(keys))
    if isinstance(table[at], dict | list) and data.draw(st.booleans()):
        _spoil(table[at], data)
    else:
        table[at] = data.draw(RUBBISH)
