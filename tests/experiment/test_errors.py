"""What is said about each thing that can be wrong in an experiment: place, value, rule, remedy."""

import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flexports.experiment import read_experiment_text
from flexports.floor.toml_text import toml_key, toml_value
from flexports.problems import InputError
from shown_experiments import FLOOR, HEAD, OTHER

Said = Callable[[str], list[str]]

OF_TOLL_FREE = " (in 'toll-free')"
LATIN = '[design]\nkind = "latin-hypercube"\npoints = 4\n[factors]\n'

CASES = {
    # what follows name, floor and ports -> the one line about it
    "an unknown key": ("dayz = 3", "dayz: is not a known key; did you mean 'days'?"),
    "one day": ("days = 1", "days: 1 is below 2; write 2 or more"),
    "days as a float": ("days = 400.0", "days: 400.0 is not a whole number; write 400"),
    "days beside a precision": (
        'days = 400\nprecision = "2%"',
        "days: 400 stands beside precision, which decides; write max_days for the most",
    ),
    "a budget without a precision": (
        'max_time = "10 min"',
        "max_time: '10 min' has no effect without precision; add precision = \"2%\","
        " or write days = 400 instead",
    ),
    "a time without a unit": (
        'precision = "2%"\nmax_time = 10',
        "max_time: 10 has no unit; write '10 s' or '10 min', with the unit that is meant",
    ),
    "no precision": (
        "precision = []",
        "precision: [] is an empty list; write a share such as '2%', 'hold_p95: 5%' or"
        " 'hold_p95: 1 s'",
    ),
    "one of several precisions": (
        'precision = ["2%", "hold: 1 s"]',
        "precision: ['2%', 'hold: 1 s'] has 'hold: 1 s', which asks for 'hold', which is no"
        " metric; did you mean 'hold_p99'?",
    ),
    "a precision twice": (
        'precision = ["2%", "blocking: 1%"]',
        "precision: ['2%', 'blocking: 1%'] asks for blocking twice; write it once",
    ),
    "a precision of what the floor does not have": (
        'precision = "stale: 5%"',
        "precision: 'stale: 5%' asks for stale, which nothing on the floor has; leave it out,"
        " or ask for blocking",
    ),
    "NaN": (
        "confidence = nan",
        "confidence: nan is not a finite number; write a number such as 0.95",
    ),
    "a confidence in percent": (
        "confidence = 95",
        "confidence: 95 is above 0.9999; write 0.9999 or less",
    ),
    "a negative seed": ("seed = -1", "seed: -1 is below 0; write 0 or more"),
    "a truth for a seed": ("seed = true", "seed: True is not a whole number; write 1"),
    "an unknown design": (
        '[design]\nkind = "gird"',
        "design.kind: 'gird' is not allowed here; did you mean 'grid'?",
    ),
    "a bare design": (
        'design = "grid"',
        "design: 'grid' is not a table; write [design] and its keys on the lines below",
    ),
    "points of a grid": (
        "[design]\npoints = 64",
        "design.points: 64 has no effect with grid, which has as many as its factors make;"
        " leave it out",
    ),
    "no points": (
        '[design]\nkind = "sobol"\n[factors]\nagents.sales.count = { from = 1, to = 4 }',
        "design.points: is missing; add points = 64",
    ),
    "points that are no power of two": (
        '[design]\nkind = "sobol"\npoints = 60\n[factors]\nday.day_cv = { from = 0, to = 1 }',
        "design.points: 60 is not a power of 2, for which Sobol' points are even; write 32 or 64",
    ),
    "more points than can be held": (
        LATIN.replace("points = 4", "points = 1_000_000_000") + "day.day_cv = { from = 0, to = 1 }",
        "design.points: 1000000000 is above 10000; write 10000 or less",
    ),
    "more combinations than can be held": (
        "[factors]\n"
        + "".join(
            f"sources.toll-free.{key} = {list(range(1, 1001))}\n"
            for key in ("priority", "limit", "keep_free")
        ),
        "factors: makes 1,000,000,000 points, and 10,000 are the most; leave values out, or draw"
        ' from ranges: [design] kind = "sobol", points = 256',
    ),
    "nothing to draw": (
        LATIN,
        "factors: is missing; add a factor: there is nothing to draw",
    ),
    "a list to draw from": (
        LATIN + "agents.sales.count = [1, 2]",
        'factors."agents.sales.count": [1, 2] is a list, and latin-hypercube draws from ranges;'
        ' write { from = 5, to = 20 }, or [design] kind = "grid"',
    ),
    "a range in a grid": (
        "[factors]\nagents.sales.count = { from = 1, to = 2 }",
        'factors."agents.sales.count": is a range, and grid wants lists of values; write a list'
        ' such as [5, 10, 20], or [design] kind = "sobol" and points = 64',
    ),
    "lists of unequal length": (
        '[design]\nkind = "list"\n[factors]\nagents.sales.count = [1, 2]\nports.count = [5]',
        'factors."ports.count": has fewer values than another factor: 1, not 2; write as many for'
        ' each, or [design] kind = "grid" for every combination',
    ),
    "a value twice": (
        "[factors]\nagents.sales.count = [5, 5]",
        'factors."agents.sales.count": [5, 5] has 5 twice; write it once',
    ),
    "no values": (
        "[factors]\nagents.sales.count = []",
        'factors."agents.sales.count": [] has no values; write the values to try, such as'
        " [5, 10, 20]",
    ),
    "a bare value": (
        "[factors]\nagents.sales.count = 5",
        'factors."agents.sales.count": 5 is not a list of values; write the values to try, such as'
        " [5, 10, 20]",
    ),
    "no table of factors": (
        "factors = [1]",
        'factors: [1] is not a table; write factors = { "agents.sales.count" = [5, 10, 20] }',
    ),
    "a range of two units": (
        LATIN + 'sources.toll-free.rate = { from = "9 per hour", to = "1 per minute" }',
        "factors.\"sources.toll-free.rate\".to: '1 per minute' has another unit than"
        " '9 per hour'; write '1 per hour'",
    ),
    "a range of NaN": (
        LATIN + "agents.sales.count = { from = nan, to = 3 }",
        'factors."agents.sales.count".from: nan is not a number of a usual size; write a number'
        " such as 10",
    ),
    "a range of times of day": (
        LATIN + 'day.warm_up = { from = "08:00", to = "20 min" }',
        "factors.\"day.warm_up\".from: '08:00' is not a number with a unit; write one such as"
        " '12 per hour' or '3 min'",
    ),
    "a logarithm of nothing": (
        LATIN + 'day.day_cv = { from = 0, to = 1, whole = false, scale = "log" }',
        'factors."day.day_cv".from: 0 has no logarithm; write an end above 0',
    ),
    "an end that no floor can have": (
        LATIN + "agents.sales.count = { from = 0, to = 3 }",
        'factors."agents.sales.count".from: 0 is below 1; write 1 or more',
    ),
    "half an agent": (
        LATIN + "agents.sales.count = { from = 1, to = 2.5, whole = true }",
        'factors."agents.sales.count".to: 2.5 is not a whole number, as whole = true demands;'
        " write one, or leave out whole",
    ),
    "an end that is missing": (
        LATIN + "agents.sales.count = { from = 1 }",
        'factors."agents.sales.count".to: is missing; add to = "30 per hour"',
    ),
    "a value that no floor can have": (
        '[factors]\nsources.toll-free.talk = ["3 min", "3 mins"]',
        "factors.\"sources.toll-free.talk\": '3 mins' is not a duration; write '3 min'"
        + OF_TOLL_FREE,
    ),
    "a bad value at many points": (
        "[factors]\nagents.sales.count = [0, 1]\nports.count = [5, 6, 7, 8]",
        'factors."agents.sales.count": 0 is below 1; write 1 or more',
    ),
    "a bad key inside a value": (
        '[factors]\nsources.toll-free.talk = [{ distribution = "gamma", mean = "3 min" }]',
        'factors."sources.toll-free.talk".cv: is missing; add cv = 0.8' + OF_TOLL_FREE,
    ),
    "a value that does not fit the rest": (
        "[factors]\nsources.outbound.outcomes.voicemail = [0.4, 0.5]",
        'factors."sources.outbound.outcomes.voicemail": 0.5 does not fit sources[0].outcomes: the'
        " shares add up to 1.1, not 1; write no-answer = 0.3, or change the others (in 'outbound')",
    ),
    "values that do not fit each other": (
        '[design]\nkind = "list"\n[factors]\nsources.outbound.outcomes.voicemail = [0.3, 0.5]\n'
        "sources.outbound.outcomes.no-answer = [0.5, 0.4]",
        "point 2 (sources.outbound.outcomes.voicemail = 0.5,"
        " sources.outbound.outcomes.no-answer = 0.4): does not fit sources[0].outcomes: the shares"
        " add up to 1.1, not 1; write no-answer = 0.3, or change the others (in 'outbound')",
    ),
    "a rule between the parts of a floor": (
        "[factors]\nports.count = [2, 6]\nagents.sales.count = [2, 3]\n"
        "sources.toll-free.keep_free = [3]",
        'factors."sources.toll-free.keep_free": 3 leaves none of 2 ports to it; write 1 or less'
        + OF_TOLL_FREE,
    ),
    "a file of durations that is not there": (
        '[factors]\nsources.toll-free.talk = [{ distribution = "empirical", file = "no.txt" }]',
        "factors.\"sources.toll-free.talk\".file: 'no.txt' cannot be read (No such file or"
        " directory); give a text file with one duration a line",
    ),
    "a target of nobody": (
        "[targets]\nblocking = { outbond = 0.1 }",
        "targets.blocking.outbond: is not the name of a source; did you mean 'outbound'?",
    ),
    "a target above one": (
        "[targets]\nabandonment = 5",
        "targets.abandonment: 5 is above 1; write 1 or less",
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_each_mistake_has_its_line(what: str, said: Said) -> None:
    text, line = CASES[what]
    assert said(text) == [line]


WHOLE = {
    "no name": ('name = "Trial"\n', "", 'name: is missing; add name = "Company X at its peak"'),
    "no ports": ('ports = "1-4"\n', "", 'ports: is missing; add ports = "1-12"'),
    "no floor": (
        'floor = "small.toml"\n',
        "",
        'floor: is missing; add floor = "../models/company-x.toml", or floors = ["a.toml",'
        ' "b.toml"]',
    ),
    "a floor and floors": (
        'floor = "small.toml"',
        'floor = "small.toml"\nfloors = ["other.toml"]',
        "floors: stands beside floor; leave out one of the two",
    ),
    "no floors": (
        'floor = "small.toml"',
        "floors = []",
        'floors: [] is an empty list; write ["a.toml", "b.toml"]',
    ),
    "a floor twice": (
        'floor = "small.toml"',
        'floors = ["small.toml", "small.toml"]',
        "floors: ['small.toml', 'small.toml'] has 'small.toml' twice; write it once",
    ),
    "a number for a floor": (
        '"small.toml"',
        "5",
        'floor: 5 is not the name of a file; write one such as "../models/floor.toml"',
    ),
    "floors of one name": (
        'floor = "small.toml"',
        'floors = ["small.toml", "./small.toml"]',
        "floors: './small.toml' is a floor of the name 'Small', as 'small.toml' is; give each floor"
        " a name of its own",
    ),
    "ports that run backwards": ('"1-4"', '"4-1"', "ports: '4-1' runs backwards; write 1-4"),
    "ports from nothing": (
        '"1-4"',
        "[0, 4]",
        "ports: [0, 4] is out of range; write numbers from 1 to 10000",
    ),
    "ports of no kind": (
        '"1-4"',
        "[1, 2.5]",
        'ports: [1, 2.5] names no port counts; write "1-12" or a list such as [4, 6, 8]',
    ),
    "no port counts": (
        '"1-4"',
        "[]",
        'ports: [] names no port counts; write "1-12" or a list such as [4, 6, 8]',
    ),
}


@pytest.mark.parametrize("what", WHOLE)
def test_each_mistake_in_the_head_has_its_line(what: str, lines_of: Said) -> None:
    right, wrong, line = WHOLE[what]
    assert right in HEAD
    assert lines_of(HEAD.replace(right, wrong)) == [line]


def test_a_floor_that_is_missing_is_told_with_the_nearest(lines_of: Said, folder: Path) -> None:
    (line,) = lines_of(HEAD.replace("small.toml", "smal.toml"))
    near = folder / "small.toml"
    assert line == f"floor: {folder / 'smal.toml'}: does not exist; did you mean '{near}'?"


def test_a_folder_is_no_floor(lines_of: Said, folder: Path) -> None:
    (line,) = lines_of(HEAD.replace("small.toml", "."))
    assert line.startswith(f"floor: {folder}: is a directory; name a file in it, such as ")


def test_an_experiment_is_no_floor(lines_of: Said, folder: Path) -> None:
    (folder / "trial.toml").write_text(HEAD)
    (line,) = lines_of(HEAD.replace("small.toml", "trial.toml"))
    assert line == "floor: 'trial.toml' is an experiment; name a floor's file"


def test_what_is_wrong_with_a_floor_is_told_with_its_file(lines_of: Said, folder: Path) -> None:
    (folder / "small.toml").write_text(FLOOR.replace("count = 3", "count = 0"))
    (line,) = lines_of(HEAD)
    assert line == f"floor: {folder / 'small.toml'}: agents[0].count: 0 is below 1; write 1 or more"


def test_of_several_floors_the_one_is_named_that_something_is_wrong_with(lines_of: Said) -> None:
    head = HEAD.replace('floor = "small.toml"', 'floors = ["small.toml", "other.toml"]')
    (line,) = lines_of(head + "[factors]\nsources.outbound.record = [0.1]")
    assert line == (
        "factors.\"sources.outbound.record\": names 'outbound', which is no source of the floor;"
        " write 'toll-free' (in 'Other')"
    )


def test_what_is_wrong_with_every_floor_is_told_once(lines_of: Said) -> None:
    head = HEAD.replace('floor = "small.toml"', 'floors = ["small.toml", "other.toml"]')
    assert len(lines_of(head + "[factors]\nagents.sales.count = [0]")) == 1
    assert len(lines_of(head + "[factors]\nagents.slaes.count = [1]")) == 1


def test_all_that_is_wrong_is_told_at_once(lines_of: Said) -> None:
    text = """
nam = "x"
floors = ["small.toml", "nope.toml"]
ports = "few"
days = 1
max_days = 3
seed = -1
[design]
kind = "gird"
[targets]
blocking = { outbond = 0.1 }
[factors]
agents.slaes.count = [5]
sources.toll-free.rate = []
"""
    assert [line.partition(": ")[0] for line in lines_of(text)] == [
        "name",
        "ports",
        "days",
        "seed",
        'factors."sources.toll-free.rate"',
        "design.kind",
        "nam",
        "max_days",
        "targets.blocking.outbond",
        "floors[1]",
        'factors."agents.slaes.count"',
    ]


RUBBISH = st.recursive(
    st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["", "sobol", "list", "2%", "1-4", "3 min", "18 per hour", "other.toml"])
    | st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["from", "to", "whole", "scale", "kind", "points", "x", "a.b"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
TEXTS = {"small.toml": FLOOR, "other.toml": OTHER}
WELL = """
name = "Trial"
floors = ["small.toml", "other.toml"]
ports = [1, 2]
precision = ["2%", "hold_p95: 1 s"]
max_days = 100
max_time = "1 min"
seed = 5
confidence = 0.9
design = { kind = "sobol", points = 2 }
targets = { blocking = 0.1 }
[factors]
"agents.sales.count" = { from = 2, to = 3 }
"sources.toll-free.rate" = { from = "9 per hour", to = "12 per hour", scale = "log" }
"""


def test_the_experiment_that_is_spoilt_below_is_one() -> None:
    assert len(read_experiment_text(WELL, TEXTS).points) == 4


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_rubbish_gets_through_as_a_traceback(data: st.DataObject) -> None:
    raw = tomllib.loads(WELL)
    for _ in range(data.draw(st.integers(1, 3))):
        _spoil(raw, data)
    text = "\n".join(f"{toml_key(name)} = {toml_value(value)}" for name, value in raw.items())
    with suppress(InputError):
        read_experiment_text(text, TEXTS)


def _spoil(table: Any, data: st.DataObject) -> None:
    """Put rubbish in a place of the file, at any depth, or in the way of a path."""
    if isinstance(table, dict) and data.draw(st.booleans()):
        paths = [
            "sources.toll-free.talk.mean",
            "ports",
            "targets.blocking.x",
            "a..b",
            "prices.port",
        ]
        table[data.draw(st.sampled_from([*paths, "from", "floor"]))] = data.draw(RUBBISH)
    keys = list(table) if isinstance(table, dict) else list(range(len(table)))
    if not keys:
        return
    at = data.draw(st.sampled_from(keys))
    if isinstance(table[at], dict | list) and data.draw(st.booleans()):
        _spoil(table[at], data)
    else:
        table[at] = data.draw(RUBBISH)
