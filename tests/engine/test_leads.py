"""Leads: the system rings an agent, who dials; some get no action, and some go stale."""

import math
from typing import Any

from engine.hand_made import NOBODY_ANSWERS, floor, group, loss, outbound, play, toll_free
from flexports.floor import Group, Profile
from flexports.laws import Constant, Exponential
from flexports.sources.lead_response import LeadResponse

WITH_ELF = ("crm", "dialer-tab", "dialer", "agent-login", "elf")


def leads(**keys: Any) -> LeadResponse:
    """Ring of 4 s, dial of 6 s, talk of 10 s; all are reached, and stale after 100 s."""
    usual: dict[str, Any] = {
        "name": "web-form",
        "agents": ("sales",),
        "rate": Profile.constant(1.0),
        "ring": Constant(4.0),
        "dial": Constant(6.0),
        "contact": 1.0,
        "talk": Constant(10.0),
        "wrap_up": Constant(0.0),
        "stale_after": Constant(100.0),
    }
    return LeadResponse(**usual | keys)


def sales(count: int = 1) -> list[Group]:
    """Agents of whom the leads get an action."""
    return [group("sales", count, licences=WITH_ELF)]


def test_the_system_takes_a_port_and_rings_an_agent_who_dials_the_lead() -> None:
    day = play(floor(leads(), groups=sales()), ports=1, arrivals={"web-form": [5]})
    assert day.work() == [("ringing", 5, 9), ("dialing", 9, 15), ("talking", 15, 25)]
    assert day.calls("web-form") == [("answered", (5, 25), (5, 5), (15, 25), 0)]
    assert day.rows("web-form")[0]["reached_s"] == 9  # speed to lead: 4 s


def test_a_lead_that_is_not_reached_gives_agent_and_port_back_after_the_dial() -> None:
    day = play(
        floor(leads(contact=0.5), groups=sales()),
        ports=1,
        arrivals={"web-form": [5, 15]},
        draws={"web-form": {"contact": [0, 1]}},
    )
    first, second = day.calls("web-form")
    assert first == ("no contact", (5, 15), (5, 5), None, 0)
    assert second.port == (15, 35)


def test_a_lead_of_a_user_without_the_licence_gets_no_action() -> None:
    # One of two agents has the licence, so every lead is one user's or the other's; the tape says
    # whose. Who answers does not matter: the licence is that of the record's owner.
    groups = [group("sales", 1, licences=WITH_ELF), group("others", 1)]
    day = play(
        floor(leads(agents=("sales", "others")), groups=groups),
        ports=1,
        arrivals={"web-form": [5, 50]},
        draws={"web-form": {"elf": [0, 1]}},
    )
    assert day.calls("web-form")[0] == ("no action", None, None, None, None)
    assert day.offered_s("web-form") == [None, 50]


def test_an_agent_who_dials_takes_the_lead_after_the_dial_and_before_the_next() -> None:
    day = play(
        floor(
            outbound(outcomes=NOBODY_ANSWERS, agents=("sales",)),
            leads(),
            groups=sales(),
            closes_s=25,
        ),
        ports=1,
        arrivals={"web-form": [5]},
    )
    assert day.calls("web-form")[0].hold == (5, 10)
    assert day.work()[:3] == [("dialing", 0, 10), ("ringing", 10, 14), ("dialing", 14, 20)]
    assert day.rows("web-form")[0]["reached_s"] == 14


def test_leads_and_callers_come_by_priority_and_then_in_order_of_joining() -> None:
    # The agent talks over [0, 10); a lead holds from 1, a caller of the first class from 2.
    day = play(
        floor(toll_free(agents=("sales",)), leads(priority=2), groups=sales()),
        ports=3,
        arrivals={"toll-free": [0, 2], "web-form": [1]},
    )
    assert day.calls("toll-free")[1].talk == (10, 20)
    assert day.calls("web-form")[0].hold == (1, 20)


def test_a_lead_that_waits_for_a_port_goes_stale_and_never_had_one() -> None:
    # The only port is taken over [0, 50); stale 20 s after its arrival at 5.
    day = play(
        floor(leads(stale_after=Constant(20.0)), loss(50.0), groups=sales()),
        ports=1,
        arrivals={"web-form": [5], "toll-free": [0]},
    )
    assert day.calls("web-form")[0] == ("stale", None, None, None, None)
    assert day.rows("web-form")[0]["gave_up_s"] == 25


def test_a_lead_that_waits_for_an_agent_goes_stale_and_gives_its_port_back() -> None:
    # The agent talks over [0, 50).
    day = play(
        floor(
            toll_free(agents=("sales",), talk=Constant(50.0)),
            leads(stale_after=Constant(20.0)),
            groups=sales(),
        ),
        ports=2,
        arrivals={"toll-free": [0], "web-form": [5]},
    )
    assert day.calls("web-form")[0] == ("stale", (5, 25), (5, 25), None, None)


def test_the_deadline_counts_from_the_arrival_through_both_waits() -> None:
    # Two ports: talk over [0, 50), a call over [0, 12). The lead of 5 has a port from 12 on, and
    # holds for the agent until 25, 20 s after its arrival and 13 s after joining the queue.
    day = play(
        floor(
            toll_free(agents=("sales",), talk=Constant(50.0)),
            loss(12.0, name="other"),
            leads(stale_after=Constant(20.0)),
            groups=sales(),
        ),
        ports=2,
        arrivals={"toll-free": [0], "other": [0], "web-form": [5]},
    )
    assert day.calls("web-form")[0] == ("stale", (12, 25), (12, 25), None, None)


def test_a_lead_is_not_given_up_once_an_agent_has_it() -> None:
    # Stale after 2 s, which fall into the ring.
    day = play(
        floor(leads(stale_after=Constant(2.0)), groups=sales()), ports=1, arrivals={"web-form": [5]}
    )
    assert day.calls("web-form")[0].outcome == "answered"


def test_a_lead_that_waits_for_a_port_asks_for_an_agent_when_it_has_one() -> None:
    day = play(
        floor(leads(), loss(12.0), groups=sales()),
        ports=1,
        arrivals={"web-form": [5], "toll-free": [0]},
    )
    row = day.rows("web-form")[0]
    assert (row["offered_s"], row["port_from_s"], row["asked_s"]) == (5, 12, 12)
    assert row["reached_s"] - row["first_s"] == 11  # speed to lead: 7 s for the port, 4 s of ring
    assert math.isnan(row["gave_up_s"])


def test_a_lead_on_hold_for_agents_who_are_gone_is_given_up_at_closing() -> None:
    day = play(
        floor(
            leads(stale_after=Exponential(1.0)),
            groups=[group("sales", 1, (0, 20), licences=WITH_ELF)],
            closes_s=100,
        ),
        ports=1,
        arrivals={"web-form": [30]},
        draws={"web-form": {"stale_after": [1000]}},
    )
    assert day.calls("web-form")[0] == ("stale", (30, 100), (30, 100), None, None)
