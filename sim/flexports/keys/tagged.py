"""A table whose class is told by one of its keys: a source's ``kind``, a law's ``distribution``."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Tagged(ABC):
    """The mark, inside ``Annotated``, of a table that may be of several classes.

    The classes are looked up when a file is read, so that one that registers itself later counts.
    """

    #: The key that tells the class, and what it tells, for messages.
    tag: ClassVar[str]
    what: ClassVar[str]

    @abstractmethod
    def choices(self) -> Mapping[str, type]:
        """Return the classes by what the tag may say."""

    @abstractmethod
    def table(self, value: object, info: core_schema.ValidationInfo) -> object:
        """Return the table for what stands in the file, ready to be validated.

        Raises
        ------
        ValueError
            ``rule; remedy``, if it is not a table.
        """

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        choices = {name: handler.generate_schema(one) for name, one in self.choices().items()}
        tagged = core_schema.tagged_union_schema(choices, discriminator=self.tag)
        return core_schema.with_info_before_validator_function(self.table, tagged)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return handler(schema["schema"])
