"""The JSON Schema of an experiment's file, for editors: from the declarations that read it."""

from typing import Any

from pydantic import TypeAdapter

from flexports.experiment.ranges import Range
from flexports.experiment.table import ExperimentTable
from flexports.floor.schema import DIALECT, FileSchema


def experiment_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an experiment's file."""
    described = _schema_of(ExperimentTable)
    described["$defs"] |= {"Range": _schema_of(Range), "Factor": _FACTOR}
    described["properties"]["factors"]["additionalProperties"] = {"$ref": "#/$defs/Factor"}
    return {"$schema": DIALECT, **described, **_TOGETHER}


def _schema_of(table: type) -> dict[str, Any]:
    return TypeAdapter(table).json_schema(schema_generator=FileSchema, by_alias=True)


_END = {"anyOf": [{"required": ["from"]}, {"required": ["to"]}]}
#: A list, a range, or the rest of a path that is not in quotes.
_FACTOR: dict[str, Any] = {
    "description": "The values that a key of the floor takes: a list, or a range of them.",
    "if": {"type": "object"},
    "then": {
        "if": _END,
        "then": {"$ref": "#/$defs/Range"},
        "else": {"minProperties": 1, "additionalProperties": {"$ref": "#/$defs/Factor"}},
    },
    "else": {"type": "array", "minItems": 1},
}
#: What goes together: one of the two ways to name floors; days or a precision.
_TOGETHER: dict[str, Any] = {
    "oneOf": [{"required": ["floor"]}, {"required": ["floors"]}],
    "not": {"required": ["days", "precision"]},
    "dependentRequired": {"max_days": ["precision"], "max_time": ["precision"]},
}
