"""Kinds of source: one that is defined anywhere is read, checked, described and written."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from flexports.floor import (
    Floor,
    Group,
    Ports,
    Source,
    check_floor,
    floor_text,
    json_schema,
    kinds,
    new_floor_text,
    parse_floor,
    settings,
)
from flexports.laws import Constant
from flexports.problems import InputError

TEXT = """
[[agents]]
name = "sales"
count = 5
licences = ["crm", "elf"]
[[sources]]
kind = "callbacks"
rate = "9 per hour"
talk = "3 min"
"""


def test_the_kinds_of_the_package_are_found_by_themselves() -> None:
    assert {"power-dialer", "inbound", "broadcast"} <= set(kinds())


def test_a_new_kind_is_known_everywhere(callbacks: type[Source]) -> None:
    floor = parse_floor(TEXT)
    assert type(floor.source("callbacks")) is callbacks
    assert parse_floor(floor_text(floor)) == floor
    jsonschema.validate(tomllib.loads(TEXT), json_schema())
    assert '#kind = "callbacks"' in new_floor_text()
    shown = {one.place: one for one in settings(TEXT)}
    assert shown["sources[0].delay"].value == "at once"
    assert shown["sources[0].wishes.today"].value == "1.0"
    assert shown["sources[0].kind"].note == "Callers ask to be called back."


def test_a_kind_that_is_forgotten_is_unknown() -> None:
    assert "callbacks" not in kinds()
    with pytest.raises(InputError, match="'callbacks' is not a kind of source"):
        parse_floor(TEXT)


def test_the_only_group_serves_a_source_that_names_none(callbacks: Any) -> None:
    source = callbacks(rate_per_s=0.01, talk=Constant(60.0))
    floor = Floor(name="x", agents=(Group(name="sales", count=1),), sources=(source,))
    assert floor.source("callbacks").groups == ("sales",)


@pytest.mark.usefixtures("callbacks")
def test_a_kind_checks_its_own_keys(lines_of: Callable[[str], list[str]]) -> None:
    assert lines_of(TEXT + "[ports]\ncount = 1") == [
        "sources[0].when_blocked: 'wait' is no use with one port; write 'lose' (in 'callbacks')"
    ]
    assert lines_of(TEXT.replace(', "elf"', "")) == [
        "sources[0].agents: 'sales' is a group without the licence 'elf', which this source needs;"
        " add 'elf' to the group's licences (in 'callbacks')"
    ]
    assert lines_of(TEXT + "wishes = { today = 0.5 }") == [
        "sources[0].wishes: the shares add up to 0.5, not 1; write some-day = 0.5, or change the"
        " others (in 'callbacks')"
    ]


def test_a_floor_built_in_python_is_checked_on_demand(callbacks: Any) -> None:
    source = callbacks(rate_per_s=0.01, talk=Constant(60.0), agents=("slaes",))
    group = Group(name="sales", count=1, licences=("crm", "elf"))
    floor = Floor(name="x", agents=(group,), sources=(source,))
    with pytest.raises(InputError, match=r"floor: sources\[0\]\.agents: 'slaes' is a group that"):
        check_floor(floor)
    check_floor(replace(floor, sources=(replace(source, agents=("sales",)),)))


def test_parts_built_in_python_obey_the_same_bounds(callbacks: Any) -> None:
    for bad in (
        lambda: Ports(count=0),
        lambda: Group(name="", count=1),
        lambda: Group(name="sales", count=1, licences=("dialer",)),
        lambda: callbacks(rate_per_s=0.0, talk=Constant(1.0)),
        lambda: callbacks(rate_per_s=1.0, talk=Constant(1.0), priority=0),
    ):
        with pytest.raises(InputError, match=r".; ."):
            bad()
