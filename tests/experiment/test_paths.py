"""Paths: from what an analyst writes to one key of a floor."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flexports.experiment import Experiment
from flexports.experiment.paths import names_in, path_name
from flexports.floor import Floor
from flexports.laws import Constant, Lognormal

Read = Callable[[str], Experiment]
Said = Callable[[str], list[str]]


def talk(floor: Floor) -> Any:
    """The talk of the inbound source."""
    return getattr(floor.source("toll-free"), "talk")  # noqa: B009


@pytest.mark.parametrize(
    ("path", "value", "look", "found"),
    [
        ("agents.sales.count", "9", lambda floor: floor.group("sales").count, 9),
        ("day.length", '"2 h"', lambda floor: floor.day.length_s, 7200.0),
        ("day.day_cv", "0.2", lambda floor: floor.day.day_cv, 0.2),
        ("ports.count", "8", lambda floor: floor.ports.count, 8),
        ("sources.toll-free.talk", '"3 min"', talk, Constant(180.0)),
        ("sources.toll-free.talk.mean", '"3 min"', talk, Lognormal(180.0, 1.0)),
        ("sources.toll-free.limit", "2", lambda floor: floor.source("toll-free").limit, 2),
        ("targets.abandonment", "0.3", lambda floor: floor.targets.abandonment, 0.3),
    ],
)
def test_a_path_sets_one_key_and_no_other(
    read: Read, path: str, value: str, look: Callable[[Floor], object], found: object
) -> None:
    (plain,) = read("").points
    (point,) = read(f"[factors]\n{path} = [{value}]").points
    assert look(point.floor) == found != look(plain.floor)
    (back,) = read(f'[factors]\n{path} = [{value}]\n"day.warm_up" = ["1 s"]').points
    assert look(back.floor) == found


def test_a_table_that_the_floor_leaves_out_begins_with_what_holds_by_default(read: Read) -> None:
    (plain,) = read("").points
    default = getattr(plain.floor.source("outbound"), "message")  # noqa: B009
    (point,) = read('[factors]\nsources.outbound.message.mean = ["50 s"]').points
    message = getattr(point.floor.source("outbound"), "message")  # noqa: B009
    assert message == Lognormal(50.0, default.cv)
    assert default.mean_s != 50.0


@pytest.mark.parametrize(
    ("path", "value", "look"),
    [
        ("licences.dialer", "2", lambda floor: floor.licences.dialer),
        ("prices.minimum_ports", "2", lambda floor: floor.prices.minimum_ports),
    ],
)
def test_a_section_that_the_floor_leaves_out_is_added(
    read: Read, path: str, value: str, look: Callable[[Floor], object]
) -> None:
    (point,) = read(f"[factors]\n{path} = [{value}]").points
    assert look(point.floor) == 2


def test_keys_that_only_make_sense_together_can_be_set_side_by_side(read: Read) -> None:
    points = read(
        """
        [design]
        kind = "list"
        [factors]
        sources.outbound.outcomes.voicemail = [0.3, 0.5]
        sources.outbound.outcomes.no-answer = [0.5, 0.3]
        targets.service_level.share = [0.8, 0.9]
        targets.service_level.within = ["20 s", "30 s"]
        """
    ).points
    levels = [point.floor.targets.service_level for point in points]
    assert [(one.share, one.within_s) for one in levels if one] == [(0.8, 20.0), (0.9, 30.0)]


def test_a_path_means_the_same_with_and_without_quotes(read: Read) -> None:
    bare = read("[factors]\nsources.toll-free.talk.cv = [0.5]\nagents.sales.count = [2]")
    quoted = read('[factors]\n"sources.toll-free.talk.cv" = [0.5]\n"agents.sales.count" = [2]')
    assert bare.points == quoted.points
    assert list(bare.factors) == ["sources.toll-free.talk.cv", "agents.sales.count"]


NAMES = st.lists(
    st.text(st.characters(min_codepoint=32, exclude_characters='"'), min_size=1)
    .map(str.strip)
    .filter(bool),
    min_size=1,
)


@given(names=NAMES)
def test_names_with_dots_stand_in_quotes(names: list[str]) -> None:
    assert names_in(".".join(map(path_name, names))) == names


WRONG = {
    "agents.slaes.count": "names 'slaes', which is no group of agents of the floor;"
    " did you mean 'sales'?",
    "sources.tollfree.rate": "names 'tollfree', which is no source of the floor;"
    " did you mean 'toll-free'?",
    "agnets.sales.count": "names 'agnets', which is no table of a floor; did you mean 'agents'?",
    "sources.toll-free.tlak.mean": "names 'tlak', which is no key of sources.toll-free;"
    " did you mean 'talk'?",
    "sources.toll-free.tlak": "names 'tlak', which is no key of sources.toll-free;"
    " did you mean 'talk'?",
    "sources.toll-free.talk.maen": "names 'maen', which is no key of sources.toll-free.talk;"
    " did you mean 'mean'?",
    "prices.prot": "names 'prot', which is no key of prices; did you mean 'port'?",
    "day.moon": "names 'moon', which is no key of day;"
    " write one of: length, opens, warm_up, day_cv",
    "agents.sales": "names all of a group of agents; name one of its keys: count, licences, shifts",
    "agents": "names every group of agents; write one such as 'agents.sales.count' or"
    " 'sources.toll-free.rate'",
    "sources.toll-free.name": "is what tells things apart, and cannot be a factor; leave it out,"
    " and write another floor for it",
    "sources.toll-free.kind": "is what tells things apart, and cannot be a factor; leave it out,"
    " and write another floor for it",
    "name": "is what tells things apart, and cannot be a factor; leave it out, and write another"
    " floor for it",
    "sources.toll-free.wrap_up.mean": 'goes into wrap_up, which the floor writes as "20 s" and'
    " not as a table; vary wrap_up itself, or write it as a table in the floor",
    "day.length.hours": 'goes into length, which the floor writes as "1 h" and not as a table;'
    " vary length itself, or write it as a table in the floor",
    "targets.blocking.outbound": "goes into blocking, which the floor writes as 0.02 and not as a"
    " table; vary blocking itself, or write it as a table in the floor",
    "agents.sales.licences.crm": "goes into licences, which the floor writes as a list and not as"
    " a table; vary licences itself, or write it as a table in the floor",
    "": "is not the path of a key; write one such as 'agents.sales.count' or"
    " 'sources.toll-free.rate'",
    "agents..count": "is not the path of a key; write one such as 'agents.sales.count' or"
    " 'sources.toll-free.rate'",
}


@pytest.mark.parametrize("path", WRONG)
def test_a_path_that_leads_nowhere_says_where_it_ends(said: Said, path: str) -> None:
    (line,) = said(f'[factors]\n"{path}" = [1]')
    assert line.partition(": ")[0].removeprefix("factors.").strip('"') == path
    assert line.partition(": ")[2] == WRONG[path]


def test_a_factor_within_another_is_refused(said: Said) -> None:
    (line,) = said(
        '[factors]\n"sources.toll-free.talk.cv" = [2]\n"sources.toll-free.talk" = ["1 s"]'
    )
    assert line == (
        "factors.\"sources.toll-free.talk.cv\": lies within the factor 'sources.toll-free.talk';"
        " leave one of the two out"
    )


def test_one_key_under_two_paths_is_refused(said: Said) -> None:
    (line,) = said("[factors]\n'agents.sales.count' = [2]\n'agents.\"sales\".count' = [3]")
    assert "is the same key as 'agents.sales.count'" in line
