"""What a single value of a file may be: how it is read, checked, shown and described."""

from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")


class Value(ABC, Generic[T]):
    """How one value is read from a file, checked, shown and described in a schema.

    A mark inside ``Annotated``: the type says what is held inside (seconds, a share), the mark how
    a file writes it.
    `read` and `check` raise ``ValueError("rule; remedy")``.
    """

    @abstractmethod
    def read(self, value: object) -> T:
        """Return what is held inside for what stands in the file."""

    @abstractmethod
    def check(self, value: T) -> None:
        """Refuse what may not be held inside."""

    @abstractmethod
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of what may stand in a file."""

    def show(self, value: T) -> object:
        """Return the value as a file holds it."""
        return value

    def _validated(self, value: object) -> T:
        inside = self.read(value)
        self.check(inside)
        return inside

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._validated)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.schema()


def value_of(annotated: Any) -> Any:
    """Return what reads one of the annotated types above, where there is no dataclass."""
    return next(one for one in annotated.__metadata__ if isinstance(one, Value))
