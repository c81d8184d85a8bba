"""What each licence of the vendor's list lets an agent do, and what is refused without it."""

from __future__ import annotations

import pytest

from engine.hand_made import NOBODY_ANSWERS, faxes, floor, group, outbound, play, toll_free
from flexports.floor import Group, Profile, Source, check_floor
from flexports.floor.licences import LICENCES
from flexports.problems import InputError
from flexports.sources.broadcast import Broadcast
from flexports.sources.click_to_call import ClickToCall
from flexports.sources.lead_response import LeadResponse

RATE = Profile.constant(0.01)
ALL = ("crm", "dialer-tab", "dialer", "agent-login", "elf", "fax")


@pytest.mark.parametrize("licence", sorted(set(LICENCES) - {"crm"}))
def test_every_other_licence_is_contingent_on_the_crm(licence: str) -> None:
    needed = ("dialer-tab", licence) if licence == "dialer" else (licence,)
    with pytest.raises(InputError, match="without 'crm'"):
        Group(name="sales", count=1, licences=needed)
    Group(name="sales", count=1, licences=("crm", *needed))


def test_the_dialer_is_contingent_on_the_dialer_tab() -> None:
    with pytest.raises(InputError, match="'dialer' without 'dialer-tab'"):
        Group(name="sales", count=1, licences=("crm", "dialer"))


@pytest.mark.parametrize(
    ("source", "licence"),
    [
        (toll_free(agents=("sales",)), "agent-login"),
        (Broadcast(name="jabberdog", agents=("sales",), pace=1.0), "agent-login"),
        (LeadResponse(name="web-form", agents=("sales",), rate=RATE), "agent-login"),
        (outbound(agents=("sales",)), "dialer-tab"),
        (ClickToCall(name="callbacks", agents=("sales",)), "dialer"),
        (faxes(agents=("sales",)), "fax"),
    ],
    ids=lambda value: value.name if isinstance(value, Source) else value,
)
def test_a_source_needs_the_licence_of_its_system(source: Source, licence: str) -> None:
    check_floor(floor(source, groups=[group("sales", 1, licences=ALL)]))
    lacking = tuple(
        held for held in ALL if held != licence and LICENCES[held].contingent_on != licence
    )
    with pytest.raises(InputError, match=f"without the licence '{licence}'"):
        check_floor(floor(source, groups=[group("sales", 1, licences=lacking)]))


def test_automatic_response_needs_a_user_with_the_elf_licence() -> None:
    source = LeadResponse(name="web-form", agents=("sales",), rate=RATE)
    with pytest.raises(InputError, match="without the licence 'elf'"):
        check_floor(floor(source, groups=[group("sales", 1, licences=ALL[:4])]))


def test_who_has_no_agent_login_dials_while_callers_hold() -> None:
    # Agent 0 dials and is free every 10 s; agent 1 has the login and talks over [0, 10).
    day = play(
        floor(
            outbound(outcomes=NOBODY_ANSWERS, agents=("dialers",)),
            toll_free(agents=("service",)),
            groups=[
                group("dialers", 1, licences=("crm", "dialer-tab", "dialer")),
                group("service", 1, licences=("crm", "agent-login")),
            ],
            closes_s=25,
        ),
        ports=2,
        arrivals={"toll-free": [0, 1]},
    )
    assert [call.agent for call in day.calls("toll-free")] == [1, 1]
    assert day.calls("toll-free")[1].hold == (1, 10)
    assert day.began_s("outbound") == [0, 10, 20]
