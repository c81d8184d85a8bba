"""Times of day on a floor that may be open past midnight, and what is hardly meant."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from flexports.cli import main
from flexports.floor import parse_floor
from flexports.floor.clock import first_time, spells_within
from flexports.laws import Constant
from flexports.sources import plan_of
from flexports.sources.broadcast import Broadcast
from flexports.sources.fax import Fax
from flexports.sources.fax_keys import MassFax
from flexports.tape import Pen, Streams

HOUR = 3600.0
NIGHT = """
[day]
opens = "22:00"
length = "8 h"

[[agents]]
name = "night"
count = 2
shifts = [["00:00", "03:00"], ["22:30", "24:00"]]

[[sources]]
kind = "inbound"
rate = "30 per hour"
talk = "2 min"
"""


@pytest.mark.parametrize(
    ("clock", "opens", "length", "first"),
    [
        (9, 9, 8, 0),
        (12, 9, 8, 3),
        (17, 9, 8, None),  # it is closed from then on
        (8, 9, 8, None),
        (1, 22, 8, 3),
        (6, 22, 8, None),
        (8, 9, 48, 23),
        (24, 22, 8, 2),
    ],
)
def test_a_time_of_day_is_first_reached_after_opening(
    clock: int, opens: int, length: int, first: int | None
) -> None:
    found = first_time(clock * HOUR, opens * HOUR, length * HOUR)
    assert found == (None if first is None else first * HOUR)


@pytest.mark.parametrize(
    ("spells", "opens", "length", "within"),
    [
        ([(9, 12), (13, 17)], 9, 8, [(0, 3), (4, 8)]),
        ([(8, 12), (13, 18)], 9, 8, [(0, 3), (4, 9)]),
        ([(7, 9), (17, 18)], 9, 8, []),
        ([(0, 3), (22, 24)], 22, 8, [(0, 5)]),  # it goes on at midnight
        ([(0, 3)], 22, 8, [(2, 5)]),
        ([(9, 12)], 9, 48, [(0, 3), (24, 27)]),
    ],
)
def test_spells_are_those_of_every_day_on_which_the_floor_is_open(
    spells: list[tuple[int, int]], opens: int, length: int, within: list[tuple[int, int]]
) -> None:
    told = [(from_h * HOUR, to_h * HOUR) for from_h, to_h in spells]
    found = spells_within(told, opens * HOUR, length * HOUR)
    assert found == tuple((from_h * HOUR, to_h * HOUR) for from_h, to_h in within)


def test_shifts_go_on_past_midnight() -> None:
    (team,) = plan_of(parse_floor(NIGHT)).teams
    assert team.shifts == ((0.5 * HOUR, 5 * HOUR),)


def test_a_campaign_and_a_list_of_faxes_begin_on_the_next_day_if_the_floor_is_open_then() -> None:
    pen = Pen(Streams(1), 0, "any")
    campaign = Broadcast(
        pace=1.0,
        starts_s=1 * HOUR,
        answers=1.0,
        press_1=1.0,
        talk=Constant(60.0),
        agents=("a",),
    )
    presses_s = campaign.arrivals_s(pen, 22 * HOUR, 8 * HOUR)
    assert 3 * HOUR < presses_s[0] < 3 * HOUR + 60
    faxes = Fax(mass=(MassFax(at_s=1 * HOUR, faxes=2), MassFax(at_s=12 * HOUR, faxes=2)))
    assert np.array_equal(faxes.arrivals_s(pen, 22 * HOUR, 8 * HOUR), [3 * HOUR] * 2)


DOUBTFUL = """
[[agents]]
name = "sales"
count = 5
licences = ["crm", "dialer-tab", "dialer", "agent-login", "elf", "fax"]
shifts = [["09:00", "12:00"], ["18:00", "20:00"]]

[[agents]]
name = "spare"
count = 2

[[sources]]
kind = "inbound"
agents = "sales"
rate = [{ from = "08:00", rate = "9 per hour" }, { from = "17:00", rate = "3 per hour" }]
talk = "2 min"

[[sources]]
kind = "broadcast"
agents = "sales"
pace = "600 per hour"
starts = "08:00"
talk = "2 min"

[[sources]]
kind = "fax"
agents = "sales"
rate = "2 per hour"
mass = [{ at = "12:00", faxes = 3 }, { at = "20:00", faxes = 4 }]
"""
DOUBTS = [
    "agents[0].shifts[1]: ['18:00', '20:00'] is outside the opening hours, 09:00 to 17:00",
    "agents[1]: is a group that no source names",
    "sources[0].rate[1]: '3 per hour' from 17:00 is outside the opening hours",
    "sources[1].starts: '08:00' is outside the opening hours, 09:00 to 17:00: it starts at opening",
    "sources[2].mass[1].at: '20:00' is outside the opening hours, 09:00 to 17:00: it is never sent",
]


def test_what_has_no_effect_is_warned_of() -> None:
    with pytest.warns(UserWarning, match=r"x\.toml: ") as told:
        parse_floor(DOUBTFUL, "x.toml")
    for warning, doubt in zip(told, DOUBTS, strict=True):
        assert str(warning.message).startswith(f"x.toml: {doubt}")


def test_the_hours_of_a_night_are_told() -> None:
    with pytest.warns(UserWarning, match="22:00 to 06:00 of the next day: it starts at opening"):
        parse_floor(
            NIGHT + "[[sources]]\nkind = 'broadcast'\npace = '9 per hour'\n"
            "talk = '2 min'\nstarts = '07:00'\n"
        )


def test_the_only_group_needs_no_name() -> None:
    parse_floor(NIGHT)  # pytest makes an error of a warning


def test_check_shows_doubts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.toml"
    file.write_text(DOUBTFUL)
    assert main(["check", str(file), "--format", "json"]) == 0
    doubts = json.loads(capsys.readouterr().out)["doubts"]
    assert [each["place"] for each in doubts] == [each.partition(":")[0] for each in DOUBTS]
    assert main(["check", str(file)]) == 0
    told = capsys.readouterr().out
    assert told.count("Is this meant?") == len(DOUBTS)
