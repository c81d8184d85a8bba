"""The JSON Schema of an experiment's file: it accepts and refuses what the reader does."""

import tomllib
from pathlib import Path

import jsonschema
import pytest

from flexports.experiment import experiment_schema

EXPERIMENTS = sorted((Path(__file__).parents[2] / "experiments").glob("*.toml"))

FULL = """
name = "Full"
floors = ["a.toml", "b.toml"]
ports = [1, 2]
precision = ["2%", "hold_p95: 1 s"]
max_days = 1000
max_time = "10 min"
seed = 7
confidence = 0.9
[design]
kind = "sobol"
points = 64
[targets]
blocking = { outbound = 0.1 }
[factors]
"agents.sales.count" = { from = 2, to = 10 }
sources.toll-free.rate = { from = "1 per hour", to = "10 per hour", scale = "log" }
sources.toll-free.record = { from = 0, to = 1, whole = false }
"""


def test_the_schema_is_one_and_accepts_every_key() -> None:
    schema = experiment_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(tomllib.loads(FULL), schema)


@pytest.mark.parametrize("file", EXPERIMENTS, ids=lambda path: path.name)
def test_the_schema_accepts_every_experiment(file: Path) -> None:
    jsonschema.validate(tomllib.loads(file.read_text(encoding="utf-8")), experiment_schema())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('name = "Full"\n', ""),
        ('["a.toml", "b.toml"]', "[]"),
        ('floors = ["a.toml", "b.toml"]', 'floor = "a.toml"\nfloors = ["b.toml"]'),
        ('floors = ["a.toml", "b.toml"]', ""),
        ("[1, 2]", "[0, 2]"),
        ("[1, 2]", '"few"'),
        ('"2%"', '"hardly"'),
        ("max_days = 1000", "days = 1000"),
        ('precision = ["2%", "hold_p95: 1 s"]\n', ""),
        ('"10 min"', "10"),
        ("seed = 7", "sead = 7"),
        ("confidence = 0.9", "confidence = 90"),
        ('"sobol"', '"halton"'),
        ("points = 64", "points = 0"),
        ("outbound = 0.1", "outbound = 2"),
        ("{ from = 2, to = 10 }", "5"),
        ("{ from = 2, to = 10 }", "[]"),
        ("{ from = 2, to = 10 }", "{ from = 2 }"),
        ('scale = "log"', 'scale = "cubic"'),
        ("whole = false", 'whole = "no"'),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(right: str, wrong: str) -> None:
    assert right in FULL
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(FULL.replace(right, wrong)), experiment_schema())


def test_every_key_in_the_schema_is_described() -> None:
    schema = experiment_schema()
    for table in (schema, *schema["$defs"].values()):
        for key, described in table.get("properties", {}).items():
            assert described.get("description"), key


def test_the_schema_has_defaults_as_a_file_writes_them() -> None:
    keys = experiment_schema()["properties"]
    assert (keys["seed"]["default"], keys["confidence"]["default"]) == (1, 0.95)
    assert "default" not in keys["precision"]
    assert "x-example" not in str(keys)
