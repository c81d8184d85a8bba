"""What is made from the declarations: schema, settings in force, and the starting file."""

import re
import tomllib

import jsonschema
import pytest

from flexports.floor import json_schema, kinds, new_floor_text, parse_floor, settings
from flexports.floor.parts import Day, Group, Pools, Ports, Targets
from flexports.keys import declared_keys


def test_the_schema_is_one_and_accepts_the_example(company_x: str) -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(tomllib.loads(company_x), schema)
    jsonschema.validate(tomllib.loads(new_floor_text()), schema)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"6 h"', '"6 hours"'),
        ('"6 h"', "6"),
        ("count = 5", "count = 0"),
        ("count = 5", 'head_count = 5\ncount = "5"'),
        ('kind = "inbound"', 'kind = "inbuond"'),
        ('kind = "inbound"\n', ""),
        ('"18 per hour"', '"18 an hour"'),
        ("record = 0.2", "record = 2"),
        ("record = 0.2", "recrod = 0.2"),
        ('distribution = "exponential", mean = "2 min"', 'mean = "2 min"'),
        ('distribution = "exponential", mean = "2 min"', 'distribution = "gamma", mean = "2 min"'),
        ('"crm", ', '"srm", '),
        ("voicemail = 0.40", "voicemial = 0.40"),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(company_x: str, right: str, wrong: str) -> None:
    assert right in company_x
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(company_x.replace(right, wrong)), json_schema())


def test_every_key_in_the_schema_is_described() -> None:
    for name, table in json_schema()["$defs"].items():
        for key, described in table.get("properties", {}).items():
            assert described.get("description") or key in ("kind", "distribution"), (name, key)


def test_the_schema_has_defaults_as_a_file_writes_them() -> None:
    schema = json_schema()
    assert schema["$defs"]["Day"]["properties"]["length"]["default"] == "8 h"
    assert "default" not in schema["$defs"]["Inbound"]["properties"]["patience"]
    assert not re.search("null|x-unset|x-example", str(schema))


def test_settings_tell_where_each_comes_from(company_x: str) -> None:
    shown = {one.place: one for one in settings(company_x)}
    assert shown["day.length"].value == '"6 h"'
    assert shown["day.length"].came_from == "file"
    assert shown["sources[1].talk"].value == (
        '{ distribution = "lognormal", mean = "4 min", cv = 1.1 }'
    )
    assert shown["sources[1].keep_free"].came_from == "default"
    assert shown["sources[0].limit"].value == "no limit"
    assert shown["licences.dialer"].value == "large enough"
    assert all(one.note for one in shown.values())


def test_settings_show_what_a_default_became() -> None:
    shown = {one.place: one for one in settings('[[agents]]\ncount = 2\n[[sources]]\nkind = "inbound"\nrate = "9 per hour"')}  # noqa: E501  # fmt: skip
    assert shown["sources[0].agents"].value == '["agents"]'
    assert shown["sources[0].agents"].came_from == "default"
    assert shown["sources[0].agents"].note.endswith("Left out: the only group.")
    assert shown["sources[0].name"].value == '"inbound"'


def test_the_starting_file_is_a_floor() -> None:
    floor = parse_floor(new_floor_text('Ærø & Søn "A"'))
    assert floor.name == 'Ærø & Søn "A"'
    assert [source.kind for source in floor.sources] == ["inbound", "power-dialer"]


def test_the_starting_file_has_every_key_and_fits_a_page() -> None:
    text = new_floor_text()
    blocks = re.split(r"^#*\[+(?=sources|licences|agents|targets|ports|day)", text, flags=re.M)
    tables = [Day, Ports, Targets, Group, Pools, *kinds().values()]
    for table in tables:
        keys = {one.key for one in declared_keys(table)}
        assert any(
            keys == set(re.findall(r"^#*([\w-]+) = ", block, flags=re.M)) for block in blocks[1:]
        ), table
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.filterwarnings("ignore:.*that no source names")  # with but one source
@pytest.mark.parametrize("kind", sorted(kinds()))
def test_the_starting_file_with_all_of_a_kind_in_force_is_a_floor(kind: str) -> None:
    text = re.sub(r"^#+(?=[\w\[])", "", new_floor_text(), flags=re.M)
    head, *sources = text.split("[[sources]]")
    (own,) = (source for source in sources if f'kind = "{kind}"' in source)
    if "retry =" in own:
        own = re.sub(r'when_blocked = "\w+"', 'when_blocked = "retry"', own)
    head = head.replace('"agent-login"', '"agent-login", "elf", "fax"')
    floor = parse_floor(f"{head}[[sources]]{own}")
    assert [source.kind for source in floor.sources] == [kind]


@pytest.mark.parametrize("name", ["", " x", "a\nb", "x" * 61])
def test_a_bad_name_for_a_new_floor_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r".; ."):
        new_floor_text(name)
