"""A law as the value of a key: a table with a ``distribution``, or a bare duration."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from flexports.keys import DurationS, Tagged, declared_keys, value_of
from flexports.laws.base import Law, known_laws
from flexports.laws.constant import Constant
from flexports.units import DURATION_PATTERN, duration_s, format_duration

DURATION = value_of(DurationS)
EXAMPLE = '{ distribution = "exponential", mean = "25 s" }'


@dataclass(frozen=True)
class LawMark(Tagged):
    """The mark that makes a field of type `Law` readable from a file."""

    tag: ClassVar[str] = "distribution"
    what: ClassVar[str] = "a distribution"

    def choices(self) -> Mapping[str, type[Law]]:
        """Return the laws by the names that files use."""
        return known_laws()

    def table(self, value: object, info: core_schema.ValidationInfo) -> object:
        """Return the table of a law; a bare duration stands for a constant."""
        if isinstance(value, str):
            duration_s(value)  # says what is wrong with a duration, not with a table
            return {"distribution": "constant", "value": value}
        if isinstance(value, int | float) and not isinstance(value, bool):
            DURATION.read(value)  # says that the unit is missing
        if not isinstance(value, Mapping):
            raise ValueError(f"is neither a duration nor a distribution; write '20 s' or {EXAMPLE}")
        law = known_laws().get(str(value.get("distribution")))
        return value if law is None else law.prepare(value, _folder(info))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        bare = {"type": "string", "pattern": DURATION_PATTERN, "description": "A constant."}
        return {"anyOf": [bare, super().__get_pydantic_json_schema__(schema, handler)]}


#: A law in a file: ``{ distribution = "lognormal", mean = "35 s", cv = 0.2 }`` or ``"20 s"``.
LawField = Annotated[Law, LawMark()]


def law_table(law: Law) -> object:
    """Return a law as a file holds it: a bare duration, or a table without what is default."""
    if isinstance(law, Constant) and law.plus_s == 0:
        return format_duration(law.value_s)
    table: dict[str, object] = {"distribution": law.distribution}
    for one in declared_keys(type(law)):
        value = getattr(law, one.field)
        if one.key != "distribution" and value != one.default:
            table[one.key] = one.value.show(value) if one.value is not None else value
    if "file" in table:
        table.pop("values", None)
    return table


def _folder(info: core_schema.ValidationInfo) -> Path | None:
    folder = info.context.get("folder") if isinstance(info.context, dict) else None
    return folder if isinstance(folder, Path) else None
