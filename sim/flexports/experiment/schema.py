"""The JSON Schema of an experiment's file, for editors: from the declarations that read it."""

from typing import Any

from pydantic import TypeAdapter

from flexports.experiment.table import ExperimentTable
from flexports.floor.schema import DIALECT, FileSchema


def experiment_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an experiment's file."""
    adapter = TypeAdapter(ExperimentTable)
    described = adapter.json_schema(schema_generator=FileSchema, by_alias=True)
    return {"$schema": DIALECT, **described, **_TOGETHER}


#: What goes together: one of the two ways to name floors; days or a precision.
_TOGETHER: dict[str, Any] = {
    "oneOf": [{"required": ["floor"]}, {"required": ["floors"]}],
    "not": {"required": ["days", "precision"]},
    "dependentRequired": {"max_days": ["precision"], "max_time": ["precision"]},
}
