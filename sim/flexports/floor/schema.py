"""The JSON Schema of a floor's file, for editors: from the declarations that read it."""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from flexports.floor.floor import Floor
from flexports.floor.write import file_value
from flexports.keys import DeclaredKey, declared_keys, first_paragraph
from flexports.laws import LawField

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Keys that tell the class of a table: without them a schema cannot tell which keys belong.
_TAGS = ("kind", "distribution")
_LAW = "Law"


class FileSchema(GenerateJsonSchema):
    """The schema of what stands in a file, where it differs from what is held inside."""

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        """Describe a table: its keys, with defaults in the file's own words."""
        described = super().dataclass_schema(schema)
        required = []
        described["description"] = " ".join(first_paragraph(schema["cls"]))
        for one in declared_keys(schema["cls"]):
            key = described["properties"][one.key]
            if one.required or one.key in _TAGS:
                required.append(one.key)
            _in_file_words(key, one)
        described.pop("required", None)
        return {**described, "required": required} if required else described

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave the default to `dataclass_schema`, which knows its unit."""
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out null: a file says nothing by leaving out the key."""
        return self.generate_inner(schema["schema"])


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a floor's file, with all kinds that are known now."""
    described = TypeAdapter(Floor).json_schema(schema_generator=FileSchema, by_alias=True)
    described["required"] = ["sources"]
    described["properties"]["sources"]["minItems"] = 1
    law = TypeAdapter(LawField).json_schema(schema_generator=FileSchema, by_alias=True)
    described["$defs"][_LAW] = {"anyOf": law["anyOf"]}
    return {"$schema": DIALECT, **_said_once(described, law["anyOf"])}


def _said_once(part: Any, law: object, name: str = "") -> Any:
    """Return the schema with each law as a reference: a floor has a dozen."""
    if isinstance(part, list):
        return [_said_once(one, law) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("anyOf") == law and name != _LAW:
        part = {"$ref": f"#/$defs/{_LAW}"} | {k: v for k, v in part.items() if k != "anyOf"}
    return {name: _said_once(one, law, name) for name, one in part.items()}


def _in_file_words(key: dict[str, Any], declared: DeclaredKey) -> None:
    key.pop("title", None)
    key.pop("x-example", None)
    unset = key.pop("x-unset", None)
    if unset is not None:
        key["description"] = f"{key.get('description', '')} Left out: {unset}."
    if declared.required or declared.key in _TAGS:
        return
    default = file_value(declared, declared.default)
    if default not in (None, {}, [], (), ""):
        key["default"] = default
